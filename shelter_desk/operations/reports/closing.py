"""Closing a month, opening it again, replacing it: each version is kept as it was, and shown from what was kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shelter_desk import __version__
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.ids import VersionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import closing, snapshots
from shelter_desk.domain.reports.closing import AcceptedPoint, Correction, ReportVersion, Sending
from shelter_desk.domain.reports.points import Point
from shelter_desk.domain.reports.refusals import (
    AlreadySent,
    ControlsFail,
    CountUnderWay,
    EarlierOpen,
    NoSuchVersion,
    NotClosed,
    NothingDiffers,
    PeriodRuns,
    PointsOpen,
)
from shelter_desk.domain.reports.report import Report, as_document
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import reports
from shelter_desk.operations.reports.reports import CoverFacts, Month
from shelter_desk.storage.equipment import equipment_counts
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.reports import versions
from shelter_desk.storage.stock import stock_counts

_NO_ID = VersionId(0)


@dataclass(frozen=True, slots=True)
class PeriodStanding:
    """What there is of a period: its versions, the one that counts, None where it is open, and what was sent of it."""

    period: Period
    versions: tuple[ReportVersion, ...]
    current: ReportVersion | None
    sendings: tuple[Sending, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """From what was published at the end of a month to what the next one begins with."""

    published: int
    corrected: int
    opening: int


def current(of_period: Sequence[ReportVersion]) -> ReportVersion | None:
    """The version that counts: the last one that was not cancelled."""
    return next((one for one in reversed(of_period) if one.cancelled_at is None), None)


@needs(Permission.REPORT_SEE_FROZEN)
def standing(desk: Desk, period: Period) -> PeriodStanding:
    """Whether a period was closed, how often, and what left of it."""
    with desk.reading() as connection:
        return _standing(connection, period)


def _standing(connection: Connection, period: Period) -> PeriodStanding:
    found = tuple(versions.of_period(connection, period))
    days = period.first.isoformat(), period.last.isoformat()
    sent = tuple(one for one in versions.sent(connection) if (one.first_day, one.last_day) == days)
    return PeriodStanding(period, found, current(found), sent)


@needs(Permission.REPORT_SEE_FROZEN)
def closed_months(desk: Desk) -> Mapping[Period, ReportVersion]:
    """The version that counts of each month that is closed."""
    with desk.reading() as connection:
        return _closed(connection)


def _closed(connection: Connection) -> dict[Period, ReportVersion]:
    found: dict[Period, ReportVersion] = {}
    for one in versions.every(connection):
        period = Period(date.fromisoformat(one.first_day), date.fromisoformat(one.last_day))
        if one.cancelled_at is None:
            found[period] = one
    return found


@dataclass(frozen=True, slots=True)
class SentReport:
    """What left, with the number of its version, 0 for a draft, and who sent it."""

    sending: Sending
    version: int
    sent_by: str


@needs(Permission.REPORT_SEE_FROZEN)
def sendings(desk: Desk) -> list[SentReport]:
    """Everything that was written of a report, the last first."""
    with desk.reading() as connection:
        sent, people = versions.sent(connection), settings.user_names(connection)
        numbers = {one.id: one.version for one in versions.every(connection)}
    return [
        SentReport(one, numbers[one.version] if one.version is not None else 0, people.get(one.user, ""))
        for one in sent
    ]


@needs(Permission.REPORT_SEE_FROZEN)
def partner_document(desk: Desk, version: VersionId) -> Mapping[str, Any]:
    """A closed month as a partner is given it, for a role that reads nothing else of it."""
    with desk.reading() as connection:
        found: Mapping[str, Any] = versions.partner(connection, version)
        return found


@needs(Permission.REPORT_SEE)
def month(desk: Desk, period: Period, version: int | None = None) -> Month:
    """The figures of a period: as they were closed, where it was, else as they are now.

    version: which one of them, None for the one that counts. Raises NoSuchVersion,
    PeriodNotBegun.
    """
    with desk.reading() as connection:
        found = versions.of_period(connection, period)
    wanted = current(found) if version is None else next((one for one in found if one.version == version), None)
    if wanted is None:
        if version is not None:
            raise NoSuchVersion(period.first)
        return reports.monthly(desk, period)
    return _kept(desk, period, wanted)


def _kept(desk: Desk, period: Period, version: ReportVersion) -> Month:
    protection = desk.key_of_protection(Permission.REPORT_SEE)
    with desk.reading() as connection:
        content = versions.content(connection, version.id, protection)
        earlier = [one for one in versions.of_period(connection, period) if one.version < version.version]
        before = current(earlier) if version.is_rectified else None
        replaced = None if before is None else versions.content(connection, before.id, protection)
    number = 0 if before is None else before.version
    report = snapshots.read(content["report"])
    report = replace(report, version=version.version, sha256=version.sha256, replaces=number)
    cover = CoverFacts(**content["cover"], made_at=version.made_at)
    former = None
    if before is not None and replaced is not None:
        former = replace(snapshots.read(replaced["report"]), version=before.version, replaces=int(before.is_rectified))
    return Month(report, reports.read(desk, period), cover, version.id, former, version.reason)


@needs(Permission.REPORT_SEE)
def accepted(desk: Desk, version: VersionId) -> tuple[AcceptedPoint, ...]:
    """What was accepted at the closing, with its reasons."""
    protection = desk.key_of_protection(Permission.REPORT_SEE)
    with desk.reading() as connection:
        content = versions.content(connection, version, protection)
    return tuple(AcceptedPoint(**one) for one in content["accepted"])


@needs(Permission.REPORT_CLOSE)
def close(desk: Desk, period: Period, reason_of: Callable[[Point], str] = lambda _: "") -> ReportVersion:
    """Close a calendar month that is over; where it is closed already, that version.

    reason_of: why a point that is not settled stays, "" where nobody said. Raises PeriodRuns, ControlsFail,
    EarlierOpen, CountUnderWay, PointsOpen, OlderCopy, PeriodNotBegun; nothing is closed then.
    """
    there = standing(desk, period).current
    if there is not None:
        return there
    found = reports.monthly(desk, period)
    check(desk, found)
    points = reports.points(desk, found.facts)
    told = [AcceptedPoint(one.key, reason_of(one)) for one in points]
    left = [one for one in told if not one.reason.strip()]
    if left:
        raise PointsOpen(len(left))
    return _add(desk, found, "month_closed", "", told)


@needs(Permission.REPORT_CLOSE)
def check(desk: Desk, found: Month) -> None:
    """What keeps a month from being closed, whatever is accepted. Raises as `close`, but for the points."""
    report, period = found.report, found.report.period
    if period.is_running:
        raise PeriodRuns(period.whole.last)
    if desk.older is not None:
        raise desk.older
    if not report.holds:
        raise ControlsFail(", ".join(dict.fromkeys(one.id for one in report.failed)))
    with desk.reading() as connection:
        before = closing.open_before(period, _closed(connection))
        counted = ((one.count_no, one.counted_on) for one in stock_counts.still_open(connection))
        inspected = ((one.count_no, one.on) for one in equipment_counts.campaigns(connection) if one.is_open)
        counts = [number for number, day in (*counted, *inspected) if day <= period.last]
    if before is not None:
        raise EarlierOpen(before.first)
    if counts:
        raise CountUnderWay(counts[0])


@needs(Permission.REPORT_CLOSE)
def reopen(desk: Desk, period: Period, reason: str) -> None:
    """Open a month again of which nothing left; its version stays, cancelled.

    Raises Missing, NotClosed, AlreadySent.
    """
    check_given("reason", reason.strip())
    there = standing(desk, period)
    if there.current is None:
        raise NotClosed(period.first)
    if any(one.version is not None and one.left for one in there.sendings):
        raise AlreadySent(period.first)
    with desk.writing("month_reopened", Changes(reports=True), f"{period.first:%Y-%m}") as writing:
        writing.trail.change(versions.VERSIONS, there.current.id, {"cancelled_at": to_text(desk.now())})
        writing.details["reason"] = reason.strip()


@needs(Permission.REPORT_CLOSE)
def rectify(desk: Desk, period: Period, reason: str) -> ReportVersion:
    """A whole new version of a closed month, which replaces the one before.

    Raises Missing, NotClosed, NothingDiffers, ControlsFail.
    """
    check_given("reason", reason.strip())
    there = standing(desk, period)
    if there.current is None:
        raise NotClosed(period.first)
    found = reports.monthly(desk, period)
    if not found.report.holds:
        raise ControlsFail(", ".join(dict.fromkeys(one.id for one in found.report.failed)))
    if not closing.corrections(_kept(desk, period, there.current).report, found.report):
        raise NothingDiffers(period.first)
    return _add(desk, found, "month_rectified", reason.strip(), list(accepted(desk, there.current.id)))


def _add(desk: Desk, found: Month, action: str, reason: str, told: list[AcceptedPoint]) -> ReportVersion:
    protection = desk.key_of_protection(Permission.REPORT_CLOSE)
    report, period = found.report, found.report.period
    kept = {
        "report": snapshots.written(report),
        "accepted": [{"key": one.key, "reason": one.reason} for one in told],
        "cover": reports.cover_of(desk, found).told(),
        "program": __version__,
    }
    with desk.writing(action, Changes(reports=True), f"{period.first:%Y-%m}") as writing:
        every = versions.every(writing.connection)
        number = 1 + max((one.version for one in versions.of_period(writing.connection, period)), default=0)
        version = ReportVersion(
            _NO_ID,
            period.first.isoformat(),
            period.last.isoformat(),
            number,
            reason,
            desk.now(),
            desk.user,
            None,
            snapshots.digest(kept),
            every[-1].sha256 if every else "",
        )
        as_partner = as_document(replace(reports.shown(found, "partenaire"), version=number, sha256=version.sha256))
        key = versions.add(writing.trail, version, kept, as_partner, protection)
        writing.details |= {"version": number, "sha256": version.sha256, **({"reason": reason} if reason else {})}
    return replace(version, id=key)


@needs(Permission.REPORT_SEE)
def pending(desk: Desk, period: Period) -> tuple[Correction, ...]:
    """What is otherwise today than in the version that counts; nothing for a month that is open."""
    there = standing(desk, period).current
    if there is None:
        return ()
    return closing.corrections(_kept(desk, period, there).report, reports.monthly(desk, period).report)


@needs(Permission.REPORT_SEE)
def bridge(desk: Desk, period: Period) -> Bridge | None:
    """Where the month before was closed with another number at its end than this one begins with."""
    before = period.month_before
    there = standing(desk, before).current
    if there is None:
        return None
    closed, now = _kept(desk, before, there).report, reports.monthly(desk, before).report
    published, opening = (_whole(one, "t2.present_end") for one in (closed, now))
    return None if published == opening else Bridge(published, opening - published, opening)


def _whole(report: Report, key: str) -> int:
    value = report.value(key)
    return value if isinstance(value, int) else 0
