"""The people at the desk: add, change the role, suspend, give a new password, accept the undertaking."""

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import CodeTaken, LastManager, Missing, WeakPassword
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Permission, Role
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk, Writing, needs
from shelter_desk.operations.vault import password_tries, signed_accounts, slot_change
from shelter_desk.storage.file import users
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.users import User
from shelter_desk.storage.keys import key_opening, keys, passwords, slot_list, slot_versions
from shelter_desk.storage.keys.keys import NEXT
from shelter_desk.system import device_secret

__all__ = [
    "SHORTEST",
    "User",
    "add",
    "change_password",
    "has_undertaken",
    "me",
    "must_undertake",
    "people",
    "reset",
    "suspend",
    "undertake",
    "weakness",
]

PEOPLE = Changes(settings=True)
SHORTEST = passwords.SHORTEST


@needs(Permission.USERS_EDIT)
def people(desk: Desk) -> list[User]:
    """Everybody who may, or might once, open the shelter, as what a manager signed them; without a slot nobody may."""
    with desk.reading() as connection:
        return signed_accounts.everybody(desk, connection)


@needs(Permission.USERS_EDIT)
def opened_all_names(desk: Desk) -> bool:
    """Whether a password that a night reception ever had may open all names: the keys of the file are of before 0.3."""
    return desk.keys.is_night_of_names and any(one.role is Role.RECEPTION for one in people(desk))


@needs(Permission.USERS_EDIT)
def known_here(desk: Desk) -> set[UserId]:
    """Whose password opens the shelter on this computer; the others need a new one, as after a reinstallation."""
    header = keys.read_header(desk.folder)
    secret = device_secret.get(header.shelter) if header.uses_device_secret else None
    return key_opening.known_here(desk.folder, secret)


@needs(Permission.USERS_EDIT)
def add(desk: Desk, name: str, role: Role, password: str) -> UserId:
    """Give another person an account with the keys of the role, and no others.

    Raises Missing, WeakPassword, CodeTaken for a name that is somebody's, DiskFull, ReadOnly.
    """
    check_given("user", name.strip())
    keys.check_password(password, name)
    with slot_change.changing(desk, "add_user", PEOPLE) as writing:
        _check_free(writing.connection, name)
        user = users.next_id(writing.connection)
        writing.trail.add("users", {"id": user, "name": name.strip(), "role": role.value, "active": True})
        _give_slot(desk, writing.connection, name, password, role, user)
    return user


def weakness(password: str, name: str = "") -> str:
    """Why a password would be refused: `short`, `common`, or "" for one that does."""
    try:
        keys.check_password(password, name)
    except WeakPassword as error:
        return error.why
    return ""


def _check_free(connection: Connection, name: str) -> None:
    known = users.named(connection, name)
    if known is not None:
        raise CodeTaken("user", name.strip())


def _give_slot(desk: Desk, connection: Connection, name: str, password: str, role: Role, user: UserId) -> None:
    """The slot is made ready inside the transaction: when the disk refuses it, the account is not stored either."""
    header = keys.read_header(desk.folder)
    secret = device_secret.get(header.shelter) if header.uses_device_secret else None
    after = slot_versions.last(connection)
    keys.replace_slot(desk.folder, desk.keys, name, password, role, user, secret, after=after, into=NEXT)


@needs(Permission.USERS_EDIT)
def reset(desk: Desk, user: UserId, password: str, role: Role | None = None) -> None:
    """Give somebody a new password, another role if one is named, or the right to open again.

    Without a role it is the one that a manager signed; what the file says of somebody without a slot, anybody with the
    key of the file may have written. Raises WeakPassword, Missing for such a role, LastManager when nobody else would
    be left to manage the shelter.
    """
    with slot_change.changing(desk, "reset_user", PEOPLE) as writing:
        known = _known(desk, writing, user)
        keys.check_password(password, known.name)
        wanted = role or slot_list.roles(desk.folder, desk.managers).get(user)
        if wanted is None:
            raise Missing("role")
        if wanted is not Role.DIRECTOR:
            _check_not_last(desk, writing.connection, known)
        writing.trail.change("users", user, {"role": wanted.value, "active": True})
        _give_slot(desk, writing.connection, known.name, password, wanted, user)


@needs(Permission.USERS_EDIT)
def suspend(desk: Desk, user: UserId) -> None:
    """Take the slot away: the account opens nothing from now on, what it wrote stays under its name.

    Somebody who kept a copy of the folder and the password can still open that copy. Raises LastManager.
    """
    with slot_change.changing(desk, "suspend_user", PEOPLE) as writing:
        known = _known(desk, writing, user)
        _check_not_last(desk, writing.connection, known)
        writing.trail.change("users", user, {"active": False})
        after = slot_versions.last(writing.connection)
        keys.remove_slot(desk.folder, desk.keys, user, after=after, into=NEXT)


def _known(desk: Desk, writing: Writing, user: UserId) -> User:
    found = next(one for one in signed_accounts.everybody(desk, writing.connection) if one.id == user)
    writing.details["user"] = user
    return found


def _check_not_last(desk: Desk, connection: Connection, leaving: User) -> None:
    found = signed_accounts.everybody(desk, connection)
    if {one.id for one in found if one.is_active and one.role is Role.DIRECTOR} == {leaving.id}:
        raise LastManager


def change_password(desk: Desk, old: str, new: str) -> None:
    """A new password for the person at the desk. Raises WrongPassword for the old one, WeakPassword for the new one."""
    password_tries.own(desk, old)
    keys.check_password(new, desk.user_name)
    header = keys.read_header(desk.folder)
    secret = device_secret.get(header.shelter) if header.uses_device_secret else None
    with slot_change.changing(desk, "change_password", Changes()) as writing:
        if desk.role is Role.DIRECTOR:
            _give_slot(desk, writing.connection, desk.user_name, new, desk.role, desk.user)
        else:
            after = slot_versions.last(writing.connection)
            keys.replace_own_slot(desk.folder, desk.user_name, old, new, secret, after=after, into=NEXT)
        opened = key_opening.open_with_password(desk.folder, desk.user_name, new, secret)
        drafts.seal_again(desk, writing.connection, opened.own)


def me(desk: Desk) -> User:
    """The account of the person at the desk."""
    with desk.reading() as connection:
        found = users.one(connection, desk.user)
    assert found is not None  # noqa: S101 who is at the desk has an account
    return found


def undertake(desk: Desk) -> None:
    """Accept the undertaking of confidentiality, at the first entry."""
    with desk.writing("undertake", PEOPLE) as writing:
        writing.trail.change("users", desk.user, {"undertaken_at": to_text(desk.now())})


def has_undertaken(desk: Desk) -> bool:
    """True when the person at the desk accepted it already."""
    return me(desk).undertaken_at is not None


def must_undertake(desk: Desk) -> bool:
    """True at the first entry of a person into a real shelter; in the training shelter nobody is real."""
    return not desk.is_training and not has_undertaken(desk)
