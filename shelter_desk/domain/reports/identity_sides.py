"""What the two sides of an identity are made of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from shelter_desk.domain.reports.figures import TOTAL, Amount, Dims, Figure, Number, Ref, added
from shelter_desk.domain.reports.report import Identity


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


def equal(name: str, dims: Dims, left: Number, right: Number, uses: Iterable[Ref]) -> Identity:
    """The identity of that name, which holds where both sides are equal."""
    return Identity(name, dims, left, right, left == right, tuple(uses))
