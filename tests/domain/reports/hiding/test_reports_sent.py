"""What was sent before: a pattern only grows, and neighbouring and overlapping documents do not tell each other."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import Profile, Report, compute, snapshots
from shelter_desk.domain.reports.disclosure import HEADLINES
from shelter_desk.domain.reports.figures import HIDDEN, Ref
from shelter_desk.domain.reports.hiding import sent
from shelter_desk.domain.reports.hiding.relations import Relation
from shelter_desk.domain.reports.hiding.sent import PeriodFigures, SentDocument
from shelter_desk.domain.reports.hiding.small_cells import _Hiding, shown
from shelter_desk.domain.reports.report import as_document, shape_of
from tests.domain.reports.hiding.solving_reader import Document, told, told_together
from tests.domain.reports.random_facts.random_care import cared_for
from tests.domain.reports.rich import rich
from tests.domain.reports.shelters import Shelter
from tests.examples import LONG

OCTOBER, NOVEMBER = Period.month(2026, 10), Period.month(2026, 11)
LEVELS: tuple[Profile, ...] = ("partenaire", "public")
QUARTER = Period(date(2026, 9, 1), date(2026, 11, 30))
PERIODS = (Period.month(2026, 9), OCTOBER, NOVEMBER, QUARTER)
SLOW = 10  # seconds of the processor, under a load that makes each of them longer; three are asked for without
BOTH = Period(date(2026, 10, 1), date(2026, 11, 30))


def kept(printed: Report, whole: Report) -> SentDocument:
    """As it is read again from where sendings are kept: written in the canonical way."""
    return sent.read(json.loads(snapshots.canonical(sent.kept(printed))), whole)


def left(shelter: Shelter, period: Period, before: list[SentDocument]) -> tuple[Report, Report]:
    """What a partner is given of these days; `before` learns of it, the newest first."""
    whole = compute(shelter.facts(period))
    printed = shown(whole, "partenaire", before)
    before.insert(0, kept(printed, whole))
    return whole, printed


def test_what_was_sent_is_known_again_cell_by_cell() -> None:
    whole = compute(rich(11).facts(NOVEMBER))
    printed = shown(whole, "partenaire")
    assert set(kept(printed, whole).printed) == set(printed.figures) | (printed.hidden & set(printed.subtotals))
    assert any(len(dims) == 2 for _, dims in printed.hidden)
    older = sent.read(json.loads(snapshots.canonical(as_document(printed))), whole)
    assert older.printed == kept(printed, whole).printed


@pytest.mark.parametrize("seed", [11, 12])
def test_a_month_sent_again_hides_all_that_it_hid(seed: int) -> None:
    before: list[SentDocument] = []
    _, first = left(rich(seed), NOVEMBER, before)
    whole, again = left(rich(seed), NOVEMBER, before)
    assert first.hidden <= again.hidden | {ref for ref in first.hidden if shape_of(ref) in again.left_out}
    assert (first.left_out <= again.left_out, told(whole, again)) == (True, [])


def test_the_end_of_a_month_does_not_tell_the_beginning_of_the_next() -> None:
    """Three women are here at the end of October and nobody leaves the cell: November printed alone would be wider."""
    before: list[SentDocument] = []
    shelter = rich(11)
    _, october = left(shelter, OCTOBER, before)
    whole, november = left(shelter, NOVEMBER, before)
    assert told(whole, november) == []
    for ref in october.hidden:
        if ref[0] == "t2.present_end" and whole.value("t2.present_start", *ref[1]):
            opening = november.value("t2.present_start", *ref[1])
            assert opening in (HIDDEN, None), "what was hidden at the end stands in the open at the beginning"


def test_two_months_together_give_no_table_of_which_one_month_hides_a_line() -> None:
    before: list[SentDocument] = []
    shelter = rich(11)
    for month in (OCTOBER, NOVEMBER):
        left(shelter, month, before)
    hidden = {shape_of(ref) for one in before for ref, value in one.printed.items() if value is HIDDEN}
    _, both = left(shelter, BOTH, before)
    assert not [one for one in both.figures if shape_of(one) in hidden]
    assert [both.value(key) is not HIDDEN for key in ("t2.entries", "t2.exits", "t4.new_identified")] == [True] * 3


@pytest.mark.parametrize("birth", [date(2012, 5, 1), date(1990, 5, 1), None])
def test_who_has_two_months_and_their_quarter_is_not_told_the_age_of_one_person(birth: date | None) -> None:
    shelter = Shelter()
    one = shelter.person(sex="f", birth=birth)
    shelter.stay(one, date(2026, 9, 3), date(2026, 9, 10))
    shelter.stay(one, date(2026, 11, 3))
    before: list[SentDocument] = []
    documents = [left(shelter, period, before) for period in PERIODS]
    assert told_together(documents) == []
    few = [printed for whole, printed in documents if whole.value("t2.distinct_persons")]
    ages = [printed.value(key) for printed in few for key in ("t3.adults", "t5.minors")]
    assert set(ages) <= {HIDDEN, None}, "that there is none says who the others are"


def test_a_month_without_victims_does_not_tell_who_was_one_the_month_before() -> None:
    """Who stays in October is none of them, says a zero: so the other one of September was."""
    shelter = Shelter()
    left_on = date(2026, 9, 12)
    gone = shelter.stay(shelter.person(sex="m", birth=date(2008, 11, 19)), left_on, left_on, child_status="separe")
    shelter.status(gone, "identifiee", date(2026, 9, 11))
    here = shelter.person(sex="f", birth=date(2012, 5, 1), nationality="GN")
    shelter.stay(here, date(2026, 9, 5), date(2026, 10, 5), child_status="non_accompagne")
    shelter.stay(here, date(2026, 10, 27), child_status="non_accompagne")
    before: list[SentDocument] = []
    documents = [left(shelter, period, before) for period in PERIODS]
    assert [whole.value("t4.victims") for whole, _ in documents] == [1, 0, 0, 1]
    assert told_together(documents) == []


def test_the_order_in_which_numbers_were_hidden_changes_nothing_for_the_solver() -> None:
    """The order of a set is another one in each process, and the solver's choice hangs on that of its columns."""
    whole = compute(rich(11).facts(NOVEMBER))
    hidden = [("t3.adults", (("marital_status", str(n)),)) for n in range(5)]
    orders = [list(_Hiding(whole, "partenaire", [])._with_grid({}, one)) for one in (hidden, hidden[::-1])]
    assert orders[0] == orders[1] != []


