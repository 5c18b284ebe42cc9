"""What happened to a person, topic by topic, as far as the role may see it (F37)."""

from dataclasses import dataclass

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.incidents import SEALED_TYPES
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.thread import TOPICS, Event, Topic
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage import settings
from shelter_desk.storage import thread as stored

DRAFT = "brouillon"


@dataclass(frozen=True, slots=True)
class Told:
    """One fact, and who did it, "" where nobody knows."""

    event: Event
    by: str


@needs(Permission.SEE_BEDS)
def topics(desk: Desk) -> tuple[Topic, ...]:
    """The topics that the role may see, in the order in which they are offered."""
    return tuple(topic for topic, permission in TOPICS.items() if desk.may(permission))


@needs(Permission.SEE_BEDS)
def of(desk: Desk, person: PersonId) -> tuple[Told, ...]:
    """The dated facts of the case file of a person, in no order; of a draft and of what is sealed there is none."""
    with desk.reading() as connection:
        found = stored.of_person(connection, person, topics(desk))
        names = settings.user_names(connection)
    return tuple(Told(one, names.get(one.by, "") if one.by else "") for one in found if _is_told(one))


def _is_told(event: Event) -> bool:
    if event.told.get("incident_type") in SEALED_TYPES:
        return False
    return event.told.get("referral_status") != DRAFT
