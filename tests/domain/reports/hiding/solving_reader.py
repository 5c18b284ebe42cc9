"""A reader with a solver: everything printed at one level, what the tables mean, exact bounds of what is hidden.

Knows nothing of how the program hides. Reads the JSON document, and the subtotals that only workbook and screen print.
Relations are written from what the tables mean (field 4.3); one that does not hold in every month is used in those in
which it does, as a reader who guesses well would.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import highspy
import numpy

from shelter_desk.domain.reports.figures import HIDDEN, Ref
from shelter_desk.domain.reports.report import Report
from tests.domain.reports.hiding.attack import CUTS
from tests.domain.reports.hiding.period_relations import Cell, JointLine, between
from tests.domain.reports.hiding.printed_relations import PARTS, SEVERAL, Printed, relations

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


Document = tuple[Report, Report]  # what nobody but the house sees, to judge by, and what is printed of it


def told(whole: Report, printed: Report) -> list[Told]:
    """The small numbers that this reader knows too well. whole: what nobody but the house sees, to judge it by."""
    return Reader([(whole, printed)]).told()


def told_together(documents: Sequence[Document]) -> list[Told]:
    """The same of everything that one recipient got, of whatever periods, in the order in which it was sent.

    What headlines tell, which are printed whatever they are, nobody can keep back: those of all documents together, and
    those of one beside what was sent before it.
    """
    found = Reader(documents).told()
    if found:
        every = range(len(documents))
        anyway = [Reader(documents, headlines_alone=every)]
        anyway += [Reader(documents[: n + 1], headlines_alone=(n,)) for n in every[1:]]
        found = [one for one in found if not any(reader.knows(one) for reader in anyway)]
    return found


class Reader:
    """The numbers that are not printed, with exact bounds.

    headlines_alone: the numbers of the documents that are read as if nothing else were printed in them.
    """

    def __init__(self, documents: Sequence[Document], *, headlines_alone: Collection[int] = ()) -> None:
        self.documents = [(Printed.of(printed), whole) for whole, printed in documents]
        for number in headlines_alone:
            printed, whole = self.documents[number]
            self.documents[number] = printed.with_headlines_alone(), whole
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
        if (one.document, one.ref) not in self.at:
            return False
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
        if key == "t2.late_entries":  # of entries and exits together
            parts = [self._truth((number, (one, ()))) for one in ("t2.entries", "t2.exits")]
            whole = sum(one for one in parts if isinstance(one, int))
            return min(least, whole) if whole >= true else least
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
        program.col_upper_ = numpy.array([100_000.0 if one else highspy.kHighsInf for one in whole])  # francs go on
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
