"""A shelter put in place of the one that is there, so that a cut leaves the one or the other, never half of each.

The new files are made ready in a folder beside; giving that folder its last name is the promise. It is kept by whoever
made it, or after a cut by who opens the shelter next, once their password told who the managers are: a promise that no
manager signed is set aside. What was there is set aside too, nothing is deleted.
"""

import json
import os
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import BackupDamaged, Damaged, NoShelter, TooNew
from shelter_desk.storage.backups import backups
from shelter_desk.storage.backups.backups import Manifest
from shelter_desk.storage.file import files, journal_head
from shelter_desk.storage.keys import key_file, keys, pairs
from shelter_desk.storage.keys.keys import Keys

READYING = ".retour-en-preparation"
PROMISED = "retour"
ASIDE = "abandon-%Y-%m-%d-%H%M"
MARK = "promesse.json"
_ASIDE = re.compile(r"abandon-[\d-]+")
_LARGEST = 1 << 16  # bytes of a mark


@dataclass(frozen=True, slots=True)
class Promise:
    """What will be put in place.

    shelter: the number of the shelter. database: the name of its file; sha256: of it; keys: of `keys.json`. aside: the
    folder for the files that were there. signature: of a manager over all the rest, empty for a folder without keys, in
    which nobody is robbed of anything.
    """

    shelter: str
    database: str
    sha256: str
    aside: str
    keys: str = ""
    signature: str = ""

    @property
    def is_plain(self) -> bool:
        """Both names are those of things of this folder."""
        return self.database in backups.DATABASES and bool(_ASIDE.fullmatch(self.aside))

    def told(self) -> bytes:
        """What a manager signs."""
        return b"shelter-desk promise " + json.dumps(asdict(replace(self, signature="")), sort_keys=True).encode()


def make_ready(path: Path, folder: Path) -> tuple[Path, Manifest]:
    """Unpack a backup beside the shelter, where it can be opened and counted; nothing is promised yet.

    Raises BackupDamaged, DiskFull, ReadOnly.
    """
    give_up(folder)
    beside = folder / READYING
    files.make_folder(beside)
    try:
        return beside, backups.unpack(path, beside)
    except BaseException:
        give_up(folder)
        raise


def give_up(folder: Path) -> None:
    """Remove what was made ready and not promised."""
    held_files.remove_tree(folder / READYING)


def promise(folder: Path, manifest: Manifest, held: Keys | None, now: datetime, listed_by: bytes = b"") -> None:
    """From now on what was made ready is the shelter. held: a manager's keys, None for a folder without keys.

    listed_by: who made the list of what was made ready just now, of slots of before there were lists.
    Raises DiskFull, ReadOnly, BackupDamaged for keys that are not of its managers; nothing is promised then.
    """
    beside, database = folder / READYING, manifest.database
    if not _has_own_keys(beside, folder, held, listed_by):
        raise BackupDamaged(str(beside))
    with files.named_errors(folder):
        _keep(beside, database)
        digests = backups.digest(beside / database), backups.digest(beside / key_file.FILE)
        made = Promise(manifest.shelter, database, digests[0], _free(folder, f"{now:{ASIDE}}"), digests[1])
        if held is not None:
            made = replace(made, signature=pairs.signature(keys.management(held), made.told()).hex())
        files.replace_atomically(beside / MARK, json.dumps(asdict(made)).encode())
        set_aside(folder)
        held_files.replace(beside, folder / PROMISED)
        files.keep_entry(folder)


def _has_own_keys(beside: Path, folder: Path, held: Keys | None, listed_by: bytes) -> bool:
    """Whether the slots are those that managers of this shelter listed, if only former ones, or of before lists."""
    try:
        file = key_file.read(beside)
    except (Damaged, NoShelter):
        return False
    if file.vouched is None:
        return not file.is_stripped
    managers = b"" if held is None else pairs.public_of(keys.management(held))
    if not file.is_signed() or file.is_signed(managers) or (listed_by and file.is_signed(listed_by)):
        return file.is_signed()
    try:
        now = key_file.read(folder)
    except (Damaged, NoShelter, TooNew):
        return False
    return now.is_signed(managers) and now.is_signed(file.vouched.managers)


