"""A file from outside, read whole and the same from the first look to the last."""

from dataclasses import dataclass, field
from pathlib import Path

from shelter_desk.domain.registers.refusals import FileChanged
from shelter_desk.excel.reading import reading
from shelter_desk.excel.reading.book import Workbook
from shelter_desk.system import collecting


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was read, and its digest. is_typed: there is no file, its lines were typed into the window."""

    path: Path
    digest: str
    book: Workbook = field(repr=False)
    is_typed: bool = False


def read(path: Path) -> OpenedFile:
    """Read a workbook. Raises FileMissing, NotAWorkbook, FileChanged where another one took its place meanwhile."""
    digest = reading.digest(path)
    with collecting.held_back():
        book = reading.read(path)
    if reading.digest(path) != digest:
        raise FileChanged(str(path))
    return OpenedFile(path, digest, book)
