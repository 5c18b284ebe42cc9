"""Held beds in the file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from shelter_desk.domain.beds.held_beds import Arrival, HeldBed
from shelter_desk.domain.ids import HeldBedId, PersonId, PlaceRequestId, StayId
from shelter_desk.domain.stays.place_requests import Group
from shelter_desk.domain.stays.stays import VOID
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import moment
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.numbering import Numbering

TABLE, GROUPS, ARRIVALS = "held_beds", "held_bed_groups", "held_bed_arrivals"
_of, _came = tables.held_beds.c, tables.held_bed_arrivals.c
HELD_BEDS = Mapper(
    tables.held_beds,
    HeldBed,
    without=("groups", "arrived"),
    source="referral_source",
    first="held_from",
    after="held_to",
)
HELD_GROUPS = Mapper(tables.held_bed_groups, Group)
NUMBERS = Numbering(_of.held_no, "LR")
_IS_AFTER = _of.held_to > bindparam("day")


def group_rows(key: HeldBedId, groups: Sequence[Group]) -> list[dict[str, Any]]:
    """Who is expected as it is stored, without its ids."""
    return [{"held_bed_id": key, **HELD_GROUPS.write(one)} for one in groups]


def group_keys(connection: Connection, key: HeldBedId) -> list[int]:
    """The rows that say who is expected."""
    wanted = select(tables.held_bed_groups.c.id).where(tables.held_bed_groups.c.held_bed_id == key)
    return list(connection.execute(wanted).scalars())


def held_bed(connection: Connection, key: HeldBedId) -> HeldBed | None:
    """One held bed, None where it was taken back."""
    return held_beds(connection, [key]).get(key)


def held_beds(connection: Connection, keys: Iterable[HeldBedId]) -> dict[HeldBedId, HeldBed]:
    """The same of several, by id; those that were taken back are left out."""
    return {one.id: one for one in _read(connection, _of.id.in_(list(keys)))}


def every(connection: Connection) -> list[HeldBed]:
    """All of them, in no order."""
    return _read(connection, _of.id > 0)


def holding(connection: Connection, today: date) -> list[HeldBed]:
    """Those that hold something today, in the order in which they were written."""
    found = _read(connection, _of.ended_on.is_(None) & _IS_AFTER, {"day": today.isoformat()})
    return [one for one in found if one.holds(today)]


def until(connection: Connection, night: date) -> list[HeldBed]:
    """Those asked for on that night or a later one, whatever became of them."""
    return _read(connection, _IS_AFTER, {"day": night.isoformat()})


def between(connection: Connection, first: date, after: date) -> list[HeldBed]:
    """Those asked for over some night of [first, after), whatever became of them."""
    return _read(connection, (_of.held_from < after.isoformat()) & (_of.held_to > first.isoformat()))


def of_requests(connection: Connection, keys: Iterable[PlaceRequestId]) -> list[HeldBed]:
    """Those that answer these requests, in the order in which they were written."""
    return _read(connection, _of.request_id.in_(list(keys)))


def arrival_keys(connection: Connection, key: HeldBedId, stays: Iterable[StayId]) -> list[int]:
    """The rows by which these stays came for it."""
    wanted = select(_came.id).where(_came.held_bed_id == key, _came.stay_id.in_(list(stays))).order_by(_came.id)
    return list(connection.execute(wanted).scalars())


def arrivals(connection: Connection) -> dict[StayId, tuple[str, PersonId]]:
    """Of whom the stays are for which a bed was held: code and number of the person."""
    joined = tables.held_bed_arrivals.join(tables.stays).join(tables.persons)
    wanted = select(tables.stays.c.id, tables.persons.c.person_code, tables.persons.c.id.label("person"))
    found = connection.execute(wanted.select_from(joined))
    return {StayId(key): (code, PersonId(person)) for key, code, person in found}


def taken_by(connection: Connection, stay: StayId) -> HeldBedId | None:
    """What was held for that stay, also where it was typed by mistake."""
    found = connection.execute(select(_came.held_bed_id).where(_came.stay_id == stay).order_by(_came.id)).scalar()
    return None if found is None else HeldBedId(found)


def _read(connection: Connection, which: Any, bounds: Mapping[str, Any] | None = None) -> list[HeldBed]:
    rows = connection.execute(select(tables.held_beds).where(which).order_by(_of.id), bounds or {}).all()
    if not rows:
        return []
    keys = [row.id for row in rows]
    groups = HELD_GROUPS.of_each(connection, "held_bed_id", keys)
    came = _arrived(connection, keys)
    return [HELD_BEDS.read(row, groups=groups.get(row.id, ()), arrived=tuple(came.get(row.id, ()))) for row in rows]


def _arrived(connection: Connection, keys: Sequence[int]) -> dict[int, list[Arrival]]:
    """Who came for each; a stay that was typed by mistake is no arrival."""
    joined = tables.held_bed_arrivals.join(tables.stays)
    wanted = select(_came.held_bed_id, _came.stay_id, tables.stays.c.admitted_at).select_from(joined)
    wanted = wanted.where(_came.held_bed_id.in_(keys), tables.stays.c.uncounted != VOID).order_by(_came.id)
    found: dict[int, list[Arrival]] = {}
    for key, stay, at in connection.execute(wanted):
        found.setdefault(key, []).append(Arrival(StayId(stay), moment(at).date()))
    return found
