"""Services and group activities in the file."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select, text

from shelter_desk.domain.assistance.assistance import Activity, Attendance, Service
from shelter_desk.domain.ids import ActivityId, PlanActionId, ReferralId, ServiceId, StayId, UserId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stays.stays import VOID, Stay
from shelter_desk.storage import tables
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.column_values import moment_or_none, named, to_text
from shelter_desk.storage.numbering import last_number
from shelter_desk.storage.stays.stays import stay_of

OUTSIDE = ("outside_f", "outside_m", "outside_girls", "outside_boys")
_OF_STAYS = (
    select(tables.services)
    .where(tables.services.c.stay_id.in_(bindparam("stays", expanding=True)))
    .order_by(tables.services.c.service_on, tables.services.c.id)
)


_WITHIN = (
    select(*(column for column in tables.services.c if column.name != "note"))
    .where(tables.services.c.service_on.between(bindparam("first"), bindparam("last")))
    .order_by(tables.services.c.service_on, tables.services.c.id)
)


def service_of(row: Any) -> Service:
    """The fact in a row of `services`, without its note."""
    return Service(
        ServiceId(row.id),
        row.service_no,
        date.fromisoformat(row.service_on),
        StayId(row.stay_id),
        row.service_type,
        row.quantity,
        row.provider_kind,
        row.partner,
        row.donor,
        row.cost_xof,
        row.service_status,
        None if row.activity_id is None else ActivityId(row.activity_id),
        None if row.referral_id is None else ReferralId(row.referral_id),
        moment_or_none(row.recorded_at),
        row.receipt_no,
        None if row.staff_id is None else UserId(row.staff_id),
        None if row.plan_action_id is None else PlanActionId(row.plan_action_id),
    )


def service_row(service: Service) -> dict[str, Any]:
    """A service as it is stored, without its id and its note."""
    return {
        "service_no": service.service_no,
        "service_on": service.service_on.isoformat(),
        "stay_id": service.stay,
        "service_type": service.service_type,
        "quantity": service.quantity,
        "provider_kind": service.provider_kind,
        "partner": service.partner,
        "donor": service.donor,
        "cost_xof": service.cost_xof,
        "service_status": service.status,
        "activity_id": service.activity,
        "referral_id": service.referral,
        "recorded_at": to_text(service.recorded_at),
        "receipt_no": service.receipt_no,
        "staff_id": service.staff,
        "plan_action_id": service.plan_action,
    }


def activity_of(row: Any, staff: tuple[Attendance, ...] = (), residents: tuple[StayId, ...] = ()) -> Activity:
    """The fact in a row of `activities`, with its attendance."""
    return Activity(
        ActivityId(row.id),
        row.activity_no,
        row.service_type,
        date.fromisoformat(row.held_on),
        row.audience,
        row.theme,
        row.title,
        row.hours,
        row.place,
        row.facilitators,
        row.partner,
        row.donor,
        row.service_status,
        (row.outside_f, row.outside_m, row.outside_girls, row.outside_boys),
        row.observations,
        staff,
        residents,
    )


def activity_row(activity: Activity) -> dict[str, Any]:
    """An activity as it is stored, without its id and its attendance."""
    return {
        "activity_no": activity.activity_no,
        "service_type": activity.service_type,
        "theme": activity.theme,
        "title": activity.title,
        "held_on": activity.held_on.isoformat(),
        "hours": activity.hours,
        "place": activity.place,
        "facilitators": activity.facilitators,
        "partner": activity.partner,
        "donor": activity.donor,
        "audience": activity.audience,
        "service_status": activity.status,
        **dict(zip(OUTSIDE, activity.outside, strict=True)),
        "observations": activity.observations,
    }


def attendance_row(activity: ActivityId, one: Attendance) -> dict[str, Any]:
    """Somebody of the staff at an activity, as it is stored."""
    return {
        "activity_id": activity,
        "staff_name": one.staff_name,
        "staff_function": one.staff_function,
        "sex": one.sex,
        "pre_score": one.pre_score,
        "post_score": one.post_score,
    }


def service(connection: Connection, service_id: ServiceId) -> Service:
    """One service."""
    return service_of(connection.execute(select(tables.services).where(tables.services.c.id == service_id)).one())


def by_number(connection: Connection, number: str) -> Service | None:
    """The service of that number, None where it was taken out."""
    row = connection.execute(select(tables.services).where(tables.services.c.service_no == number)).first()
    return None if row is None else service_of(row)


def of_stays(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[Service, ...]]:
    """The services of each stay, whatever their state, in order of time."""
    found: dict[StayId, list[Service]] = defaultdict(list)
    for one in map(service_of, connection.execute(_OF_STAYS, {"stays": list(stays)})):
        found[one.stay].append(one)
    return {stay: tuple(services) for stay, services in found.items()}


def within(connection: Connection, period: Period) -> tuple[Service, ...]:
    """The services of those days, whatever their state, in order of time."""
    bounds = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return tuple(map(service_of, named(connection.execute(_WITHIN, bounds))))


def activities_within(connection: Connection, period: Period) -> tuple[Activity, ...]:
    """The activities of those days with who was there, in order of time."""
    of = tables.activities.c
    days = of.held_on.between(period.first.isoformat(), period.last.isoformat())
    rows = connection.execute(select(tables.activities).where(days).order_by(of.held_on, of.id)).all()
    keys = [row.id for row in rows]
    staff, residents = _staff(connection, keys), _residents(connection, keys)
    return tuple(activity_of(row, staff.get(row.id, ()), residents.get(row.id, ())) for row in rows)


def activity(connection: Connection, activity_id: ActivityId) -> Activity:
    """One activity with who was there."""
    row = connection.execute(select(tables.activities).where(tables.activities.c.id == activity_id)).one()
    staff, residents = _staff(connection, [row.id]), _residents(connection, [row.id])
    return activity_of(row, staff.get(row.id, ()), residents.get(row.id, ()))


def _staff(connection: Connection, keys: list[int]) -> Mapping[int, tuple[Attendance, ...]]:
    wanted = select(tables.attendances).where(tables.attendances.c.activity_id.in_(keys))
    found: dict[int, list[Attendance]] = defaultdict(list)
    for row in connection.execute(wanted.order_by(tables.attendances.c.id)):
        one = Attendance(row.staff_name, row.staff_function, row.sex, row.pre_score, row.post_score)
        found[row.activity_id].append(one)
    return {key: tuple(staff) for key, staff in found.items()}


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
    wanted = select(tables.services).where(of.activity_id == activity_id).order_by(of.id)
    return tuple(map(service_of, connection.execute(wanted)))


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
    wanted = select(tables.stays).where(ended, of.exit_reason != VOID).order_by(of.admitted_at, of.id)
    return list(map(stay_of, connection.execute(wanted)))


def writers(connection: Connection, first: datetime, last: datetime) -> dict[ServiceId, UserId]:
    """Who wrote each service that the journal tells of between those minutes; the first line counts."""
    wanted = text(
        "SELECT user_id, details FROM journal WHERE at >= :first AND at < :after "
        'AND instr(details, \'"table":"services"\') > 0 ORDER BY seq DESC'
    )
    until = (last + timedelta(minutes=1)).isoformat(timespec="seconds")
    found: dict[ServiceId, UserId] = {}
    for row in connection.execute(wanted, {"first": first.isoformat(timespec="seconds"), "after": until}):
        for told in json.loads(row.details).get("rows", ()):
            if told["table"] == "services" and "before" not in told:
                found[ServiceId(told["id"])] = UserId(row.user_id)
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


def next_activity_no(connection: Connection, year: int) -> str:
    """The next free number of an activity, `A-2026-0001`."""
    return f"A-{year}-{last_number(connection, tables.activities.c.activity_no, f'A-{year}-') + 1:04}"


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
    if count.isdecimal() and int(count) > int(kept):
        settings.write(connection, {key: count})
