"""Where a file may be written: never over a file of a shelter, never over the file that is being read."""

from pathlib import Path

from shelter_desk.domain.errors import WouldOverwrite
from shelter_desk.operations.vault.opening import DATABASE, TRAINING_DATABASE
from shelter_desk.storage.file import files, journal_head
from shelter_desk.storage.keys import keys
from shelter_desk.system import only_one

_OWN = {keys.FILE, journal_head.FILE, only_one.FILE} | {
    other for name in (DATABASE, TRAINING_DATABASE) for other in (name, f"{name}-journal", *files.beside(name))
}


def check(path: Path, *, read: Path | None = None) -> None:
    """Raises WouldOverwrite for a file of a shelter, or for the one being read."""
    # a shelter without its keys is still a shelter, to be brought back from a backup
    beside_a_shelter = any((path.parent / name).exists() for name in (keys.FILE, DATABASE, TRAINING_DATABASE))
    if path.name.casefold() in _OWN and beside_a_shelter:
        raise WouldOverwrite(str(path))
    if read is not None and path.exists() and path.samefile(read):
        raise WouldOverwrite(str(path))
