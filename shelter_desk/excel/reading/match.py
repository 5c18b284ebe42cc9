"""The heading of a sheet read as one list, before its lines are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from shelter_desk.domain.register_columns import LISTS, ListColumn
from shelter_desk.domain.registers.shapes import SHAPES
from shelter_desk.excel.reading.book import Cell
from shelter_desk.excel.reading.grids import Grid
from shelter_desk.excel.reading.headings import SheetHeading

REASONS = frozenset({"motif du refus", "reason of the refusal"})  # a column that `marking` wrote
OWN_MARKS = REASONS | {"exemple", "example"}  # and the one in which a template marks its example
COLUMNS: Mapping[str, tuple[ListColumn, ...]] = {**LISTS, **{key: shape.columns for key, shape in SHAPES.items()}}
KEYS: Mapping[str, frozenset[str]] = {key: frozenset(one.key for one in columns) for key, columns in COLUMNS.items()}


@dataclass(slots=True)
class Match:
    """The heading of a sheet read as one list. by_key: its machine keys stand there.

    chosen: of a column that surveys cut into one for each answer, the columns of its codes. grid: where it is one.
    given: what every row has that does not say it.
    """

    list_key: str
    heading: SheetHeading
    by_key: bool
    columns: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    chosen: dict[str, dict[int, str]] = field(default_factory=dict)
    grid: Grid | None = None
    given: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def covers(self) -> float:
        """The part of what the list needs that is there."""
        shape = SHAPES.get(self.list_key)
        if self.grid is not None:
            return 1
        needs: list[Collection[str]] = (
            list(shape.needs) if shape else [(c.key,) for c in LISTS[self.list_key] if c.required]
        )
        return sum(any(key in self.columns or key in self.given for key in one) for one in needs) / len(needs)
