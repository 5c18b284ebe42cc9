"""What the check says of a file into which somebody wrote past the program."""

from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import RowsAltered
from shelter_desk.domain.ids import UserId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import integrity_check
from shelter_desk.storage.file import journal
from shelter_desk.storage.keys import key_file, slot_list


def wrong(desk: Desk) -> int:
    """How many rows and settings the check tells."""
    try:
        integrity_check.check(desk)
    except RowsAltered as found:
        return found.count
    return 0


def not_signed_yet(desk: Desk) -> None:
    """As a file of an older program is once it was brought over: no signature, no list that says so."""
    file, management = key_file.read(desk.folder), desk.keys.management
    assert management is not None
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("DELETE FROM journal_signatures"))
        connection.execute(text("DELETE FROM journal_signers"))
    key_file.write(desk.folder, file.signed(management, turn=slot_list.next_turn(file), lines=0))


def line(desk: Desk, action: str, subject: str, details: object = None) -> None:
    """A line in the name of the first manager."""
    with desk.database.transaction(EVERYTHING) as connection:
        journal.add(connection, desk.now(), UserId(1), action, subject, details)  # type: ignore[arg-type]
