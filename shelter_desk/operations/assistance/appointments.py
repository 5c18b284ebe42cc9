"""The agenda: appointments of residents and the steps that are due, made, moved, held, missed, cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from shelter_desk.domain.assistance import appointments
from shelter_desk.domain.assistance.appointments import Appointment, AppointmentGone, AppointmentState
from shelter_desk.domain.assistance.assistance import LODGING, Service
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_not_future
from shelter_desk.domain.errors import LodgingDerived, NotInList
from shelter_desk.domain.ids import AppointmentId, ServiceId, UserId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import KEYS_HELD, KeyName, Permission
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.services import service_catalogue, service_log
from shelter_desk.storage.assistance import appointments as stored_appointments
from shelter_desk.storage.casefile import legal as stored_legal
from shelter_desk.storage.file import settings, users
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import stays

_TOPICS = Changes(cases=True, services=True)
WEEK = 7


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """One line of the agenda. responsible: a name, "" where nobody is named. is_late: its day has passed."""

    appointment: Appointment
    person: Person
    responsible: str = ""
    is_late: bool = False
    has_note: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the agenda."""

    day: date
    lines: tuple[AppointmentLine, ...]


@needs(Permission.ASSIST_SEE)
def on(desk: Desk, day: date) -> tuple[AppointmentLine, ...]:
    """The agenda of a day: what has no hour first, then hour by hour."""
    with desk.reading() as connection:
        return _lines(desk, connection, stored_appointments.within(connection, Period(day, day)))


@needs(Permission.ASSIST_SEE)
def week(desk: Desk, day: date) -> tuple[Day, ...]:
    """The seven days, from Monday, of the week that holds this day."""
    first = day - timedelta(days=day.weekday())
    days = [first + timedelta(days=n) for n in range(WEEK)]
    with desk.reading() as connection:
        found = _lines(desk, connection, stored_appointments.within(connection, Period(days[0], days[-1])))
    return tuple(Day(one, tuple(line for line in found if line.appointment.starts_at.date() == one)) for one in days)


@needs(Permission.ASSIST_SEE)
def planned(desk: Desk, days: Period) -> tuple[AppointmentLine, ...]:
    """What is still to come or open on these days, in order of time."""
    with desk.reading() as connection:
        found = stored_appointments.within(connection, days)
        return _lines(desk, connection, [one for one in found if one.is_planned])


@needs(Permission.ASSIST_SEE)
def overdue(desk: Desk) -> tuple[AppointmentLine, ...]:
    """What was due before today, of those still here, until somebody says what became of it; the oldest first."""
    with desk.reading() as connection:
        return _lines(desk, connection, stored_appointments.overdue(connection, desk.today()))


def _lines(desk: Desk, connection: Connection, found: Sequence[Appointment]) -> tuple[AppointmentLine, ...]:
    owners = stays.persons_of(connection, {one.stay for one in found})
    persons = residents.persons(connection, set(owners.values())) if owners else {}
    names = settings.user_names(connection)
    noted = stored_appointments.noted(connection, [one.id for one in found])
    return tuple(
        AppointmentLine(
            one,
            persons[owners[one.stay]],
            "" if one.responsible is None else names.get(one.responsible, ""),
            one.is_late(desk.today()),
            one.id in noted,
        )
        for one in found
    )


@needs(Permission.ASSIST_SEE)
def staff(desk: Desk) -> list[tuple[UserId, str]]:
    """Who may be named as responsible: the accounts in use that work with residents."""
    with desk.reading() as connection:
        return [
            (one.id, one.name)
            for one in users.all_of_them(connection)
            if one.is_active and KeyName.PROTECTION in KEYS_HELD[one.role]
        ]


