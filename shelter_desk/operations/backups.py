"""Backups that were proven before they are called good, and a shelter brought back from one."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shelter_desk.domain.errors import BackupDamaged, ShelterExists
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.rotation import kept
from shelter_desk.operations import outputs, unlocking
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage import backups as stored
from shelter_desk.storage import files, keys
from shelter_desk.storage.backups import Manifest, Progress
from shelter_desk.system.only_one import OnlyOne

SUFFIX = ".sauvegarde"
NAME = "%Y-%m-%d-%H%M"  # nothing in the name of a file says whose it is


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A proven backup: where it is, how many stays and journal lines it holds."""

    path: Path
    manifest: Manifest


@needs(Permission.BACKUP)
def back_up(desk: Desk, out: Path, progress: Progress | None = None) -> BackedUp:
    """Copy the shelter as it is now into one encrypted file; good only after it was opened and counted.

    An earlier file of that name stays until the new one is proven. Raises DiskFull, ReadOnly, BackupDamaged.
    """
    outputs.check(out)
    header = unlocking.look(desk.folder)
    made_at = desk.now().isoformat(timespec="minutes")
    manifest = stored.make(desk.database, desk.folder, out, made_at, header.shelter, header.training, progress)
    desk.note("backed_up", lines=manifest.head)
    return BackedUp(out, manifest)


@needs(Permission.BACKUP)
def keep(desk: Desk, place: Path, progress: Progress | None = None) -> BackedUp:
    """Make a proven backup in a folder of backups, then let go of those that the rotation does not keep.

    Raises DiskFull, ReadOnly, BackupDamaged; the earlier ones are all kept then.
    """
    files.make_folder(place)
    made = back_up(desk, place / f"{desk.now():{NAME}}{SUFFIX}", progress)
    earlier = _made_in(place)
    for moment in set(earlier) - kept(earlier):
        earlier[moment].unlink(missing_ok=True)
    return made


def place_of(desk: Desk) -> Path:
    """The folder of the backups of this computer, beside the file."""
    return desk.folder / "sauvegardes"


def latest(place: Path) -> datetime | None:
    """When the last proven backup of a folder was made, None where there is none."""
    return max(_made_in(place), default=None)


def _made_in(place: Path) -> dict[datetime, Path]:
    found = {}
    for path in place.glob(f"*{SUFFIX}"):
        with suppress(ValueError):  # a file that somebody named otherwise is never touched
            found[datetime.strptime(path.stem, NAME)] = path
    return found


def look(path: Path) -> Manifest:
    """What a backup holds; nothing is touched. Raises BackupDamaged."""
    return stored.read(path)


def restore(path: Path, folder: Path) -> Manifest:
    """Bring a shelter back into an empty data folder; the password, or the recovery key, opens it then.

    Raises BackupDamaged, ShelterExists when the folder holds a shelter, DiskFull, ReadOnly, InUse.
    """
    stored.read(path)
    taken = (keys.FILE, unlocking.DATABASE, unlocking.TRAINING_DATABASE)
    if any((folder / name).exists() for name in taken):
        raise ShelterExists(str(folder))
    files.make_folder(folder)
    with OnlyOne(folder):
        return stored.unpack(path, folder)


def rehearse(path: Path, folder: Path, name: str, password: str) -> Manifest:
    """Open a backup in a folder of its own and count it, to know that it can be brought back; nothing else is touched.

    Raises what `restore` and `unlock` raise, BackupDamaged when it holds other counts than it says.
    """
    manifest = restore(path, folder)
    with unlocking.unlock(folder, name, password) as desk, desk.reading() as connection:
        if stored.counts(connection) != dict(manifest.counts):
            raise BackupDamaged(str(path))
    return manifest
