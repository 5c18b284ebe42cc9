"""Appointments in the file."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, func

from shelter_desk.domain.assistance.appointments import PLANNED, Appointment
from shelter_desk.domain.ids import AppointmentId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stays.stays import VOID
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents.person_sealers import filled, opened_at

TABLE = "appointments"
APPOINTMENTS = Mapper(tables.appointments, Appointment, state="appointment_state")


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


def _of_stays_that_count() -> Any:
    joined = tables.appointments.join(tables.stays, tables.appointments.c.stay_id == tables.stays.c.id)
    return APPOINTMENTS.rows.select_from(joined).where(tables.stays.c.uncounted != VOID)


def noted(connection: Connection, keys: Iterable[AppointmentId]) -> frozenset[AppointmentId]:
    """Which of these have a note, none of which is opened."""
    return frozenset(filled(connection, tables.appointments.c.note, keys))


def note(connection: Connection, protection: Sealer, key: AppointmentId) -> str:
    """The note; "" where there is none, or its key is gone with the identity."""
    return opened_at(connection, protection, tables.appointments.c.note, key)
