"""A file from outside, read whole and the same from the first look to the last."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.registers.refusals import FileChanged, NotAWorkbook
from shelter_desk.excel.reading import guard, reading
from shelter_desk.excel.reading.book import Workbook
from shelter_desk.system import collecting


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was read, and its digest."""

    path: Path
    digest: str
    book: Workbook = field(repr=False)


def read(path: Path) -> OpenedFile:
    """Read a workbook. Raises FileMissing, NotAWorkbook, FileChanged where another one took its place meanwhile."""
    if not path.is_file():  # a pipe would keep whoever opens it waiting without end
        raise FileMissing(str(path))
    if path.stat().st_size > guard.MOST_BYTES:  # to say so of a very long file, nobody has to read it
        raise NotAWorkbook(str(path), "bomb")
    digest = _digest(path)
    with collecting.held_back():
        book = reading.read(path)
    if _digest(path) != digest:
        raise FileChanged(str(path))
    return OpenedFile(path, digest, book)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileMissing(str(path)) from error
