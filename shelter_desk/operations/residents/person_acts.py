"""What acts on a case share: whom they are about, what seals the names, the service written in the same act."""

from datetime import date

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_not_future
from shelter_desk.domain.errors import NoSuch
from shelter_desk.domain.ids import PersonId, ServiceId, StayId
from shelter_desk.domain.plausible_dates import OLDEST, check_not_before
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk, Writing
from shelter_desk.operations.services import service_log
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import stays as stored_stays

CASES = Changes(cases=True)
WITH_SERVICE = Changes(cases=True, services=True)


def subject(writing: Writing, stay_id: StayId) -> Stay:
    """The stay an act is about; its person's code becomes the subject of the journal line."""
    stay = stored_stays.stay(writing.connection, stay_id)
    writing.subject = residents.code(writing.connection, stay.person)
    return stay


def standing_stay(connection: Connection, stay_id: StayId) -> Stay:
    """A stay that something may be written of. Raises NoSuch for a void one."""
    stay = stored_stays.stay(connection, stay_id)
    if stay.is_void:
        raise NoSuch("stay", stay.stay_no)
    return stay


def person_of(connection: Connection, stay: StayId) -> Person:
    """The person of a stay."""
    return residents.person(connection, stored_stays.stay(connection, stay).person)


def code_of(connection: Connection, stay: StayId) -> str:
    """The code of the person of a stay."""
    return residents.code(connection, stored_stays.stay(connection, stay).person)


def told_by(connection: Connection, stay_id: StayId) -> set[str]:
    """What a loan, or what was given, names a resident by: the number of the stay, a code of the person."""
    stay = stored_stays.stay(connection, stay_id)
    return {stay.stay_no, *residents.codes_of(connection, stay.person)}


def names_of(desk: Desk, connection: Connection, person: PersonId) -> Sealer | None:
    """What opens the names around a person, None where its key is gone with the identity. Raises NotAllowed."""
    sealer = desk.key_of_names()
    seal = residents.seal_of(connection, person)
    return None if seal is None else sealer.of_row("persons", person, seal)


def words_of(desk: Desk, connection: Connection, person: PersonId) -> Sealer | None:
    """What opens the narratives on a person, None where its key is gone with the identity. Raises NotAllowed."""
    return residents.opener_of(connection, desk.key_of_protection(Permission.CASE_SEE), person)


def own_names(desk: Desk, writing: Writing, person: PersonId) -> Sealer:
    """What seals the names around a person; its key is made at the first one. Raises NotAllowed."""
    return residents.identity_of(writing.connection, desk.key_of_names(), person)


def serve(desk: Desk, writing: Writing, stay: StayId, service_type: str, on: date, partner: str = "") -> None:
    """The service that this act is, in the same transaction."""
    service_log.add(desk, writing, [Service(ServiceId(0), "", on, stay, service_type, partner=partner)])


def check_day(desk: Desk, day: date | None) -> None:
    """Refuse a day still to come, and one of another century. Raises InTheFuture, TooLongAgo."""
    check_not_future(day, desk.today())
    if day is not None:
        check_not_before(day, OLDEST)