def test_the_month_between_two_documents_is_not_left_with_a_small_number() -> None:
    shelter = Shelter()
    for n in range(8):
        day = date(2026, 10, 3) if n < 6 else date(2026, 11, 3)
        shelter.stay(shelter.person(nationality="SN"), day, referral_source="oim")
    for _ in range(9):
        shelter.stay(shelter.person(), date(2026, 10, 3), referral_source="police")
    before: list[SentDocument] = []
    left(shelter, OCTOBER, before)
    line = ("t3.entries", (("referral_source", "oim"),))
    assert before[0].printed[line] == 6
    _, both = left(shelter, BOTH, before)
    assert both.value(line[0], *line[1]) is None, "eight in both months without six in October are two in November"


SUMMER = [Period.month(2026, month) for month in (6, 7, 8)]
HALF = Period(date(2026, 6, 1), date(2026, 11, 30))


def holds(relation: Relation, number: Callable[[Ref], float]) -> bool:
    plus, minus = sum(map(number, relation.plus)), sum(map(number, relation.minus))
    return plus <= minus if relation.is_bound else plus == minus


def test_months_in_a_quarter_in_a_half_year_add_up_once_and_as_they_were_sent_last() -> None:
    """October was sent again after an entry more was typed: the quarter counts it as it is now."""
    former, shelter = Shelter(), Shelter()
    for house in (former, shelter):
        for month in range(6, 12):
            house.stay(house.person(), date(2026, month, 3), date(2026, month, 20))
    shelter.stay(shelter.person(), date(2026, 10, 4), date(2026, 10, 9))
    periods = [HALF, QUARTER, OCTOBER, NOVEMBER, OCTOBER, Period.month(2026, 9), *SUMMER]  # the newest first
    houses = [former if at == 4 else shelter for at in range(len(periods))]
    reports = [compute(house.facts(period)) for house, period in zip(houses, periods, strict=True)]
    flows = [("t2.entries", ()), ("t8.exits", ())]
    told = [PeriodFigures(of, {ref: sent.tagged(ref, at) for ref in flows}) for at, of in enumerate(periods)]
    found = list(sent.between(told))

    def number(ref: Ref) -> float:
        value = reports[int(ref[1][-1][1])].value(ref[0])
        assert isinstance(value, int)
        return value

    wrong = [one for one in found if not holds(one, number)]
    assert {ref[1][-1][1] for one in wrong for ref in (*one.plus, *one.minus)} == {"2", "4"}, "its two states alone"
    of_half = [one for one in found if one.minus == (sent.tagged(flows[0], 0),) and not one.is_bound]
    assert [{ref[1][-1][1] for ref in one.plus} for one in of_half] == [{"1", "6", "7", "8"}]
    of_quarter = [one for one in found if one.minus == (sent.tagged(flows[0], 1),) and not one.is_bound]
    assert [{ref[1][-1][1] for ref in one.plus} for one in of_quarter] == [{"2", "3", "5"}]


