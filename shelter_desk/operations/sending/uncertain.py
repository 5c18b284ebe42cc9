"""What may have left when the program was cut (`vault/cut_sendings.py`), until somebody says whether it did."""

from collections.abc import Sequence

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import NoSuch
from shelter_desk.domain.ids import SendingId
from shelter_desk.domain.reports.sendings import LEFT, NOT_LEFT, UNCERTAIN, Sending
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.storage.reports import versions

TOPICS = Changes(reports=True)
_SAID = {True: "sending_left", False: "sending_not_left"}


@needs(Permission.REPORT_SEE_FROZEN)
def waiting(desk: Desk) -> Sequence[Sending]:
    """Those of which nobody said yet whether they left, the first first."""
    with desk.reading() as connection:
        return versions.of_departure(connection, UNCERTAIN)


@needs(Permission.REPORT_SEE_FROZEN)
def numbered(desk: Desk, number: str) -> SendingId:
    """The one of them that papers call so. Raises NoSuch."""
    found = next((one.id for one in waiting(desk) if one.number == number.strip().upper()), None)
    if found is None:
        raise NoSuch("sending", number)
    return found


@needs(Permission.REPORT_EXPORT)
def settle(desk: Desk, sending: SendingId, *, left: bool) -> Done:
    """Say whether it left. Raises NoSuch for one of which that is sure."""
    one = next((one for one in waiting(desk) if one.id == sending), None)
    if one is None:
        raise NoSuch("sending", str(sending))
    with desk.writing(_SAID[left], TOPICS, one.number) as writing:
        writing.trail.change(versions.SENDINGS, sending, {"departure": LEFT if left else NOT_LEFT})
    return writing.done
