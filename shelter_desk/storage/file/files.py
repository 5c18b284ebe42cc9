"""Files and folders on the disk: replaced whole, made where they are missing, their troubles named."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from shelter_desk.domain.errors import DiskFull
from shelter_desk.domain.os_errors import named


@contextlib.contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """What the disk refuses inside becomes DiskFull or ReadOnly."""
    try:
        yield
    except OSError as error:
        raise named(error, str(path)) from error


def make_folder(folder: Path) -> None:
    """The folder and those above it, for this account alone. Raises DiskFull, ReadOnly."""
    with named_errors(folder):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except (FileExistsError, FileNotFoundError, NotADirectoryError) as error:
            raise PermissionError(errno.EACCES, "a file is in the way", str(folder)) from error


def check_room(folder: Path, wanted: int) -> None:
    """Raises DiskFull where the disk has not so many bytes left."""
    if shutil.disk_usage(folder).free < wanted:
        raise DiskFull(str(folder))


def replace_atomically(path: Path, content: bytes) -> None:
    """Put the content in place of the file, and on the disk.

    Raises DiskFull, ReadOnly; the old file is untouched then.
    """
    with named_errors(path):
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
        keep_entry(path.parent)


def sweep(folder: Path, names: Iterable[str]) -> None:
    """Take away what a cut left of replacing these files."""
    for name in names:
        for left in folder.glob(f".{name}.*"):
            with contextlib.suppress(OSError):
                left.unlink()


def keep_entry(folder: Path) -> None:
    """Bring the new name of the file to the disk, where folders can be opened (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
