"""Files and folders on the disk: read within bounds, replaced whole, made where missing, their troubles named."""

import contextlib
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import DiskFull
from shelter_desk.domain.os_errors import named

PART = 1 << 20  # bytes
CASE_FILE = ".case"  # how the name of the file of the case file ends, beside that of the shelter


@contextlib.contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """What the disk refuses inside becomes DiskFull, ReadOnly or DriveGone."""
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


def small(path: Path, largest: int) -> bytes:
    """All that is in a file of the shelter, which anybody who has the folder may have put there.

    Raises OSError for a file with more bytes than that, for a link, and as `opened`.
    """
    if path.is_symlink():
        raise OSError(errno.ELOOP, "a link", str(path))
    with opened(path, getattr(os, "O_NOFOLLOW", 0)) as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise OSError(errno.EFBIG, "too large", str(path))
    return content


def opened(path: Path, flags: int = 0) -> BufferedReader:
    """A file to read; nobody waits for a pipe that nobody fills, or reads a device. Raises OSError."""
    every = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | flags
    handle = held_files.patiently(lambda: os.open(path, every))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "not a file", str(path))
    return os.fdopen(handle, "rb")


def parts(path: Path) -> Iterator[bytes]:
    """What is in a file, bit by bit. Raises as `opened`."""
    with opened(path) as file:
        while part := file.read(PART):
            yield part


def replace_atomically(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Put the content, which may come in parts, in place of the file, and on the disk.

    Raises DiskFull, ReadOnly; the old file is untouched then.
    """
    with named_errors(path):
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                for part in (content,) if isinstance(content, bytes) else content:
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
            held_files.replace(Path(temporary), path)
        except BaseException:
            with contextlib.suppress(OSError):
                held_files.remove(Path(temporary))
            raise
        keep_entry(path.parent)


def beside(database: str) -> tuple[str, ...]:
    """The names of what lies beside a file of that name and goes with it: its log, and the file of the case file."""
    case = Path(database).with_suffix(CASE_FILE).name
    return tuple(name for one in (database, case) for name in (one, f"{one}-wal", f"{one}-shm") if name != database)


def sweep(folder: Path, names: Iterable[str]) -> None:
    """Take away what a cut left of replacing these files."""
    for name in names:
        for left in folder.glob(f".{name}.*"):
            with contextlib.suppress(OSError):
                held_files.remove(left)


def keep_entry(folder: Path) -> None:
    """Bring the new name of the file to the disk, where folders can be opened (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
