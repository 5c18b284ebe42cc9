"""A backup in one file: a manifest, the key slots, and a copy of the encrypted database made while it is in use."""

import contextlib
import hashlib
import json
import os
import re
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import text

from shelter_desk.domain import held_files
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import BackupDamaged, FileMissing, ReadOnly, Trouble, Unusable
from shelter_desk.domain.os_errors import named
from shelter_desk.storage.backups import backup_keys
from shelter_desk.storage.file import files, journal, schema
from shelter_desk.storage.file.case import case_lines
from shelter_desk.storage.file.database import Connection, Database
from shelter_desk.storage.keys import key_file
from shelter_desk.storage.keys.key_file import FILE as KEYS
from shelter_desk.storage.keys.slots import KeyFile
from shelter_desk.storage.residents import tonight_names, tonight_rows

FORMAT = 1
DATABASES = ("shelter.db", "exercice.db")
MANIFEST = "manifest.json"
COUNTED = ("rooms", "beds", "persons", "stays", "placements", "absences", "case_rows", "journal")
SHOWN = ("persons", "stays", "journal")  # in every backup, whatever its version counted besides
CHUNK = 1 << 20  # bytes; keys and list of contents are smaller
LARGEST = 1 << 16  # bytes of a manifest
FOLDER = "sauvegardes"  # of the backups of this computer, beside the file
_START = b"PK\x03\x04" + bytes(26) + MANIFEST.encode()  # the head of the first file of a backup, its sums left out
SUFFIX = ".sauvegarde"
NAME = "%Y-%m-%d-%H%M"  # nothing in the name of a file says whose it is
_NUMBER = re.compile(r"[0-9a-f]{1,64}")
_NAMED = re.compile(r"\d{4}-\d{2}-\d{2}-\d{4}(-\d+)?")
Progress = Callable[[int, int], None]  # pages done, pages in all


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; no name is in it. made_at: local time. head: number of the last journal line.

    sha256: of the database; keys: of the file of keys, "" in a backup of an older program. Whoever has the key of the
    database can write another one, so the journal keeps the fingerprint of each that was made.
    """

    format: int
    shelter: str
    training: bool
    made_at: str
    schema: str
    database: str
    sha256: str
    head: int
    counts: Mapping[str, int]
    keys: str = ""

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)

    @property
    def has_open_case_file(self) -> bool:
        """Whether it is of before the case file was sealed: every password of its day reads it there."""
        return self.schema < case_lines.SINCE

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that it says, and so of database and keys too."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def make(
    database: Database,
    folder: Path,
    out: Path,
    made_at: str,
    shelter: str,
    training: bool,
    managers: bytes,
    progress: Progress | None,
) -> Manifest:
    """Copy the database as it is now, prove the copy by opening and counting it, and put both with the keys into `out`.

    managers: who signed who has a slot; empty in a file of an older program, whose slots nobody listed.
    `out` is replaced only by a whole, proven file. Raises DiskFull, ReadOnly, BackupDamaged.
    """
    with _apart(out, shelter) as apart:
        copy = apart / database.path.name
        database.copy_to(copy, progress)
        counts, head, version = _proven(database, copy)
        kept = backup_keys.copied(folder, apart, shelter, training=training, path=out, managers=managers)
        sums = digest(copy), digest(kept)
        manifest = Manifest(FORMAT, shelter, training, made_at, version, copy.name, sums[0], head, counts, sums[1])
        packed = apart / "packed"
        _pack(packed, manifest, kept, copy)
        read(packed)
        held_files.replace(packed, out)
        files.keep_entry(out.parent)
    return manifest


def copy_to(
    database: Database, proven: Path, out: Path, trying: Path, progress: Progress | None, present: KeyFile
) -> Manifest:
    """Copy a proven backup to another place and prove it there as well: read back, opened, counted.

    present: the keys of the shelter, whose managers are those of the backup. trying: a folder where the database of
    the copy is opened. `out` is replaced only by a whole, proven file.
    Raises DiskFull, ReadOnly, FileMissing where the place went away, BackupDamaged.
    """
    manifest = peek(proven)
    with _apart(out, manifest.shelter) as apart:
        packed = apart / "packed"
        _copied(proven, packed, progress)
        if read(packed) != manifest:
            raise BackupDamaged(str(out))
        with held_files.temporary_folder(_prefix(manifest.shelter), trying) as tried:
            unpack(packed, tried)
            file = key_file.read(tried)
            backup_keys.check_managers(file, present, out)
            if file.vouched is None and present.vouched is not None:
                raise BackupDamaged(str(out))
            _check_copy(database, tried / manifest.database, manifest)
        held_files.replace(packed, out)
        files.keep_entry(out.parent)
    return manifest


@contextlib.contextmanager
def _apart(out: Path, shelter: str) -> Iterator[Path]:
    """A folder beside the file to come; what a cut leaves in it is swept by `sweep`."""
    try:
        with held_files.temporary_folder(_prefix(shelter), out.parent) as made:
            yield made
    except (OSError, Trouble) as error:
        raise _named(error, out) from error


def _named(error: OSError | Trouble, out: Path) -> Trouble | Unusable:
    """FileMissing where the stick was pulled out, else DiskFull, DriveGone or ReadOnly: a sick stick takes nothing."""
    with contextlib.suppress(OSError):  # what became of the folder, a stick that is gone does not tell on Windows
        if not out.parent.is_dir():
            return FileMissing(str(out.parent))
    if isinstance(error, Trouble):
        return error
    trouble = named(error, str(out))
    return ReadOnly(str(out)) if isinstance(trouble, OSError) else trouble


def _prefix(shelter: str) -> str:
    return f".backup-{shelter[:8]}-"


def sweep(place: Path, shelter: str) -> None:
    """Remove what copies of this shelter that were cut have left in a folder."""
    with contextlib.suppress(OSError):
        for left in place.glob(f"{_prefix(shelter)}*"):
            held_files.remove_tree(left)


def _copied(source: Path, target: Path, progress: Progress | None) -> None:
    size, done = source.stat().st_size, 0
    with files.opened(source) as reading, held_files.patiently(lambda: target.open("wb")) as writing:
        while chunk := reading.read(CHUNK):
            writing.write(chunk)
            done += len(chunk)
            if progress is not None:
                progress(done, size)
        writing.flush()
        os.fsync(writing.fileno())


def _check_copy(database: Database, copy: Path, manifest: Manifest) -> None:
    """Raises BackupDamaged unless the copy opens and holds what the manifest says."""
    with contextlib.closing(database.opened_copy(copy)) as opened:
        with opened.reading() as connection:
            is_other = differs(connection, manifest)
        if is_other or opened.problems():
            raise BackupDamaged(str(copy))


def _proven(database: Database, copy: Path) -> tuple[dict[str, int], int, str]:
    """The counts of the copy, read through a connection of its own; what the program did not write is not kept in it.

    Raises BackupDamaged when it is not whole, Damaged when its tables are others.
    """
    with contextlib.closing(database.opened_copy(copy)) as opened:
        clean(opened)
        if opened.problems():
            raise BackupDamaged(str(copy))
        with opened.transaction(EVERYTHING) as connection:
            tonight_rows.drop(connection)
            tonight_names.drop(connection)  # the night reception opens nothing of those who left since
        with opened.reading() as connection:
            return counts(connection), journal.head(connection)[0], schema.version(connection)


def clean(copy: Database) -> None:
    """Take away from a copy what the program did not write. Raises as `schema.foreign`."""
    with copy.reading() as connection:
        if not schema.foreign(connection):
            return
    with copy.transaction(EVERYTHING) as connection:
        schema.take_away(connection)


def counts(connection: Connection, names: Iterable[str] = COUNTED) -> dict[str, int]:
    """How many rows each of these tables has; a name that this version does not count is left out."""
    known = [name for name in COUNTED if name in names]
    return {name: int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()) for name in known}


def differs(connection: Connection, manifest: Manifest) -> tuple[str, ...]:
    """The tables whose rows are not as many as the backup says; those of its day, fewer in an older version."""
    found = counts(connection, manifest.counts)
    return tuple(name for name, n in found.items() if n != manifest.counts[name])


def _pack(packed: Path, manifest: Manifest, keys: Path, copy: Path) -> None:
    with held_files.patiently(lambda: packed.open("wb")) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), sort_keys=True))
            archive.write(keys, KEYS)
            archive.write(copy, manifest.database)
        file.flush()
        os.fsync(file.fileno())


_UNREADABLE = (
    OSError,
    zipfile.BadZipFile,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
)


class _InParts:
    """A file of which nobody is given more at once than a part, whatever the lengths say that are written in it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable, self.close = file.seek, file.tell, file.seekable, file.close

    def read(self, n: int = -1) -> bytes:
        """Raises ValueError for more."""
        content = self._file.read(CHUNK + 1 if n < 0 else min(n, CHUNK + 1))
        if len(content) > CHUNK:
            raise ValueError("more than a part")
        return content


