"""What was about to leave when the program was cut: the next opening says that it may have."""

from contextlib import suppress

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Trouble
from shelter_desk.domain.reports.sendings import LEAVING, SHEET, UNCERTAIN
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.file import journal, told_rows
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.reports import versions


def tell(desk: Desk) -> None:
    """A line of the journal for each file that was about to leave when nothing more was written; of a referral sheet
    by who reads the case file.

    Nobody is kept out because it cannot be written: the next opening does. One that the journal told already was put
    back there by somebody: it is not told anew, and the check names its month.
    """
    with suppress(Trouble):
        with desk.reading() as connection:
            found = versions.of_departure(connection, LEAVING)
            told = told_rows.told_rows(connection, versions.SENDINGS).rows if found else {}
        reads_case_file = desk.database.case_key is not None
        found = [one for one in found if one.id not in told and (reads_case_file or one.kind != SHEET)]
        if not found:
            return
        at = desk.believed_now()
        with desk.database.transaction(Changes(reports=True)) as connection:
            for one in found:
                trail = Trail(connection)
                versions.tell_leaving(trail, one, UNCERTAIN)
                journal.add(connection, at, desk.user, "sending_uncertain", one.number, trail.told())