def test_a_month_sent_twice_is_taken_away_once() -> None:
    """Of eighteen entries in the quarter eight were in October and eight in November: two are left for September."""
    shelter = Shelter()
    for month, entries in ((9, 2), (10, 8), (11, 8)):
        for _ in range(entries):
            shelter.stay(shelter.person(), date(2026, month, 3), referral_source="oim")
    line = ("t3.entries", (("referral_source", "oim"),))
    october, november = (
        SentDocument("partenaire", {line: 8}, frozenset(), compute(shelter.facts(of))) for of in (OCTOBER, NOVEMBER)
    )
    quarter = compute(shelter.facts(QUARTER))
    assert sent.told_by_overlap(quarter, [october]) == set()
    assert sent.told_by_overlap(quarter, [november, october, october]) == {shape_of(line)}


def false_marks(whole: Report, printed: Report) -> list[Ref]:
    """What is printed and is neither the number that the house has nor the mark of one that is hidden."""
    figures = (*printed.figures.values(), *printed.subtotals.values())
    return [one.ref for one in figures if one.value is not HIDDEN and one.value != whole.value(one.key, *one.dims)]


@settings(
    max_examples=167 if LONG else 2,  # of three months each
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(shelter=st.one_of(cared_for(most_stays=16, persons=(2, 12)), cared_for(most_stays=40, persons=(8, 24))))
def _table(counted: Counter[tuple[Profile, str]], shelter: Shelter) -> None:
    for level in LEVELS:
        before: list[SentDocument] = []
        documents: list[Document] = []
        for period in PERIODS:
            whole = compute(shelter.facts(period))
            began = time.process_time()  # what other things the machine does meanwhile does not count
            printed = shown(whole, level, before)
            took = time.process_time() - began
            counted[level, "documents"] += 1
            counted[level, "of 2 to 12 persons"] += whole.value("t2.distinct_persons") in range(2, 13)
            counted[level, "sent"] += all(ref in printed.figures for ref in HEADLINES if ref in whole.figures)
            counted[level, "hidden"] += len(printed.hidden)
            counted[level, "false marks"] += len(false_marks(whole, printed))
            counted[level, "told"] += len(told(whole, printed))
            counted[level, "slow"] += took > SLOW
            counted[level, "milliseconds"] += round(took * 1000)
            counted[level, "slowest"] = max(counted[level, "slowest"], round(took * 1000))
            before.insert(0, kept(printed, whole))
            documents.append((whole, printed))
        counted[level, "told together"] += len(told_together(documents))


def test_three_months_and_their_quarter_can_be_sent_one_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    counted: Counter[tuple[Profile, str]] = Counter()
    _table(counted)
    with capsys.disabled():
        for level in LEVELS:
            row = {name: number for (of, name), number in counted.items() if of == level}
            sys.stdout.write(f"\n{level}: {row}\n")
    for level in LEVELS:
        assert [counted[level, name] for name in ("told", "told together", "false marks", "slow")] == [0, 0, 0, 0]
        assert counted[level, "sent"] == counted[level, "documents"]
