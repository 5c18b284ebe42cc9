"""A shelter that was promised, and that a cut kept from being put in place: who opens the folder next does it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from shelter_desk.domain.errors import (
    Damaged,
    DeviceSecretMissing,
    NoShelter,
    SlotOutdated,
    TooNew,
    WrongPassword,
    WrongRecoveryKey,
)
from shelter_desk.storage.file import keys
from shelter_desk.storage.file import restore_resume as stored_restore_resume
from shelter_desk.storage.file.keys import Header, OpenedKeys
from shelter_desk.storage.file.restore_resume import PROMISED

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

    open_in: tries what was typed on the keys of a folder. What no manager signed is set aside once the keys of the
    shelter are open; True then. Raises DiskFull, ReadOnly.
    """
    if not stored_restore_resume.is_promised(folder):
        return False
    is_open = False
    for place in (folder, folder / PROMISED):
        with suppress(*_SHUT):
            managers = open_in(place).managers
            if stored_restore_resume.is_true(folder, managers):
                stored_restore_resume.finish(folder)
                return False
            is_open = is_open or place == folder
    if is_open:
        stored_restore_resume.set_aside(folder)
    return is_open
