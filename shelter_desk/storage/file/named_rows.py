"""Rows that name others without a foreign key, which the file itself would let go: looked for before a row goes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from shelter_desk.domain.errors import ChangedSince
from shelter_desk.domain.stays.memberships import Membership

FAMILIES = "former_families"


@dataclass(frozen=True, slots=True)
class Naming:
    """A column by which the rows of a table name those of another."""

    table: str
    column: str
    parent: str

    def says(self, named: str) -> str:
        """The condition that a row `c` names that one; `named` is what stands for its number."""
        if self.column == FAMILIES:  # the head of a family of before, between two strokes
            return f"c.{FAMILIES} <> '' AND instr(c.{FAMILIES}, '/' || {named} || '/') > 0"
        return f"c.{self.column} = {named}"


NAMINGS = (
    Naming("stays", FAMILIES, "stays"),
    Naming("roll_call_lines", "bed_id", "beds"),
    Naming("bed_states", "ticket_id", "tickets"),
    Naming("services", "plan_action_id", "plan_actions"),
    Naming("stock_moves", "grant_id", "grants"),
    Naming("stock_count_lines", "grant_id", "grants"),
)


def of(parent: str) -> Iterator[Naming]:
    """The columns that name rows of that table."""
    return (one for one in NAMINGS if one.parent == parent)


def named_by(table: str, row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Table and number of what that row names so."""
    for one in NAMINGS:
        if one.table != table:
            continue
        if one.column == FAMILIES:
            heads = (Membership.read(said).head for said in str(row.get(FAMILIES) or "").split(";") if said)
            yield from ((one.parent, head) for head in heads if head is not None)
        elif row.get(one.column) is not None:
            yield one.parent, row[one.column]


def check_not_named(connection: Connection, gone: Iterable[tuple[str, int]]) -> None:
    """Raises ChangedSince where a row that is there names one of these, which are gone."""
    for table, key in gone:
        for one in of(table):
            asked = text(f"SELECT 1 FROM {one.table} c WHERE {one.says(':named')} LIMIT 1")
            if connection.execute(asked, {"named": key}).first() is not None:
                raise ChangedSince(one.table)
