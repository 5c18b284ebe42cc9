"""A list as it is displayed, to be written into a workbook as it stands.

What one column of a list is: its key, its headings, what its cells hold.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Kind = Literal["text", "day", "moment", "whole", "number", "yes_no", "code", "codes"]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a list.

    kind: `moment` may be a plain day; `codes` are several of one cell, separated by `;`.
    code_list: the list its codes come from, the one called as its key unless another is named; only: the codes of it
        that this column takes, all where empty; never: those that it does not take.
    also: further headings it has in the registers that shelters keep, any case and accents.
    width: in characters.
    read_only: an import knows it, and no workbook is written with it any more.
    """

    key: str
    label_fr: str
    label_en: str
    kind: Kind = "text"
    required: bool = False
    code_list: str | None = None
    only: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    width: int = 14
    never: tuple[str, ...] = ()
    read_only: bool = False

    def __post_init__(self) -> None:
        if self.code_list is None and self.kind in ("code", "codes"):
            object.__setattr__(self, "code_list", self.key)

    def label(self, language: str) -> str:
        """The heading in that language, French unless it is `en`."""
        return self.label_en if language == "en" else self.label_fr


def headings(text: str) -> tuple[str, ...]:
    """The headings written one after the other, separated by `; `."""
    return tuple(text.split("; "))


Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class ListHeading:
    """The head of a column. width: in characters; is_inner: of a number of the house, which no list has that leaves."""

    text: str
    width: int = 16
    is_inner: bool = False


@dataclass(frozen=True, slots=True)
class ListedTable:
    """One list. sheet: the name of its sheet; notes: lines below the title; total: the last row, none where empty;
    inner_note: one more line below the title of a list that stays.
    """

    sheet: str
    title: str
    columns: tuple[ListHeading, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()
    total: tuple[Value, ...] = ()
    inner_note: str = ""

    def leaving(self, given: Callable[[str], str]) -> "ListedTable":
        """As it leaves: without what is of the house alone. given: what stands in place of each text of a row."""
        kept = [place for place, one in enumerate(self.columns) if not one.is_inner]

        def of(row: tuple[Value, ...]) -> tuple[Value, ...]:
            return tuple(row[place] for place in kept)

        rows = (of(row) for row in self.rows)
        return replace(
            self,
            columns=tuple(self.columns[place] for place in kept),
            rows=tuple(tuple(given(cell) if isinstance(cell, str) else cell for cell in row) for row in rows),
            total=of(self.total) if self.total else (),
            inner_note="",
        )
