"""The keys in a backup: a sound database whose keys open nothing is no backup."""

from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import BackupDamaged, Damaged, NoShelter
from shelter_desk.domain.rights import Role
from shelter_desk.storage.file import files
from shelter_desk.storage.keys import key_file
from shelter_desk.storage.keys.slots import KeyFile


def checked(folder: Path, shelter: str, *, training: bool, path: Path, managers: bytes = b"") -> KeyFile:
    """The keys that are, or were, in the backup at `path`: of this shelter, their list as somebody signed it.

    managers: of the shelter that is open, empty where nobody knows them: then whoever signed. Raises BackupDamaged,
    TooNew.
    """
    try:
        file = key_file.read(folder)
    except (Damaged, NoShelter) as error:
        raise BackupDamaged(str(path)) from error
    is_listed = file.is_signed(managers) if managers or file.vouched is not None else not file.is_stripped
    if (file.shelter, file.training) != (shelter, training) or not is_listed:
        raise BackupDamaged(str(path))
    return file


def copied(folder: Path, apart: Path, shelter: str, *, training: bool, path: Path, managers: bytes) -> Path:
    """A copy of the keys in a folder of its own, looked at there. Raises as `checked`, and what the disk raises."""
    try:
        content = files.small(folder / key_file.FILE, key_file.LARGEST)
    except OSError as error:
        raise BackupDamaged(str(path)) from error
    held_files.write(apart / key_file.FILE, content)
    checked(apart, shelter, training=training, path=path, managers=managers)
    return apart / key_file.FILE


def check_managers(file: KeyFile, present: KeyFile, path: Path) -> None:
    """Raises BackupDamaged for a list of others than the managers of the shelter, those before or those after them.

    Of a file of before the list nothing is known but by a password of its day.
    """
    if file.vouched is None or present.vouched is None:
        return
    if not present.is_signed(file.vouched.managers) and not file.is_signed(present.vouched.managers):
        raise BackupDamaged(str(path))


def check_open(file: KeyFile, database: bytes, path: Path) -> None:
    """Raises BackupDamaged where no slot of a manager is as it was made. database: the key that opened the copy."""
    if file.vouched is None:
        return
    managers = [slot for slot in file.slots if slot.role is Role.DIRECTOR and file.is_listed(slot)]
    if not any(file.is_whole(slot, database) for slot in managers):
        raise BackupDamaged(str(path))
