"""Writes the reasons of refusals beside the rows of the shelter's own workbook, whose looks are kept.

`mark` runs in the guarded worker, since the library that changes workbooks is the one that hostile files stop most.
"""

import codecs
import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shelter_desk.domain import held_files
from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.excel.reading import delimited, guard
from shelter_desk.excel.reading.cells import CONTROL, LONGEST_TEXT
from shelter_desk.excel.reading.headings import folded
from shelter_desk.excel.reading.reading import run_worker
from shelter_desk.excel.reading.recognise import REASONS
from shelter_desk.excel.reading.refusal import Refused
from shelter_desk.excel.saving import beside

MODE = "mark"
SHEET = "refus"
_YELLOW, _RED = "FFF4D6", "9C1C1C"
_WIDTH = 60
# what French is printed with and old code pages lack, as it is typed
_TYPED = str.maketrans(
    {"\u202f": "\u00a0", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "œ": "oe"}
)


@dataclass(frozen=True, slots=True)
class RejectMark:
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


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written. heading: of the reasons; listed: rows of the list of all refusals, its headings first.

    columns: sheet, heading row and column of the reasons in every list, also in those without a refusal this time.
    """

    heading: str
    columns: tuple[tuple[str, int, int], ...]
    marks: tuple[RejectMark, ...]
    listed: Sequence[Sequence[Any]]


def write(source: bytes, path: Path, order: Order) -> None:
    """A copy of the workbook with the marks, and a sheet with all of them listed; of a CSV file with the marks alone.

    Pictures and charts of the workbook are not in the copy.
    Raises NotAWorkbook where the library cannot change it; DiskFull, ReadOnly, FileMissing.
    """
    told = json.dumps(asdict(order)).encode()
    with beside(path) as folder:
        made = run_worker(told + b"\n" + source, MODE, folder)
        if not made or made.startswith(guard.ZIP) != source.startswith(guard.ZIP):
            raise NotAWorkbook(str(path), "damaged")
        held_files.write(folder / path.name, made)


def mark(content: bytes) -> bytes:
    """The marked copy; content: a line of orders, then the workbook. Raises Refused."""
    first, _, workbook = content.partition(b"\n")
    order = json.loads(first)
    if not workbook.startswith(guard.ZIP):
        return _mark_text(workbook, order)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(workbook))
    except Exception as error:
        raise Refused("damaged") from error
    # take away the reasons of the time before: what stands under a heading of ours, and nothing else
    for name, heading_row, column in order["columns"]:
        sheet = book[name]
        if folded(str(sheet.cell(heading_row, column).value or "")) in REASONS:
            for number in range(heading_row, sheet.max_row + 1):
                _say(_free(sheet, number, column), None)
    _write_marks(book, order["heading"], [RejectMark(**one) for one in order["marks"]])
    if SHEET in book.sheetnames:
        del book[SHEET]
    sheet = book.create_sheet(SHEET)
    for number, row in enumerate(order["listed"], 1):
        for place, value in enumerate(row, 1):
            _say(sheet.cell(number, place), value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_marks(book: Any, heading: str, marks: Sequence[RejectMark]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    yellow = PatternFill("solid", fgColor=_YELLOW)
    for mark in marks:
        sheet = book[mark.sheet]
        head = _free(sheet, mark.heading_row, mark.column)
        _say(head, heading)
        head.font = Font(bold=True, color=_RED)
        sheet.column_dimensions[get_column_letter(mark.column)].width = _WIDTH
        said = _free(sheet, mark.row, mark.column)
        _say(said, mark.reason)
        said.font = Font(color=_RED)
        said.alignment = Alignment(wrap_text=True, vertical="top")
        for place in mark.cells:
            # of several that are merged the first one is seen
            over = next((one for one in sheet.merged_cells.ranges if _is_in(one, mark.row, place)), None)
            cell = sheet.cell(mark.row, place) if over is None else sheet.cell(over.min_row, over.min_col)
            cell.fill = yellow


def _free(sheet: Any, row: int, column: int) -> Any:
    """The cell, taken out of the merged cells that reach over it."""
    for merged in [one for one in sheet.merged_cells.ranges if (row, column) != (one.min_row, one.min_col)]:
        if _is_in(merged, row, column):
            sheet.unmerge_cells(str(merged))
    return sheet.cell(row, column)


def _is_in(merged: Any, row: int, column: int) -> bool:
    return bool(merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col)


def _say(cell: Any, value: str | int | None) -> None:
    """A text as a text, whatever it begins with; signs that no workbook may hold are shown as �."""
    cell.value = CONTROL.sub("\ufffd", value)[:LONGEST_TEXT] if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def _mark_text(content: bytes, order: Mapping[str, Any]) -> bytes:
    """The reasons at the end of the lines of a CSV file, in its own encoding and with its separator.

    Raises Refused where it would not be read as the file is.
    """
    text, encoding = delimited.decoded(content)
    separator = delimited.separator(text)
    rows = list(delimited.cut(text))
    for _, heading_row, column in order["columns"]:
        # an empty cell for the reason in each line, whatever was said there the time before
        for row in rows[heading_row - 1 :]:
            if row:
                row.extend([""] * (column - len(row)))
                row[column - 1] = ""
    for one in order["marks"]:
        rows[one["heading_row"] - 1][one["column"] - 1] = order["heading"]
        rows[one["row"] - 1][one["column"] - 1] = " ".join(one["reason"].split())
    out = io.StringIO(newline="")
    line_end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
    csv.writer(out, delimiter=separator, lineterminator=line_end).writerows(map(delimited.guarded, row) for row in rows)
    if encoding == "utf-16" and content.startswith(codecs.BOM_UTF16_BE):
        encoding = "utf-16-be"
    elif content.isascii():  # any encoding would do, and Excel reads the accents of the reasons where a mark says so
        encoding = "utf-8-sig"
    return _encoded(out.getvalue(), encoding, separator)


def _encoded(text: str, encoding: str, separator: str) -> bytes:
    made = _bytes(text, encoding)
    if made is None:
        text = text.translate(_TYPED)
        made = _bytes(text, encoding)
    if made is None or delimited.decoded(made)[0] != text or delimited.separator(text) != separator:
        raise Refused("kind")
    return made


def _bytes(text: str, encoding: str) -> bytes | None:
    try:
        made = text.encode(encoding)
    except UnicodeEncodeError:
        return None
    return codecs.BOM_UTF16_BE + made if encoding == "utf-16-be" else made
