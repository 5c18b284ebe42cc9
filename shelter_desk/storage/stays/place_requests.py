"""Requests for a place in the file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from shelter_desk.domain.ids import PersonId, PlaceRequestId, StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stays.place_requests import WAITING, Group, PlaceRequest
from shelter_desk.domain.stays.stays import REDIRECTED, VOID
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none, moment
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.numbering import Numbering

TABLE, GROUPS = "place_requests", "place_request_groups"
_of, _in = tables.place_requests.c, tables.place_request_groups.c
REQUESTS = Mapper(
    tables.place_requests,
    PlaceRequest,
    without=("groups",),
    source="referral_source",
    asked="place_asked",
    outcome="request_outcome",
    reason="request_reason",
    said="reason_said",
)
REQUEST_GROUPS = Mapper(tables.place_request_groups, Group)
NUMBERS = Numbering(_of.request_no, "DP")


def group_rows(key: PlaceRequestId, groups: Sequence[Group]) -> list[dict[str, Any]]:
    """The groups of a request as they are stored, without their ids."""
    return [{"request_id": key, **REQUEST_GROUPS.write(one)} for one in groups]


def group_keys(connection: Connection, key: PlaceRequestId) -> list[int]:
    """The rows of the groups of a request."""
    return list(connection.execute(select(_in.id).where(_in.request_id == key)).scalars())


def request(connection: Connection, key: PlaceRequestId) -> PlaceRequest | None:
    """One request, None where it was taken back."""
    return next(iter(_read(connection, _of.id == key)), None)


def every(connection: Connection) -> list[PlaceRequest]:
    """All of them, in no order."""
    return _read(connection, _of.id > 0)


def numbers(connection: Connection) -> dict[PlaceRequestId, str]:
    """The number that papers name each by."""
    return {PlaceRequestId(key): number for key, number in connection.execute(select(_of.id, _of.request_no))}


def of_period(connection: Connection, period: Period) -> tuple[PlaceRequest, ...] | None:
    """Those of a period and those that still waited at its first day; None where none was ever noted."""
    if connection.execute(select(_of.id).limit(1)).first() is None:
        return None
    ended = _of.decided_on.is_(None) | (_of.decided_on >= period.first.isoformat())
    return tuple(_read(connection, (_of.asked_on <= period.last.isoformat()) & ended))


def met(connection: Connection) -> dict[StayId, tuple[str, PersonId]]:
    """Of whom the stays are that requests led to: code and number of the person."""
    joined = tables.place_requests.join(tables.stays).join(tables.persons)
    wanted = select(tables.stays.c.id, tables.persons.c.person_code, tables.persons.c.id.label("person"))
    found = connection.execute(wanted.select_from(joined))
    return {StayId(key): (code, PersonId(person)) for key, code, person in found}


def stays_since(connection: Connection, day: date) -> list[tuple[StayId, str, date]]:
    """The stays that count, began on that day or later, and that no request led to; the latest first."""
    of = tables.stays.c
    taken = select(_of.stay_id).where(_of.stay_id.is_not(None))
    joined = tables.stays.join(tables.persons)
    counted = of.uncounted.not_in((VOID, REDIRECTED))
    wanted = select(of.id, tables.persons.c.person_code, of.admitted_at).select_from(joined)
    wanted = wanted.where(of.admitted_at >= day.isoformat(), of.id.not_in(taken), counted)
    found = connection.execute(wanted.order_by(of.admitted_at.desc(), of.id.desc()))
    return [(StayId(key), code, moment(at).date()) for key, code, at in found]


def persons_waiting(connection: Connection) -> tuple[int, int, date | None]:
    """How many persons wait in how many requests, and since when the oldest of these does."""
    joined = tables.place_requests.join(tables.place_request_groups)
    counted = select(func.sum(_in.persons), func.count(_of.id.distinct()), func.min(_of.asked_on))
    row = connection.execute(counted.select_from(joined).where(_of.request_outcome == WAITING)).one()
    return row[0] or 0, row[1] or 0, day_or_none(row[2])


def _read(connection: Connection, which: Any) -> list[PlaceRequest]:
    rows: Sequence[Row[Any]] = connection.execute(select(tables.place_requests).where(which)).all()
    groups = REQUEST_GROUPS.of_each(connection, "request_id", [row.id for row in rows])
    return [REQUESTS.read(row, groups=groups.get(row.id, ())) for row in rows]
