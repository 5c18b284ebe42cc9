"""A shelter put in place of the one that is there, so that a cut leaves the one or the other, never half of each.

The new files are made ready in a folder beside; giving that folder its last name is the promise. Whoever opens the
shelter next keeps it: `finish` can be begun again after any cut.
"""

import contextlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from shelter_desk.domain.errors import Damaged, NoShelter, TooNew
from shelter_desk.storage.file import backups, files, journal_head, key_file
from shelter_desk.storage.file.backups import Manifest

READYING = ".retour-en-preparation"
PROMISED = "retour"
ASIDE = "%Y-%m-%d-%H%M"
MARK = "promesse.json"


@dataclass(frozen=True, slots=True)
class Promise:
    """What will be put in place.

    shelter: number of the one to come; instead_of: number of the one that was there, "" where none could be read.
    aside: folder for the files that were there, "" where they are kept as a backup already.
    """

    shelter: str
    instead_of: str
    database: str
    aside: str


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
    shutil.rmtree(folder / READYING, ignore_errors=True)


def promise(folder: Path, manifest: Manifest, aside: datetime | None) -> None:
    """From now on what was made ready is the shelter. aside: when the files that are there were found bad.

    Raises DiskFull, ReadOnly; nothing is promised then.
    """
    kept = "" if aside is None else _free(folder, f"abandon-{aside:{ASIDE}}")
    told = Promise(manifest.shelter, number_in(folder), manifest.database, kept)
    with files.named_errors(folder):
        shutil.rmtree(folder / PROMISED, ignore_errors=True)
        files.replace_atomically(folder / READYING / MARK, json.dumps(asdict(told)).encode())
        _keep(folder / READYING, manifest.database)
        (folder / READYING).replace(folder / PROMISED)
        files.keep_entry(folder)


def _free(folder: Path, name: str) -> str:
    numbers = (name if n == 1 else f"{name}-{n}" for n in count(1))
    return next(free for free in numbers if not (folder / free).exists())


def _keep(beside: Path, database: str) -> None:
    """Bring the database to the disk; what opened it may have written to it. Raises Damaged when it is still open."""
    left = beside / f"{database}-wal"
    if left.exists() and left.stat().st_size:
        raise Damaged("database", str(beside / database))
    with (beside / database).open("r+b") as file:
        os.fsync(file.fileno())


def is_promised(folder: Path) -> bool:
    """True while a shelter waits to be put in place."""
    return (folder / PROMISED).is_dir()


def number_in(folder: Path) -> str:
    """The number of the shelter in a folder, "" where its keys cannot be read."""
    try:
        return key_file.read(folder).shelter
    except (Damaged, NoShelter, TooNew):
        return ""


def finish(folder: Path) -> bool:
    """Put the promised shelter in place; True when there was one. Nobody has the shelter open meanwhile.

    A promise about another shelter than the one found here is dropped. Raises DiskFull, ReadOnly.
    """
    beside = folder / PROMISED
    if not beside.is_dir():
        return False
    told = _promise(beside)
    if told is None or number_in(folder) not in ("", told.shelter, told.instead_of):
        shutil.rmtree(beside, ignore_errors=True)
        return False
    with files.named_errors(folder):
        if (beside / told.database).exists():
            _clear(folder, told, [f"{told.database}{more}" for more in ("-wal", "-shm", "")] + [journal_head.FILE])
            (beside / told.database).replace(folder / told.database)
        if (beside / key_file.FILE).exists():
            _clear(folder, told, [key_file.FILE])
            (beside / key_file.FILE).replace(folder / key_file.FILE)
        files.keep_entry(folder)
        shutil.rmtree(beside, ignore_errors=True)
    return True


def _clear(folder: Path, told: Promise, names: list[str]) -> None:
    """Make room: what was there goes aside, or away where it is kept already."""
    if told.aside:
        (folder / told.aside).mkdir(mode=0o700, exist_ok=True)
    for name in names:
        with contextlib.suppress(FileNotFoundError):
            if told.aside:
                (folder / name).replace(folder / told.aside / name)
            elif name not in (told.database, key_file.FILE):  # those two are replaced in one step
                (folder / name).unlink()


def _promise(beside: Path) -> Promise | None:
    try:
        told: Any = json.loads((beside / MARK).read_bytes())
        return Promise(**told)
    except (OSError, ValueError, TypeError):
        return None
