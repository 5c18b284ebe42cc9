"""Backups that were proven before they are called good: by hand, at locking and closing, here and in a second place."""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Literal

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import (
    BackupDamaged,
    Damaged,
    FileMissing,
    NotABackup,
    ShelterExists,
    Trouble,
    Unusable,
    WouldOverwrite,
)
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.rotation import kept
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.vault import backup_lines, opening, output_paths, unlocking
from shelter_desk.operations.vault.backup_lines import FAILED, MADE
from shelter_desk.operations.vault.opening import HowToOpen
from shelter_desk.storage.backups import backups as stored_backups
from shelter_desk.storage.backups import failed_backups
from shelter_desk.storage.backups import restore_resume as stored_restore_resume
from shelter_desk.storage.backups.backups import FOLDER, NAME, SUFFIX, Manifest, Progress
from shelter_desk.storage.file import files, journal
from shelter_desk.storage.keys import key_file, keys, pairs
from shelter_desk.system import clock, second_place, synced_folders
from shelter_desk.system.only_one import OnlyOne

__all__ = ["FOLDER", "NAME", "SUFFIX", "Manifest"]

LONGEST = 20.0  # seconds a backup may take from somebody who locks or closes
Where = Literal["here", "second"]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A proven backup: where it is, how many stays and journal lines it holds."""

    path: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Held:
    """A backup that can be brought back. where: the places that hold it; size: in bytes.

    is_known: the journal of the shelter says that it was made so; None where nobody opened it.
    """

    path: Path
    where: tuple[Where, ...]
    manifest: Manifest
    size: int
    is_known: bool | None = None


@dataclass(frozen=True, slots=True)
class State:
    """How old the last proven backups are, and whether the second place, where one was chosen, is there now.

    trouble: the error that the last one at locking or closing met, by its class, "" where it was made; in: which place.
    """

    here: datetime | None
    second: datetime | None
    second_place: Path | None
    is_second_there: bool
    trouble: str = ""
    trouble_in: Where = "here"


class GivenUp(Exception):
    """The copy took longer than somebody who leaves should wait."""


@needs(Permission.BACKUP)
def back_up(desk: Desk, out: Path, progress: Progress | None = None) -> BackedUp:
    """Copy the shelter as it is now into one encrypted file; good only after it was opened and counted.

    An earlier file of that name stays until the new one is proven. Raises DiskFull, ReadOnly, FileMissing,
    BackupDamaged.
    """
    output_paths.check(out)
    made = _made(desk, out, progress)
    backup_lines.made(desk, made.manifest)
    return made


def _made(desk: Desk, out: Path, progress: Progress | None) -> BackedUp:
    header = unlocking.look(desk.folder)
    desk.database.look_again()  # the line of this backup is written past what somebody put in meanwhile
    made_at = desk.believed_now().isoformat(timespec="minutes")
    told = (made_at, header.shelter, header.training, desk.managers)
    return BackedUp(out, stored_backups.make(desk.database, desk.folder, out, *told, progress))


@needs(Permission.BACKUP)
def keep(desk: Desk, place: Path, progress: Progress | None = None) -> BackedUp:
    """Make a proven backup in a folder of backups, then let go of those that the rotation does not keep.

    Raises DiskFull, ReadOnly, FileMissing, BackupDamaged; the earlier ones are all kept then.
    """
    made = kept_in(desk, place, progress)
    backup_lines.made(desk, made.manifest)
    return made


def kept_in(desk: Desk, place: Path, progress: Progress | None = None, spare: Path | None = None) -> BackedUp:
    """As `keep`, without a line in the journal. spare: a backup that the rotation leaves alone."""
    shelter = number(desk)
    if place == place_of(desk):
        files.make_folder(place)
    elif not place.is_dir():
        raise FileMissing(str(place))
    stored_backups.sweep(place, shelter)
    made = _made(desk, stored_backups.file_for(place, desk.believed_now()), progress)
    _rotate(desk, place, {made.path, spare})
    return made


def _rotate(desk: Desk, place: Path, spared: set[Path | None]) -> None:
    """Of one minute only the last is kept. What the journal does not know drives out nothing that it knows."""
    ours, known = list(stored_backups.made_in(place, number(desk))), _known(desk)
    for is_known in (True, False):
        alike = [one for one in ours if (known.holds(one[1]) or one[0] in spared) is is_known]
        last_of = {manifest.moment: path for path, manifest in reversed(alike)}
        keeping = {last_of[moment] for moment in kept(last_of, clock.now())} | spared
        for path, _ in alike:
            if path not in keeping:
                with suppress(OSError):  # it goes the next time
                    held_files.remove(path)


def _known(desk: Desk, most: int = journal.ALL) -> backup_lines.Known:
    """Every backup where the journal is damaged: then one of them is needed."""
    with suppress(Damaged), desk.reading() as connection:
        return backup_lines.known(connection, most)
    return backup_lines.Known(frozenset())


@needs(Permission.BACKUP)
def copy_to_second(desk: Desk, progress: Progress | None = None) -> BackedUp:
    """Copy the last proven backup to the second place and prove it there too.

    Raises FileMissing where no place was chosen or it is not there, DiskFull, ReadOnly, BackupDamaged.
    """
    place = second_place_of(desk)
    newest = _newest(desk, place_of(desk))
    if place is None or newest is None or not place.is_dir():
        raise FileMissing(str(place or desk.folder))
    return _copied(desk, newest[0], place, progress)


def _copied(desk: Desk, proven: Path, place: Path, progress: Progress | None) -> BackedUp:
    shelter = number(desk)
    stored_backups.sweep(place, shelter)
    out = stored_backups.file_for(place, stored_backups.peek(proven).moment)
    present = key_file.read(desk.folder)
    made = BackedUp(out, stored_backups.copy_to(desk.database, proven, out, desk.folder, progress, present))
    _rotate(desk, place, {out})
    return made


def automatic(desk: Desk, seconds: float = LONGEST) -> None:
    """Back up what was written since the last proven backup, here and in the second place where it is there.

    For every role: what is made is encrypted and says nothing. Nothing is raised: what went wrong is written in the
    journal for the next one at the desk, at the next opening where it cannot be now. seconds: given up after so many.
    """
    if desk.is_training:
        return
    limit, newest = _limit(seconds), None
    with _told(desk, "here"):
        newest = _newest(desk, place_of(desk))
        if newest is None or _is_written_since(desk, newest[1]):
            newest = _noted(desk, "here", kept_in(desk, place_of(desk), limit))
    with _told(desk, "second"):
        place = second_place_of(desk)
        if newest is None or place is None or not place.is_dir():
            return
        there = _newest(desk, place)
        if there is None or there[1].sha256 != newest[1].sha256:
            _noted(desk, "second", _copied(desk, newest[0], place, limit))


def _limit(seconds: float) -> Progress:
    end = monotonic() + seconds

    def look(_done: int, _total: int) -> None:
        if monotonic() > end:
            raise GivenUp

    return look


@contextmanager
def _told(desk: Desk, where: Where) -> Iterator[None]:
    """What goes wrong is written down, also what nobody foresaw: whoever leaves is not there any more to be told."""
    try:
        yield
    except (Trouble, Unusable, GivenUp) as error:
        backup_lines.failed(desk, where, type(error).__name__)
    except Exception as error:  # noqa: BLE001
        _log.error("a backup met %s", type(error).__name__)
        backup_lines.failed(desk, where, type(error).__name__)


def _noted(desk: Desk, where: Where, made: BackedUp) -> tuple[Path, Manifest]:
    backup_lines.was_made(desk, where, made.manifest)
    return made.path, made.manifest


def _is_written_since(desk: Desk, manifest: Manifest) -> bool:
    """Also true after the shelter was brought back to an older day than that of the backup."""
    with desk.reading() as connection:
        last, _ = journal.head(connection)
        return last < manifest.head or journal.is_written_since(connection, manifest.head, (MADE, FAILED))


def leave(desk: Desk) -> None:
    """Lock: forget the keys of names, back up what was written, close; a promised shelter is put in place."""
    is_promised = _is_promised(desk)
    desk.index = desk.sealer = desk.night = None
    desk.keys = keys.Keys(desk.keys.database)
    try:
        if desk.database.is_open and not is_promised:
            automatic(desk)
    finally:
        desk.database.close()
        if is_promised:
            with suppress(Trouble):  # else whoever opens next does it
                stored_restore_resume.finish(desk.folder)
        desk.close()


def _is_promised(desk: Desk) -> bool:
    """Whether a shelter waits to be put in place as the manager at the desk promised."""
    if not stored_restore_resume.is_promised(desk.folder) or desk.keys.management is None:
        return False
    return stored_restore_resume.is_true(desk.folder, pairs.public_of(desk.keys.management))


def number(desk: Desk) -> str:
    """The random number of the shelter, under which its backups know it."""
    return keys.read_header(desk.folder).shelter


def place_of(desk: Desk) -> Path:
    """The folder of the backups of this computer, beside the file."""
    return desk.folder / FOLDER


def second_place_of(desk: Desk) -> Path | None:
    """The folder chosen on this computer for a second copy, None where there is none."""
    return second_place.read(number(desk))


@needs(Permission.BACKUP)
def choose_second_place(desk: Desk, place: Path | None) -> None:
    """Copy every backup there too from now on; None ends it. The files that are there stay.

    Raises FileMissing, WouldOverwrite for a folder of the shelter itself, DiskFull, ReadOnly.
    """
    if place is not None:
        if not place.is_dir():
            raise FileMissing(str(place))
        if place.resolve().is_relative_to(desk.folder.resolve()):
            raise WouldOverwrite(str(place))
    second_place.write(number(desk), place)
    desk.note("second_place", chosen=place is not None)


def last_proven(desk: Desk) -> datetime | None:
    """When the last backup of this computer was made that the journal knows, None where there is none."""
    newest = _newest(desk, place_of(desk))
    return None if newest is None else newest[1].moment


def latest(place: Path) -> datetime | None:
    """The same of any folder, before anybody signed in: as the files there say of themselves."""
    newest = _last(list(stored_backups.made_in(place)))
    return None if newest is None else newest[1].moment


def _newest(desk: Desk, place: Path) -> tuple[Path, Manifest] | None:
    known = _known(desk, backup_lines.LATEST)
    return _last([one for one in stored_backups.made_in(place, number(desk)) if known.holds(one[1])])


def _last(ours: list[tuple[Path, Manifest]]) -> tuple[Path, Manifest] | None:
    """Of those named by a day to come, since the clock ran ahead, only where there is no other."""
    now = clock.now()
    return next((one for one in ours if one[1].moment <= now), ours[0] if ours else None)


def state(desk: Desk) -> State:
    """For everybody at the desk: how well the shelter is backed up. Looks at the second place, which may be slow."""
    second = second_place_of(desk)
    told = None
    with suppress(Damaged), desk.reading() as connection:
        told = journal.last_of(connection, (MADE, FAILED))
    details = {} if told is None or told.action != FAILED else told.known
    for where, why in reversed(failed_backups.read(desk.folder).items()):
        details = {"where": where, "why": why}
    in_second = None if second is None else _newest(desk, second)
    return State(
        last_proven(desk),
        None if in_second is None else in_second[1].moment,
        second,
        second is not None and second.is_dir(),
        str(details.get("why", "")),
        "second" if details.get("where") == "second" else "here",
    )


@needs(Permission.BACKUP)
def held(desk: Desk) -> list[Held]:
    """The backups of this shelter in both places, the last first; what cannot be read is left out."""
    known = _known(desk)
    found = _held(place_of(desk), second_place_of(desk), number(desk))
    return [replace(one, is_known=known.holds(one.manifest)) for one in found]


def found(folder: Path) -> list[Held]:
    """The same for a folder whose shelter may be damaged or gone, before anybody signed in."""
    shelter = stored_restore_resume.number_in(folder)
    return _held(folder / FOLDER, second_place.read(shelter) if shelter else None, shelter or None)


def _held(here: Path, second: Path | None, shelter: str | None) -> list[Held]:
    known: dict[tuple[str, str], Held] = {}
    places: list[tuple[Where, Path | None]] = [("here", here), ("second", second)]
    for where, place in places:
        for path, manifest in stored_backups.made_in(place, shelter) if place is not None else ():
            seen = known.get((manifest.made_at, manifest.sha256))
            if seen is not None:
                known[manifest.made_at, manifest.sha256] = replace(seen, where=(*seen.where, where))
                continue
            with suppress(OSError):  # it went meanwhile
                known[manifest.made_at, manifest.sha256] = Held(path, (where,), manifest, path.stat().st_size)
    return sorted(known.values(), key=lambda one: one.manifest.made_at, reverse=True)


@needs(Permission.BACKUP)
def since(desk: Desk, manifest: Manifest) -> Mapping[str, int]:
    """What was done after a backup, by journal action: what going back to it would lose."""
    with desk.reading() as connection:
        done: Counter[str] = journal.actions_since(connection, manifest.head)
    return {action: n for action, n in done.items() if action not in (MADE, FAILED)}


def sweep(desk: Desk) -> None:
    """Remove what a cut copy, rehearsal or return has left behind."""
    stored_restore_resume.give_up(desk.folder)
    for place in (desk.folder, place_of(desk)):
        stored_backups.sweep(place, number(desk))


def look(path: Path) -> Manifest:
    """What a backup holds; nothing is touched. Raises BackupDamaged."""
    return stored_backups.read(path)


def restore(path: Path, folder: Path) -> Manifest:
    """Bring a shelter back into an empty data folder; the password, or the recovery key, opens it then.

    Raises BackupDamaged, SyncedFolder, ShelterExists when the folder holds a shelter, DiskFull, ReadOnly, InUse.
    """
    synced_folders.check(folder)
    return _restored(path, folder)


def _restored(path: Path, folder: Path) -> Manifest:
    stored_backups.read(path)
    taken = (keys.FILE, opening.DATABASE, opening.TRAINING_DATABASE)
    if any((folder / name).exists() for name in taken):
        raise ShelterExists(str(folder))
    files.make_folder(folder)
    with OnlyOne(folder):
        _, manifest = stored_restore_resume.make_ready(path, folder)
        stored_restore_resume.promise(folder, manifest, None, clock.now())
        stored_restore_resume.finish(folder)
    return manifest


def check_kind(path: Path) -> None:
    """Raises NotABackup for a file of another kind, FileMissing; a damaged backup is one."""
    if not stored_backups.is_one(path):
        raise NotABackup(str(path))


def rehearse(path: Path, folder: Path, name: str, password: str) -> Manifest:
    """Open a backup in a folder of its own and count it, to know that it can be brought back; nothing else is touched.

    Raises what `restore` and `unlock` raise, BackupDamaged when it holds other counts than it says.
    """
    manifest = _restored(path, folder)
    with unlocking.unlock(folder, name, password, HowToOpen(remember=False)) as desk, desk.reading() as connection:
        if stored_backups.differs(connection, manifest):
            raise BackupDamaged(str(path))
    return manifest
