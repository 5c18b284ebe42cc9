"""Values that imports left open: what the file said there, until the row says it or a person settles it.

Those of persons lie in the case file: that somebody has a status is told by what is not known of it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.registers import gaps
from shelter_desk.domain.registers.rows import Judgement, joined
from shelter_desk.domain.stays.stays import VOID
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.imports.intake_undo import code
from shelter_desk.storage.registers import registers
from shelter_desk.storage.registers.register_rows import TABLE_OF
from shelter_desk.storage.residents import residents
from shelter_desk.storage.residents.person_sealers import opened_in_list

_OF, _OF_HOUSE = tables.import_gaps, tables.house_gaps
_OF_PERSONS = (
    "personnes",
    "sejours",
    "couchages",
    "absences",
    "statuts_victime",
    "services",
    "referencements",
    "etapes_judiciaires",
)
# rows that tell the value of another list, where that row is not made: a decision
_ELSEWHERE: Mapping[str, str] = {"statuts_victime": "SELECT stay_id FROM victim_statuses"}
_UNIQUE = ("owner", "row_id", "list_key", "column_key")
_VOID = f"SELECT id FROM stays WHERE uncounted = '{VOID}'"


@dataclass(frozen=True, slots=True)
class KeptGap:
    """One value to be completed. owner, row: where; list, column: whose value it is; code: of the row.

    person: whom it is about. told: what the file says, "" for nothing or for who may not open it.
    """

    id: int
    owner: str
    row: int
    list: str
    column: str
    code: str
    person: PersonId | None
    told: str


_GAPS = Mapper(_OF, KeptGap, without=("code", "told"), row="row_id", list="list_key", column="column_key")
_HOUSE_GAPS = Mapper(_OF_HOUSE, KeptGap, without=("code", "person"), row="row_id", list="list_key", column="column_key")


def keep(connection: Connection, sealer: Sealer | None, batch_id: int, judged: Judgement, ids: registers.Ids) -> int:
    """Keep what rows leave open, as that import brought them; how many values."""
    n = 0
    for owner, standing in judged.standing.items():
        for key, kept in standing.items():
            for (name, column), told in kept.gaps.items() if kept.is_new or kept.is_changed else ():
                row = ids[owner][joined(key)]
                _keep(connection, sealer, batch_id, KeptGap(0, owner, row, name, column, "", None, told))
                n += 1
    return n


def table_of(one: KeptGap) -> str:
    """Where it is kept."""
    return (_OF if one.owner in _OF_PERSONS else _OF_HOUSE).name


def _keep(connection: Connection, sealer: Sealer | None, batch_id: int, one: KeptGap) -> None:
    person = _person_of(connection, one)
    of, mapper = (_OF_HOUSE, _HOUSE_GAPS) if person is None else (_OF, _GAPS)
    row = {"batch_id": batch_id, **mapper.write(replace(one, person=person))}
    connection.execute(of.delete().where(*(of.c[name] == row[name] for name in _UNIQUE)))
    key = connection.execute(insert(of), row).inserted_primary_key
    if person is not None and sealer is not None and one.told and key is not None:
        own = residents.identity_of(connection, sealer, person)
        sealed = own.seal(_OF.name, "sealed_told", key[0], one.told)
        connection.execute(_OF.update().where(_OF.c.id == key[0]).values(sealed_told=sealed))


def _person_of(connection: Connection, one: KeptGap) -> PersonId | None:
    if one.owner not in _OF_PERSONS:
        return None
    table = TABLE_OF[one.owner]
    asked = {"persons": "SELECT :row", "stays": "SELECT person_id FROM stays WHERE id = :row"}.get(
        table, f"SELECT s.person_id FROM stays s JOIN {table} t ON t.stay_id = s.id WHERE t.id = :row"
    )
    return PersonId(connection.execute(text(asked), {"row": one.row}).scalar_one())


def open_gaps(connection: Connection, sealer: Sealer | None) -> list[KeptGap]:
    """Those that nobody completed or settled since, of persons first, in the order in which they came."""
    waiting = [
        row
        for of in (_OF, _OF_HOUSE)
        for row in connection.execute(select(of).where(of.c.settled_at.is_(None)).order_by(of.c.batch_id, of.c.id))
        if (row.owner in _OF_PERSONS) is (of is _OF)
    ]
    kept = [row for row in waiting if row.owner in TABLE_OF and type(row.row_id) is int]  # somebody may write others
    if not kept:
        return []
    rows = _rows(connection, kept)
    elsewhere = {
        name: set(connection.execute(text(asked)).scalars())
        for name, asked in _ELSEWHERE.items()
        if any(one.list_key == name != one.owner for one in kept)
    }
    void = set(connection.execute(text(_VOID)).scalars())
    found = []
    for one in kept:
        values = rows.get((one.owner, one.row_id))
        if values is None or (one.owner == "sejours" and one.row_id in void):
            continue
        is_own = one.list_key == one.owner
        is_open = (
            gaps.stays_open(one.list_key, one.column_key, values, {})
            if is_own
            else one.row_id not in elsewhere.get(one.list_key, ())
        )
        if is_open:
            found.append(_kept(connection, sealer, one))
    return found


def _rows(connection: Connection, kept: Any) -> dict[tuple[str, int], dict[str, Any]]:
    of: defaultdict[str, set[int]] = defaultdict(set)
    for one in kept:
        of[one.owner].add(one.row_id)
    found = {}
    for owner, keys in of.items():
        asked = text(f"SELECT * FROM ({registers.READ[owner]}) WHERE id IN :keys")
        wanted = asked.bindparams(bindparam("keys", expanding=True))
        for row in connection.execute(wanted, {"keys": sorted(keys)}).mappings():
            found[owner, row["id"]] = registers.values_of(dict(row))
    return found


def _kept(connection: Connection, sealer: Sealer | None, row: Any) -> KeptGap:
    if row.owner not in _OF_PERSONS:
        return _HOUSE_GAPS.read(row, code=code(connection, (TABLE_OF[row.owner], row.row_id)), person=None)
    person, told = PersonId(row.person_id), ""
    if sealer is not None and row.sealed_told:
        own = residents.identity_of(connection, sealer, person)
        told = opened_in_list(own, _OF.name, "sealed_told", row.id, row.sealed_told)
    return _GAPS.read(row, code=code(connection, ("persons", person)), told=told)


def settle(trail: Trail, one: KeptGap, at: datetime) -> bool:
    """That value stands as it is; False where it was settled before."""
    of = tables.metadata.tables[table_of(one)]
    waits = select(of.c.id).where(of.c.id == one.id, of.c.settled_at.is_(None))
    if trail.connection.execute(waits).first() is None:
        return False
    trail.change(of.name, one.id, {"settled_at": to_text(at)})
    return True


def forget(connection: Connection, batch_id: int) -> None:
    """That import was undone: what it left open goes with the rows that are gone."""
    for of in (_OF, _OF_HOUSE):
        owners = connection.execute(select(of.c.owner).where(of.c.batch_id == batch_id).distinct()).scalars().all()
        for owner in owners:
            there = tables.metadata.tables[TABLE_OF[owner]]
            gone = of.c.row_id.not_in(select(there.c.id))
            connection.execute(of.delete().where(of.c.batch_id == batch_id, of.c.owner == owner, gone))
