"""The second place of backups of each shelter, such as a stick: known to this computer, not to the shelter.

A shelter is called by its random number, so that the file says of no house what it is.
"""

from pathlib import Path

from shelter_desk.domain.os_errors import named
from shelter_desk.system import folders

FILE = "second-place.json"


def read(shelter: str) -> Path | None:
    """The folder chosen for this shelter, None where there is none."""
    kept = folders.kept(_path()).get(shelter)
    return Path(str(kept)) if kept else None


def write(shelter: str, place: Path | None) -> None:
    """Remember the folder, or that there is none. Raises DiskFull, ReadOnly."""
    path = _path()
    kept = {number: str(where) for number, where in folders.kept(path).items() if number != shelter}
    if place is not None:
        kept[shelter] = str(place)
    try:
        folders.keep(path, kept)
    except OSError as error:
        raise named(error, str(path)) from error


def _path() -> Path:
    return folders.remembered(FILE)
