"""Writes the reasons of refusals beside the rows of the shelter's own workbook, whose looks are kept.

`mark` runs in the guarded worker, since the library that changes workbooks is the one that hostile files stop most.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shelter_desk.domain.errors import NotAWorkbook
from shelter_desk.excel import guard
from shelter_desk.excel.reading import run_worker
from shelter_desk.excel.refusal import Refused
from shelter_desk.excel.saving import beside

MODE = "mark"
SHEET = "refus"
_YELLOW, _RED = "FFF4D6", "9C1C1C"
_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written in one row of a sheet. column: of the reasons, counted from 1; cells: those that are wrong."""

    sheet: str
    heading_row: int
    column: int
    row: int
    reason: str
    cells: tuple[int, ...]


def can_mark(content: bytes) -> bool:
    """True for a workbook of the kind that can be changed: .xlsx and .xlsm."""
    return content.startswith(guard.ZIP) and b"xl/workbook.xml" in content


def write(source: bytes, path: Path, heading: str, marks: Sequence[Mark], listed: Sequence[Sequence[Any]]) -> None:
    """A copy of the workbook with the marks, and a sheet with all of them listed.

    listed: its rows, the headings first. Pictures and charts of the workbook are not in the copy.
    Raises NotAWorkbook, DiskFull, ReadOnly, FileMissing.
    """
    told = [[m.sheet, m.heading_row, m.column, m.row, m.reason, list(m.cells)] for m in marks]
    order = json.dumps({"heading": heading, "marks": told, "listed": [list(row) for row in listed]}).encode()
    with beside(path) as folder:
        made = run_worker(order + b"\n" + source, MODE, folder)
        if not made.startswith(guard.ZIP):
            raise NotAWorkbook(str(path), "damaged")
        (folder / path.name).write_bytes(made)


def mark(content: bytes) -> bytes:
    """The marked copy; content: a line of orders, then the workbook. Raises Refused."""
    first, _, workbook = content.partition(b"\n")
    order = json.loads(first)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(workbook))
    except Exception as error:
        raise Refused("damaged") from error
    _write_marks(book, order["heading"], order["marks"])
    _write_list(book, order["listed"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_marks(book: Any, heading: str, marks: Sequence[Sequence[Any]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    yellow = PatternFill("solid", fgColor=_YELLOW)
    for name, heading_row, column in {(one[0], one[1], one[2]) for one in marks}:
        for number in range(heading_row + 1, book[name].max_row + 1):  # the reasons of the time before
            book[name].cell(number, column).value = None
    for name, heading_row, column, row, reason, cells in marks:
        sheet = book[name]
        head = sheet.cell(heading_row, column)
        _say(head, heading)
        head.font = Font(bold=True, color=_RED)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTH
        said = sheet.cell(row, column)
        _say(said, reason)
        said.font = Font(color=_RED)
        said.alignment = Alignment(wrap_text=True, vertical="top")
        for place in cells:
            sheet.cell(row, place).fill = yellow


def _write_list(book: Any, listed: Sequence[Sequence[Any]]) -> None:
    if SHEET in book.sheetnames:
        del book[SHEET]
    sheet = book.create_sheet(SHEET)
    for number, row in enumerate(listed, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            _say(cell, value) if isinstance(value, str) else setattr(cell, "value", value)


def _say(cell: Any, text: str) -> None:
    """A text as a text, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"
