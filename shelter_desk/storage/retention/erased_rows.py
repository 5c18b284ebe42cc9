"""Whose rows lost something at their term, by the lines that tell of the erasures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.storage import tables
from shelter_desk.storage.casefile import settled_flags
from shelter_desk.storage.file import journal
from shelter_desk.storage.retention.erasing import PARENT
from shelter_desk.storage.tables import metadata


@dataclass(frozen=True, slots=True)
class ErasedRows:
    """persons, stays: by id, those merged into them too. incidents: by number. parents: of rows that name no stay, by
    table the ids of those above them.
    """

    persons: frozenset[int]
    stays: frozenset[int]
    incidents: frozenset[str]
    parents: Mapping[str, frozenset[int]]

    def holds(self, table: str, row: Mapping[str, Any]) -> bool:
        """Whether a line tells that something of this row was erased. Words of a shift go with whoever was here."""
        if table == "incidents":
            return row.get("incident_no") in self.incidents
        if table == "handover_lines":
            return bool(self.persons)
        if table == "persons":
            return row.get("id") in self.persons
        if table == "settled_flags":
            return settled_flags.stay_of(row.get("subject", "")) in self.stays
        if table in PARENT:
            above, column = PARENT[table]
            return row.get(column) in self.parents[above]
        stay = row.get("id") if table == "stays" else row.get("stay_id")
        persons = {row.get(one) for one in ("person_id", "other_id")}
        return stay in self.stays or not persons.isdisjoint(self.persons)


def read(connection: Connection) -> ErasedRows:
    """What every line of an erasure names."""
    codes = set[str]()
    for line in journal.last_lines_of(connection, ("erase",), journal.ALL):
        named = line.known.get("codes")
        codes |= {one for one in named if isinstance(one, str)} if isinstance(named, list) else set()
    of, stayed = tables.persons.c, tables.stays.c
    every = connection.execute(select(of.id, of.person_code, of.merged_into)).all()
    own = {row.id for row in every if row.person_code in codes}
    persons = own | {row.id for row in every if row.merged_into in own}
    whose = connection.execute(select(stayed.id, stayed.person_id)).all()
    stays = frozenset(row.id for row in whose if row.person_id in persons)
    parents = {}
    for above, _ in PARENT.values():
        parent = metadata.tables[above].c
        rows = connection.execute(select(parent.id, parent.stay_id)).all()
        parents[above] = frozenset(row.id for row in rows if row.stay_id in stays)
    return ErasedRows(frozenset(persons), stays, frozenset(codes), parents)
