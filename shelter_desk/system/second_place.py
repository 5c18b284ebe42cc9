"""The second place of backups of each shelter, such as a stick: known to this computer, not to the shelter.

A shelter is called by its random number, so that the file says of no house what it is.
"""

import json
import os
from pathlib import Path

from shelter_desk.domain.os_errors import named
from shelter_desk.system import folders

FILE = "second-place.json"


def read(shelter: str) -> Path | None:
    """The folder chosen for this shelter, None where there is none."""
    kept = _kept().get(shelter)
    return Path(kept) if kept else None


def write(shelter: str, place: Path | None) -> None:
    """Remember the folder, or that there is none. Raises DiskFull, ReadOnly."""
    kept = {number: path for number, path in _kept().items() if number != shelter}
    if place is not None:
        kept[shelter] = str(place)
    path = _path()
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(kept), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise named(error, str(path)) from error


def _path() -> Path:
    return folders.preferences().with_name(FILE)


def _kept() -> dict[str, str]:
    try:
        kept = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in kept.items()} if isinstance(kept, dict) else {}
