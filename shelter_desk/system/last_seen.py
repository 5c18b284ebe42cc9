"""How far the journal of a shelter went when this computer last closed it: a whole older folder put back is known.

Kept outside the data folder, by a digest of where that is: it says of no house what it is, and a copy elsewhere is
another one.
"""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from shelter_desk.system import folders

FILE = "last-seen.json"
_MOST = 50  # folders


def read(folder: Path, shelter: str) -> tuple[int, str] | None:
    """Number and hash of the last line seen, None where there is nothing to compare with."""
    found = _kept().get(_name(folder, shelter))
    match found:
        case [int(seq), str(line_hash)]:
            return seq, line_hash
    return None


def write(folder: Path, shelter: str, seq: int, line_hash: str) -> None:
    """Remember it. A disk that refuses keeps nobody out: the next time less is noticed."""
    name = _name(folder, shelter)
    others = {key: value for key, value in _kept().items() if key != name}
    kept = dict([*others.items()][-_MOST + 1 :]) | {name: [seq, line_hash]}
    path = _path()
    beside = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(kept), encoding="utf-8")
        beside.replace(path)


def _name(folder: Path, shelter: str) -> str:
    return hashlib.sha256(f"{folder.resolve()}|{shelter}".encode()).hexdigest()[:32]


def _path() -> Path:
    return folders.preferences().with_name(FILE)


def _kept() -> dict[str, object]:
    try:
        kept = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
