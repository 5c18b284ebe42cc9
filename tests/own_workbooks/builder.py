"""Writes files as shelters keep them, in every kind that is read."""

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from shelter_desk.excel.reading.recognise import Choice

FILES = Path(__file__).parent / "files"
Rows = Sequence[Sequence[Any]]
Make = Callable[[Path], Path]


@dataclass(frozen=True)
class Case:
    """A file and what must come out. make: writes it into a folder.

    counts: new, changed, the same, refused, by list. cells: by list, what the rows hold, in their order.
    refused: sheet, row and column of each refusal.
    """

    name: str
    make: Make
    counts: Mapping[str, tuple[int, int, int, int]]
    cells: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    refused: Sequence[tuple[str, int, str]] = ()
    unknown: Sequence[str] = ()
    unused: Sequence[str] = ()
    passed_over: int = 0
    hidden: Sequence[tuple[str, int, int]] = ()
    choice: Choice | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """Rows with what is done to them by hand. errors: cells that hold an Excel error."""

    rows: Rows
    merged: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    errors: Mapping[str, str] = field(default_factory=dict)


def workbook(name: str = "registre.xlsx", *, mac: bool = False, **sheets: Sheet | Rows) -> Make:
    """An .xlsx or .xlsm; `_` in the name of a sheet is a space. mac: with dates counted from 1904."""

    def make(folder: Path) -> Path:
        book = openpyxl.Workbook()
        book.epoch = CALENDAR_MAC_1904 if mac else book.epoch
        book.remove(book.worksheets[0])
        for title, given in sheets.items():
            one = given if isinstance(given, Sheet) else Sheet(given)
            sheet = book.create_sheet(title.replace("_", " "))
            for row in one.rows:
                sheet.append(list(row))
            for cells in one.merged:
                sheet.merge_cells(cells)
            for number in one.hidden_rows:
                sheet.row_dimensions[number].hidden = True
            for letter in one.hidden_columns:
                sheet.column_dimensions[letter].hidden = True
            for place, text in one.errors.items():
                sheet[place] = text
                sheet[place].data_type = "e"
        book.save(folder / name)
        return folder / name

    return make


def text(name: str, rows: Rows, *, separator: str = ";", encoding: str = "utf-8") -> Make:
    """A .csv or .txt as Excel saves it."""

    def make(folder: Path) -> Path:
        out = io.StringIO()
        csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(
            [["" if cell is None else shown(cell) for cell in row] for row in rows]
        )
        (folder / name).write_bytes(out.getvalue().encode(encoding))
        return folder / name

    return make


def shown(cell: Any) -> str:
    """As a sheet shows it."""
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y %H:%M")
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)


def stored(name: str) -> Make:
    """A file that another program wrote, kept beside the tests."""
    return lambda _folder: FILES / name


# The binary kind, which no library at hand writes ---------------------------------------------------------------------


def binary(name: str, sheet: str, rows: Rows) -> Make:
    """An .xlsb with one sheet of texts, numbers and errors (`#N/A` and the like)."""

    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr("_rels/.rels", _relations("officeDocument", "xl/workbook.bin"))
            archive.writestr("xl/_rels/workbook.bin.rels", _relations("worksheet", "worksheets/sheet1.bin"))
            named = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet)
            archive.writestr("xl/workbook.bin", _records((131, b""), (143, b""), (156, named), (144, b""), (132, b"")))
            archive.writestr("xl/worksheets/sheet1.bin", _sheet(rows))
        return folder / name

    return make


_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def _relations(kind: str, target: str) -> str:
    schemas = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{schemas}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{schemas}/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    )


def _sheet(rows: Rows) -> bytes:
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    records: list[tuple[int, bytes]] = [(129, b""), (148, size), (145, b"")]
    for number, row in enumerate(rows):
        records.append((0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0)))
        records += [_cell(place, cell) for place, cell in enumerate(row) if cell is not None]
    return _records(*records, (146, b""), (130, b""))


def _cell(place: int, cell: Any) -> tuple[int, bytes]:
    at = struct.pack("<II", place, 0)
    if cell in _ERRORS:
        return 3, at + bytes([_ERRORS[cell]])
    return (5, at + struct.pack("<d", cell)) if isinstance(cell, int | float) else (6, at + _wide(str(cell)))


def _wide(written: str) -> bytes:
    return struct.pack("<I", len(written)) + written.encode("utf-16-le")


def _records(*records: tuple[int, bytes]) -> bytes:
    return b"".join(_number(kind, 2) + _number(len(data), 4) + data for kind, data in records)


def _number(number: int, most: int) -> bytes:
    """In groups of seven bits, the lowest first."""
    if number < 128 or most == 1:
        return bytes([number])
    return bytes([number & 127 | 128]) + _number(number >> 7, most - 1)
