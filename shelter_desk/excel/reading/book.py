"""What was read from a file: sheets of numbered rows of typed cells.

What the reader does not tell of a sheet, found by looking through the file before.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import NamedTuple


@dataclass(slots=True)
class SheetNotes:
    """errors: by row and column counted from 1; how many rows and columns are hidden.

    zeros: by row and column, what is shown of a number with zeros in front that it has not.

    since_1904: the numbers of its days are counted from 1904, as old Excel for Mac does.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: int = 0
    hidden_columns: int = 0
    since_1904: bool = False
    zeros: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that Excel could not compute, such as `#REF!`, or `=` where the result of a formula is not in the file.

    Never read as empty.
    """

    text: str


class Padded(int):
    """A whole number that its cell shows with zeros in front, `0007`: which of the two is meant is asked."""

    text: str

    def __new__(cls, value: int, text: str) -> "Padded":
        made = super().__new__(cls, value)
        made.text = text
        return made


Cell = str | int | float | bool | date | datetime | time | ErrorCell | None


@cache
def letters(place: int) -> str:
    """What Excel calls the column at that place, counted from 0: A, Z, AA."""
    said, left = "", place + 1
    while left:
        left, letter = divmod(left - 1, 26)
        said = chr(ord("A") + letter) + said
    return said


class WorkbookRow(NamedTuple):
    """One row that holds something. number: as seen in Excel; cells: from column A on, None where empty."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet; its blank rows are left out, the others keep their numbers. Hidden ones are read as the others are.

    since_1904: the bare numbers of its days are counted from 1904. is_headed: its first row is its headings, whatever
    stands there.
    """

    name: str
    rows: list[WorkbookRow]
    hidden_rows: int = 0
    hidden_columns: int = 0
    since_1904: bool = False
    is_headed: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook, in their order. A CSV file has one, called as the file is.

    title: what stands as the title in the properties of an .xlsx file, "" elsewhere.
    """

    sheets: tuple[WorkbookSheet, ...]
    title: str = ""


ERROR_TEXTS = frozenset(
    {"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"}
    | {"#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!", "#GETTING_DATA"}
    | {"#VALEUR!", "#NOM?", "#NUL!", "#NOMBRE!"}
)
