"""Figures of which each one follows from the others."""

from collections.abc import Iterator
from dataclasses import dataclass

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
