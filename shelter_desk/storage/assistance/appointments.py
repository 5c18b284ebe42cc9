"""Appointments in the file."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from shelter_desk.domain.assistance.appointments import PLANNED, Appointment
from shelter_desk.domain.ids import AppointmentId, ServiceId, StayId, UserId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stays.stays import VOID
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import moment, moment_or_none, to_text
from shelter_desk.storage.file.sealing import Sealer

TABLE = "appointments"


def appointment_of(row: Any) -> Appointment:
    """The fact in a row of `appointments`, without its note."""
    return Appointment(
        AppointmentId(row.id),
        StayId(row.stay_id),
        moment(row.starts_at),
        row.appointment_state,
        row.service_type,
        row.partner,
        row.step,
        None if row.responsible_id is None else UserId(row.responsible_id),
        None if row.service_id is None else ServiceId(row.service_id),
        moment_or_none(row.recorded_at),
    )


def appointment_row(appointment: Appointment) -> dict[str, Any]:
    """An appointment as it is stored, without its id and its note."""
    return {
        "stay_id": appointment.stay,
        "starts_at": to_text(appointment.starts_at),
        "service_type": appointment.service_type,
        "partner": appointment.partner,
        "step": appointment.step,
        "appointment_state": appointment.state,
        "responsible_id": appointment.responsible,
        "service_id": appointment.service,
        "recorded_at": to_text(appointment.recorded_at),
    }


def appointment(connection: Connection, key: AppointmentId) -> Appointment | None:
    """One appointment, None where it was taken back."""
    row = connection.execute(select(tables.appointments).where(tables.appointments.c.id == key)).first()
    return None if row is None else appointment_of(row)


def within(connection: Connection, period: Period) -> list[Appointment]:
    """Those of these days, whatever their state, those without an hour first; none of void stays."""
    of = tables.appointments.c
    days = func.substr(of.starts_at, 1, 10).between(period.first.isoformat(), period.last.isoformat())
    wanted = _of_stays_that_count().where(days).order_by(of.starts_at, of.id)
    return list(map(appointment_of, connection.execute(wanted)))


def overdue(connection: Connection, today: date) -> list[Appointment]:
    """Those of before today of which nobody said what became, while the person is still here; the oldest first."""
    of = tables.appointments.c
    waiting = (of.appointment_state == PLANNED, func.substr(of.starts_at, 1, 10) < today.isoformat())
    wanted = _of_stays_that_count().where(*waiting, tables.stays.c.exited_at.is_(None))
    return list(map(appointment_of, connection.execute(wanted.order_by(of.starts_at, of.id))))


def of_stays(connection: Connection, stays: Iterable[StayId]) -> list[Appointment]:
    """Those of these stays, in order of time."""
    of = tables.appointments.c
    wanted = select(tables.appointments).where(of.stay_id.in_(list(stays))).order_by(of.starts_at, of.id)
    return list(map(appointment_of, connection.execute(wanted)))


def _of_stays_that_count() -> Any:
    joined = tables.appointments.join(tables.stays, tables.appointments.c.stay_id == tables.stays.c.id)
    return select(tables.appointments).select_from(joined).where(tables.stays.c.exit_reason != VOID)


def noted(connection: Connection, keys: Iterable[AppointmentId]) -> frozenset[AppointmentId]:
    """Which of these have a note, none of which is opened."""
    of = tables.appointments.c
    wanted = select(of.id).where(of.id.in_(list(keys)), func.length(of.note) > 0)
    return frozenset(AppointmentId(key) for key in connection.execute(wanted).scalars())


def note(connection: Connection, protection: Sealer, key: AppointmentId) -> str:
    """The note; "" where there is none, or its key is gone with the identity."""
    joined = tables.appointments.join(tables.stays, tables.appointments.c.stay_id == tables.stays.c.id)
    joined = joined.join(tables.persons, tables.stays.c.person_id == tables.persons.c.id)
    wanted = select(tables.appointments.c.note, tables.persons.c.id, tables.persons.c.protection_seal)
    row = connection.execute(wanted.select_from(joined).where(tables.appointments.c.id == key)).one()
    if not row.note or row.protection_seal is None:
        return ""
    own = protection.of_row("persons", row.id, row.protection_seal)
    return own.unseal(TABLE, "note", key, row.note)
