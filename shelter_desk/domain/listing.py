"""A list as it is displayed, to be written into a workbook as it stands."""

from dataclasses import dataclass

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column. width: in characters."""

    text: str
    width: int = 16


@dataclass(frozen=True, slots=True)
class Listed:
    """One list. sheet: the name of its sheet; notes: lines below the title; total: the last row, none where empty."""

    sheet: str
    title: str
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()
    total: tuple[Value, ...] = ()
