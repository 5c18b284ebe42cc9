"""One program at a time per data folder: an OS lock that goes with the process, however it ends."""

import errno
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import InUse, NoShelter
from shelter_desk.domain.os_errors import named

FILE = "shelter.lock"
_TAKEN = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})


class OnlyOne:
    """Holds the data folder from when it is made until `release`.

    Raises InUse when another program holds it, ReadOnly, DiskFull, NoShelter when there is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        self._handle: int | None = _open(folder)
        try:
            _lock(self._handle)
        except OSError as error:
            self.release()
            if error.errno in _TAKEN:
                raise InUse(str(folder)) from error
            raise named(error, str(folder)) from error

    def release(self) -> None:
        """Let another program in; a second call does nothing."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def __enter__(self) -> "OnlyOne":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _open(folder: Path) -> int:
    path = folder / FILE
    try:
        if path.is_symlink():  # somebody put it there: the program makes a file
            held_files.remove(path)
        return held_files.patiently(lambda: os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except FileNotFoundError as error:
        raise NoShelter(str(folder)) from error
    except OSError as error:
        raise named(error, str(folder)) from error


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        _lock_on_windows(handle)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lock_on_windows(handle: int) -> None:
    """Raises BlockingIOError for any refusal: the file is open by now, and not every Windows says why it is refused."""
    import msvcrt

    system: Any = msvcrt
    try:
        system.locking(handle, system.LK_NBLCK, 1)
    except OSError as error:
        raise BlockingIOError(errno.EWOULDBLOCK, "another program has it") from error
