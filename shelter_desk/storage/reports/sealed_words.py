"""What somebody wrote of a month, sealed for its place, its moment and its author.

Moved to another month or number, or put back in the place of what was written since, it opens no more.
"""

from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Table, select

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file.column_values import damaged
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.tables import report_comments, report_passages

_PLACES = {
    report_comments: ("text", ("first_day", "last_day", "figure", "dims", "written_at", "user_id")),
    report_passages: ("content", ("first_day", "last_day", "heading", "written_at", "user_id")),
}


COLUMNS = {table.name: column for table, (column, _) in _PLACES.items()}  # of the words, by table


def sealed(sealer: Sealer, table: Table, key: int, row: Any, words: str) -> bytes:
    """The words as they are stored. row: by name the columns that say where they stand."""
    return sealer.seal(table.name, place(table, row), key, words)


def opened(sealer: Sealer, table: Table, key: int, row: Any, stored: Any) -> str:
    """What `sealed` sealed, or a program before 0.2, for its number alone. Raises Damaged, also where nothing is:
    what says nothing is not kept.
    """
    column = _PLACES[table][0]
    if not isinstance(stored, bytes) or not stored:
        raise damaged(table.name, column, key)
    with suppress(Damaged):
        return sealer.unseal(table.name, place(table, row), key, stored)
    return sealer.unseal(table.name, column, key, stored)


def unreadable(connection: Connection, sealer: Sealer) -> set[tuple[str, int]]:
    """Table and id of what opens no more."""
    found = set()
    for table, (column, _) in _PLACES.items():
        for row in connection.execute(select(table)).mappings():
            try:
                opened(sealer, table, row["id"], row, row[column])
            except Damaged:
                found.add((table.name, row["id"]))
    return found


def change_key(connection: Connection, old: Sealer, new: Sealer) -> None:
    """Seal everything anew; what was altered stays as it is."""
    for table, (column, _) in _PLACES.items():
        for row in connection.execute(select(table)).mappings().all():
            with suppress(Damaged):
                words = opened(old, table, row["id"], row, row[column])
                change = table.update().where(table.c.id == row["id"])
                connection.execute(change.values({column: sealed(new, table, row["id"], row, words)}))


def is_bound(table: Table, column: str) -> bool:
    """Whether words of that column are sealed for their place."""
    return table in _PLACES and _PLACES[table][0] == column


def place(table: Table, row: Any) -> str:
    """What words of that row are sealed for."""
    column, names = _PLACES[table]
    return "\0".join((column, *(str(row[one]) for one in names)))
