"""A shelter that was promised, and that a cut kept from being put in place: who opens the folder next does it."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import (
    Damaged,
    DeviceSecretMissing,
    NoShelter,
    SlotOutdated,
    TooNew,
    WrongPassword,
    WrongRecoveryKey,
)
from shelter_desk.storage.backups import restore_resume as stored_restore_resume
from shelter_desk.storage.backups.restore_resume import PROMISED
from shelter_desk.storage.keys import keys
from shelter_desk.storage.keys.keys import Header, OpenedKeys

_SHUT = (WrongPassword, WrongRecoveryKey, DeviceSecretMissing, SlotOutdated, NoShelter, Damaged, TooNew)


def header(folder: Path) -> Header:
    """What the folder holds, or what was promised to one without keys. Raises what `read_header` raises."""
    try:
        return keys.read_header(folder)
    except (NoShelter, Damaged):
        if stored_restore_resume.is_promised(folder):
            with suppress(*_SHUT):
                return keys.read_header(folder / PROMISED)
        raise


def resume(folder: Path, open_in: Callable[[Path], OpenedKeys]) -> bool:
    """Put in place what was promised, where what somebody typed opens keys that say who signed it.

    open_in: tries what was typed on the keys of a folder. The keys of the shelter itself say who signs; those that were
    promised do where these do not open, as long as they know the same managers. What no manager signed is set aside
    once the keys of the shelter are open; True then. Raises DiskFull, ReadOnly.
    """
    if not stored_restore_resume.is_promised(folder):
        return False
    managers = _managers(folder, open_in)
    if managers is None:
        managers = _managers_promised(folder, open_in)
        if managers is not None and stored_restore_resume.is_true(folder, managers):
            stored_restore_resume.finish(folder)
        return False
    if stored_restore_resume.is_true(folder, managers):
        stored_restore_resume.finish(folder)
        return False
    stored_restore_resume.set_aside(folder)
    return True


def _managers(place: Path, open_in: Callable[[Path], OpenedKeys]) -> bytes | None:
    """Who they are, as what opens says; None where nothing opens."""
    with suppress(*_SHUT):
        return open_in(place).managers
    return None


def _managers_promised(folder: Path, open_in: Callable[[Path], OpenedKeys]) -> bytes | None:
    """Those of the promised keys, None where they do not open or the shelter has others. A copy is opened: who opens
    keys may write them anew, and these are to stay as they were promised.
    """
    with held_files.temporary_folder() as apart, suppress(OSError):
        shutil.copyfile(folder / PROMISED / keys.FILE, apart / keys.FILE)
        managers = _managers(apart, open_in)
        return managers if stored_restore_resume.managers_in(folder) in (b"", managers) else None
    return None
