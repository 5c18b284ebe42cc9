"""A file of the shelter under other keys: made and proven beside the one in use, then put in its place.

What is cut in the middle is finished, or swept away, by whoever opens the shelter next: until `keys.json` holds the new
keys the old file counts, from then on the new one.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, text

from shelter_desk.domain import held_files
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged, Trouble
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage.backups.backups import counts
from shelter_desk.storage.file import drafts, files, journal, schema, sealed_boxes
from shelter_desk.storage.file.case import case_rows
from shelter_desk.storage.file.case.case_file import CaseFile
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.journal_head import JournalHead
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.keys import key_file, keys, pairs, signed_lines, slot_list
from shelter_desk.storage.keys.keys import FILE, Keys
from shelter_desk.storage.keys.recovery import new_recovery_key
from shelter_desk.storage.keys.slots import RECOVERY, USER, KeyFile
from shelter_desk.storage.reports import versions, visa_key
from shelter_desk.storage.residents import residents, tonight_names, tonight_rows
from shelter_desk.storage.retention import altered_words
from shelter_desk.storage.sending import file_signing
from shelter_desk.storage.stays import present_stays
from shelter_desk.storage.today import handovers

Progress = Callable[[int, int], None]  # pages done, pages in all
ROOM_BESIDE = 4 * 1024 * 1024  # bytes: the slots, the journal's head, and what a small file takes more
_log = logging.getLogger(__name__)


def room(path: Path) -> int:
    """Bytes that a change takes for a while: the copy, and the log through which it is made, which becomes as long."""
    log = path.with_name(f"{path.name}-wal")
    return 2 * (path.stat().st_size + (log.stat().st_size if log.exists() else 0)) + ROOM_BESIDE


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
    opened.signing = database.signing
    try:
        with opened.reading() as there, database.reading() as here:
            codes = unreadable(here, old)
            same = counts(there) == counts(here) and journal.head(there) == journal.head(here)
        if not same:
            raise Damaged("database", str(copy))
        with opened.transaction(EVERYTHING) as connection:
            schema.clean(connection)
            _name_unreadable(connection, old, codes)
            if old.identity is not None and new.identity is not None:
                _change_seals(connection, Sealer(old.identity), Sealer(new.identity))
                present_stays.change_key(connection, Sealer(old.identity), Sealer(new.identity))
            if old.night is not None and new.night is not None:
                handovers.change_key(connection, Sealer(old.night), Sealer(new.night), for_all=True)
                tonight_names.change_key(connection, Sealer(old.night), Sealer(new.night))
                tonight_rows.change_key(connection, Sealer(old.night), Sealer(new.night))
            if old.protection is not None and new.protection is not None:
                sealers = Sealer(old.protection), Sealer(new.protection)
                handovers.change_key(connection, *sealers, for_all=False)
                sealed_boxes.change_key(connection, *sealers)
                versions.change_key(connection, *sealers)
                visa_key.change_key(connection, *sealers)
                _change_drafts(connection, *sealers)
                if old.case is not None and new.case is not None:
                    case_rows.change_key(connection, old.case, new.case, partial(residents.wrapped_anew, *sealers))
            if old.management is not None and new.management is not None:
                file_signing.change_key(connection, old.management, new.management)
                versions.sign_anew(connection, old.management, new.management)
                signed_lines.sign_anew(connection, old.management, new.management)
            note(connection)
        problems = opened.problems()
        if problems and set(problems) - set(database.problems()):
            raise Damaged("database", str(copy))
        with opened.reading() as connection:
            head = journal.head(connection)
    finally:
        opened.close()
    if copy.with_name(f"{copy.name}-wal").exists():  # something of it lies outside the one file that takes the place
        raise Damaged("database", str(copy))
    return head


def unreadable(connection: Connection, held: Keys) -> tuple[str, ...]:
    """The codes of the persons whose names or narratives these keys ought to open, and do not."""
    found: set[str] = set()
    if held.identity is not None:
        found |= residents.unreadable(connection, Sealer(held.identity))
        found |= altered_words.of_whom(connection, Sealer(held.identity), "seal")
    if held.protection is not None:
        found |= residents.unreadable(connection, Sealer(held.protection), "protection_seal")
        found |= altered_words.of_whom(connection, Sealer(held.protection), "protection_seal")
    return tuple(sorted(found))


def _name_unreadable(connection: Connection, old: Keys, codes: Iterable[str]) -> None:
    """What was altered keeps nobody from other keys, and the journal says whose it is, as of its last minute."""
    last = journal.last_at(connection)
    if last is None:
        return
    if old.identity is not None:
        residents.give_seals(connection, Sealer(old.identity))
    for code in codes:
        journal.add(connection, last, None, "seal_unreadable", code)


def _change_seals(connection: Connection, old: Sealer, new: Sealer) -> None:
    residents.change_seals(connection, old, new)
    import_lines.change_secret(connection, old, new)
    _change_drafts(connection, old, new)


def _change_drafts(connection: Connection, old: Sealer, new: Sealer) -> None:
    for key, user, form, body in connection.execute(text("SELECT id, user_id, form, body FROM drafts")).all():
        with suppress(Damaged):  # it is sealed with another key, or not at all
            told = drafts.opened(old, key, user, form, body)
            sealed = drafts.sealed(new, key, user, form, told)
            connection.execute(text("UPDATE drafts SET body = :body WHERE id = :id"), {"id": key, "body": sealed})


def put_in_place(path: Path, new: Keys, head: tuple[int, bytes]) -> None:
    """Let the slots that were made ready hold, and the new file take its place; the old one must be closed by now.

    Neither needs room on the disk. Once the slots hold nothing is refused any more: the next opening does what is left
    to do. Raises DiskFull, ReadOnly where they do not hold.
    """
    try:
        key_file.take_next(path.parent)
        with files.named_errors(path):
            _take_place(path)
    except (Trouble, OSError) as error:
        if held_files.is_there(path.parent / key_file.NEXT):
            raise
        _log.warning("the file is to take its place later: %s", type(error).__name__)
    else:
        JournalHead(path.parent, new.database).write(*head)


def finish(path: Path, key: bytes) -> None:
    """Bring to an end what was cut in the middle. key: the one that `keys.json` holds now.

    A file that opens with that key stays: what lies beside it then is not what took its place.
    """
    copy = beside(path)
    if not held_files.is_there(copy) or _opens(path, key) or not _opens(copy, key):
        remove(path)
        return
    with files.named_errors(path):
        _take_place(path)


def _opens(path: Path, key: bytes) -> bool:
    try:
        Database.open(path, key).close()
    except Damaged:
        return False
    return True


def _take_place(path: Path) -> None:
    for ending in ("-wal", "-shm"):  # of the old file: everything is in the new one
        held_files.remove(path.with_name(path.name + ending), missing_ok=True)
    CaseFile(path).remove()
    held_files.replace(beside(path), path)
    files.keep_entry(path.parent)


def remove(path: Path) -> None:
    """Sweep away what lies beside `path`, as far as the disk lets it go."""
    copy = beside(path)
    for ending in ("-wal", "-shm", "-journal", ""):
        with suppress(OSError):
            held_files.remove(copy.with_name(copy.name + ending), missing_ok=True)


# The slots -----------------------------------------------------------------------------------------------------------


def refilled(folder: Path, old: Keys, new: Keys, people: Mapping[UserId, Role]) -> tuple[KeyFile, set[UserId]]:
    """The file of the slots with other keys in them, and who is left without: nothing is written.

    people: who may open the shelter, and as what. Slots of others are left out; so is one that no manager listed, and
    one of the first format whose owner has not come since. Raises what `read_header` raises, Damaged("keys") where the
    list is not what a manager signed.
    """
    file = key_file.read(folder)
    if not file.is_signed(pairs.public_of(keys.management(old))):
        raise Damaged("keys", str(folder / FILE))
    kept = []
    for slot in file.slots:
        role = Role.DIRECTOR if slot.kind == RECOVERY else people.get(UserId(slot.user))
        if role is slot.role and slot.public and file.is_listed(slot):
            filled = file.filled(slot, keys.bundle(keys.held(new, role)))
            kept.append(file.marked(filled, new.database))
    reached = {UserId(slot.user) for slot in kept if slot.kind == USER}
    handed = replace(file, slots=tuple(kept)).handed_over(keys.management(old), keys.management(new))
    return handed.signed(keys.management(new), turn=slot_list.next_turn(file)), set(people) - reached


def with_recovery_key(file: KeyFile, held: Keys, user_id: UserId) -> tuple[KeyFile, str | None]:
    """The file with a slot for a recovery key, and that key where there was none and it had to be made."""
    if any(slot.kind == RECOVERY for slot in file.slots):
        return file, None
    recovery_key, turn = new_recovery_key(), slot_list.next_turn(file)
    made = keys.recovery_slot(file, held, user_id, recovery_key, turn)
    return replace(file, slots=(*file.slots, made)).signed(keys.management(held), turn=turn), recovery_key