def _free(folder: Path, name: str) -> str:
    numbers = (name if n == 1 else f"{name}-{n}" for n in count(1))
    return next(free for free in numbers if not (folder / free).exists())


def _keep(beside: Path, database: str) -> None:
    """Bring the database to the disk; what opened it may have written to it. Raises Damaged when it is still open."""
    left = beside / f"{database}-wal"
    if left.exists() and left.stat().st_size:
        raise Damaged("database", str(beside / database))
    with held_files.patiently(lambda: (beside / database).open("r+b")) as file:
        os.fsync(file.fileno())


def is_promised(folder: Path) -> bool:
    """True while a shelter waits to be put in place, or somebody wrote that one does."""
    return held_files.is_there(folder / PROMISED, Path.is_dir)


def holds(folder: Path, name: str) -> bool:
    """Whether a file of that name waits to be put in place."""
    return held_files.is_there(folder / PROMISED / name, Path.is_file)


def number_in(folder: Path) -> str:
    """The number of the shelter in a folder, "" where its keys cannot be read."""
    try:
        return key_file.read(folder).shelter
    except (Damaged, NoShelter, TooNew):
        return ""


def managers_in(folder: Path) -> bytes:
    """Whom the list of slots in a folder names as managers, empty where there is none that can be read."""
    try:
        vouched = key_file.read(folder).vouched
    except (Damaged, NoShelter, TooNew):
        return b""
    return b"" if vouched is None else vouched.managers


def is_true(folder: Path, managers: bytes) -> bool:
    """Whether what is promised is of this shelter, and signed. managers: who a password, or the desk, says they are."""
    beside = folder / PROMISED
    made = _promise(beside)
    if made is None or not made.is_plain or number_in(folder) not in ("", made.shelter):
        return False
    is_signed = pairs.verifies(managers, bytes.fromhex(made.signature), made.told())
    if not is_signed and (made.signature or (folder / key_file.FILE).exists()):
        return False
    return _is(beside / made.database, made.sha256) and _is(beside / key_file.FILE, made.keys)


def _is(path: Path, digest: str) -> bool:
    """True for a file that was put in place already too."""
    if not path.exists() and not path.is_symlink():
        return True
    try:
        return not path.is_symlink() and backups.digest(path) == digest
    except OSError:
        return False


def finish(folder: Path) -> None:
    """Put in place what is promised and true; begun again after any cut. Nobody has the shelter open meanwhile.

    Raises DiskFull, ReadOnly.
    """
    beside = folder / PROMISED
    made = _promise(beside)
    assert made is not None  # noqa: S101 `is_true` was asked
    aside = folder / made.aside
    with files.named_errors(folder):
        for name, others in (
            (made.database, (*files.beside(made.database), journal_head.FILE)),
            (key_file.FILE, ()),
        ):
            if (beside / name).exists():
                for former in (*others, name):
                    _move(folder / former, aside)
                held_files.replace(beside / name, folder / name)
        files.keep_entry(folder)
        held_files.remove_tree(beside)


def _move(path: Path, into: Path) -> None:
    if path.exists():
        into.mkdir(mode=0o700, exist_ok=True)
        held_files.replace(path, into / path.name)


def set_aside(folder: Path) -> None:
    """What is promised and not true is not obeyed, and not deleted either. Raises DiskFull, ReadOnly."""
    if is_promised(folder):
        with files.named_errors(folder):
            held_files.replace(folder / PROMISED, folder / _free(folder, f"abandon-{PROMISED}"))


def set_aside_in(folder: Path) -> tuple[str, ...]:
    """The names of the folders with what was set aside, the last one first."""
    return tuple(sorted((one.name for one in folder.glob("abandon-*") if one.is_dir()), reverse=True))


def _promise(beside: Path) -> Promise | None:
    try:
        told: Any = json.loads(files.small(beside / MARK, _LARGEST))
        made = Promise(**told)
        bytes.fromhex(made.signature)
        return made if all(isinstance(one, str) for one in (made.shelter, made.database, made.aside)) else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None
