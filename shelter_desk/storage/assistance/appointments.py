"""Appointments in the file."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from shelter_desk.domain.assistance.appointments import PLANNED, Appointment
from shelter_desk.domain.ids import AppointmentId, StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stays.stays import VOID
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer

TABLE = "appointments"


APPOINTMENTS = Mapper(tables.appointments, Appointment, state="appointment_state")


def appointment(connection: Connection, key: AppointmentId) -> Appointment | None:
    """One appointment, None where it was taken back."""
    return APPOINTMENTS.one_or_none(connection, key)


def within(connection: Connection, period: Period) -> list[Appointment]:
    """Those of these days, whatever their state, those without an hour first; none of void stays."""
    of = tables.appointments.c
    days = func.substr(of.starts_at, 1, 10).between(period.first.isoformat(), period.last.isoformat())
    wanted = _of_stays_that_count().where(days).order_by(of.starts_at, of.id)
    return APPOINTMENTS.every(connection, wanted)


def overdue(connection: Connection, today: date) -> list[Appointment]:
    """Those of before today of which nobody said what became, while the person is still here; the oldest first."""
    of = tables.appointments.c
    waiting = (of.appointment_state == PLANNED, func.substr(of.starts_at, 1, 10) < today.isoformat())
    wanted = _of_stays_that_count().where(*waiting, tables.stays.c.exited_at.is_(None))
    return APPOINTMENTS.every(connection, wanted.order_by(of.starts_at, of.id))


def of_stays(connection: Connection, stays: Iterable[StayId]) -> list[Appointment]:
    """Those of these stays, in order of time."""
    of = tables.appointments.c
    wanted = APPOINTMENTS.rows.where(of.stay_id.in_(list(stays))).order_by(of.starts_at, of.id)
    return APPOINTMENTS.every(connection, wanted)


def _of_stays_that_count() -> Any:
    joined = tables.appointments.join(tables.stays, tables.appointments.c.stay_id == tables.stays.c.id)
    return APPOINTMENTS.rows.select_from(joined).where(tables.stays.c.exit_reason != VOID)


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
