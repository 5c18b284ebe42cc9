"""How far the journal of a shelter went when this computer last wrote in it, and where its files were.

Kept outside the data folder, by a digest of the shelter's own number alone: an older copy is known in whatever folder
it lies, beside the first too.
"""

import hashlib
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from shelter_desk.system import folders

FILE = "last-seen.json"
_MOST = 50  # shelters
_alone = threading.Lock()


@dataclass(frozen=True, slots=True)
class Seen:
    """Number and hash of the last line, when it was written, and the folder of the files.

    moved: when these files were packed for another computer, "" where they were not.
    """

    seq: int
    line_hash: str
    at: str
    folder: str
    moved: str = ""

    @property
    def moment(self) -> datetime:
        """When the last line was written."""
        return datetime.fromisoformat(self.at)


def read(shelter: str) -> Seen | None:
    """What was seen last of that shelter, None where there is nothing to compare with."""
    found = folders.kept(_path()).get(_name(shelter))
    with suppress(KeyError, TypeError, ValueError):
        if isinstance(found, dict):
            line_hash, at, folder = (str(found[name]) for name in ("line_hash", "at", "folder"))
            seen = Seen(int(found["seq"]), line_hash, at, folder, str(found.get("moved", "")))
            datetime.fromisoformat(seen.at)
            datetime.fromisoformat(seen.moved or seen.at)
            return seen
    return None


def write(shelter: str, seen: Seen) -> None:
    """Remember it. A disk that refuses keeps nobody out: the next time less is noticed."""
    name = _name(shelter)
    with _alone, suppress(OSError):
        others = {key: value for key, value in folders.kept(_path()).items() if key != name}
        folders.keep(_path(), dict([*others.items()][-_MOST + 1 :]) | {name: asdict(seen)})


def _name(shelter: str) -> str:
    return hashlib.sha256(shelter.encode()).hexdigest()[:32]


def _path() -> Path:
    return folders.remembered(FILE)
