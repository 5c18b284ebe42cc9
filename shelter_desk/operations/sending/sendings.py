"""What leaves the house: checked before it is written (`departures`), looked at and acknowledged later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from shelter_desk.domain.checks import check_day
from shelter_desk.domain.errors import NoSuch
from shelter_desk.domain.ids import SendingId, UserId
from shelter_desk.domain.reports import closing
from shelter_desk.domain.reports.closing import ReportVersion
from shelter_desk.domain.reports.sendings import LEFT, Sending, SentReport
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers, check_said
from shelter_desk.domain.sending.recipients import EXACT, check_level
from shelter_desk.domain.sending.refusals import NoAgreement
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.sending import recipients
from shelter_desk.operations.sending.departures import TOPICS
from shelter_desk.operations.vault import output_paths
from shelter_desk.storage.file import column_values, settings
from shelter_desk.storage.reports import versions

NOTHING_SAID = GateAnswers()


def check(desk: Desk, gate: GateAnswers, level: str, *, is_approved: bool = False) -> GateAnswers:
    """What was said, with the number of the agreement that the level stands on.

    is_approved: who approves registers stands for a level of the directory. Raises Missing, NotInList, StaysHere,
    NotSentToAnyMore, NoAgreement, AgreementOver, LevelNotAllowed.
    """
    check_said(gate)
    if not gate.leaves:
        if level == EXACT and not recipients.has_agreement(desk, gate.agreement):
            raise NoAgreement("")
        return gate
    known = recipients.named(desk, gate.recipient)
    name = known.name if known is not None else gate.recipient.strip()
    check_level(known, name, level, desk.today(), gate.agreement, is_approved=is_approved)
    has = known is not None and known.has_agreement(desk.today())
    return replace(gate, recipient=name, agreement=known.agreement_no if known is not None and has else "")


@dataclass(frozen=True, slots=True)
class SentFile:
    """What left, as the page shows it.

    has_copy: for who may open it. rectified: which one its version is of those that replaced a closing, 0 for none.
    replacing: the version of the month that holds instead, None where none does; replacing_rectified: which one that
    is. is_late: its acknowledgement was due.
    """

    sent: SentReport
    has_copy: bool
    rectified: int
    replacing: ReportVersion | None
    replacing_rectified: int
    is_late: bool

    @property
    def sending(self) -> Sending:
        """What is kept of it."""
        return self.sent.sending


@needs(Permission.REPORT_SEE_FROZEN)
def sent_files(desk: Desk) -> list[SentFile]:
    """Everything that was written, the last first; what only stays in the house too."""
    with desk.reading() as connection:
        sent, people = versions.written(connection), settings.user_names(connection)
        made, copies = versions.every(connection), versions.copies(connection)
    opens = copies if desk.may(Permission.REPORT_EXPORT) else set()
    return [_as_shown(one, made, people, one.id in opens, desk.today()) for one in sent]


def _as_shown(
    one: Sending, made: Sequence[ReportVersion], people: Mapping[UserId, str], has_copy: bool, today: date
) -> SentFile:
    own = next((version for version in made if version.id == one.version), None)
    of_period = [version for version in made if version.period == one.period]
    replacing = closing.replacing(one, of_period)
    nth = [0 if version is None else closing.rectified(version, of_period) for version in (own, replacing)]
    is_late = one.acknowledged_on is None and one.due_on is not None and one.due_on < today.isoformat()
    sent = SentReport(one, 0 if own is None else own.version, people.get(one.user, ""))
    return SentFile(sent, has_copy, nth[0], replacing, nth[1], is_late)


@needs(Permission.REPORT_EXPORT)
def acknowledge(desk: Desk, sending: SendingId, on: date) -> Done:
    """Keep the day on which the recipient said that they have it: it left. Raises InTheFuture, BadDates, NoSuch."""
    one = _one(desk, sending)
    check_day(on, desk.today(), one.sent_at.date())
    with desk.writing("sending_acknowledged", TOPICS, one.number) as writing:
        writing.trail.change(versions.SENDINGS, sending, {"acknowledged_on": on.isoformat(), "departure": LEFT})
    return writing.done


@needs(Permission.REPORT_EXPORT)
def open_copy(desk: Desk, sending: SendingId, path: Path) -> None:
    """Write the copy that was kept, byte for byte as it left; the journal says so.

    Raises NoSuch where no copy is kept, WouldOverwrite, Damaged, DiskFull, ReadOnly, FileMissing.
    """
    from shelter_desk.excel import saving

    one = _one(desk, sending)
    output_paths.check(path)
    with desk.reading() as connection:
        kept = versions.copy(connection, sending, desk.key_of_protection(Permission.REPORT_EXPORT))
    if kept is None:
        raise NoSuch("copy", one.number)
    if sha256(kept).hexdigest() != one.sha256:  # anybody who has the file can fill the box
        raise column_values.damaged(versions.SENDINGS, "copy", one.id)
    saving.save(path, kept)
    desk.note("sending_copy_opened", one.number)


def _one(desk: Desk, sending: SendingId) -> Sending:
    with desk.reading() as connection:
        found = next((one for one in versions.written(connection) if one.id == sending), None)
    if found is None:
        raise NoSuch("sending", str(sending))
    return found
