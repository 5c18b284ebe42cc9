"""What moved in closed months since they were closed: by whom, why, and whether a version has to replace them."""

from datetime import datetime

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import closing
from shelter_desk.domain.reports.closing import Correction
from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.hiding import sent
from shelter_desk.domain.reports.pending import LateFact, PendingCorrection, behind
from shelter_desk.domain.reports.sendings import Sending
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import month_versions
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.reports import versions

_MADE = ("month_closed", "month_rectified")


@needs(Permission.REPORT_SEE)
def of_month(desk: Desk, period: Period) -> tuple[PendingCorrection, ...]:
    """Every figure that is another one than in the version that counts; nothing for a month that is open."""
    moved = month_versions.pending(desk, period)
    with desk.reading() as connection:
        facts = late_facts(connection, period) if moved else []
    return tuple(PendingCorrection(one, behind(one, facts)) for one in moved)


@needs(Permission.REPORT_CLOSE)
def to_rectify(desk: Desk) -> list[Period]:
    """The closed months in which an important figure moved; takes a while.

    Looked at are those of which something was written late, and the last one, which anything else may have moved.
    """
    months = sorted(month_versions.current(desk), key=lambda one: one.first)
    with desk.reading() as connection:
        asked = [one for one in months if one == months[-1] or late_facts(connection, one)]
    return [one for one in asked if any(moved.is_major for moved in month_versions.pending(desk, one))]


@needs(Permission.REPORT_SEE)
def since(desk: Desk, sending: Sending) -> tuple[Correction, ...]:
    """What its recipient read of a closed month and is another number in the version that counts now.

    What was hidden from them is left out. Nothing where the month was opened again or was not closed then.
    """
    current = month_versions.standing(desk, sending.period).current
    if current is None or sending.version is None:
        return ()
    with desk.reading() as connection:
        former = versions.one(connection, sending.version)
        content = versions.sent_content(connection, sending.id, desk.key_of_protection(Permission.REPORT_SEE))
    whole = month_versions.kept(desk, former)[0]
    moved = closing.corrections(whole, month_versions.kept(desk, current)[0])
    if content is None:
        return moved
    given = sent.read(content["document"], whole).printed
    return tuple(one for one in moved if given.get(one.ref, HIDDEN) is not HIDDEN)


def late_facts(connection: Connection, period: Period) -> list[LateFact]:
    """What was written of that month since the version that counts, the first act first."""
    month, names = f"{period.first:%Y-%m}", settings.user_names(connection)
    made = max((one.seq for one in journal.lines(connection, month) if one.action in _MADE), default=0)
    return [
        LateFact(
            datetime.fromisoformat(one.at),
            names.get(one.user, "") if one.user is not None else "",
            one.subject,
            str(one.known.get("late_reason", "")),
            frozenset(one.known.get("late_stays", ())),
            frozenset((row["table"], row["id"]) for row in one.rows),
        )
        for one in journal.late_after(connection, made)
        if month in one.known.get("late_months", ())
    ]
