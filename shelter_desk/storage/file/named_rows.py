"""Rows that name others without a foreign key, which the file itself would let go: looked for before a row goes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from shelter_desk.domain.errors import ChangedSince
from shelter_desk.domain.stays.memberships import Membership
from shelter_desk.storage.file import journal

FAMILIES, SUBJECT = "former_families", "subject"
# what the subject of a settled flag, or of a task that was set aside, names: at its beginning, or behind a stay
_OF_THE_STORE = {
    "item": "stock_items",
    "voucher": "stock_vouchers",
    "count": "stock_counts",
    "move": "stock_moves",
    "asset": "assets",
}
_THINGS = {"stay": "stays", **_OF_THE_STORE}
_OF_A_STAY = {"referral": "referrals", "action": "plan_actions", "appointment": "appointments", "risk": "assessments"}
RowKey = tuple[str, int]


def subject_of(said: Any) -> tuple[RowKey, ...]:
    """Table and number of what the subject of a settled flag names, a stay before what is of it; nothing for a night,
    the house, and what somebody put in its place.
    """
    parts = said.split("/") if isinstance(said, str) else []
    found = []
    for at, tables in enumerate((_THINGS, _OF_A_STAY)):
        kind, number = [*parts, "", "", "", ""][2 * at : 2 * at + 2]
        if kind in tables and (key := journal.row_id(number)) is not None:
            found.append((tables[kind], key))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Naming:
    """A column by which the rows of a table name those of others.

    is_kept: a trigger of the file lets nothing go that it names.
    """

    table: str
    column: str
    parents: tuple[str, ...]
    is_kept: bool = False

    def read(self, cell: Any) -> Iterator[RowKey]:
        """Table and number of what such a cell names."""
        if self.column == FAMILIES:  # the head of a family of before
            heads = (Membership.read(said).head for said in str(cell or "").split(";") if said)
            yield from ((self.parents[0], head) for head in heads if head is not None)
        elif self.column == SUBJECT:
            yield from subject_of(cell)
        elif cell is not None:
            yield self.parents[0], cell


NAMINGS = (
    Naming("situations", FAMILIES, ("stays",)),
    Naming("roll_call_lines", "bed_id", ("beds",), is_kept=True),
    Naming("bed_states", "ticket_id", ("tickets",)),
    Naming("services", "plan_action_id", ("plan_actions",), is_kept=True),
    Naming("stock_moves", "grant_id", ("grants",), is_kept=True),
    Naming("stock_count_lines", "grant_id", ("grants",)),
    Naming("settled_flags", SUBJECT, ("stays", *_OF_A_STAY.values())),
    Naming("postponed_tasks", SUBJECT, tuple(_OF_THE_STORE.values())),
)


def named_by(table: str, row: Mapping[str, Any]) -> Iterator[RowKey]:
    """Table and number of what that row names so."""
    for one in NAMINGS:
        if one.table == table:
            yield from one.read(row.get(one.column))


def naming(connection: Connection, named: Iterable[RowKey]) -> Iterator[tuple[Naming, int, RowKey]]:
    """Every row that names one of these: by which column, its number, and that one. Each column is read once, however
    many they are.
    """
    wanted = set(named)
    tables = {table for table, _ in wanted}
    for one in NAMINGS:
        if tables.isdisjoint(one.parents):
            continue
        asked = text(f"SELECT id, {one.column} AS cell FROM {one.table} WHERE {one.column} <> '' ORDER BY id")
        for row in connection.execute(asked):
            yield from ((one, row.id, key) for key in one.read(row.cell) if key in wanted)


def check_not_named(connection: Connection, gone: Iterable[RowKey]) -> None:
    """Raises ChangedSince where a row that is there names one of these, which are gone.

    What a trigger keeps was refused before.
    """
    found = next((one for one, _, _ in naming(connection, gone) if not one.is_kept), None)
    if found is not None:
        raise ChangedSince(found.table)
