"""Other keys for the whole file, so that what somebody may have kept of the old ones opens nothing new."""

from dataclasses import dataclass, field

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import InUse
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.vault import clock_check, password_tries
from shelter_desk.storage.file import journal, keys, users
from shelter_desk.storage.file.database import Connection, Database
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

    password: of the person at the desk. Only active accounts keep a slot; backups made before still open with the old
    keys. Wherever this is cut, the shelter opens under the old keys or under the new ones. Raises WrongPassword,
    ClockWrong, DiskFull, ReadOnly, Damaged, and InUse when something was written meanwhile; the old keys stay then.
    """
    password_tries.own(desk, password)
    clock_check.check(desk)
    database, old, new = desk.database, desk.keys, keys.new_keys()

    def note(connection: Connection) -> None:
        journal.add(connection, desk.now(), desk.user, "change_keys")

    with database.transaction(Changes()) as connection:  # nobody writes while it is copied
        everybody = {one.id: one for one in users.all_of_them(connection) if one.is_active}
        file, left = keys.refilled(desk.folder, old, new, {key: one.role for key, one in everybody.items()})
        copied = journal.head(connection)
        head = key_change.make(database, old, new, note, progress)
    file, recovery_key = keys.with_recovery_key(file, new, desk.user)
    database.close()
    try:
        if _head_of(database, old) != copied:
            key_change.remove(database.path)
            raise InUse(str(desk.folder))
        key_change.put_in_place(database.path, file, new, head)
    finally:
        desk.close()
    return ChangedKeys(tuple(everybody[key].name for key in sorted(left)), recovery_key)


def _head_of(closed: Database, held: keys.Keys) -> tuple[int, bytes]:
    database = Database.open(closed.path, held.database)
    try:
        with database.reading() as connection:
            return journal.head(connection)
    finally:
        database.close()
