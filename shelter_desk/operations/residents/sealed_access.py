"""Why a sealed field (X of field 3) is opened: said once for each record until locking, kept in the journal."""

from shelter_desk.domain.checks import check_code
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.residents.residents import Reason, ReasonMissing
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs

REASONS = "reading_reason"
IN_WORDS = "controle"  # the one that is told in words


@needs(Permission.SEE_COUNTS)
def is_said(desk: Desk, subject: str) -> bool:
    """Whether it was said already why this record is read. subject: the code of a person, the number of an incident."""
    return subject in desk.read_for


@needs(Permission.SEE_COUNTS)
def say(desk: Desk, subject: str, reason: str, told: str = "") -> None:
    """Say why this record is read; each reading of it carries that from now on. Raises NotInList, Missing."""
    check_code(REASONS, reason)
    if reason == IN_WORDS and not told.strip():
        raise Missing(REASONS)
    desk.read_for[subject] = Reason(reason, told.strip())


def why(desk: Desk, subject: str) -> Reason:
    """Why this record is read; without it nothing of it is opened. Raises ReasonMissing."""
    found = desk.read_for.get(subject)
    if found is None:
        raise ReasonMissing(subject)
    return found
