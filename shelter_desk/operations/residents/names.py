"""Names on demand: of everybody for a role that may read them, of those here tonight for the night reception."""

from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.residents import residents
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.residents import tonight_names
from shelter_desk.storage.stays import stays as stored_stays


def may_read(desk: Desk, person: PersonId) -> bool:
    """Whether this role may read the name of this person now; nothing is read."""
    if desk.may(Permission.SEE_NAMES):
        return desk.sealer is not None
    return desk.night is not None and desk.may(Permission.SEE_NAMES_TONIGHT) and _is_here(desk, person)


def _is_here(desk: Desk, person: PersonId) -> bool:
    with desk.reading() as connection:
        return any(night_reception.is_here(one, desk.today()) for one in stored_stays.of_person(connection, person))


@needs(Permission.SEE_NAMES_TONIGHT)
def read(desk: Desk, person: PersonId) -> Names:
    """The names of one person; the reading is written to the journal. Of somebody here tonight, a role that may read no
    other name is told what is called out at the door.

    Raises NotAllowed for somebody not here tonight when the role may read no other name, SealsAltered.
    """
    if desk.may(Permission.SEE_NAMES):
        return residents.name(desk, person)
    if not _is_here(desk, person):
        raise NotAllowed(Permission.SEE_NAMES.value)
    with desk.reading() as connection:
        code = stored_residents.code(connection, person)
        opened = tonight_names.name(connection, desk.key_of_night(), person)
    desk.note("name_read", code)
    return opened
