"""Closing a month, opening it again, replacing it: each version is kept as it was."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from shelter_desk import __version__
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.ids import VersionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import closing, comments, snapshots
from shelter_desk.domain.reports.closing import AcceptedPoint, Correction, ReportVersion
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.month_corrections import small
from shelter_desk.domain.reports.points import Point
from shelter_desk.domain.reports.refusals import (
    AlreadySent,
    ControlsFail,
    CountUnderWay,
    EarlierOpen,
    NotAMonth,
    NotClosed,
    NothingDiffers,
    PeriodRuns,
    PointsOpen,
)
from shelter_desk.domain.reports.report import Profile, Report
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import annotations, comparing, month_versions, narratives, reports
from shelter_desk.operations.reports.reports import Month
from shelter_desk.storage.equipment import equipment_counts
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.keys import keys
from shelter_desk.storage.reports import versions
from shelter_desk.storage.stock import stock_counts
from shelter_desk.system import collecting

_NO_ID = VersionId(0)
# bytes: the sum of a version, printed on what leaves, leads to no hidden figure by trying
_SALT = 16
LEVELS: tuple[Profile, ...] = get_args(Profile)


@needs(Permission.REPORT_CLOSE)
def close(desk: Desk, period: Period, reason_of: Callable[[Point], str] = lambda _: "") -> ReportVersion:
    """Close a calendar month that is over; where it is closed already, that version.

    reason_of: why a point that is not settled stays, "" where nobody said. Raises NotAMonth, PeriodRuns, ControlsFail,
    EarlierOpen, CountUnderWay, PointsOpen, OlderCopy, PeriodNotBegun, Damaged for altered words; nothing is closed
    then.
    """
    there = month_versions.standing(desk, period).current
    if there is not None:
        return there
    found = comparing.compared(desk, month_versions.now(desk, period))
    check(desk, found)
    reports.check_words_unaltered(desk, period)
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
        before = closing.open_before(period, month_versions.current_in(connection))
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
    there = month_versions.standing(desk, period)
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
    there = month_versions.standing(desk, period).current
    if there is None:
        raise NotClosed(period.first)
    found = comparing.compared(desk, month_versions.now(desk, period))
    _check_whole(desk, found.report)
    former = month_versions.kept(desk, there)[0]
    moved = closing.corrections(former, found.report)
    if not moved:
        raise NothingDiffers(period.first)
    found = replace(found, report=comments.said_again(found.report, former, {one.ref for one in moved}, said))
    made = _add(desk, found, "month_rectified", reason.strip(), list(month_versions.accepted(desk, there.id)))
    return Rectification(made, closing.rectified(made, month_versions.standing(desk, period).versions), moved)


def _add(desk: Desk, found: Month, action: str, reason: str, told: list[AcceptedPoint]) -> ReportVersion:
    protection = desk.key_of_protection(Permission.REPORT_CLOSE)
    report, period = found.report, found.report.period
    kept = {
        "report": snapshots.written(report),
        "accepted": [{"key": one.key, "reason": one.reason} for one in told],
        "cover": reports.cover_of(desk, found).told(),
        "program": __version__,
        "corrections": _earlier(desk, period),
        "salt": secrets.token_hex(_SALT),
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
        narratives.keep_as_said(desk, writing, report)
        writing.details |= {"version": number, "sha256": version.sha256, **({"reason": reason} if reason else {})}
    return replace(version, id=key)


def _earlier(desk: Desk, period: Period) -> dict[str, list[dict[str, Any]]]:
    """By profile what moved a little in months closed before, and was not told yet by the report of another month.

    Looked at are those of which something was written late, and the last one, which anything else may have moved.
    """
    others = {
        one: month_versions.kept(desk, version)
        for one, version in month_versions.current(desk).items()
        if one != period
    }
    told = [one for _, kept in others.values() for one in kept.get("corrections", {}).get("interne", ())]
    with desk.reading() as connection:
        late = {month for line in journal.late_after(connection, 0) for month in line.known["late_months"]}
    before = sorted((one for one in others if one.first < period.first), key=lambda one: one.first)
    found: dict[str, list[dict[str, Any]]] = {}
    for one in before:
        if one != before[-1] and f"{one.first:%Y-%m}" not in late:
            continue
        closed, now = others[one][0], reports.monthly(desk, one)
        new = {told_now.correction.ref for told_now in small(one, closed, now.report) if told_now.told() not in told}
        for level in LEVELS if new else ():  # hiding takes long
            was, is_now = (reports.shown(replace(now, report=of), level) for of in (closed, now.report))
            seen = small(one, closed, now.report, was, is_now)
            found.setdefault(level, []).extend(moved.told() for moved in seen if moved.correction.ref in new)
    return found
