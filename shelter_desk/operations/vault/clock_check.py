"""Whether the clock of this computer surprises, and the answer of the person at the desk."""

from contextlib import suppress
from datetime import datetime

from shelter_desk.domain.errors import Trouble
from shelter_desk.operations.desk import FAR_AHEAD, Desk
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.database import Connection
from shelter_desk.system import clock


def believed_at(connection: Connection) -> datetime:
    """This minute, or that of the last entry where the clock cannot be right: of what is written on the way to the
    open shelter, before anybody is asked.
    """
    last, now = journal.last_at(connection), clock.now()
    return last if last is not None and not last <= now <= last + FAR_AHEAD else now


def check(desk: Desk) -> None:
    """Raises ClockWrong when the clock surprises, before anybody types anything."""
    with desk.reading() as connection:
        desk._check_clock(connection)


def accept(desk: Desk) -> None:
    """The person at the desk says that a surprising clock is right; the journal keeps it, with the last entry before.

    Where the disk refuses, it is believed for as long as the desk is open.
    """
    with desk.reading() as connection:
        last = journal.last_at(connection)
    desk.clock_accepted = True
    with suppress(Trouble):
        desk.note("clock_accepted", last=last.isoformat(timespec="minutes") if last else "")
