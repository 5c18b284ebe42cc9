"""Services and group activities in the file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select, text

from shelter_desk.domain.assistance.assistance import Activity, Attendance, Service
from shelter_desk.domain.ids import ActivityId, ServiceId, StayId, UserId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stays.stays import VOID, Stay
from shelter_desk.storage import tables
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.file.column_values import read_number
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.numbering import Numbering, last_number
from shelter_desk.storage.stays.stays import STAYS, by_stay

SERVICES = Mapper(tables.services, Service, status="service_status")
ACTIVITIES = Mapper(tables.activities, Activity, without=("outside", "staff", "residents"), status="service_status")
ATTENDANCES = Mapper(tables.attendances, Attendance)
ACTIVITY_NUMBERS = Numbering(tables.activities.c.activity_no, "A")
OUTSIDE = ("outside_f", "outside_m", "outside_girls", "outside_boys")
_IN_ORDER = SERVICES.rows.order_by(tables.services.c.service_on, tables.services.c.id)
_WITHIN = _IN_ORDER.where(tables.services.c.service_on.between(bindparam("first"), bindparam("last")))


def activity_of(row: Any, staff: tuple[Attendance, ...] = (), residents: tuple[StayId, ...] = ()) -> Activity:
    """The fact in a row of `activities`, with its attendance."""
    outside = tuple(getattr(row, column) for column in OUTSIDE)
    return ACTIVITIES.read(row, outside=outside, staff=staff, residents=residents)


def activity_row(activity: Activity) -> dict[str, Any]:
    """An activity as it is stored, without its id and its attendance."""
    return {**ACTIVITIES.write(activity), **dict(zip(OUTSIDE, activity.outside, strict=True))}


def attendance_row(activity: ActivityId, one: Attendance) -> dict[str, Any]:
    """Somebody of the staff at an activity, as it is stored."""
    return {"activity_id": activity, **ATTENDANCES.write(one)}


def by_number(connection: Connection, number: str) -> Service | None:
    """The service of that number, None where it was taken out."""
    return next(iter(SERVICES.where(connection, tables.services.c.service_no == number)), None)


def of_stays(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[Service, ...]]:
    """The services of each stay, whatever their state, in order of time."""
    return by_stay(connection, SERVICES, "service_on", stays)


def within(connection: Connection, period: Period) -> tuple[Service, ...]:
    """The services of those days, whatever their state, in order of time."""
    bounds = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return tuple(SERVICES.every(connection, _WITHIN, bounds))


def activities_within(connection: Connection, period: Period) -> tuple[Activity, ...]:
    """The activities of those days with who was there, in order of time."""
    of = tables.activities.c
    days = of.held_on.between(period.first.isoformat(), period.last.isoformat())
    rows = connection.execute(select(tables.activities).where(days).order_by(of.held_on, of.id)).all()
    keys = [row.id for row in rows]
    staff, residents = ATTENDANCES.of_each(connection, "activity_id", keys), _residents(connection, keys)
    return tuple(activity_of(row, staff.get(row.id, ()), residents.get(row.id, ())) for row in rows)


def activity(connection: Connection, activity_id: ActivityId) -> Activity:
    """One activity with who was there."""
    row = connection.execute(select(tables.activities).where(tables.activities.c.id == activity_id)).one()
    staff = ATTENDANCES.of_each(connection, "activity_id", [row.id])
    return activity_of(row, staff.get(row.id, ()), _residents(connection, [row.id]).get(row.id, ()))


def _residents(connection: Connection, keys: list[int]) -> Mapping[int, tuple[StayId, ...]]:
    of = tables.services.c
    wanted = select(of.activity_id, of.stay_id).where(of.activity_id.in_(keys), of.service_status == "fait")
    found: dict[int, list[StayId]] = defaultdict(list)
    for row in connection.execute(wanted.order_by(of.id)):
        found[row.activity_id].append(StayId(row.stay_id))
    return {key: tuple(stays) for key, stays in found.items()}


def lines_of(connection: Connection, activity_id: ActivityId) -> tuple[Service, ...]:
    """The lines of the residents at an activity, whatever their state."""
    of = tables.services.c
    return tuple(SERVICES.where(connection, of.activity_id == activity_id, order=(of.id,)))


def staff_rows(connection: Connection, activity_id: ActivityId) -> list[int]:
    """The ids of the rows of the staff at an activity."""
    of = tables.attendances.c
    return list(connection.execute(select(of.id).where(of.activity_id == activity_id).order_by(of.id)).scalars())


def titled(connection: Connection, service_type: str, day: date, title: str) -> Activity | None:
    """The activity of that type, day and title, None where there is none."""
    of = tables.activities.c
    wanted = select(of.id).where(of.held_on == day.isoformat(), of.service_type == service_type, of.title == title)
    found = connection.execute(wanted.order_by(of.id)).scalar()
    return None if found is None else activity(connection, ActivityId(found))


def note(connection: Connection, service_id: ServiceId) -> bytes | None:
    """The sealed note of a service, None where there is none."""
    wanted = select(tables.services.c.note).where(tables.services.c.id == service_id)
    found: bytes | None = connection.execute(wanted).scalar_one()
    return found


def noted(connection: Connection, stays: Iterable[StayId]) -> frozenset[ServiceId]:
    """The services of those stays that have a note."""
    of = tables.services.c
    wanted = select(of.id).where(of.note.is_not(None), of.stay_id.in_(list(stays)))
    return frozenset(ServiceId(key) for key in connection.execute(wanted).scalars())


def leaving(connection: Connection, day: date) -> list[Stay]:
    """The stays that ended on that day, those redirected at the door among them, void ones left out."""
    of = tables.stays.c
    ended = of.exited_at.between(day.isoformat(), f"{day.isoformat()}T23:59")
    return STAYS.where(connection, ended, of.uncounted != VOID, order=(of.admitted_at, of.id))


def writers(connection: Connection, first: datetime, last: datetime) -> dict[ServiceId, UserId]:
    """Who wrote each service that the journal tells of between those minutes; the first line counts."""
    wanted = text(
        "SELECT * FROM journal WHERE at >= :first AND at < :after AND instr(details, '\"case') > 0 ORDER BY seq DESC"
    )
    until = (last + timedelta(minutes=1)).isoformat(timespec="seconds")
    found: dict[ServiceId, UserId] = {}
    for row in connection.execute(wanted, {"first": first.isoformat(timespec="seconds"), "after": until}):
        line = journal.line_of(connection, row)
        made = [told["id"] for told in line.rows if told["table"] == "services" and "before" not in told]
        if line.user is not None:
            found |= dict.fromkeys(map(ServiceId, made), UserId(line.user))
    return found


def numbered(connection: Connection, services: Iterable[Service]) -> Iterator[Service]:
    """The services with the next free numbers, `S-2026-00001`, where they have none."""
    last: dict[int, int] = {}
    for one in services:
        if one.service_no:
            yield one
            continue
        year = one.service_on.year
        if year not in last:
            last[year] = last_number(connection, tables.services.c.service_no, f"S-{year}-")
        last[year] += 1
        yield replace(one, service_no=f"S-{year}-{last[year]:05}")


def referring_to(connection: Connection, service: ServiceId) -> list[tuple[str, int]]:
    """The rows that say of a line which appointment or follow-up it was: their table and id."""
    found: list[tuple[str, int]] = []
    for table in (tables.appointments, tables.follow_ups):
        rows = connection.execute(select(table.c.id).where(table.c.service_id == service)).scalars()
        found += [(table.name, int(key)) for key in rows]
    return found


def remember_number(connection: Connection, number: str) -> None:
    """Never give this number again although its line is taken out: an undo may bring it back."""
    prefix, _, count = number.rpartition("-")
    key = f"last_number_{prefix}"
    kept = settings.read(connection).get(key, "0")
    if read_number(count) > read_number(kept):
        settings.write(connection, {key: count})