@contextlib.contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """A file that somebody may have made for harm. Raises BackupDamaged for whatever in it cannot be read."""
    try:
        with files.opened(path) as file, zipfile.ZipFile(_InParts(file)) as archive:
            yield archive
    except _UNREADABLE as error:
        raise BackupDamaged(str(path)) from error


def _part(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """Where it lies, as this program puts it there: nothing is packed, so nothing is longer than the file."""
    info = archive.getinfo(name)
    if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 or info.file_size != info.compress_size:
        raise ValueError("not written by this program")
    return info


def _small(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    info = _part(archive, name)
    if info.file_size > largest:
        raise ValueError("too large")
    return archive.read(info)


def _parts(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(_part(archive, name)) as inside:
        while chunk := inside.read(CHUNK):
            yield chunk


def peek(path: Path) -> Manifest:
    """What the backup says of itself, at once: its database is not read. Raises BackupDamaged."""
    with _archive(path) as archive:
        return _manifest(_small(archive, MANIFEST, LARGEST))


def made_in(place: Path, shelter: str | None = None) -> Iterator[tuple[Path, Manifest]]:
    """The backups that this program wrote into a folder under its own names, the last name first.

    shelter: those of this one alone. A file that somebody named otherwise is passed over, and so is a damaged one.
    """
    try:
        found = [path for path in place.glob(f"*{SUFFIX}") if _NAMED.fullmatch(path.stem)]
    except OSError:
        return
    for path in sorted(found, key=lambda one: one.stem, reverse=True):
        with contextlib.suppress(BackupDamaged):
            manifest = peek(path)
            if shelter in (None, manifest.shelter):
                yield path, manifest


def file_for(place: Path, moment: datetime) -> Path:
    """The file of a backup made at that moment; never one that is there, which may be another shelter's."""
    named_so = (f"{moment:{NAME}}{SUFFIX}" if n == 1 else f"{moment:{NAME}}-{n}{SUFFIX}" for n in count(1))
    return next(place / name for name in named_so if not (place / name).exists())


def read(path: Path) -> Manifest:
    """What the backup holds, after its database was compared with the sum of the manifest.

    Raises BackupDamaged for a file that is cut, altered or no backup at all.
    """
    with _archive(path) as archive:
        manifest = _manifest(_small(archive, MANIFEST, LARGEST))
        keys = hashlib.sha256(_small(archive, KEYS, key_file.LARGEST)).hexdigest()
        found = hashlib.sha256()
        for part in _parts(archive, manifest.database):
            found.update(part)
    if found.hexdigest() != manifest.sha256 or manifest.keys not in ("", keys):
        raise BackupDamaged(str(path))
    return manifest


def is_one(path: Path) -> bool:
    """Whether a file begins as a backup does, sound or not. Raises FileMissing.

    An empty file may be a backup that was cut.
    """
    try:
        with files.opened(path) as file:
            start = file.read(len(_START))
    except OSError as error:
        raise FileMissing(str(path)) from error
    return _START.startswith(start[:4]) and MANIFEST.encode().startswith(start[30:])


def _manifest(content: bytes) -> Manifest:
    told = json.loads(content)
    told = {"keys": "", **told}
    for field in fields(Manifest):
        if type(told[field.name]) is not (dict if field.name == "counts" else field.type):
            raise TypeError(field.name)
    manifest = Manifest(**told)
    if manifest.format != FORMAT or manifest.database not in DATABASES:
        raise ValueError("another format")
    if datetime.fromisoformat(manifest.made_at).tzinfo is not None:
        raise ValueError("not of the clock of the shelter")
    if not all(_NUMBER.fullmatch(one) for one in (manifest.shelter, manifest.sha256, manifest.keys or "0")):
        raise ValueError("no numbers")
    counted = [*manifest.counts.values(), manifest.head]
    if not all(type(n) is int for n in counted) or not all(name in manifest.counts for name in SHOWN):
        raise ValueError("no counts")
    return manifest


def unpack(path: Path, folder: Path) -> Manifest:
    """Put the files of a sound backup into a folder, the keys last.

    Raises BackupDamaged, also for keys that are none of this shelter, TooNew, DiskFull, ReadOnly.
    """
    manifest = read(path)
    with _archive(path) as archive:
        files.replace_atomically(folder / manifest.database, _parts(archive, manifest.database))
        files.replace_atomically(folder / KEYS, _small(archive, KEYS, key_file.LARGEST))
    backup_keys.checked(folder, manifest.shelter, training=manifest.training, path=path)
    return manifest


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with files.opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
