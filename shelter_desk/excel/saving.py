"""Puts a finished workbook where the person wants it: whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shelter_desk.domain.errors import DiskFull, FileMissing, ReadOnly

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A folder of its own beside the file to come, for what is written on the way; it goes at the end.

    When the block ends well, the file `path.name` made in it takes its place.
    Raises DiskFull, ReadOnly (also where another program has the file open), FileMissing (no such folder).
    """
    with folder_beside(path) as folder:
        yield folder
        finished = folder / path.name
        with finished.open("r+b") as file:
            os.fsync(file.fileno())  # a power cut after the exchange must not leave an empty file
        finished.replace(path)


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """The folder alone: nothing takes the place of that file. Raises as `beside`."""
    with said(path), tempfile.TemporaryDirectory(prefix=".", dir=path.parent) as folder:
        yield Path(folder)


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Name the trouble that the disk makes inside the block."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(str(path)) from error
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            raise FileMissing(str(path.parent)) from error
        raise ReadOnly(str(path)) from error


def save(path: Path, content: bytes) -> None:
    """Write the bytes. Raises DiskFull, ReadOnly, FileMissing."""
    with beside(path) as folder:
        (folder / path.name).write_bytes(content)
