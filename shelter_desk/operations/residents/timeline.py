"""What happened to a person, topic by topic, as far as the role may see it."""

from dataclasses import dataclass

from shelter_desk.domain.casefile.incidents import SEALED_TYPES
from shelter_desk.domain.ids import PersonId, UserId
from shelter_desk.domain.residents.notes import CARE
from shelter_desk.domain.residents.timeline import TOPICS, Event, Topic
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.assistance import assistance
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import timeline as stored_timeline

DRAFT = "brouillon"
SERVICES = "services"
NOBODY = UserId(0)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One fact, and who did it, "" where nobody knows."""

    event: Event
    by: str


@needs(Permission.SEE_BEDS)
def topics(desk: Desk) -> tuple[Topic, ...]:
    """The topics that the role may see, in the order in which they are offered."""
    return tuple(topic for topic, permission in TOPICS.items() if desk.may(permission))


@needs(Permission.SEE_BEDS)
def of(desk: Desk, person: PersonId) -> tuple[TimelineEntry, ...]:
    """The dated facts of the case file of a person, in no order; of a draft and of what is sealed there is none.

    A role that opens no file is told none. Raises NotAllowed of somebody not here tonight, for such a role.
    """
    with desk.reading() as connection:
        if not night_reception.opens_files(desk):
            night_reception.check_here(desk, connection, person)
            return ()
        found = [one for one in stored_timeline.of_person(connection, person, topics(desk)) if _is_told(desk, one)]
        names = settings.user_names(connection)
        by = _writers(connection, found)
    return tuple(TimelineEntry(one, names.get(one.by or by.get((one.table, one.key), NOBODY), "")) for one in found)


@needs(Permission.CASE_SEE)
def prepare(desk: Desk) -> None:
    """Put its many statements together, which takes long the first time, before somebody asks for a person."""
    with desk.reading() as connection:
        stored_timeline.of_person(connection, PersonId(0), topics(desk))


def _writers(connection: Connection, found: list[Event]) -> dict[tuple[str, int], UserId]:
    """Who wrote each service: a line given to several persons is under the code of one of them in the journal."""
    typed = [one.recorded for one in found if one.table == SERVICES and one.by is None and one.recorded is not None]
    written = assistance.writers(connection, min(typed), max(typed)) if typed else {}
    return {(SERVICES, key): user for key, user in written.items()}


def _is_told(desk: Desk, event: Event) -> bool:
    if event.told.get("note_kind") in CARE and not desk.may(Permission.CARE_NOTES_SEE):
        return False
    if event.told.get("incident_type") in SEALED_TYPES:
        return False
    return event.told.get("referral_status") != DRAFT
