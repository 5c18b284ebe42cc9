"""The steps that an admission asks for: written in the same act, unless the shelter switched them off."""

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.assistance.appointments import Appointment, steps
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.ids import AppointmentId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.storage.assistance import appointments as stored_appointments
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.database import Connection

SETTING = "admission_steps"


@needs(Permission.SETTINGS_EDIT)
def are_on(desk: Desk) -> bool:
    """Whether an admission writes its steps; yes unless somebody switched them off."""
    with desk.reading() as connection:
        return _are_on(connection)


@needs(Permission.SETTINGS_EDIT)
def switch(desk: Desk, on: bool) -> Done:
    """Write the steps at each admission from now on, or do not; those written stay."""
    with desk.writing("settings", Changes(settings=True)) as writing:
        writing.trail.set(SETTING, setting_rules.ON if on else setting_rules.OFF)
    return writing.done


def _are_on(connection: Connection) -> bool:
    return setting_rules.is_on(settings.read(connection), SETTING)


def write(desk: Desk, writing: Writing, stay: Stay, person: Person) -> None:
    """Write the steps of a stay inside its admission, so that they go with it when it is undone."""
    if stay.is_redirected or not _are_on(writing.connection):
        return
    kept = settings.read(writing.connection)
    with_family = stay.head is not None
    for step, day, service in steps(person.birth, stay.child_status, stay.admitted_at.date(), kept, with_family):
        due = Appointment(
            AppointmentId(0), stay.id, plain(day), service_type=service, step=step, recorded_at=desk.now()
        )
        writing.trail.add(stored_appointments.TABLE, stored_appointments.APPOINTMENTS.write(due))
