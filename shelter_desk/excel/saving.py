"""Puts a finished workbook where the person wants it: whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import FileMissing, ReadOnly
from shelter_desk.domain.os_errors import named


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A folder of its own beside the file to come, for what is written on the way; it goes at the end.

    When the block ends well, the file `path.name` made in it takes its place.
    Raises DiskFull, ReadOnly (also where another program has the file open), FileMissing (no such folder), DriveGone.
    """
    with folder_beside(path) as folder:
        yield folder
        finished = folder / path.name
        with held_files.patiently(lambda: finished.open("r+b")) as file:
            os.fsync(file.fileno())  # a power cut after the exchange must not leave an empty file
        held_files.replace(finished, path)


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """The folder alone: nothing takes the place of that file. Raises as `beside`."""
    with said(path), held_files.temporary_folder(".", path.parent) as folder:
        yield folder


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Name the trouble that the disk makes inside the block."""
    try:
        yield
    except OSError as error:
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            raise FileMissing(str(path.parent)) from error
        trouble = named(error, str(path))
        raise (ReadOnly(str(path)) if isinstance(trouble, OSError) else trouble) from error


def save(path: Path, content: bytes) -> None:
    """Write the bytes. Raises DiskFull, ReadOnly, FileMissing, DriveGone."""
    with beside(path) as folder:
        held_files.write(folder / path.name, content)
