"""What the two sides of an identity are made of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Amount, Dims, Figure, Number, Ref, added
from shelter_desk.domain.reports.report import Identity, Terms
from shelter_desk.domain.stays.stays import Stay


@dataclass(frozen=True, slots=True)
class FigureReader:
    """Figures as whole numbers, 0 where a cell was left out."""

    figures: Mapping[Ref, Figure]
    _by_key: defaultdict[str, list[Ref]] = field(init=False, default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for ref in self.figures:
            self._by_key[ref[0]].append(ref)

    def __call__(self, key: str, dims: Dims = TOTAL) -> int:
        found = self.figures.get((key, dims))
        return found.value if found is not None and isinstance(found.value, int) else 0

    def number(self, key: str, dims: Dims = TOTAL) -> Amount:
        """The figure as it is, with its decimals; 0 where a cell was left out or there is no denominator."""
        found = self.figures.get((key, dims))
        return found.value if found is not None and isinstance(found.value, (int, float)) else 0

    def added(self, refs: Iterable[Ref]) -> Amount:
        """These figures added up with their decimals."""
        return added(self.number(*ref) for ref in refs)

    def where(self, key: str, kept: Callable[[Dims], bool]) -> list[Ref]:
        """The cells of a figure whose dims are so."""
        return [ref for ref in self._by_key[key] if ref[1] and kept(ref[1])]

    def sum(self, refs: Iterable[Ref]) -> int:
        """These figures added up."""
        return sum(self(*ref) for ref in refs)

    def equal(
        self, name: str, dims: Dims, left: Terms | Number, right: Terms | Number, uses: Iterable[Ref]
    ) -> Identity:
        """The identity of that name, which holds where both sides are equal, of figures or of numbers."""
        values = self._amount(left), self._amount(right)
        terms = tuple(one if isinstance(one, Terms) else Terms() for one in (left, right))
        return Identity(name, dims, *values, values[0] == values[1], tuple(uses), terms=(terms[0], terms[1]))

    def _amount(self, side: Terms | Number) -> Number:
        return self.sum(side.plus) - self.sum(side.minus) if isinstance(side, Terms) else side


def totals(*keys: str) -> Terms:
    """The totals of these figures, added up."""
    return Terms(tuple((key, TOTAL) for key in keys))


def balance(keys: Sequence[str], dims: Dims, came: int = 2) -> tuple[Terms, Terms]:
    """Both sides of start + what came − what ended = end, in that order. came: how many are added, the start too."""
    refs: list[Ref] = [(key, dims) for key in keys]
    return Terms(tuple(refs[:came]), tuple(refs[came:-1])), Terms(tuple(refs[-1:]))


def hosted_stays(facts: ReportFacts) -> list[Stay]:
    """The stays that count in the period, from the facts alone."""
    return [
        stay
        for stay in facts.stays
        if stay.counts
        and stay.admitted_at.date() <= facts.period.last
        and (stay.exited_at is None or stay.exited_at.date() >= facts.period.first)
    ]
