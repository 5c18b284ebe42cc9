"""Closing a month, opening it again, replacing it: each version is kept as it was, and shown from what was kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, get_args

from shelter_desk import __version__
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import ReportsAltered
from shelter_desk.domain.ids import VersionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import closing, comments, snapshots, synthesis
from shelter_desk.domain.reports.closing import AcceptedPoint, Correction, ReportVersion
from shelter_desk.domain.reports.compared import Compared, MonthFlow
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.month_corrections import small
from shelter_desk.domain.reports.points import Point
from shelter_desk.domain.reports.refusals import (
    AlreadySent,
    ControlsFail,
    CountUnderWay,
    EarlierOpen,
    NoSuchVersion,
    NotAMonth,
    NotClosed,
    NothingDiffers,
    PeriodRuns,
    PointsOpen,
)
from shelter_desk.domain.reports.report import Profile, Report, as_document
from shelter_desk.domain.reports.sendings import OF_A_MONTH, Sending
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import annotations, reports
from shelter_desk.operations.reports.reports import CoverFacts, Month
from shelter_desk.storage.equipment import equipment_counts
from shelter_desk.storage.file import journal, keys
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.reports import reports as stored_reports
from shelter_desk.storage.reports import versions
from shelter_desk.storage.stock import stock_counts
from shelter_desk.system import collecting

_NO_ID = VersionId(0)
LEVELS: tuple[Profile, ...] = get_args(Profile)


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


@needs(Permission.REPORT_SEE_FROZEN)
def standing(desk: Desk, period: Period) -> PeriodStanding:
    """Whether a period was closed, how often, and what left of it."""
    with desk.reading() as connection:
        return _standing(connection, period)


def _standing(connection: Connection, period: Period) -> PeriodStanding:
    found = tuple(versions.of_period(connection, period))
    sent = tuple(one for one in versions.sent(connection) if one.period == period and one.kind in OF_A_MONTH)
    return PeriodStanding(period, found, closing.current(found), sent)


@needs(Permission.REPORT_SEE_FROZEN)
def closed_months(desk: Desk) -> Mapping[Period, ReportVersion]:
    """The version that counts of each month that is closed."""
    with desk.reading() as connection:
        return _closed(connection)


def _closed(connection: Connection) -> dict[Period, ReportVersion]:
    return {one.period: one for one in versions.every(connection) if one.cancelled_at is None}


@needs(Permission.REPORT_SEE_FROZEN)
def partner_document(desk: Desk, period: Period, version: int | None = None) -> Mapping[str, Any]:
    """A closed month as a partner is given it, as JSON has it. Raises as `partner_report`."""
    return as_document(partner_report(desk, period, version))


@needs(Permission.REPORT_SEE_FROZEN)
def partner_report(desk: Desk, period: Period, version: int | None = None) -> Report:
    """A closed month as a partner is given it, for a role that reads nothing else of it.

    version: as for `month`. Raises NotClosed, NoSuchVersion, ReportsAltered for what no manager signed.
    """
    with desk.reading() as connection:
        wanted = _version(connection, period, version)
        if wanted is None:
            raise NotClosed(period.first)
        signers = keys.signers(desk.folder, desk.managers)
        return _numbered(connection, wanted, snapshots.read(versions.partner(connection, wanted, signers)))


def _numbered(connection: Connection, version: ReportVersion, report: Report) -> Report:
    """What was kept of a version, with what it is called."""
    number = closing.rectified(version, versions.of_period(connection, version.period))
    return replace(report, version=version.version, sha256=version.sha256, rectified=number)


@dataclass(frozen=True, slots=True)
class ClosedVersion:
    """A version of a closed month: which one it is of those that replaced the closing, and whether it counts."""

    version: ReportVersion
    rectified: int
    counts: bool


@needs(Permission.REPORT_SEE_FROZEN)
def closed_versions(desk: Desk) -> list[ClosedVersion]:
    """Every version of every month, the last month first, of each the last version first."""
    with desk.reading() as connection:
        every = versions.every(connection)
        counting = {one.id for one in _closed(connection).values()}
    found = [
        ClosedVersion(
            one, closing.rectified(one, [each for each in every if each.period == one.period]), one.id in counting
        )
        for one in every
    ]
    return sorted(found, key=lambda one: (one.version.period.first, one.version.version), reverse=True)


def _version(connection: Connection, period: Period, number: int | None) -> ReportVersion | None:
    """The one with that number, without one the one that counts, None for an open month. Raises NoSuchVersion."""
    found = versions.of_period(connection, period)
    if number is None:
        return closing.current(found)
    asked = [one for one in found if one.version == number]
    if not asked:
        raise NoSuchVersion(period.first)
    return asked[0]


@needs(Permission.REPORT_SEE)
def month(desk: Desk, period: Period, version: int | None = None) -> Month:
    """The figures of a period: as they were closed, where it was, else as they are now.

    version: which one of them, None for the one that counts. Raises NoSuchVersion, PeriodNotBegun, ReportsAltered.
    """
    with desk.reading() as connection:
        found, wanted = versions.of_period(connection, period), _version(connection, period, version)
    if wanted is None:
        return _now(desk, period)
    report, content = _kept(desk, wanted)
    cover = CoverFacts(**content["cover"], made_at=wanted.made_at)
    earlier = [one for one in found if one.version < wanted.version and one.cancelled_at == wanted.cancelled_at]
    former = _kept(desk, earlier[-1])[0] if wanted.is_rectified else None
    facts, moved = cache(partial(reports.read, desk, period)), content.get("corrections", {})
    told = tuple(AcceptedPoint(**one) for one in content["accepted"])
    return Month(report, facts, cover, wanted.id, former, wanted.reason, moved, told)


def _now(desk: Desk, period: Period) -> Month:
    """The month as it is, with what was written about it and who signed these figures."""
    found = reports.monthly(desk, period)
    return replace(found, report=annotations.annotated(desk, found.report))


def _kept(desk: Desk, version: ReportVersion) -> tuple[Report, Mapping[str, Any]]:
    """The report as it was closed, and what was kept beside it."""
    protection = desk.key_of_protection(Permission.REPORT_SEE)
    with collecting.held_back(), desk.reading() as connection:
        content = versions.content(connection, version.id, protection)
        if snapshots.digest(content) != version.sha256:
            raise ReportsAltered((version.month,))
        return _numbered(connection, version, snapshots.read(content["report"])), content


@needs(Permission.REPORT_SEE)
def to_explain(desk: Desk, month: Month) -> tuple[Ref, ...]:
    """The figures of a month that moved so much that somebody should say why; nothing before three months were lived.

    Months that are closed are taken as they were closed.
    """
    wanted, first = [month.report.period.whole], reports.first_day(desk)
    while len(wanted) <= comments.MONTHS_BEFORE:
        wanted.append(wanted[-1].month_before)
    if first is None or first > wanted[-1].first or not month.report.period.is_month:
        return ()
    there = closed_months(desk)
    former = (_kept(desk, there[one])[0] if one in there else reports.monthly(desk, one).report for one in wanted[1:])
    return comments.to_explain(month.report, [comments.totals(one) for one in former])


@needs(Permission.REPORT_SEE)
def compared(desk: Desk, month: Month) -> Month:
    """The month with other periods beside it: months that are closed as they were closed, the others as they are now.

    The same month where it is closed, or no calendar month: what was not kept with it is not made up later.
    """
    period, first = month.report.period, reports.first_day(desk)
    if month.version is not None or not period.is_month or first is None:
        return month
    there = closed_months(desk)
    closed = {one: _kept(desk, there[one])[0] for one in synthesis.shown_months(period) if one in there}

    def of(one: Period) -> dict[str, float]:
        if one.last < first:
            return {}
        return synthesis.headlines(closed[one] if one in closed else reports.monthly(desk, one).report)

    year = synthesis.year_so_far(period)
    beside = Compared(
        of(period.month_before),
        of(synthesis.year_before(period)),
        {} if year is None else synthesis.since_january(reports.monthly(desk, year).report),
        _flows(desk, period, closed),
    )
    return replace(month, report=replace(month.report, compared=beside))


def _flows(desk: Desk, period: Period, closed: Mapping[Period, Report]) -> tuple[MonthFlow, ...]:
    months = synthesis.twelve_months(period)
    with desk.reading() as connection:
        now = stored_reports.flows(connection, months[0].first, period.last)
    return tuple(
        synthesis.flow_of(closed[one])
        if one in closed
        else MonthFlow(one.first, *now.get(f"{one.first:%Y-%m}", (0, 0)))
        for one in months
    )


@needs(Permission.REPORT_SEE)
def accepted(desk: Desk, version: VersionId) -> tuple[AcceptedPoint, ...]:
    """What was accepted at the closing, with its reasons."""
    with desk.reading() as connection:
        found = next(one for one in versions.every(connection) if one.id == version)
    return tuple(AcceptedPoint(**one) for one in _kept(desk, found)[1]["accepted"])


@needs(Permission.REPORT_CLOSE)
def close(desk: Desk, period: Period, reason_of: Callable[[Point], str] = lambda _: "") -> ReportVersion:
    """Close a calendar month that is over; where it is closed already, that version.

    reason_of: why a point that is not settled stays, "" where nobody said. Raises NotAMonth, PeriodRuns, ControlsFail,
    EarlierOpen, CountUnderWay, PointsOpen, OlderCopy, PeriodNotBegun; nothing is closed then.
    """
    there = standing(desk, period).current
    if there is not None:
        return there
    found = compared(desk, _now(desk, period))
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
    if not period.is_month:
        raise NotAMonth
    if period.is_running:
        raise PeriodRuns(period.whole.last)
    _check_whole(desk, report)
    with desk.reading() as connection:
        before = closing.open_before(period, _closed(connection))
        counted = ((one.count_no, one.counted_on) for one in stock_counts.still_open(connection))
        inspected = ((one.count_no, one.on) for one in equipment_counts.campaigns(connection) if one.is_open)
        counts = [number for number, day in (*counted, *inspected) if day <= period.last]
    if before is not None:
        raise EarlierOpen(before.first)
    if counts:
        raise CountUnderWay(counts[0])


def _check_newest(desk: Desk) -> None:
    """Raises OlderCopy for files of which newer ones are known: what was closed and sent is not all in them."""
    if desk.older is not None:
        raise desk.older


def _check_whole(desk: Desk, report: Report) -> None:
    """Raises OlderCopy, ControlsFail."""
    _check_newest(desk)
    if not report.holds:
        raise ControlsFail(report.failed_ids)


@needs(Permission.REPORT_CLOSE)
def reopen(desk: Desk, period: Period, reason: str) -> None:
    """Open a month again of which nothing left; its versions stay, cancelled.

    Raises Missing, NotClosed, AlreadySent, OlderCopy.
    """
    check_given("reason", reason.strip())
    _check_newest(desk)
    there = standing(desk, period)
    if there.current is None:
        raise NotClosed(period.first)
    if any(one.version is not None and one.left for one in there.sendings):
        raise AlreadySent(period.first)
    with desk.writing("month_reopened", Changes(reports=True), f"{period.first:%Y-%m}") as writing:
        for one in there.versions:
            if one.cancelled_at is None:
                writing.trail.change(versions.VERSIONS, one.id, {"cancelled_at": to_text(desk.now())})
        writing.details["reason"] = reason.strip()


@dataclass(frozen=True, slots=True)
class Rectification:
    """The version that was made, which one of those it is, and what differs from the one before."""

    version: ReportVersion
    number: int
    moved: tuple[Correction, ...]


@needs(Permission.REPORT_CLOSE)
def rectify(desk: Desk, period: Period, reason: str, said: Mapping[Ref, str] | None = None) -> Rectification:
    """A whole new version of a closed month, which replaces the one before and begins with its words.

    said: words in place of those, as of `annotations.comment`; nothing more is said of a number that moved until they
    say it. Raises Missing, WordsTooLong, NotClosed, NothingDiffers, ControlsFail, OlderCopy.
    """
    check_given("reason", reason.strip())
    said = {ref: annotations.checked(ref, text) for ref, text in (said or {}).items()}
    there = standing(desk, period).current
    if there is None:
        raise NotClosed(period.first)
    found = compared(desk, _now(desk, period))
    _check_whole(desk, found.report)
    former = _kept(desk, there)[0]
    moved = closing.corrections(former, found.report)
    if not moved:
        raise NothingDiffers(period.first)
    found = replace(found, report=comments.said_again(found.report, former, {one.ref for one in moved}, said))
    made = _add(desk, found, "month_rectified", reason.strip(), list(accepted(desk, there.id)))
    return Rectification(made, closing.rectified(made, standing(desk, period).versions), moved)


def _add(desk: Desk, found: Month, action: str, reason: str, told: list[AcceptedPoint]) -> ReportVersion:
    protection = desk.key_of_protection(Permission.REPORT_CLOSE)
    report, period = found.report, found.report.period
    kept = {
        "report": snapshots.written(report),
        "accepted": [{"key": one.key, "reason": one.reason} for one in told],
        "cover": reports.cover_of(desk, found).told(),
        "program": __version__,
        "corrections": _earlier(desk, period),
    }
    with collecting.held_back(), desk.writing(action, Changes(reports=True), f"{period.first:%Y-%m}") as writing:
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
        as_partner = snapshots.written(reports.shown(found, "partenaire"))
        key = versions.add(writing.trail, version, kept, as_partner, protection, keys.management(desk.keys))
        annotations.keep_as_said(desk, writing, report)
        writing.details |= {"version": number, "sha256": version.sha256, **({"reason": reason} if reason else {})}
    return replace(version, id=key)


def _earlier(desk: Desk, period: Period) -> dict[str, list[dict[str, Any]]]:
    """By profile what moved a little in months closed before, and was not told yet by the report of another month.

    Looked at are those of which something was written late, and the last one, which anything else may have moved.
    """
    others = {one: _kept(desk, version) for one, version in closed_months(desk).items() if one != period}
    told = [one for _, kept in others.values() for one in kept.get("corrections", {}).get("interne", ())]
    with desk.reading() as connection:
        late = {month for line in journal.late_after(connection, 0) for month in line.known["late_months"]}
    before = sorted((one for one in others if one.first < period.first), key=lambda one: one.first)
    found: dict[str, list[dict[str, Any]]] = {}
    for one in before:
        if one != before[-1] and f"{one.first:%Y-%m}" not in late:
            continue
        closed, now = others[one][0], reports.monthly(desk, one)
        both = {
            level: [reports.shown(replace(now, report=of), level) for of in (closed, now.report)] for level in LEVELS
        }
        new = {told_now.correction.ref for told_now in small(one, closed, now.report) if told_now.told() not in told}
        for level, (was, is_now) in both.items():
            seen = small(one, closed, now.report, was, is_now)
            found.setdefault(level, []).extend(moved.told() for moved in seen if moved.correction.ref in new)
    return found


@needs(Permission.REPORT_SEE)
def pending(desk: Desk, period: Period) -> tuple[Correction, ...]:
    """What is otherwise today than in the version that counts; nothing for a month that is open."""
    there = standing(desk, period).current
    if there is None:
        return ()
    return closing.corrections(_kept(desk, there)[0], reports.monthly(desk, period).report)


@needs(Permission.REPORT_SEE)
def bridge(desk: Desk, report: Report) -> Bridge | None:
    """Where the month before was closed with another number at its end than this one is shown to begin with."""
    there = standing(desk, report.period.month_before).current if report.period.is_month else None
    if there is None:
        return None
    published, opening = _kept(desk, there)[0].value("t2.present_end"), report.value("t2.present_start")
    if published == opening or not isinstance(published, int) or not isinstance(opening, int):
        return None
    return Bridge(published, opening - published, opening)
