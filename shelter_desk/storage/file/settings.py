"""Settings of the shelter, one value per key, and who may open it."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select, text

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage import tables
from shelter_desk.storage.file import column_values

# whoever has the key of the database can write anything there, also what is no text and cannot be fetched as one
_TEXTS = text(
    "SELECT CAST(key AS BLOB), CAST(value AS BLOB) FROM settings WHERE typeof(key) = 'text' AND typeof(value) = 'text'"
)


def read(connection: Connection) -> dict[str, str]:
    """Every setting that was written; the others have their defaults, and so has what is no text."""
    return {key.decode(errors="replace"): value.decode(errors="replace") for key, value in connection.execute(_TEXTS)}


def damaged(key: str) -> Damaged:
    """The damage of a setting, as the look for strange cells names it too."""
    return column_values.damaged("settings", "value", key)


def of_json(connection: Connection, key: str) -> Any:
    """What a setting keeps as JSON, None where it was never written. Raises Damaged for what is none."""
    kept = read(connection).get(key)
    if kept is None:
        return None
    try:
        return json.loads(kept)
    except (ValueError, RecursionError) as error:
        raise damaged(key) from error


def write(connection: Connection, values: Mapping[str, str]) -> None:
    """Set these values."""
    for key, value in values.items():
        connection.execute(
            text("INSERT INTO settings VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value"),
            {"key": key, "value": value},
        )


def add_user(connection: Connection, user: UserId, name: str, role: Role) -> None:
    """A person who may open the shelter; the slot with their keys is in keys.json."""
    connection.execute(tables.users.insert().values(id=user, name=name, role=role.value))


def user_name(connection: Connection, user: UserId) -> str:
    """What this person is called."""
    return str(connection.execute(select(tables.users.c.name).where(tables.users.c.id == user)).scalar_one())


def user_names(connection: Connection) -> dict[UserId, str]:
    """What each person at the desk is called."""
    return {UserId(row.id): row.name for row in connection.execute(select(tables.users))}
