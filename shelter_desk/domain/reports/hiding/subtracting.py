"""What a reader gets back who adds and subtracts several sums at once: the hidden numbers with one solution alone.

Figures of which each one follows from the others.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.report import Report


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures of which each one follows from the others.

    total: hidden last where one more of them must be hidden. company: a line that counts nobody, hidden where there is
    nothing else to hide.
    """

    parts: tuple[Ref, ...]
    total: Ref | None = None
    company: Ref | None = None

    @property
    def members(self) -> tuple[Ref, ...]:
        """All of them."""
        return self.parts if self.total is None else (*self.parts, self.total)


def refs(report: Report, key: str, name: str, length: int = 1) -> tuple[Ref, ...]:
    """The cells of a figure with so many dims, of which the first is called so."""
    return tuple(
        ref for ref in report.figures if ref[0] == key and len(ref[1]) == length and ref[1] and ref[1][0][0] == name
    )


def true(report: Report, relation: Sum) -> Iterator[Sum]:
    """The relation where its numbers happen to add up: only then does a subtraction give one of them back."""
    values = [report.value(ref[0], *ref[1]) for ref in relation.members]
    numbers = [value for value in values if isinstance(value, int)]
    if sum(numbers[:-1]) == numbers[-1]:
        yield relation


Equation = Mapping[Ref, int]


@dataclass(slots=True)
class _SumRow:
    """Hidden numbers by their factors, and the equations that were added up to it."""

    factors: dict[Ref, Fraction]
    of: set[int]

    def less(self, other: "_SumRow", at: Ref) -> None:
        """Take `other` away so often that its number at `at` is gone."""
        times = self.factors[at]
        for ref, factor in other.factors.items():
            left = self.factors.get(ref, Fraction(0)) - times * factor
            if left:
                self.factors[ref] = left
            else:
                self.factors.pop(ref, None)
        self.of |= other.of


def equations(report: Report, relations: Iterable[Sum]) -> Iterator[Equation]:
    """The relations that add up, as signs; those of rates and means are none.

    Without a total the first two are added and the others taken away, as in every balance (field 4.4).
    """
    for relation in relations:
        parts = len(relation.parts) if relation.total is not None else 2
        signs = {ref: 1 if place < parts else -1 for place, ref in enumerate(relation.members)}
        values = [(sign, report.value(ref[0], *ref[1])) for ref, sign in signs.items()]
        numbers = [sign * value for sign, value in values if isinstance(value, (int, float))]
        if len(numbers) == len(values) > 1 and sum(numbers) == 0:
            yield signs


def given_back(known: list[Equation], hidden: Collection[Ref]) -> dict[Ref, set[Ref]]:
    """Each hidden number that follows, with the printed numbers that it follows from."""
    solved: dict[Ref, _SumRow] = {}
    for number, equation in enumerate(known):
        row = _SumRow({ref: Fraction(sign) for ref, sign in equation.items() if ref in hidden}, {number})
        for at in [one for one in row.factors if one in solved]:
            if at in row.factors:
                row.less(solved[at], at)
        if row.factors:
            _keep(solved, row)
    lone = [(at, row) for at, row in solved.items() if len(row.factors) == 1]
    return {at: {ref for number in row.of for ref in known[number] if ref not in hidden} for at, row in lone}


def _keep(solved: dict[Ref, _SumRow], row: _SumRow) -> None:
    pivot = min(row.factors)
    row.factors = {ref: factor / row.factors[pivot] for ref, factor in row.factors.items()}
    for other in solved.values():
        if pivot in other.factors:
            other.less(row, pivot)
    solved[pivot] = row
