"""The accounts as managers signed them: whoever has the key of the file can write anything into their rows."""

import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Trouble
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import clock_check, slot_change
from shelter_desk.storage.file import journal, users
from shelter_desk.storage.file.database import Connection, Database
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.file.users import User
from shelter_desk.storage.keys import keys, slot_list, slot_versions
from shelter_desk.storage.keys.keys import OpenedKeys


def everybody(desk: Desk, connection: Connection) -> list[User]:
    """Name and role as they were signed; active is who has a slot that opens, whatever the row says of it.

    In a file of an older program, without a list, it is the row that says. Raises Damaged("keys") where the list is not
    that of the managers.
    """
    signed, owners = slot_list.roles(desk.folder, desk.managers), slot_list.turns(desk.folder)
    names = slot_list.names(desk.folder, desk.keys.database)
    return [
        replace(
            one,
            name=names.get(one.id, one.name),
            role=signed.get(one.id, one.role),
            is_active=one.id in owners and (one.is_active or one.id in signed),
        )
        for one in users.all_of_them(connection)
    ]


def who_may(desk: Desk, connection: Connection) -> list[User]:
    """Whose part in a decision counts: who is on the list, also while they wait for another slot."""
    signed = slot_list.roles(desk.folder, desk.managers)
    return [one for one in everybody(desk, connection) if (one.id in signed if signed else one.is_active)]


def other_directors(desk: Desk, connection: Connection) -> list[User]:
    """Who manages the shelter beside the person at the desk."""
    return [one for one in who_may(desk, connection) if one.role is Role.DIRECTOR and one.id != desk.user]


def put_names_right(database: Database, folder: Path, opened: OpenedKeys, *, may_sign: bool) -> None:
    """Rows are named as managers signed it, and the journal says so; a manager signs the names that nobody signed, and
    a list of an older program whole.

    may_sign: the list is the one that the database knows.
    """
    signed = slot_list.names(folder, opened.keys.database)
    with database.reading() as connection:
        found = {one.id: one.name for one in users.all_of_them(connection)}
        after = slot_versions.last(connection)
    wrong = {user: name for user, name in signed.items() if found.get(user, name) != name}
    if wrong:
        with database.transaction(Changes(settings=True)) as connection:
            _rename(connection, opened.user_id, wrong, found)
    unsigned = {user: name for user, name in found.items() if user not in signed}
    is_due = unsigned.keys() & slot_list.roles(folder).keys() or slot_list.is_bare(folder)
    if may_sign and opened.keys.management is not None and is_due:
        with suppress(Trouble):
            former = slot_list.unlisted(folder)
            keys.sign_names(folder, opened.keys, unsigned, after)
            with database.transaction(Changes()) as connection:
                slot_change.tell_dropped(connection, opened.user_id, former)


def _rename(connection: Connection, by: UserId, wrong: dict[UserId, str], found: dict[UserId, str]) -> None:
    """No two have one name, so whoever stands in the way steps aside first."""
    trail = Trail(connection)
    taken = {users.folded(name) for name in wrong.values()}
    for user, name in found.items():
        if user in wrong or users.folded(name) in taken:
            trail.change("users", user, {"name": f"{name} ({user}, {secrets.token_hex(2)})"})
    for user, name in wrong.items():
        trail.change("users", user, {"name": name})
    journal.add(connection, clock_check.believed_at(connection), by, "names_restored", details=trail.told())
