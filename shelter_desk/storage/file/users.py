"""Who may open the shelter; the keys of each are in their slot of keys.json."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, Row, cast, func, select

from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import moment_or_none

_of = tables.users.c
_USERS = select(
    _of.id,
    cast(_of.name, LargeBinary).label("name"),
    cast(_of.role, LargeBinary).label("role"),
    _of.active,
    cast(_of.undertaken_at, LargeBinary).label("undertaken_at"),
).order_by(_of.name)


@dataclass(frozen=True, slots=True)
class User:
    """A person at the desk. undertaken_at: when the undertaking of confidentiality was accepted, None until then."""

    id: UserId
    name: str
    role: Role
    is_active: bool
    undertaken_at: datetime | None


def all_of_them(connection: Connection) -> list[User]:
    """Everybody, also those who may no longer open the shelter, in order of their names.

    Whoever has the key of the file can write anything there; it is to open all the same.
    """
    return [_user(row) for row in connection.execute(_USERS)]


def _user(row: Row[Any]) -> User:
    """One whose role no program knows may open nothing."""
    said = _text(row.role)
    role = Role(said) if said in set(Role) else None
    is_active = role is not None and bool(row.active)
    return User(UserId(row.id), _text(row.name), role or Role.AUDITOR, is_active, _moment(row.undertaken_at))


def _text(told: bytes) -> str:
    return bytes(told or b"").decode(errors="replace")


def _moment(told: bytes | None) -> datetime | None:
    with suppress(ValueError):
        return moment_or_none(None if told is None else _text(told))
    return None


def one(connection: Connection, user: UserId) -> User | None:
    """The account of that number."""
    return next((found for found in all_of_them(connection) if found.id == user), None)


def named(connection: Connection, name: str) -> User | None:
    """Whose name that is, in any case and with any spaces."""
    wanted = folded(name)
    return next((found for found in all_of_them(connection) if folded(found.name) == wanted), None)


def folded(name: str) -> str:
    """A name without its case and its surplus spaces: two accounts that differ in these alone are one."""
    return " ".join(name.casefold().split())


def next_id(connection: Connection) -> UserId:
    """A number nobody had."""
    return UserId((connection.execute(select(func.max(tables.users.c.id))).scalar() or 0) + 1)
