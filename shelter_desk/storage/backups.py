"""A backup in one file: a manifest, the key slots, and a copy of the encrypted database made while it is in use."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from shelter_desk.domain.errors import BackupDamaged
from shelter_desk.storage import files, journal, schema
from shelter_desk.storage.database import Connection, Database
from shelter_desk.storage.slots import FILE as KEYS

FORMAT = 1
MANIFEST = "manifest.json"
COUNTED = ("rooms", "beds", "persons", "stays", "placements", "absences", "victim_statuses", "journal")
CHUNK = 1 << 20
Progress = Callable[[int, int], None]  # pages done, pages in all


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; no name is in it. made_at: local time. head: number of the last journal line."""

    format: int
    shelter: str
    training: bool
    made_at: str
    schema: str
    database: str
    sha256: str
    head: int
    counts: Mapping[str, int]


def make(
    database: Database, folder: Path, out: Path, made_at: str, shelter: str, training: bool, progress: Progress | None
) -> Manifest:
    """Copy the database as it is now, prove the copy by opening and counting it, and put both with the keys into `out`.

    `out` is replaced only by a whole, proven file. Raises DiskFull, ReadOnly, BackupDamaged.
    """
    with files.named_errors(out), tempfile.TemporaryDirectory(dir=out.parent, prefix=".backup-") as apart:
        copy = Path(apart) / database.path.name
        database.copy_to(copy, progress)
        counts, head, version = _proven(database, copy)
        manifest = Manifest(FORMAT, shelter, training, made_at, version, copy.name, _digest(copy), head, counts)
        packed = Path(apart) / "packed"
        _pack(packed, manifest, folder / KEYS, copy)
        read(packed)
        packed.replace(out)
        files.keep_entry(out.parent)
    return manifest


def _proven(database: Database, copy: Path) -> tuple[dict[str, int], int, str]:
    """The counts of the copy, read through a connection of its own. Raises BackupDamaged when it is not whole."""
    opened = database.opened_copy(copy)
    try:
        if opened.problems():
            raise BackupDamaged(str(copy))
        with opened.reading() as connection:
            return counts(connection), journal.head(connection)[0], schema.version(connection)
    finally:
        opened.close()


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {name: int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()) for name in COUNTED}


def _pack(packed: Path, manifest: Manifest, keys: Path, copy: Path) -> None:
    with packed.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), sort_keys=True))
            archive.write(keys, KEYS)
            archive.write(copy, manifest.database)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Manifest:
    """What the backup holds, after its database was compared with the sum of the manifest.

    Raises BackupDamaged for a file that is cut, altered or no backup at all.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(json.loads(archive.read(MANIFEST)))
            archive.read(KEYS)
            with archive.open(manifest.database) as inside:
                digest = hashlib.sha256()
                while chunk := inside.read(CHUNK):
                    digest.update(chunk)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise BackupDamaged(str(path)) from error
    if digest.hexdigest() != manifest.sha256:
        raise BackupDamaged(str(path))
    return manifest


def _manifest(told: Any) -> Manifest:
    manifest = Manifest(**told)
    if manifest.format != FORMAT or manifest.database not in ("shelter.db", "exercice.db"):
        raise ValueError("another format")
    return manifest


def unpack(path: Path, folder: Path) -> Manifest:
    """Put the files of a sound backup into a folder, the keys last. Raises BackupDamaged, DiskFull, ReadOnly."""
    manifest = read(path)
    with files.named_errors(folder), zipfile.ZipFile(path) as archive:
        files.replace_atomically(folder / manifest.database, archive.read(manifest.database))
        files.replace_atomically(folder / KEYS, archive.read(KEYS))
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
