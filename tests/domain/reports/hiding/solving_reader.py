"""A reader with a solver: everything printed at one level, what the tables mean, exact bounds of what is hidden.

Knows nothing of how the program hides. Reads the JSON document, and the subtotals that only workbook and screen print.
Relations are written from what the tables mean (field 4.3); one that does not hold in every month is used in those in
which it does, as a reader who guesses well would.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import highspy
import numpy

from shelter_desk.domain.codes import codes
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.reports.disclosure import HEADLINES
from shelter_desk.domain.reports.figures import HIDDEN, Dims, Ref, known_figures
from shelter_desk.domain.reports.report import Report, as_document
from tests.domain.reports.hiding.attack import ADULTS, BALANCES, CUTS, MINORS, ROLLUPS

SEXES, AGES = ("f", "m", "u"), (*MINORS, *ADULTS, "unk")
PEOPLE = [(("sex", sex), ("age_group", age)) for sex in SEXES for age in AGES]
T2 = [
    "t2.present_start",
    "t2.entries",
    "t2.exits",
    "t2.present_end",
    "t2.distinct_persons",
    "t2.new_persons",
    "t2.redirected",
    "t2.entries_premiere",
    "t2.entries_readmission",
    "t2.entries_transfert",
    "t2.entries_naissance",
    "t2.over_max_stay",
]
T4 = [
    "t4.pending_start",
    "t4.opened",
    "t4.decided",
    "t4.left_undecided",
    "t4.corrected",
    "t4.pending_end",
    "t4.new_presumed",
    "t4.new_identified",
    "t4.not_victim",
    "t4.interviews",
    "t4.assimilated",
    "t4.victims",
    "t4.victims_new",
    "t4.victims_continuing",
]
SEVERAL = (
    *(
        ("t4.new_identified", f"t4.identified_by_{name}", f"exploitation_{name}")
        for name in ("form", "country", "region")
    ),
    ("t4.victims", "t4.victims_by_form", "exploitation_form"),
    ("t4.assimilated", "t4.assimilated", "assimilated_practice"),
    ("t3.needs", "t3.needs", "specific_need"),
    ("t7.issued", "t7.issued_by_service", "service_type"),
    ("t7.served", "t7.served_by_service", "service_type"),
    *(("t9.participants", "t9.participants", name) for name in ("service_type", "audience", "training_theme")),
    ("t9.trained_persons", "t9.trained_persons", "training_theme"),
)
# a part and its whole, in every cell that both have
PARTS = [
    "t2.distinct_persons<t2.present_start+t2.entries",
    "t2.present_start<t2.distinct_persons",
    "t2.present_end<t2.distinct_persons",
    "t2.new_persons<t2.entries",
    "t2.new_persons<t2.distinct_persons",
    "t2.over_max_stay<t2.present_end",
    "t2.late_entries<t2.entries",
    "t2.estimated_ages<t2.distinct_persons",
    "t4.victims<t2.distinct_persons",
    "t4.victims_new<t2.entries",
    "t4.victims_continuing<t2.present_start",
    "t4.assimilated<t2.distinct_persons",
    "t4.pending_start<t2.present_start",
    "t4.pending_end<t2.present_end",
    "t4.left_undecided<t2.exits",
    "t3.needs<t3.persons",
    "t5.minors<t2.distinct_persons",
    "t5.alone<t5.minors",
    "t5.with_guardian<t5.minors",
    "t5.in_school<t5.minors",
    "t5.beside_adults<t5.minors",
    "t5.bia_on_time<t5.bia_done",
    "t5.bia_full_on_time<t5.bia_full_done",
    "t5.exits<t8.exits",
    "t5.exits_alone<t5.exits",
    "t5.exits_decided<t5.exits_alone",
    "t5.exits_handed_over<t5.exits_alone",
    "t6.beneficiaries<t6.events",
    "t6.beneficiaries<t2.distinct_persons+t6.not_hosted",
    "t6.not_hosted<t6.beneficiaries",
    "t7.completed<t7.issued",
    "t7.late<t7.open_end",
    "t7.incoming_completed<t7.incoming_issued",
    "t7.incoming_late<t7.incoming_open_end",
    "t9.participants<t9.participations",
    "t9.trained_persons<t9.trained",
    "t9.pre_tested<t9.trained",
    "t9.post_tested<t9.trained",
    "t12.complaints_received<t12.incidents",
    "t1.person_nights_unplaced<t1.person_nights_extra",
    "t1.absence_nights_held<t1.absence_nights",
]
REPEATED = (
    ("t2.entries", "t3.entries"),
    ("t2.exits", "t8.exits"),
    ("t2.distinct_persons", "t3.persons"),
    ("t1.person_nights", "t2.person_nights"),
)
WHOLES = {
    **{part.partition("<")[0]: part.partition("<")[2] for part in PARTS if "+" not in part},
    **{key: total for total, key, _ in SEVERAL if key != total},
    **{key: total for total, key, _, _ in CUTS if key != total},
    **{f"t2.entries_{kind}": "t2.entries" for kind in ("premiere", "readmission", "transfert", "naissance")},
    **{f"t5.bia{form}_{state}": "t5.alone" for form in ("", "_full") for state in ("done", "overdue", "pending")},
    **{f"t1.person_nights_{place}": "t1.person_nights" for place in ("in_bed", "extra", "shared")},
    "t1.person_nights_unplaced": "t1.person_nights_extra",
    "t2.new_persons": "t2.entries",
    "t4.victims_new": "t4.victims",
    "t4.victims_continuing": "t4.victims",
    "t3.adults": "t2.distinct_persons",
    "t3.needs": "t2.distinct_persons",
    "t5.exits": "t2.exits",
    "t6.beneficiaries": "t6.events",
    "t6.provided": "t6.events",
    "t11.beneficiaries": "t2.distinct_persons",
}
AMOUNTS: tuple[str, ...] = (
    *("t1.occupancy", "t2.person_nights", "t2.mean", "t2.median", "t6.quantity", "t6.cost", "t7.mean", "t7.completion"),
    *("t7.incoming_mean", "t7.incoming_completion", "t8.nights", "t8.mean", "t9.person_hours", "t9.training_hours"),
    *("t9.pre_score", "t9.post_score"),
)


@dataclass
class Told:
    """A hidden number of which a reader knows too much: between which values it lies, and what it should reach.

    document: which one of those that were read together it stands in.
    """

    ref: Ref
    value: int
    low: float
    high: float
    target: int
    document: int = 0


@dataclass
class Printed:
    """What stands in a document: numbers, marks, and figures that are left out by how they are cut."""

    values: dict[Ref, Any] = field(default_factory=dict)
    out: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    headlines_alone: bool = False

    @classmethod
    def of(cls, report: Report) -> "Printed":
        document, found = as_document(report), cls()
        for one in document["figures"]:
            found.values[one["figure"], tuple(one["dims"].items())] = HIDDEN if one.get("hidden") else one["value"]
        for ref, one in report.subtotals.items():
            found.values[ref] = one.value
        found.headlines_alone = document["level"] == "public"
        found.out = {(one["figure"], tuple(one["dims"])) for one in document.get("left_out", ())}
        return found

    def with_headlines_alone(self) -> "Printed":
        """The same document of which nothing else is printed."""
        values = {ref: value if ref in HEADLINES else HIDDEN for ref, value in self.values.items()}
        return Printed(values, self.out, headlines_alone=True)

    def cells(self, key: str, *names: str) -> list[Ref] | None:
        """The lines of a figure that is cut so; None where they are not given."""
        if (key, names) in self.out:
            return None
        found = [ref for ref in self.values if ref[0] == key and tuple(name for name, _ in ref[1]) == names]
        return found or None

    def knows(self, ref: Ref) -> bool:
        return ref in self.values or (ref[0], tuple(name for name, _ in ref[1])) in self.out

    def value(self, ref: Ref) -> Any:
        """The number; None where it is not known, 0 for a cell that is left out because it counts nobody."""
        if ref in self.values:
            return None if self.values[ref] is HIDDEN else self.values[ref]
        return None if self.headlines_alone or self.knows(ref) else 0


Line = tuple[list[Ref], list[Ref], bool]
Cell = tuple[int, Ref]  # the number of a document, and its figure
JointLine = tuple[list[Cell], list[Cell], bool]
Document = tuple[Report, Report]  # what nobody but the house sees, to judge by, and what is printed of it


def told(whole: Report, printed: Report) -> list[Told]:
    """The small numbers that this reader knows too well. whole: what nobody but the house sees, to judge it by."""
    return Reader([(whole, printed)]).told()


def told_together(documents: Sequence[Document]) -> list[Told]:
    """The same of everything that one recipient got, of whatever periods.

    What headlines tell together, which are printed whatever they are, nobody can keep back.
    """
    found = Reader(documents).told()
    if not found:
        return []
    anyway = Reader(documents, headlines_alone=True)
    return [one for one in found if not anyway.knows(one)]


class Reader:
    """The numbers that are not printed, with exact bounds. headlines_alone: as if nothing else were printed."""

    def __init__(self, documents: Sequence[Document], *, headlines_alone: bool = False) -> None:
        self.documents = [(Printed.of(printed), whole) for whole, printed in documents]
        if headlines_alone:
            self.documents = [(printed.with_headlines_alone(), whole) for printed, whole in self.documents]
        self.k = documents[0][0].small_cell_k
        self.at: dict[Cell, int] = {}
        lines: Iterator[JointLine] = (
            ([(number, ref) for ref in plus], [(number, ref) for ref in minus], is_bound)
            for number, (printed, _) in enumerate(self.documents)
            for plus, minus, is_bound in relations(printed)
        )
        joint = between(self.documents)
        rows = [row for row in map(self._row, chain(lines, joint)) if row is not None]
        for number, (printed, _) in enumerate(self.documents):
            for ref in (ref for ref, value in printed.values.items() if value is HIDDEN):
                self.at.setdefault((number, ref), len(self.at))
        self._solve = _Bounds([not ref[0].startswith(AMOUNTS) for _, ref in self.at], rows)

    def _truth(self, cell: Cell) -> Any:
        number, ref = cell
        return self.documents[number][1].value(ref[0], *ref[1])

    def _row(self, line: JointLine) -> tuple[dict[int, float], float, bool] | None:
        plus, minus, is_bound = line
        truth = [sign * (self._truth(cell) or 0) for side, sign in ((plus, 1), (minus, -1)) for cell in side]
        total = round(sum(truth), 6)
        if total > 0 or (total < 0 and not is_bound):
            return None
        row: dict[int, float] = {}
        rest = 0.0
        for side, sign in ((plus, 1), (minus, -1)):
            for cell in side:
                value = self.documents[cell[0]][0].value(cell[1])
                if value is None:
                    place = self.at.setdefault(cell, len(self.at))
                    row[place] = row.get(place, 0) + sign
                else:
                    rest -= sign * value
        return (row, rest, is_bound) if row else None

    def told(self) -> list[Told]:
        wanted: dict[Cell, tuple[int, int]] = {}
        for number, (printed, _) in enumerate(self.documents):
            for ref, value in printed.values.items():
                true = self._truth((number, ref))
                if value is HIDDEN and isinstance(true, int) and 0 < true < self.k and not ref[0].startswith(AMOUNTS):
                    wanted[number, ref] = (true, self._target((number, ref), true))
        up = {self.at[cell]: max(target, true + 1) for cell, (true, target) in wanted.items()}
        left = self._solve.reached(up)
        down = {self.at[cell] for cell, (true, target) in wanted.items() if true >= target} & left
        left -= self._solve.lowered(
            {self.at[cell]: true for cell, (true, _) in wanted.items() if self.at[cell] in down}
        )
        found = []
        for cell, (true, target) in wanted.items():
            if self.at[cell] in left:
                low, high = self._solve.bounds(self.at[cell])
                if high < target or low == high:
                    found.append(Told(cell[1], true, low, high, target, cell[0]))
        return found

    def knows(self, one: Told) -> bool:
        """Whether it is told here as well."""
        low, high = self._solve.bounds(self.at[one.document, one.ref])
        return high < one.target or low == high

    def _target(self, cell: Cell, true: int) -> int:
        """k, or the total that it is broken down from, and what that is a part of."""
        number, (key, dims) = cell
        least = self.k
        if dims:
            first = dims[0]
            if key == "t6.provided":
                return self._least((number, ("t6.events", dims[:-1])), true, least)
            if first[0] == "service_type" and "_" in first[1]:
                top = first[1].removeprefix("x_").partition("_")[0]
                least = self._least((number, (key, ((first[0], top), *dims[1:]))), true, least)
            least = self._least((number, (key, ())), true, least)
        if key in WHOLES:
            least = self._least((number, (WHOLES[key], ())), true, least)
        return least

    def _least(self, whole: Cell, true: int, least: int) -> int:
        value = self._truth(whole)
        if not isinstance(value, int) or value < true or value >= self.k:
            return least
        return min(least, value, self._target(whole, value))


class _Bounds:
    """Numbers from zero on under the relations, whole ones where they count."""

    def __init__(self, whole: list[bool], rows: list[tuple[dict[int, float], float, bool]]) -> None:
        many = len(whole)
        model = self._model = highspy.Highs()  # type: ignore[no-untyped-call]
        model.setOptionValue("output_flag", False)
        model.setOptionValue("log_to_console", False)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = many, len(rows)
        program.col_cost_, program.col_lower_ = numpy.zeros(many), numpy.zeros(many)
        program.col_upper_ = numpy.full(many, 100_000.0)
        program.row_lower_ = numpy.array(
            [-highspy.kHighsInf if is_bound else rest for _, rest, is_bound in rows], float
        )
        program.row_upper_ = numpy.array([rest for _, rest, _ in rows], float)
        starts = numpy.cumsum([0, *(len(row) for row, _, _ in rows)])
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = starts
        program.a_matrix_.index_ = numpy.array([place for row, _, _ in rows for place in row], int)
        program.a_matrix_.value_ = numpy.array([sign for row, _, _ in rows for sign in row.values()], float)
        kinds = highspy.HighsVarType
        program.integrality_ = [kinds.kInteger if one else kinds.kContinuous for one in whole]
        model.passModel(program)

    def reached(self, wanted: Mapping[int, int]) -> set[int]:
        """Those that nothing was found for with which they reach their value, however many at once are looked at."""
        left = dict(wanted)
        while left:
            for place, target in left.items():
                self._model.changeColBounds(place, 0, target)
                self._model.changeColCost(place, -1)
            values = self._run()
            for place in left:
                self._model.changeColBounds(place, 0, 100_000)
                self._model.changeColCost(place, 0)
            done = [place for place, target in left.items() if values is not None and values[place] >= target - 1e-6]
            for place in done:
                del left[place]
            if not done:
                break
        return set(left)

    def lowered(self, wanted: Mapping[int, int]) -> set[int]:
        """Those that can be less than they are, however many at once are looked at."""
        left, done = dict(wanted), set[int]()
        while left:
            for place in left:
                self._model.changeColCost(place, 1)
            values = self._run()
            for place in left:
                self._model.changeColCost(place, 0)
            found = {place for place, true in left.items() if values is not None and values[place] < true - 1e-6}
            done |= found
            left = {place: true for place, true in left.items() if place not in found} if found else {}
        return done

    def bounds(self, place: int) -> tuple[float, float]:
        """The smallest and the greatest possible value."""
        found = []
        for cost in (1, -1):
            self._model.changeColCost(place, cost)
            values = self._run()
            self._model.changeColCost(place, 0)
            assert values is not None, "what is printed contradicts itself"
            found.append(round(values[place]))
        return found[0], found[1]

    def _run(self) -> Any:
        self._model.run()
        status = self._model.getModelStatus()
        return numpy.array(self._model.getSolution().col_value) if status == highspy.HighsModelStatus.kOptimal else None


STOCKS = (
    ("t2.present_start", "t2.present_end"),
    ("t4.pending_start", "t4.pending_end"),
    ("t7.open_start", "t7.open_end"),
    ("t7.incoming_open_start", "t7.incoming_open_end"),
    ("t12.open_start", "t12.open_end"),
    ("t2.requests_waiting_start", "t2.requests_waiting_end"),
    ("t2.requested_waiting_start", "t2.requested_waiting_end"),
)
PERSONS = (
    *("t2.distinct_persons", "t2.present_start", "t2.present_end", "t3.persons", "t3.persons_by_sex", "t3.needs"),
    *("t3.adults", "t3.ages", "t2.over_max_stay", "t2.estimated_ages", "t4.assimilated", "t4.assimilated_profile"),
    *("t4.victims", "t4.victims_new", "t4.victims_continuing", "t4.victims_by_form", "t4.victims_by_origin"),
)  # who is counted once in a period, however many months they were here
FLOWS = tuple(
    one.key
    for one in known_figures().values()
    if one.counts_persons
    and one.kind == "count"
    and one.key.startswith(("t1.person_nights", "t2.", "t3.", "t4.", "t6.", "t7.", "t8.", "t9.", "t12."))
    and one.key not in (*PERSONS, *chain.from_iterable(STOCKS))
    and not one.key.endswith(("_profile", "_category", "not_hosted", "late", "completed"))
)


def between(documents: Sequence[tuple[Printed, Report]]) -> Iterator[JointLine]:
    """What documents of several periods mean together."""
    for number, (printed, whole) in enumerate(documents):
        period = whole.period
        for other, (_, of_other) in enumerate((one, also.period) for one, also in documents):
            if other == number:
                continue
            if period == of_other and number < other:
                yield from (([(number, ref)], [(other, ref)], False) for ref in printed.values)
            for start, end in STOCKS:
                for dims in _shapes_of(documents, (number, other), (start, end)):
                    if period.first == of_other.last + ONE_DAY:
                        yield [(number, (start, dims))], [(other, (end, dims))], False
                    if period.first == of_other.first:
                        yield [(number, (start, dims))], [(other, (start, dims))], False
                    if period.last == of_other.last:
                        yield [(number, (end, dims))], [(other, (end, dims))], False
        yield from _sums(documents, number)


def _sums(documents: Sequence[tuple[Printed, Report]], number: int) -> Iterator[JointLine]:
    """A longer period and the documents of its months."""
    period = documents[number][1].period
    periods = {whole.period: at for at, (_, whole) in enumerate(documents)}
    parts = {of: at for of, at in periods.items() if of != period and of.first in period and of.last in period}
    if not parts:
        return
    is_whole = sum(of.nights for of in parts) == period.nights
    for key in FLOWS:
        for dims in _shapes_of(documents, (number, *parts.values()), (key,)):
            yield [(at, (key, dims)) for at in parts.values()], [(number, (key, dims))], not is_whole
    for key in PERSONS[:1]:
        for dims in _shapes_of(documents, (number, *parts.values()), (key,)):
            for at in parts.values():
                yield [(at, (key, dims))], [(number, (key, dims))], True
            if is_whole:
                yield [(number, (key, dims))], [(at, (key, dims)) for at in parts.values()], True


def _shapes_of(
    documents: Sequence[tuple[Printed, Report]], numbers: Iterable[int], keys: tuple[str, ...]
) -> list[Dims]:
    """The cells in which one of these documents prints one of these figures, and of which each says something."""
    chosen = [documents[number] for number in numbers]
    found = dict.fromkeys(dims for printed, _ in chosen for dims in _shapes(printed, keys))

    def says(printed: Printed, whole: Report, ref: Ref) -> bool:
        is_zero = not printed.headlines_alone and not whole.value(ref[0], *ref[1])
        return not ref[1] or is_zero or _is_cut(printed, ref)

    kept = [dims for dims in found if not dims or dims[0][0] not in ("zone", "night")]
    return [dims for dims in kept if all(says(*one, (key, dims)) for one in chosen for key in keys)]


def relations(printed: Printed) -> Iterator[Line]:
    """Everything that the tables mean."""
    yield from _cuts(printed)
    yield from _columns(printed)
    yield from _people(printed)
    yield from _services(printed)
    yield from _others(printed)


def _equal(plus: Iterable[Ref] | None, *minus: Ref) -> Iterator[Line]:
    if plus is not None:
        yield list(plus), list(minus), False


def _cuts(printed: Printed) -> Iterator[Line]:
    for total, key, name, length in CUTS:
        yield from _equal(printed.cells(key, *((name, "age_group") if length == 2 else (name,))), (total, ()))
    for total, key, name in SEVERAL:
        lines = printed.cells(key, name)
        if lines:
            yield from _equal(lines, (total, ()))
            yield [(total, ())], lines, True
            for line in lines:
                yield [line], [(total, ())], True
    for key in ("t2.present_start", "t2.entries", "t2.exits", "t2.present_end", "t2.distinct_persons"):
        yield from _equal(printed.cells(key, "category"), (key, ()))
    for left, right in REPEATED:
        yield [(left, ())], [(right, ())], False


def _shapes(printed: Printed, keys: Iterable[str]) -> list[Dims]:
    """Every cell in which one of these may be printed."""
    found = dict.fromkeys(dims for key, dims in printed.values if key in keys)
    return list(found)


def _columns(printed: Printed) -> Iterator[Line]:
    for signed in BALANCES:
        names = [name.lstrip("-") for name in signed]
        tables = {name.split(".")[0] for name in names}
        for dims in _shapes(printed, names) if len(tables) == 1 else [()]:
            refs = [(name, dims) for name in names]
            if dims and dims[0][0] in ("zone", "night"):
                continue
            if dims and not all(_is_cut(printed, ref) for ref in refs):
                continue
            yield (
                [ref for ref, name in zip(refs, signed, strict=True) if not name.startswith("-")],
                [ref for ref, name in zip(refs, signed, strict=True) if name.startswith("-")],
                False,
            )
    for part in PARTS:
        small, _, large = part.partition("<")
        wholes = large.split("+")
        for dims in _shapes(printed, [small]):
            if not dims or all(_is_cut(printed, (key, dims)) for key in (small, *wholes)):
                yield [(small, dims)], [(key, dims) for key in wholes], True
    for dims in _shapes(printed, T2):
        if not dims or dims[0][0] in ("sex", "rollup"):
            new, again = ("t2.new_persons", dims), ("t2.entries_readmission", dims)
            yield [new, again], [("t2.entries", dims)], False
            kinds: list[Ref] = [(f"t2.entries_{kind}", dims) for kind in ("premiere", "transfert", "naissance")]
            yield kinds, [new], False
    for dims in _shapes(printed, T4):
        if not dims or dims[0][0] in ("sex", "rollup"):
            yield [("t4.new_identified", dims), ("t4.not_victim", dims)], [("t4.decided", dims)], False


def _is_cut(printed: Printed, ref: Ref) -> bool:
    """Whether that figure is printed, or left out, in cells of this kind."""
    names = tuple(name for name, _ in ref[1])
    return (ref[0], names) in printed.out or printed.cells(ref[0], *names) is not None


def _people(printed: Printed) -> Iterator[Line]:
    for key in (*T2, *T4):
        for name in (*ROLLUPS, "nr"):
            inside = [cell for cell in PEOPLE if _group(cell) == name]
            yield [(key, cell) for cell in inside], [(key, (("rollup", name),))], False
        yield [(key, (("rollup", name),)) for name in (*ROLLUPS, "nr")], [(key, ())], False
    hosted = "t2.distinct_persons"
    young: list[Ref] = [(hosted, (("rollup", name),)) for name in ("filles", "garcons")]
    yield young, [("t5.minors", ())], False
    yield [("t2.exits", (("rollup", name),)) for name in ("filles", "garcons")], [("t5.exits", ())], False
    yield [(hosted, (("rollup", name),)) for name in ("femmes", "hommes")], [("t3.adults", ())], False
    yield [(hosted, (("category", name),)) for name in ("vdt_presumee", "vdt_identifiee")], [("t4.victims", ())], False
    yield [(hosted, (("category", "enas"),))], [("t5.alone", ())], True
    alone = printed.cells("t5.minors", "child_status")
    if alone:
        here = [ref for ref in alone if ref[1][0][1] in ("non_accompagne", "separe", "chef_menage")]
        yield here, [("t5.alone", ())], False
    nation: Ref = ("t3.persons", (("nationality", "ML"),))
    for ref in printed.cells("t4.victims_by_origin", "origin") or ():
        if ref[1][0][1] == "malienne":
            yield [ref], [nation], True
        elif ref[1][0][1] == "etrangere":
            yield [ref, nation], [("t3.persons", ())], True
    for line in printed.cells("t3.persons_by_sex", "nationality", "sex") or ():
        yield [line], [("t3.persons", line[1][:1])], True


def _group(cell: Dims) -> str:
    found = [name for name, (sex, ages) in ROLLUPS.items() if cell[0][1] == sex and cell[1][1] in ages]
    return found[0] if found else "nr"


def _services(printed: Printed) -> Iterator[Line]:
    for key in ("t6.events", "t6.quantity", "t6.cost", "t6.beneficiaries"):
        lines = printed.cells(key, "service_type") or []
        tops = [ref for ref in lines if _top(ref) == ref[1][0][1]]
        for whole, parts in ((((key, ())), tops), *((top, [r for r in lines if _top(r) == top[1][0][1] and r != top])
                                                    for top in tops)):  # fmt: skip
            if not parts:
                continue
            if key != "t6.beneficiaries":
                yield parts, [whole], False
                yield parts, [whole], True
            else:
                yield [whole], parts, True
                yield from (([part], [whole], True) for part in parts)
    for dims in _shapes(printed, ["t6.events"]):
        yield [("t6.quantity", dims)], [("t6.events", dims)], False
        provided = printed.cells("t6.provided", *(name for name, _ in dims), "provider_kind")
        found = [ref for ref in provided or () if ref[1][:-1] == dims]
        if found:
            yield found, [("t6.events", dims)], False
    lodged: Dims = (("service_type", "heb_nuitee"),)
    yield [("t6.events", lodged)], [("t1.person_nights", ())], False
    yield [("t6.beneficiaries", lodged)], [("t2.distinct_persons", ())], True


def _top(ref: Ref) -> str:
    return ref[1][0][1].removeprefix("x_").partition("_")[0]


def _others(printed: Printed) -> Iterator[Line]:
    for flow in ("requests", "requested"):
        came: list[Ref] = [(f"t2.{flow}_{name}", ()) for name in ("waiting_start", "asked")]
        gone: list[Ref] = [(f"t2.{flow}_{name}", ()) for name in ("admitted", "refused", "given_up", "waiting_end")]
        yield came, gone, False
        yield from _equal(printed.cells(f"t2.{flow}_by_reason", "request_reason"), (f"t2.{flow}_refused", ()))
    for whole in ("refused", "asked"):
        people = printed.cells("t2.requested_by_profile", "sex", "age_group")
        yield from _equal(people, (f"t2.requested_{whole}", ()))
    for ref in printed.cells("t11.beneficiaries", "item_code") or ():
        yield [ref], [("t2.distinct_persons", ())], True
    planned = {one.code for one in codes("exit_reason") if one.extra.get("planned") == "yes"}
    reasons = printed.cells("t8.exits", "exit_reason")
    for ref in printed.cells("t8.exits_planned", "planned") or ():
        if reasons:
            yield [one for one in reasons if (one[1][0][1] in planned) == (ref[1][0][1] == "yes")], [ref], False
