"""A file from outside, read whole and the same from the first look to the last; or rows that no file holds."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shelter_desk.domain.registers.refusals import FileChanged
from shelter_desk.excel.reading import reading, wire
from shelter_desk.excel.reading.book import ErrorCell, Workbook, WorkbookRow, WorkbookSheet
from shelter_desk.system import collecting


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was read, and its digest.

    held: of rows that no file holds, all of them as a draft keeps them; "" of a file. Their path is a name alone, their
    digest tells nothing of what they say. is_typed: its lines were typed into the window.
    """

    path: Path
    digest: str
    book: Workbook = field(repr=False)
    held: str = field(default="", repr=False)
    is_typed: bool = False

    @property
    def is_file(self) -> bool:
        """False of rows that were typed, or that came without a file."""
        return not (self.held or self.is_typed)


def read(path: Path) -> OpenedFile:
    """Read a workbook. Raises FileMissing, NotAWorkbook, FileChanged where another one took its place meanwhile."""
    digest = reading.digest(path)
    with collecting.held_back():
        book = reading.read(path)
    if reading.digest(path) != digest:
        raise FileChanged(str(path))
    return OpenedFile(path, digest, book)


def of_rows(name: str, sheets: Sequence[WorkbookSheet]) -> OpenedFile:
    """Rows that no file holds, under that name."""
    rows = ((one, [[row.number, *map(_plain, row.cells)] for row in one.rows]) for one in sheets)
    held = wire.line([[one.name, one.is_headed, told] for one, told in rows])
    return OpenedFile(Path(name), secrets.token_hex(32), Workbook(tuple(sheets)), held.decode("ascii"))


def of_held(name: str, digest: str, held: str) -> OpenedFile:
    """The same rows, as a draft kept them."""
    sheets = [
        WorkbookSheet(
            sheet, [WorkbookRow(number, wire.unpacked_row(cells)) for number, *cells in rows], is_headed=is_headed
        )
        for sheet, is_headed, rows in json.loads(held)
    ]
    return OpenedFile(Path(name), digest, Workbook(tuple(sheets)), held)


def _plain(cell: object) -> object:
    if cell is None:
        return ""
    return cell.text if isinstance(cell, ErrorCell) else cell
