"""Other keys for the whole file, so that what somebody may have kept of the old ones opens nothing new."""

from dataclasses import dataclass, field

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import InUse
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.vault import clock_check, password_tries, recovery_sheet, signed_accounts, slot_change
from shelter_desk.storage.file import files, journal
from shelter_desk.storage.file.database import Connection, Database
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.keys import key_file, keys, slot_list, slot_versions
from shelter_desk.storage.keys.keys import NEXT
from shelter_desk.storage.rekeying import key_change
from shelter_desk.storage.rekeying.key_change import Progress


@dataclass(frozen=True, slots=True)
class ChangedKeys:
    """left_out: who needs a new password from the manager now. recovery_key: a new one, where the old opens no more."""

    left_out: tuple[str, ...]
    recovery_key: str | None = field(default=None, repr=False)


@needs(Permission.USERS_EDIT)
def change_keys(desk: Desk, password: str, progress: Progress | None = None) -> ChangedKeys:
    """Give the file other keys and close the desk: everybody opens it with the password they have.

    password: of the person at the desk. Only who is on the list keeps a slot; backups made before still open with the
    old keys. Wherever this is cut, the shelter opens under the old keys or under the new ones. Raises WrongPassword,
    ClockWrong, DiskFull, ReadOnly, Damaged, and InUse when something was written meanwhile; the old keys stay then.
    """
    password_tries.own(desk, password)
    clock_check.check(desk)
    with slot_change.alone:
        with desk.reading() as connection:
            slot_change.bring_over(desk.folder, connection)
            slot_change.check_current(desk.folder, connection, desk.turns)
        files.check_room(desk.folder, key_change.room(desk.database.path))
        try:
            return _changed(desk, progress)
        except Exception:  # the old keys hold
            key_change.remove(desk.database.path)
            key_file.drop_next(desk.folder)
            raise
        finally:
            if not desk.database.is_open:
                desk.close()


def _changed(desk: Desk, progress: Progress | None) -> ChangedKeys:
    database, old, new = desk.database, desk.keys, keys.new_keys()
    with database.transaction(Changes()) as connection:  # nobody writes while it is copied
        listed = slot_list.on_list(desk.folder)
        everybody = {one.id: one for one in signed_accounts.everybody(desk, connection) if one.id in listed}
        people = {key: one.role for key, one in everybody.items()}
        file, left = key_change.refilled(desk.folder, old, new, people)
        file, recovery_key = key_change.with_recovery_key(file, new, desk.user)
        file = keys.with_names(file, new, slot_list.names(desk.folder, old.database), slot_list.next_turn(file))

        def note(there: Connection) -> None:
            turns, trail = slot_list.turns_of(file), Trail(there)
            if recovery_key is not None:
                recovery_sheet.keep(trail, proven=False)
            told = {slot_versions.LISTED: turns[slot_list.LIST], **trail.told()}
            journal.add(there, desk.now(), desk.user, "change_keys", details=told)
            slot_versions.keep(there, turns)

        copied = journal.head(connection)
        head = key_change.make(database, old, new, note, progress)
    key_file.write(desk.folder, file, NEXT)
    database.close()
    if _head_of(database, old) != copied:
        raise InUse(str(desk.folder))
    key_change.put_in_place(database.path, new, head)
    return ChangedKeys(tuple(everybody[key].name for key in sorted(left)), recovery_key)


def _head_of(closed: Database, held: keys.Keys) -> tuple[int, bytes]:
    database = Database.open(closed.path, held.database)
    try:
        with database.reading() as connection:
            return journal.head(connection)
    finally:
        database.close()
