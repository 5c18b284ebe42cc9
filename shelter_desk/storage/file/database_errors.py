"""What an error of SQLite stands for: the trouble that is told, and what the disk has to do with it."""

import shutil
from os import W_OK, access
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from shelter_desk.domain.errors import Damaged, DiskFull, DriveGone, InUse, ReadOnly, Trouble
from shelter_desk.domain.os_errors import named as named_by_system

__all__ = ["named", "of_copy"]

LITTLE_ROOM = 1024 * 1024
_PLAIN = b"SQLite format 3\0"
_NAMELESS = {
    "disk I/O error": "SQLITE_IOERR",
    "database or disk is full": "SQLITE_FULL",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "database is locked": "SQLITE_BUSY",
    "database table is locked": "SQLITE_LOCKED",
    "locking protocol": "SQLITE_PROTOCOL",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "file is not a database": "SQLITE_NOTADB",
}


def named(file: Path, error: BaseException | None, *, may_write: bool, beside: Path | None = None) -> Trouble | None:
    """The trouble that an error of SQLite stands for; None for those that are bugs, or refusals of a trigger.

    beside: the copy that was written, which may lie on another disk.
    """
    # the backup API tells its errors without their names
    name = getattr(error, "sqlite_errorname", None) or _NAMELESS.get(str(error), "")
    path = str(file if beside is None else beside)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")) and (gone := _gone(file if beside is None else beside)):
        return gone
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return InUse(str(file.parent))
    if name.startswith("SQLITE_FULL"):
        return DiskFull(path)
    if name.startswith("SQLITE_READONLY"):
        return ReadOnly(path) if may_write or name != "SQLITE_READONLY" else None
    if name.startswith("SQLITE_CANTOPEN"):
        return Damaged("database", path) if access(file.parent, W_OK) else ReadOnly(path)
    # on a disk without room SQLite calls a file malformed that is whole
    if name.startswith(("SQLITE_IOERR", "SQLITE_CORRUPT")):
        full = _is_full(file.parent) or (beside is not None and _is_full(beside.parent))
        return DiskFull(path) if full else Damaged("database", path, "altered")
    if name.startswith("SQLITE_NOTADB"):
        return Damaged("database", path, "not_ours" if _is_plain(file) else "unreadable")
    return None


def _gone(path: Path) -> DriveGone | None:
    """Where the disk of the file does not answer."""
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        told = named_by_system(error, str(path))
        return told if isinstance(told, DriveGone) else None
    return None


def _is_plain(path: Path) -> bool:
    """Whether the file begins as one of SQLite without a key."""
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN)) == _PLAIN
    except OSError:
        return False


def _without_room(error: sqlcipher.Error, path: Path) -> DiskFull | None:
    """While a copy is made at `path`: the backup API tells its errors without a name, and `rekey` by another one.

    What they took for a while is free again by then, as much as the copy has.
    """
    is_told = any(told in str(error) for told in ("disk I/O error", "disk image is malformed", "PRAGMA key or rekey"))
    taken = path.stat().st_size if path.exists() else 0
    return DiskFull(str(path)) if is_told and _is_full(path.parent, LITTLE_ROOM + taken) else None


def _is_full(folder: Path, wanted: int = LITTLE_ROOM) -> bool:
    try:
        return shutil.disk_usage(folder).free < wanted
    except OSError:
        return False


def of_copy(source: Path, copy: Path, error: sqlcipher.Error) -> BaseException:
    """The trouble that an error stands for while a copy is made, or the error itself."""
    return _without_room(error, copy) or named(source, error, may_write=True, beside=copy) or error
