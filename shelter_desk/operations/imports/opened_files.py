"""A file from outside, read whole and the same from the first look to the last; or rows that no file holds."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from shelter_desk.domain.registers.refusals import FileChanged
from shelter_desk.excel.reading import reading, wire
from shelter_desk.excel.reading.book import ErrorCell, Workbook, WorkbookRow, WorkbookSheet
from shelter_desk.system import collecting


class RowSource(StrEnum):
    """Where the rows come from. EXCEL: a list of the house that was changed there; GRID: typed into the window."""

    FILE = "file"
    PASTE = "paste"
    EXCEL = "excel"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was read, and its digest; or rows that no file holds.

    Of these the path is a name alone, and the digest tells nothing of what they say. packed: rows that were pasted or
    changed in Excel, as a draft keeps them; "" of others.
    """

    path: Path
    digest: str
    book: Workbook = field(repr=False)
    source: RowSource = RowSource.FILE
    packed: str = field(default="", repr=False)


def read(path: Path) -> OpenedFile:
    """Read a workbook. Raises FileMissing, NotAWorkbook, FileChanged where another one took its place meanwhile."""
    digest = reading.digest(path)
    with collecting.held_back():
        book = reading.read(path)
    if reading.digest(path) != digest:
        raise FileChanged(str(path))
    return OpenedFile(path, digest, book)


def of_rows(name: str, sheets: Sequence[WorkbookSheet], source: RowSource) -> OpenedFile:
    """Rows that were pasted or changed in Excel, under that name."""
    rows = ((one, [[row.number, *map(_plain, row.cells)] for row in one.rows]) for one in sheets)
    packed = wire.line([[one.name, one.is_headed, told] for one, told in rows])
    return OpenedFile(Path(name), secrets.token_hex(32), Workbook(tuple(sheets)), source, packed.decode("ascii"))


def of_packed(name: str, digest: str, packed: str, source: RowSource) -> OpenedFile:
    """The same rows, as a draft kept them."""
    sheets = [
        WorkbookSheet(
            sheet, [WorkbookRow(number, wire.unpacked_row(cells)) for number, *cells in rows], is_headed=is_headed
        )
        for sheet, is_headed, rows in json.loads(packed)
    ]
    return OpenedFile(Path(name), digest, Workbook(tuple(sheets)), source, packed)


def _plain(cell: object) -> object:
    if cell is None:
        return ""
    return cell.text if isinstance(cell, ErrorCell) else cell
