"""The last automatic backup failed, and the journal could not say so: kept beside it until somebody can be told.

It is told by the name of an empty file, which a disk without a byte left still takes.
"""

import contextlib
import stat
from pathlib import Path

from shelter_desk.domain import held_files

PREFIX = "shelter.unbacked."
_PLACES = ("here", "second")


def read(folder: Path) -> dict[str, str]:
    """The class of the error by the place it was met in, that of this computer first; empty where nothing says it."""
    found = {}
    with contextlib.suppress(OSError):
        for path in sorted(folder.glob(f"{PREFIX}*")):
            where, _, why = path.name.removeprefix(PREFIX).partition(".")
            if where in _PLACES and stat.S_ISREG(path.lstat().st_mode) and why.isascii() and why.isalpha():
                found[where] = why
    return found


def keep(folder: Path, where: str, why: str) -> None:
    """Keep it in place of what was kept of that place. A disk that refuses keeps nobody from leaving."""
    forget(folder, where)
    with contextlib.suppress(OSError):
        told = folder / f"{PREFIX}{where}.{why}"
        held_files.patiently(lambda: told.touch(mode=0o600, exist_ok=False))


def forget(folder: Path, where: str) -> None:
    """It was told, or a backup was made there since."""
    for path in folder.glob(f"{PREFIX}{where}.*"):
        with contextlib.suppress(OSError):
            held_files.remove(path)
