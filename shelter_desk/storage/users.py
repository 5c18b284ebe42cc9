"""Who may open the shelter; the keys of each are in their slot of keys.json."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage import tables
from shelter_desk.storage.rows import moment_or_none


@dataclass(frozen=True, slots=True)
class User:
    """A person at the desk. undertaken_at: when the undertaking of confidentiality was accepted, None until then."""

    id: UserId
    name: str
    role: Role
    is_active: bool
    undertaken_at: datetime | None


def all_of_them(connection: Connection) -> list[User]:
    """Everybody, also those who may no longer open the shelter, in order of their names."""
    found = connection.execute(select(tables.users).order_by(tables.users.c.name))
    return [
        User(UserId(row.id), row.name, Role(row.role), bool(row.active), moment_or_none(row.undertaken_at))
        for row in found
    ]


def next_id(connection: Connection) -> UserId:
    """A number nobody had."""
    return UserId((connection.execute(select(func.max(tables.users.c.id))).scalar() or 0) + 1)
