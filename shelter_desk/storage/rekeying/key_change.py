"""A file of the shelter under other keys: made and proven beside the one in use, then put in its place.

What is cut in the middle is finished, or swept away, by whoever opens the shelter next: until `keys.json` holds the new
keys the old file counts, from then on the new one.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import files, journal, sealed_boxes, slots
from shelter_desk.storage.file.backups import counts
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.journal_head import JournalHead
from shelter_desk.storage.file.keys import Keys
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.slots import KeyFile
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.residents import residents

Progress = Callable[[int, int], None]  # pages done, pages in all


def beside(path: Path) -> Path:
    """Where the file lies until it is put in the place of `path`."""
    return path.with_name(f"{path.name}.rekeyed")


def make(
    database: Database, old: Keys, new: Keys, note: Callable[[Connection], None], progress: Progress | None = None
) -> tuple[int, bytes]:
    """A proven copy under the new keys, with all names sealed anew, and the head of its journal.

    note: writes the journal line. The caller sees to it that nobody writes meanwhile. Raises DiskFull, Damaged.
    """
    remove(database.path)
    copy = beside(database.path)
    try:
        database.copy_under(copy, new.database, progress)
        return _sealed_anew(database, copy, old, new, note)
    except BaseException:
        remove(database.path)
        raise


def _sealed_anew(
    database: Database, copy: Path, old: Keys, new: Keys, note: Callable[[Connection], None]
) -> tuple[int, bytes]:
    opened = Database.open(copy, new.database)
    try:
        with opened.reading() as there, database.reading() as here:
            same = counts(there) == counts(here) and journal.head(there) == journal.head(here)
        if not same:
            raise Damaged("database", str(copy))
        with opened.transaction(EVERYTHING) as connection:
            if old.identity is not None and new.identity is not None:
                _change_seals(connection, Sealer(old.identity), Sealer(new.identity))
            if old.protection is not None and new.protection is not None:
                sealers = Sealer(old.protection), Sealer(new.protection)
                residents.change_seals(connection, *sealers, column="protection_seal")
                sealed_boxes.change_key(connection, *sealers)
                _change_drafts(connection, *sealers)
            note(connection)
        if opened.problems():
            raise Damaged("database", str(copy))
        with opened.reading() as connection:
            head = journal.head(connection)
    finally:
        opened.close()
    if copy.with_name(f"{copy.name}-wal").exists():  # something of it lies outside the one file that takes the place
        raise Damaged("database", str(copy))
    return head


def _change_seals(connection: Connection, old: Sealer, new: Sealer) -> None:
    residents.give_seals(connection, old)
    residents.change_seals(connection, old, new)
    import_lines.change_secret(connection, old, new)
    _change_drafts(connection, old, new)


def _change_drafts(connection: Connection, old: Sealer, new: Sealer) -> None:
    for key, body in connection.execute(text("SELECT id, body FROM drafts")).all():
        with suppress(Damaged):  # it is sealed with another key, or not at all
            sealed = new.seal("drafts", "body", key, old.unseal("drafts", "body", key, body))
            connection.execute(text("UPDATE drafts SET body = :body WHERE id = :id"), {"id": key, "body": sealed})


def put_in_place(path: Path, file: KeyFile, new: Keys, head: tuple[int, bytes]) -> None:
    """Let the slots hold the new keys and the new file take its place; the old one must be closed by now."""
    with files.named_errors(path):
        slots.write(path.parent, file)
        _take_place(path)
    JournalHead(path.parent, new.database).write(*head)


def finish(path: Path, key: bytes) -> None:
    """Bring to an end what was cut in the middle. key: the one that `keys.json` holds now."""
    copy = beside(path)
    if not copy.exists():
        return
    try:
        Database.open(copy, key).close()
    except Damaged:  # it was cut before the slots were written: the old file is the one
        remove(path)
        return
    with files.named_errors(path):
        _take_place(path)


def _take_place(path: Path) -> None:
    for ending in ("-wal", "-shm"):  # of the old file: everything is in the new one
        path.with_name(path.name + ending).unlink(missing_ok=True)
    beside(path).replace(path)
    files.keep_entry(path.parent)


def remove(path: Path) -> None:
    """Sweep away what lies beside `path`."""
    copy = beside(path)
    for ending in ("", "-wal", "-shm", "-journal"):
        copy.with_name(copy.name + ending).unlink(missing_ok=True)
