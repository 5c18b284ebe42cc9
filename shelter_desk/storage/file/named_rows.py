"""Rows that name others without a foreign key, which the file itself would let go: looked for before a row goes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from shelter_desk.domain.errors import ChangedSince
from shelter_desk.domain.stays.memberships import Membership

FAMILIES, SUBJECT = "former_families", "subject"
# what the subject of a settled flag, or of a task that was set aside, names: at its beginning, or behind a stay
_THINGS = {
    "stay": "stays",
    "item": "stock_items",
    "voucher": "stock_vouchers",
    "count": "stock_counts",
    "move": "stock_moves",
    "asset": "assets",
}
_OF_A_STAY = {"referral": "referrals", "action": "plan_actions", "appointment": "appointments", "risk": "assessments"}
_LONGEST = 16  # digits of a number of a row
RowKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Naming:
    """A column by which the rows of a table name those of another.

    kind: as which, in the subject of a settled flag. is_kept: a trigger of the file lets nothing go that it names.
    """

    table: str
    column: str
    parent: str
    kind: str = ""
    is_kept: bool = False

    def says(self, named: str) -> str:
        """The condition that a row `c` names that one; `named` is what stands for its number."""
        if self.column == FAMILIES:  # the head of a family of before, between two strokes
            return f"c.{FAMILIES} <> '' AND instr(c.{FAMILIES}, '/' || {named} || '/') > 0"
        if self.kind:
            before = "" if self.kind in _THINGS else "stay/%/"
            of = f"'{before}{self.kind}/' || {named}"
            return f"(c.{SUBJECT} LIKE {of} OR c.{SUBJECT} LIKE {of} || '/%')"
        return f"c.{self.column} = {named}"

    def read(self, cell: Any) -> Iterator[RowKey]:
        """Table and number of what such a cell names."""
        if self.column == FAMILIES:
            heads = (Membership.read(said).head for said in str(cell or "").split(";") if said)
            yield from ((self.parent, head) for head in heads if head is not None)
        elif self.kind:
            parts = str(cell).split("/")
            at = 0 if self.kind in _THINGS else 2
            if parts[at : at + 1] == [self.kind] and len(parts) > at + 1 and _is_number(parts[at + 1]):
                yield self.parent, int(parts[at + 1])
        elif cell is not None:
            yield self.parent, cell


def _is_number(part: str) -> bool:
    return part.isdecimal() and len(part) < _LONGEST


NAMINGS = (
    Naming("stays", FAMILIES, "stays"),
    Naming("roll_call_lines", "bed_id", "beds", is_kept=True),
    Naming("bed_states", "ticket_id", "tickets"),
    Naming("services", "plan_action_id", "plan_actions", is_kept=True),
    Naming("stock_moves", "grant_id", "grants", is_kept=True),
    Naming("stock_count_lines", "grant_id", "grants"),
    *(Naming("settled_flags", SUBJECT, parent, kind) for kind, parent in {**_THINGS, **_OF_A_STAY}.items()),
)


def of(parent: str) -> Iterator[Naming]:
    """The columns that name rows of that table."""
    return (one for one in NAMINGS if one.parent == parent)


def named_by(table: str, row: Mapping[str, Any]) -> Iterator[RowKey]:
    """Table and number of what that row names so."""
    for one in NAMINGS:
        if one.table == table:
            yield from one.read(row.get(one.column))


def check_not_named(connection: Connection, gone: Iterable[RowKey]) -> None:
    """Raises ChangedSince where a row that is there names one of these, which are gone.

    What a trigger keeps was refused before. Each column is read once, however many are gone.
    """
    by_table = defaultdict[str, set[int]](set)
    for table, key in gone:
        by_table[table].add(key)
    for one in NAMINGS:
        if one.is_kept or one.parent not in by_table:
            continue
        asked = text(f"SELECT {one.column} FROM {one.table} WHERE {one.column} <> ''")
        for cell in connection.execute(asked).scalars():
            if any(key in by_table[one.parent] for _, key in one.read(cell)):
                raise ChangedSince(one.table)
