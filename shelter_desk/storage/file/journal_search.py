"""What the list of the journal asks: which lines there are, of what is searched, and how rows are called in them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select, text

from shelter_desk.domain.ids import UserId
from shelter_desk.storage.file.case.case_acts import LINES
from shelter_desk.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are looked for: all of what is named must be true.

    first, last: days, both included. actions: none for all. code: a part of the codes that the line is about.
    """

    first: date | None = None
    last: date | None = None
    user: UserId | None = None
    actions: tuple[str, ...] = ()
    code: str = ""


def numbers(connection: Connection, wanted: Wanted) -> list[int]:
    """The numbers of those lines, the last first; `journal.of` reads the lines when somebody looks at them."""
    where, values = _where(wanted)
    statement = text(f"SELECT seq FROM {LINES} WHERE {where} ORDER BY seq DESC")
    if wanted.actions:
        statement = statement.bindparams(bindparam("actions", expanding=True))
    return list(connection.execute(statement, values).scalars())


def _where(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    asked = {
        "at >= :first": ("first", wanted.first and wanted.first.isoformat()),
        "at < :after": ("after", wanted.last and (wanted.last + timedelta(days=1)).isoformat()),
        "user_id = :user": ("user", wanted.user),
        "action IN :actions": ("actions", wanted.actions),
        "instr(upper(subject), :code) > 0": ("code", wanted.code.strip().upper()),
    }
    named = {clause: (key, value) for clause, (key, value) in asked.items() if value not in (None, "", ())}
    return " AND ".join(named) or "1", dict(named.values())


def actions(connection: Connection, user: UserId | None = None) -> list[str]:
    """What was ever done, by anybody or by that person."""
    where = "" if user is None else "WHERE user_id = :user"
    found = connection.execute(text(f"SELECT DISTINCT action FROM {LINES} {where}"), {"user": user} if where else {})
    return sorted(one for one in found.scalars() if isinstance(one, str))


def codes(connection: Connection, table: str, column: str = "") -> dict[int, str]:
    """What rooms, beds or tickets are called, by the numbers that lines name them with. column: `bed_code` of `beds`
    and the like where none is given.
    """
    named = metadata.tables[table]
    return {row[0]: row[1] for row in connection.execute(select(named.c.id, named.c[column or f"{table[:-1]}_code"]))}


_NAMED = {"bed_id": "beds", "room_id": "rooms", "ticket_id": "tickets"}  # where no key of the file says so


def named_table(table: str, column: str) -> str:
    """The table of the row that such a column names by its number; "" for any other column."""
    found = metadata.tables[table].c.get(column) if table in metadata.tables else None
    keys = () if found is None else found.foreign_keys
    return next((one.column.table.name for one in keys), _NAMED.get(column, ""))
