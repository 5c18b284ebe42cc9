"""Before a month is closed: comments on its figures, its text, and the visas of those who answer for its tables."""

from dataclasses import dataclass, replace

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import ReportCommentId, ReportVisaId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import closing, snapshots, visas
from shelter_desk.domain.reports.comments import LONGEST, LONGEST_TEXT, WHOLE, ReportComment, dims_text
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.refusals import MonthClosed, PeriodRuns, WordsTooLong
from shelter_desk.domain.reports.report import FigureComment, Report
from shelter_desk.domain.reports.visas import SignedVisa, VisaStanding
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.reports import reports
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.column_values import CELL
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.keys import slot_list
from shelter_desk.storage.reports import annotations, passages, versions, visa_key


@dataclass(frozen=True, slots=True)
class WrittenComment:
    """A comment with who wrote it."""

    comment: ReportComment
    written_by: str


@dataclass(frozen=True, slots=True)
class AnnotatedReport:
    """A report with what was written about it. unread: the words that somebody altered, which it is without."""

    report: Report
    unread: tuple[Damaged, ...]


@needs(Permission.REPORT_SEE)
def of(desk: Desk, period: Period) -> tuple[WrittenComment, ...]:
    """What was written about a period and opens, its text too; of a closed one it is kept with the version as well."""
    protection = desk.key_of_protection(Permission.REPORT_SEE)
    with desk.reading() as connection:
        people = settings.user_names(connection)
        found = annotations.comments(connection, period, protection)
    return tuple(WrittenComment(one, people.get(one.user, "")) for one in found if not one.unread)


@needs(Permission.REPORT_COMMENT)
def comment(desk: Desk, period: Period, ref: Ref, text: str) -> Done:
    """Say something of a figure of an open period, in place of what was said; nothing takes it away.

    ref: `WHOLE` for the text of the period. Raises WordsTooLong, MonthClosed.
    """
    said = checked(ref, text)
    with desk.writing("report_comment", Changes(reports=True), f"{period.first:%Y-%m}") as writing:
        if closing.current(versions.of_period(writing.connection, period)) is not None:
            raise MonthClosed(period.first)
        _put(desk, writing, period, ref, said)
    return writing.done


def checked(ref: Ref, text: str) -> str:
    """The words without blanks around them. Raises WordsTooLong."""
    said, most = text.strip(), LONGEST_TEXT if ref == WHOLE else LONGEST
    if len(said) > most:
        raise WordsTooLong(most)
    return said


def _put(desk: Desk, writing: Writing, period: Period, ref: Ref, said: str) -> None:
    key, dims = ref
    former = annotations.comment_id(writing.connection, period, key, dims_text(dims))
    days = period.first.isoformat(), period.last.isoformat()
    made = ReportComment(former or ReportCommentId(0), *days, key, dims_text(dims), desk.now(), desk.user, said)
    if said:
        annotations.put_comment(writing.trail, made, desk.key_of_protection(Permission.REPORT_COMMENT))
    elif former is not None:
        writing.trail.remove(annotations.COMMENTS, former)


def keep_as_said(desk: Desk, writing: Writing, report: Report) -> None:
    """What is kept of a period is what its new version says, so that nothing comes back that it does not say."""
    period, said = report.period.whole, {one.ref: one.text for one in report.comments} | {WHOLE: report.text}
    protection = desk.key_of_protection(Permission.REPORT_COMMENT)
    there = {one.ref: one.text for one in annotations.comments(writing.connection, period, protection)}
    for ref in dict.fromkeys((*there, *said)):
        if there.get(ref, "") != said.get(ref, ""):
            _put(desk, writing, period, ref, said.get(ref, ""))


@needs(Permission.REPORT_VISA)
def sign(desk: Desk, period: Period) -> Done:
    """The tables of the role of who sits here are looked at and right, as they are now.

    Raises PeriodRuns, NotAllowed for a role that signs none, MonthClosed unless a figure of them moved since.
    """
    report = reports.to_sign(desk, period)
    if report.period.is_running:
        raise PeriodRuns(period.whole.last)
    part = next(part for part, role in visas.PARTS.items() if role is desk.role)
    if not visas.can_be_signed(report, part, _published(desk, period)):
        raise MonthClosed(period.first)
    with desk.writing("report_visa", Changes(reports=True), f"{period.first:%Y-%m}") as writing:
        former = annotations.visas(writing.connection, period).get(part)
        days = period.first.isoformat(), period.last.isoformat()
        digest = visas.digest(report, part)
        if part == "case":
            protection = desk.key_of_protection(Permission.REPORT_VISA)
            digest = visas.keyed(digest, visa_key.made(writing.connection, protection))
        key = former.id if former is not None else ReportVisaId(0)
        made = SignedVisa(key, *days, part, desk.role.value, digest, desk.now(), desk.user)
        annotations.put_visa(writing.trail, made)
    return writing.done


def _published(desk: Desk, period: Period) -> Report | None:
    """What the version says that counts: whole for who holds the key, else as a partner is given it."""
    with desk.reading() as connection:
        there = closing.current(versions.of_period(connection, period))
        if there is None:
            return None
        if desk.protection is None:
            return snapshots.read(versions.partner(connection, there, slot_list.signer(desk.folder, desk.managers)))
        return snapshots.read(versions.content(connection, there, desk.protection)["report"])


@needs(Permission.REPORT_VISA)
def standing(desk: Desk, report: Report) -> tuple[VisaStanding, ...]:
    """The visas of a period, each beside the figures of its tables; who reads one part alone, that one."""
    with desk.reading() as connection:
        found = _signed(connection, report, desk.protection)
    own, published = visas.part_of(desk.role), _published(desk, report.period.whole)
    return tuple(
        replace(one, can_be_signed=visas.can_be_signed(report, one.part, published))
        for one in found
        if desk.may(Permission.REPORT_SEE_FROZEN) or one.part == own
    )


def _signed(connection: Connection, report: Report, protection: Sealer | None) -> tuple[VisaStanding, ...]:
    given = annotations.visas(connection, report.period.whole)
    return visas.standing(report, given, visa_key.read(connection, protection))


@needs(Permission.REPORT_SEE)
def annotated(desk: Desk, report: Report) -> Report:
    """The report with what was written about its period, its narrative too, and the visas that hold for its figures.

    Raises Damaged where words of it were altered.
    """
    found = as_far_as_read(desk, report)
    if found.unread:
        raise found.unread[0]
    return found.report


@needs(Permission.REPORT_SEE)
def as_far_as_read(desk: Desk, report: Report) -> AnnotatedReport:
    """The same without the words that open no more."""
    protection, period = desk.key_of_protection(Permission.REPORT_SEE), report.period.whole
    with desk.reading() as connection:
        said = annotations.comments(connection, period, protection)
        held = _signed(connection, report, protection)
        told = passages.of_period(connection, period, protection)
    annotated = replace(
        report,
        comments=tuple(FigureComment(one.ref, one.text) for one in said if one.ref != WHOLE and not one.unread),
        text=next((one.text for one in said if one.ref == WHOLE), ""),
        visas=tuple(one.visa for one in held if one.visa is not None),
        narrative=tuple(one.passage for one in told if not one.is_dropped),
    )
    unread = (*(one.unread for one in said), *(one.unread for one in told))
    return AnnotatedReport(annotated, tuple(Damaged("database", one, CELL) for one in unread if one))
