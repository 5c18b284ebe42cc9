"""What was recognised in a workbook, and what a person says of one that was not.

The heading of a sheet read as one list, before its lines are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

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


class RawRow(NamedTuple):
    """A row before it is judged. number: as seen in Excel; values: by machine key, without the empty cells."""

    list_key: str
    sheet: str
    number: int
    values: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a list stands in a sheet. columns: machine key to column, counted from 0.

    reasons: the column for what is refused: that of the time before, else the first one that is empty in every row.
    texts: the headings, by column; parts: columns that hold one answer each of the column of that key.
    below: the last row before the lines, that of the machine keys of a template.
    unread: numbers of the rows that hold something, but nothing in a column that means anything here.
    given: what the title or the name of the sheet says of every row, by machine key.
    by_key: its machine keys stand there, as in what the program wrote.
    """

    sheet: str
    heading_row: int
    columns: Mapping[str, int]
    reasons: int
    list_key: str = ""
    texts: Mapping[int, str] = field(default_factory=dict)
    parts: Mapping[int, str] = field(default_factory=dict)
    passed_over: tuple[int, ...] = ()
    below: int = 0
    unread: tuple[int, ...] = ()
    given: Mapping[str, Cell] = field(default_factory=dict)
    by_key: bool = False


@dataclass(frozen=True, slots=True)
class RecognisedList:
    """One list found in one sheet, or in several that have the same headings, as one for each month.

    columns: machine key to column, counted from 0, in the first of the sheets; unknown_columns: headings that mean
    nothing here; missing_columns: required keys that no column has; passed_over: numbers of rows taken for totals,
    signatures or headings said again.
    """

    sheet: str
    columns: dict[str, int]
    unknown_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    rows: list[RawRow]
    passed_over: tuple[int, ...] = ()
    layouts: tuple[Layout, ...] = ()

    def and_then(self, other: "RecognisedList") -> "RecognisedList":
        """The two as one list."""
        return RecognisedList(
            self.sheet,
            self.columns,
            tuple(dict.fromkeys((*self.unknown_columns, *other.unknown_columns))),
            tuple(key for key in self.missing_columns if key in other.missing_columns),
            [*self.rows, *other.rows],
            (*self.passed_over, *other.passed_over),
            (*self.layouts, *other.layouts),
        )


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lists of a workbook, in the order of `COLUMNS`, and the sheets that are none.

    since_1904: its bare numbers of days are counted from then.
    """

    lists: dict[str, RecognisedList]
    unused_sheets: tuple[str, ...] = ()
    since_1904: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person said about a file that was not understood: which list it is, which column a heading means.

    headings: machine key by folded heading, "" for a column that is left out; of headings that are called the same the
    second may be told by itself, as `date #2`. values: code by list and column, and folded value.
    sheets: what was said of one sheet, by its name, in place of the rest; is_left_out: the sheet is no list.
    orders: by machine key, or heading, whether its texts are days of `dmy` or `mdy`; by "" of all the others.
    """

    list_key: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    sheets: Mapping[str, "Choice"] = field(default_factory=dict)
    is_left_out: bool = False
    orders: Mapping[str, str] = field(default_factory=dict)
