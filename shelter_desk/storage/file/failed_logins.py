"""How many wrong passwords were typed since somebody opened the file; kept beside it, so that no restart forgets."""

import contextlib
from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import Trouble
from shelter_desk.storage.file import files

FILE = "shelter.tries"
_LONGEST = 6  # digits


def read(folder: Path) -> int:
    """That number, 0 where the file is missing or says nothing."""
    try:
        said = files.small(folder / FILE, _LONGEST).decode("ascii")
    except (OSError, UnicodeDecodeError):
        return 0
    return int(said) if said.isdecimal() else 0


def write(folder: Path, tries: int) -> None:
    """Keep it; 0 takes the file away. A disk that refuses keeps nobody out."""
    with contextlib.suppress(Trouble, OSError):
        if tries:
            files.replace_atomically(folder / FILE, str(tries).encode("ascii"))
        else:
            held_files.remove(folder / FILE, missing_ok=True)
