"""No reader outside can tell a small number, whatever solver they have; and no more is hidden than that needs."""

import subprocess
import sys
import time
from collections import Counter
from itertools import combinations
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import Profile, Report, compute
from shelter_desk.domain.reports.disclosure import HEADLINES
from shelter_desk.domain.reports.figures import HIDDEN, Figure, Ref
from shelter_desk.domain.reports.hiding.proving import Proof
from shelter_desk.domain.reports.hiding.relations import Relation
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.hiding.witnesses import Unknowns
from tests.domain.reports.hiding.solving_reader import told
from tests.domain.reports.random_facts.random_care import cared_for
from tests.domain.reports.random_facts.random_shelters import periods
from tests.domain.reports.rich import rich_report
from tests.domain.reports.shelters import NOVEMBER, Shelter
from tests.examples import examples

# a month takes a second to read with a solver: a smaller one of the same fault is looked for by hand
RANDOM = settings(
    max_examples=examples(12),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
LEVELS: tuple[Profile, ...] = ("partenaire", "public")


@pytest.mark.parametrize("level", LEVELS)
@RANDOM
@given(shelter=st.one_of(cared_for(most_stays=12), cared_for(most_stays=40)), period=periods())
def test_a_reader_with_a_solver_is_told_no_small_number(level: Profile, shelter: Shelter, period: Period) -> None:
    whole = compute(shelter.facts(period))
    assert told(whole, shown(whole, level)) == []


@pytest.mark.parametrize("seed", range(11, 14))
def test_a_full_house_tells_a_reader_with_a_solver_nothing_and_hides_little_beside_what_is_small(seed: int) -> None:
    whole = rich_report(seed)
    printed = shown(whole, "partenaire")
    assert told(whole, printed) == []
    values = [whole.value(ref[0], *ref[1]) for ref in printed.hidden]
    small = [one for one in values if isinstance(one, int) and 0 < one < 5]
    large = [one for one in values if isinstance(one, int) and one >= 5]
    assert len(large) < len(small) / 3


def test_the_reader_finds_a_number_that_only_bounds_tell() -> None:
    """Two hidden lines that are three together: no equality tells them, and both are below five."""
    refs: list[Ref] = [("t3.persons", ()), *(("t3.persons", (("nationality", one),)) for one in ("ML", "SN", "GN"))]
    numbers = dict(zip(refs, (12, 9, 2, 1), strict=True))
    whole = Report(NOVEMBER, {ref: Figure(*ref, number) for ref, number in numbers.items()})
    marked = {ref: Figure(*ref, HIDDEN if number < 5 else number) for ref, number in numbers.items()}
    found = told(whole, Report(NOVEMBER, marked))
    assert [(one.ref, one.low, one.high) for one in found] == [(refs[2], 0, 3), (refs[3], 0, 3)]
    assert told(whole, shown(whole, "partenaire")) == []


def test_a_witness_is_read_in_whole_numbers_and_refused_where_it_breaks_a_relation() -> None:
    a, b, c = refs = [("t2.entries", (("category", name),)) for name in ("enas", "retour", "autre_vulnerable")]
    unknowns = Unknowns({a: 2, b: 3, c: 9}, [Relation((a, b, c))], {})
    assert unknowns.rows == [], "that they are nothing together is not true, and tells nobody anything"
    unknowns = Unknowns({a: 2, b: 3, c: 5}, [Relation((a, b), (c,))], {})
    for ref in refs[:2]:
        unknowns.free[unknowns.at[ref]] = True
    assert unknowns.fits({0: 3, 1: -3})
    assert [unknowns.fits(moves) for moves in ({0: 3}, {0: 4, 1: -4}, {0: 3, 1: -3, 2: 0})] == [False, False, False]


_MOST = 4  # companions that are looked for one choice after the other


def _table(chance: Random) -> tuple[dict[Ref, int], list[Relation], Ref]:
    """A list of up to seven lines, or a table of two rows and three columns with all its sums."""
    total: Ref = ("t2.entries", ())
    size = [0, 0, 1, 2, 3, 4, 5, 7, 9, 14]
    if chance.random() < 0.5:
        lines: list[Ref] = [("t2.entries", (("category", str(n)),)) for n in range(chance.randrange(3, 8))]
        numbers = {ref: chance.choice(size) for ref in lines}
        relations = [Relation(tuple(lines), (total,))]
        return {**numbers, total: sum(numbers.values())}, relations, total
    cells: dict[tuple[int, int], Ref] = {
        (row, column): ("t2.entries", (("category", f"{row}{column}"),)) for row in range(2) for column in range(3)
    }
    numbers = {ref: chance.choice(size) for ref in cells.values()}
    relations, sums = [], []
    for axis, many in ((0, 2), (1, 3)):
        for place in range(many):
            whole: Ref = ("t2.entries", (("nationality", f"{axis}{place}"),))
            parts = tuple(ref for at, ref in cells.items() if at[axis] == place)
            relations.append(Relation(parts, (whole,)))
            numbers[whole] = sum(numbers[ref] for ref in parts)
            sums.append((axis, whole))
        relations.append(Relation(tuple(whole for at, whole in sums if at == axis), (total,)))
    return {**numbers, total: sum(numbers[ref] for ref in cells.values())}, relations, total


def _proven(numbers: dict[Ref, int], relations: list[Relation], hidden: set[Ref], small: dict[Ref, int]) -> bool:
    proof = Proof(numbers, relations)
    proof.hide(hidden)
    proof.run(small, lambda _: False)
    return not proof.left_out


def test_no_more_is_hidden_than_the_best_there_is_and_a_fifth() -> None:
    """Against every choice of companions, on small tables whose total is always printed."""
    chance, ours, best, tables = Random(5), 0, 0, 0
    while tables < examples(40):
        numbers, relations, total = _table(chance)
        small = {ref: 5 for ref, number in numbers.items() if 0 < number < 5 and ref != total}
        if not small or numbers[total] < 5:
            continue
        proof = Proof(numbers, relations)
        proof.hide(small)
        proof.run(small, lambda ref, total=total: ref != total)  # type: ignore[misc]
        others = [ref for ref in numbers if ref not in small and ref != total]
        fewest = next(
            (
                more
                for more in range(min(len(others), _MOST) + 1)
                for chosen in combinations(others, more)
                if _proven(numbers, relations, {*small, *chosen}, small)
            ),
            None,
        )
        if fewest is None:
            continue
        tables += 1
        assert not proof.left_out
        ours, best = ours + len(small) + len(proof.companions), best + len(small) + fewest
    assert ours <= 1.2 * best, f"{tables} tables: {ours} hidden, {best} at best"


def test_something_can_always_be_sent_in_three_seconds() -> None:
    whole = rich_report(14)
    shown(whole, "public")  # the library is loaded once
    for level in LEVELS:
        began = time.perf_counter()
        printed = shown(whole, level)
        assert time.perf_counter() - began < 3
        assert [ref for ref in HEADLINES if ref not in printed.figures] == []
    marks = Counter(type(one.value) for one in printed.figures.values())
    assert set(marks) <= {int, float, type(HIDDEN)}


_IN_A_NEW_PROCESS = """
from shelter_desk.domain.reports.hiding.small_cells import shown
from tests.domain.reports.rich import rich_report
shown(rich_report(14), "partenaire")
print("{}")
"""


def test_nothing_but_the_document_stands_on_the_output_of_the_process() -> None:
    """The library greets whoever uses it first, once for each process."""
    done = subprocess.run([sys.executable, "-c", _IN_A_NEW_PROCESS], capture_output=True, check=True)
    assert done.stdout.split() == [b"{}"]


_OF_WHICH_NO_FILE_CAN_BE_MADE = """
import os
def fdopen(handle, *how, **other):
    raise OSError(9, "")
os.fdopen = fdopen
"""


def test_an_output_of_which_no_file_can_be_made_stops_no_month() -> None:
    """What the window of Windows has that an installer started: a handle that can be doubled and is no file."""
    told = _OF_WHICH_NO_FILE_CAN_BE_MADE + _IN_A_NEW_PROCESS
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True)
    assert done.stdout.split() == [b"{}"]
