"""Files that another program has open for a moment, as a virus scanner does: asked for again before it is a refusal.

Only Windows refuses so; elsewhere everything is asked for once.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

_Given = TypeVar("_Given")
HELD = frozenset({5, 32, 33})  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
PAUSES = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.4, 0.5, 0.5)  # seconds, two in all
sleep: Callable[[float], None] = time.sleep


def patiently(act: Callable[[], _Given]) -> _Given:
    """What `act` gives, asked for again while Windows says that the file is held. Raises what the last one raises."""
    for pause in PAUSES:
        try:
            return act()
        except OSError as error:
            if not _is_held(error):
                raise
        sleep(pause)
    return act()


def _is_held(error: OSError) -> bool:
    """What the C library of Windows refuses, as `open` does, comes without the number of Windows."""
    number = getattr(error, "winerror", None)
    return number in HELD or (number is None and sys.platform == "win32" and error.errno == errno.EACCES)


def is_there(path: Path, look: Callable[[Path], bool] = Path.exists) -> bool:
    """Whether something stands there; False for a link to a name that no disk has, or in a circle."""
    try:
        return look(path)
    except OSError:
        return False


def replace(source: Path, target: Path) -> None:
    """Put a file or folder in the place of another one. Raises OSError."""
    patiently(lambda: source.replace(target))


def remove(path: Path, *, missing_ok: bool = False) -> None:
    """Take a file away. Raises OSError."""
    patiently(lambda: path.unlink(missing_ok=missing_ok))


def write(path: Path, content: bytes) -> None:
    """Write the file anew. Raises OSError."""
    patiently(lambda: path.write_bytes(content))


def remove_tree(folder: Path, *, waits: bool = True) -> None:
    """Take a folder away with what is in it, as far as the disk lets it go.

    waits: asks again for what is held, some seconds at most; else what is held stays.
    """
    import shutil  # the start is longer with it, and takes no folder away

    if not waits:
        shutil.rmtree(folder, ignore_errors=True)
        return

    def again(function: Callable[[str], object], path: str, _why: object) -> None:
        if function in (os.unlink, os.rmdir):
            with suppress(OSError):
                patiently(lambda: function(path))

    shutil.rmtree(folder, onerror=again)


@contextmanager
def temporary_folder(prefix: str | None = None, within: Path | None = None) -> Iterator[Path]:
    """A folder that goes at the end; what of it cannot go does not undo what was done in it. Raises OSError."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=within))
    try:
        yield folder
    finally:
        remove_tree(folder)
