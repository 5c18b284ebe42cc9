"""What left the house: checked before it is written, kept once it is, acknowledged later."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from shelter_desk.domain.casefile.incidents import BoxMissing
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_day
from shelter_desk.domain.errors import Damaged, NoSuch
from shelter_desk.domain.ids import SendingId, UserId, VersionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import closing
from shelter_desk.domain.reports.closing import ReportVersion
from shelter_desk.domain.reports.sendings import OF_PERSONS, Sending, SentReport
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers, check_said, kept_since
from shelter_desk.domain.sending.recipients import EXACT, INTERNAL, check_level
from shelter_desk.domain.sending.refusals import NoAgreement
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.sending import recipients, unread_passwords
from shelter_desk.operations.sending.unread_passwords import UnreadPassword
from shelter_desk.operations.vault import output_paths
from shelter_desk.storage.file import sealed_boxes, settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.sealing import Box
from shelter_desk.storage.reports import versions

TOPICS = Changes(reports=True)
NOTHING_SAID = GateAnswers()


@dataclass(frozen=True, slots=True)
class LeavingFile:
    """A file or a paper as it was made. kind: of `sending_kind`; title: what it is, of one that is of no period.

    content: figures and cells in which a change is looked for, None where there are persons in it. version: of a
    closed month. written: None for a paper, of which no sum is kept: one over few words would give a name back.
    """

    kind: str
    level: str
    file_name: str
    written: bytes | None
    period: Period
    title: str = ""
    version: VersionId | None = None
    content: Any = None


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


def keep(
    desk: Desk,
    action: str,
    leaving: LeavingFile,
    gate: GateAnswers,
    subject: str = "",
    *,
    password: str = "",
    **details: Any,
) -> SendingId:
    """Keep what was written with its sum, and a copy of it where there are no persons in it, with its journal line.

    Copies of more than ten years ago go. password: of a closed file, which waits sealed until it was read. details:
    what the journal says besides.
    """
    days = leaving.period.first.isoformat(), leaving.period.last.isoformat()
    with desk.writing(action, TOPICS, subject) as writing:
        sending = Sending(
            SendingId(0),
            *days,
            leaving.version,
            leaving.level,
            gate.recipient,
            gate.words_said,
            _kept_name(leaving),
            "" if leaving.written is None else sha256(leaving.written).hexdigest(),
            len(leaving.written or b""),
            desk.now(),
            desk.user,
            None,
            leaving.kind,
            leaving.title,
            gate.purpose_code,
            gate.channel,
            gate.carried_by.strip(),
            gate.agreement,
            None if gate.due is None else gate.due.isoformat(),
        )
        copy = None if leaving.kind in OF_PERSONS or leaving.level == INTERNAL else leaving.written
        box = None if copy is None else _box(desk, writing.connection)
        key = versions.add_sending(writing.trail, sending, leaving.content, desk.protection, copy, box)
        versions.drop_copies(writing.connection, kept_since(desk.today()))
        if password:
            unread_passwords.keep(desk, writing.connection, UnreadPassword(key, leaving.file_name, password))
        writing.details |= details
    return key


def _kept_name(leaving: LeavingFile) -> str:
    """What a list of persons is called may name one of them, and every role reads it: it is kept by its kind."""
    of_persons = leaving.kind in OF_PERSONS and leaving.written is not None
    return leaving.kind + Path(leaving.file_name).suffix if of_persons else leaving.file_name


def _box(desk: Desk, connection: Connection) -> Box | None:
    """What everybody who sends puts the copy into; None until somebody who holds the key of the case files made it."""
    with suppress(BoxMissing):
        return sealed_boxes.of(connection, desk.box)
    return None


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
        sent, people = versions.sent(connection), settings.user_names(connection)
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
    """Keep the day on which the recipient said that they have it. Raises InTheFuture, BadDates, NoSuch."""
    one = _one(desk, sending)
    check_day(on, desk.today(), one.sent_at.date())
    with desk.writing("sending_acknowledged", TOPICS, one.number) as writing:
        writing.trail.change(versions.SENDINGS, sending, {"acknowledged_on": on.isoformat()})
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
        raise Damaged("database", f"{versions.SENDINGS}.copy.{one.id}")
    saving.save(path, kept)
    desk.note("sending_copy_opened", one.number)


def _one(desk: Desk, sending: SendingId) -> Sending:
    with desk.reading() as connection:
        found = next((one for one in versions.sent(connection) if one.id == sending), None)
    if found is None:
        raise NoSuch("sending", str(sending))
    return found
