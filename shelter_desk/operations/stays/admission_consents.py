"""What an admission writes besides the stay: what the person agreed to, said aloud at the door (R-15)."""

from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.consent import consents as decide
from shelter_desk.domain.consent.consents import RECORDING, SHELTERING
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import ConsentId, PersonId
from shelter_desk.domain.residents import residents
from shelter_desk.domain.residents.residents import Names, Person
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Writing
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stays import stays as stored


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person decided at the door: codes of `consent_status`, "" for what was not asked yet.

    to_stay: to the stay and the care. to_record: to have more than the minimum written. language: the points were
    explained in it. reason: why no representative of a child is asked.
    """

    to_stay: str = ""
    to_record: str = ""
    language: str = ""
    reason: str = ""


NOT_ASKED = Asked()
GIVEN = "donne"


def write_asked(desk: Desk, writing: Writing, asked: Asked, person: Person, day: date) -> None:
    """Write the decisions inside the admission. Raises Missing where one is not whole, NotAllowed."""
    is_minor = person.birth.protected_as_minor(day)
    if is_minor and GIVEN in (asked.to_stay, asked.to_record) and not asked.reason.strip():
        raise Missing("no_guardian_reason")
    language = asked.language or next(iter(person.languages), "")
    for purpose, status in ((SHELTERING, asked.to_stay), (RECORDING, asked.to_record)):
        if status:
            decision = Consent(ConsentId(0), person.id, purpose, status, "", "", day)
            said = decide.said_at_the_door(decision, language, desk.user_name)
            given = said if is_minor else replace(said, child_assent="")
            consents.add(desk, writing, given, asked.reason if is_minor and status == GIVEN else "")


def check_agreed(desk: Desk, connection: Connection, stay: Stay, new: Person | None, names: Names) -> None:
    """Whether what is told may be written. new: the person where nobody knew them yet. Raises NoConsent."""
    told = list(residents.said_anew(None, stay, residents.AT_THE_DOOR))
    if new is not None:
        told += residents.said_anew(None, new, residents.AT_THE_DOOR)
    if told or (new is not None and names.known):
        consents.check_not_refused(connection, stay.person, desk.today())


def entry_kind(connection: Connection, kind: str, person: PersonId) -> str:
    """F21: a first admission of somebody who was here before is a readmission."""
    if kind != "premiere":
        return kind
    return "readmission" if any(stay.counts for stay in stored.of_person(connection, person)) else "premiere"
