"""Whose rows lost something at their term, by the lines that tell of the erasures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.retention.retention import RetentionKind
from shelter_desk.storage import tables
from shelter_desk.storage.casefile import settled_flags
from shelter_desk.storage.file import journal
from shelter_desk.storage.retention import erasing
from shelter_desk.storage.retention.erasing import PARENT
from shelter_desk.storage.tables import metadata

Kinds = frozenset[RetentionKind]
_NONE: Kinds = frozenset()
_LATER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class ErasedRows:
    """What kinds were erased. persons, stays: by id, those merged into them too. incidents: by number. parents: of rows
    that name no stay, by table and id of those above them. meanwhile: the days [first, after) of the stays of those
    whose identity went.
    """

    persons: Mapping[int, Kinds]
    stays: Mapping[int, Kinds]
    incidents: Mapping[str, Kinds]
    parents: Mapping[str, Mapping[int, Kinds]]
    meanwhile: Sequence[tuple[str, str]]

    def kinds(self, table: str, row: Mapping[str, Any]) -> Kinds:
        """What the lines tell that was erased of this row. Words of a shift go with whoever was here."""
        if table == "incidents":
            return self.incidents.get(row.get("incident_no", ""), _NONE)
        if table == "handover_lines":
            written = str(row.get("written_at", ""))
            is_gone = any(first <= written < after for first, after in self.meanwhile)
            return frozenset({RetentionKind.IDENTITY}) if is_gone else _NONE
        if table == "persons":
            return self.persons.get(row.get("id", 0), _NONE)
        if table == "settled_flags":
            return self.stays.get(settled_flags.stay_of(row.get("subject", "")) or StayId(0), _NONE)
        if table in PARENT:
            above, column = PARENT[table]
            return self.parents[above].get(row.get(column, 0), _NONE)
        stay = row.get("id") if table == "stays" else row.get("stay_id")
        of_persons = (self.persons.get(row.get(one) or 0, _NONE) for one in ("person_id", "other_id"))
        return self.stays.get(stay or 0, _NONE).union(*of_persons)


def read(connection: Connection) -> ErasedRows:
    """What every line of an erasure names."""
    codes = dict[str, set[RetentionKind]]()
    for line in journal.last_lines_of(connection, ("erase",), journal.ALL):
        for code, kind in _told(line.known):
            codes.setdefault(code, set()).add(kind)
    of, stayed = tables.persons.c, tables.stays.c
    every = connection.execute(select(of.id, of.person_code, of.merged_into)).all()
    own = {row.id: frozenset(codes[row.person_code]) for row in every if row.person_code in codes}
    merged = {row.id: own[row.merged_into] | own.get(row.id, _NONE) for row in every if row.merged_into in own}
    persons = own | merged
    whose = connection.execute(select(stayed.id, stayed.person_id, stayed.admitted_at, stayed.exited_at)).all()
    stays = {row.id: persons[row.person_id] for row in whose if row.person_id in persons}
    parents = {}
    for above, _ in PARENT.values():
        parent = metadata.tables[above].c
        rows = connection.execute(select(parent.id, parent.stay_id)).all()
        parents[above] = {row.id: stays[row.stay_id] for row in rows if row.stay_id in stays}
    meanwhile = [
        (row.admitted_at[:10], _LATER if row.exited_at is None else erasing.day_after(row.exited_at))
        for row in whose
        if RetentionKind.IDENTITY in stays.get(row.id, _NONE)
    ]
    return ErasedRows(persons, stays, {code: frozenset(kinds) for code, kinds in codes.items()}, parents, meanwhile)


def _told(known: Mapping[str, Any]) -> Iterator[tuple[str, RetentionKind]]:
    """Each code with each kind; a line of before version 0.2 says only which kinds there are."""
    by_kind, kinds = known.get("codes_by_kind"), {one.value: one for one in RetentionKind}
    if not isinstance(by_kind, dict):
        said = known.get("kinds") or [*kinds]
        named = [one for one in said if isinstance(one, str)] if isinstance(said, list) else []
        by_kind = dict.fromkeys(named, known.get("codes"))
    for kind, codes in by_kind.items():
        if kind in kinds and isinstance(codes, list):
            yield from ((code, kinds[kind]) for code in codes if isinstance(code, str))