@needs(Permission.ASSIST)
def make(desk: Desk, appointment: Appointment, note: str = "") -> Done:
    """Write an appointment, also one of a day gone by; its day alone where the hour is open.

    note: sealed. Raises Missing, NotInList, LodgingDerived, NoSuch for a void stay.
    """
    appointments.check(appointment)
    with desk.writing("make_appointment", _TOPICS) as writing:
        connection = writing.connection
        if appointment.service_type == LODGING:
            raise LodgingDerived
        if appointment.service_type and appointment.service_type not in service_catalogue.known(connection):
            raise NotInList("service_type", appointment.service_type)
        stay = person_acts.standing_stay(connection, appointment.stay)
        made = replace(appointment, state=appointments.PLANNED, service=None, recorded_at=desk.now())
        key = AppointmentId(writing.trail.add(stored_appointments.TABLE, stored_appointments.APPOINTMENTS.write(made)))
        if note.strip():
            own = service_log.own_sealer(desk, connection, stay.id)
            writing.seal(own, stored_appointments.TABLE, "note", key, note.strip())
        writing.subject = residents.code(connection, stay.person)
    return writing.done


@needs(Permission.ASSIST)
def move(desk: Desk, key: AppointmentId, starts_at: datetime) -> Done:
    """Another day or hour. Raises NotPlanned, AppointmentGone."""
    with desk.writing("move_appointment", _TOPICS) as writing:
        old = _subject(writing, key)
        writing.trail.change(
            stored_appointments.TABLE, key, stored_appointments.APPOINTMENTS.write(appointments.moved(old, starts_at))
        )
    return writing.done


@needs(Permission.ASSIST)
def held(desk: Desk, key: AppointmentId, day: date, with_service: bool = True) -> Done:
    """It was held on that day; in the same act the service that it was is written, where it names one. A hearing of the
    legal file is held with it.

    Raises NotPlanned, InTheFuture, AppointmentGone, and as `assistance.give`.
    """
    check_not_future(day, desk.today())
    with desk.writing("hold_appointment", _TOPICS) as writing:
        old = _subject(writing, key)
        new = appointments.ended(old, "fait", desk.today())
        if with_service and old.service_type:
            provider = "partenaire" if old.partner else "centre"
            of = (old.stay, old.service_type)
            service = Service(ServiceId(0), "", day, *of, provider_kind=provider, partner=old.partner)
            service_log.add(desk, writing, [service])
            consent_checks.check_services(desk, writing, [service])
            written = next(one.id for one in reversed(writing.trail.written) if one.table == "services")
            new = replace(new, service=ServiceId(written))
        writing.trail.change(stored_appointments.TABLE, key, stored_appointments.APPOINTMENTS.write(new))
        hearing = stored_legal.hearing_of(writing.connection, key)
        if hearing is not None:
            writing.trail.change(stored_legal.TABLE, hearing, {"done_on": day.isoformat()})
    return writing.done


@needs(Permission.ASSIST)
def missed(desk: Desk, key: AppointmentId) -> Done:
    """The person did not come. Raises NotPlanned, InTheFuture before its day, AppointmentGone."""
    return _end(desk, key, "miss_appointment", "manque")


@needs(Permission.ASSIST)
def cancel(desk: Desk, key: AppointmentId) -> Done:
    """It will not be, or is not needed. Raises NotPlanned, AppointmentGone."""
    return _end(desk, key, "cancel_appointment", "annule")


def _end(desk: Desk, key: AppointmentId, action: str, state: AppointmentState) -> Done:
    with desk.writing(action, _TOPICS) as writing:
        new = appointments.ended(_subject(writing, key), state, desk.today())
        writing.trail.change(stored_appointments.TABLE, key, stored_appointments.APPOINTMENTS.write(new))
    return writing.done


def _subject(writing: Writing, key: AppointmentId) -> Appointment:
    found = stored_appointments.APPOINTMENTS.one_or_none(writing.connection, key)
    if found is None:
        raise AppointmentGone
    person_acts.subject(writing, found.stay)
    return found


@needs(Permission.ASSIST_SEE)
def note(desk: Desk, key: AppointmentId) -> str:
    """The note, "" where there is none; reading it is written to the journal. Raises AppointmentGone."""
    protection = desk.key_of_protection(Permission.ASSIST_SEE)
    with desk.reading() as connection:
        found = stored_appointments.APPOINTMENTS.one_or_none(connection, key)
        if found is None:
            raise AppointmentGone
        code = person_acts.code_of(connection, found.stay)
        opened = stored_appointments.note(connection, protection, key)
    if opened:
        desk.note("note_read", code)
    return opened
