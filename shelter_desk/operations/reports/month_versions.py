"""Versions of months: what was closed of each and counts, shown from what was kept, and what moved since."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from shelter_desk.domain.ids import VersionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import closing, snapshots
from shelter_desk.domain.reports.closing import AcceptedPoint, Correction, ReportVersion
from shelter_desk.domain.reports.refusals import (
    NoSuchVersion,
    NotClosed,
)
from shelter_desk.domain.reports.report import Report, as_document
from shelter_desk.domain.reports.sendings import OF_A_MONTH, Sending
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import annotations, reports
from shelter_desk.operations.reports.reports import CoverFacts, Month
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.keys import slot_list
from shelter_desk.storage.reports import versions
from shelter_desk.system import collecting


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


@dataclass(frozen=True, slots=True)
class ClosedVersion:
    """A version of a closed month: which one it is of those that replaced the closing, and whether it counts."""

    version: ReportVersion
    rectified: int
    counts: bool


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
def current(desk: Desk) -> Mapping[Period, ReportVersion]:
    """The version that counts of each month that is closed."""
    with desk.reading() as connection:
        return current_in(connection)


def current_in(connection: Connection) -> dict[Period, ReportVersion]:
    return {one.period: one for one in versions.every(connection) if one.cancelled_at is None}


@needs(Permission.REPORT_SEE_FROZEN)
def closed_versions(desk: Desk) -> list[ClosedVersion]:
    """Every version of every month, the last month first, of each the last version first."""
    with desk.reading() as connection:
        every = versions.every(connection)
        counting = {one.id for one in current_in(connection).values()}
    found = [
        ClosedVersion(
            one, closing.rectified(one, [each for each in every if each.period == one.period]), one.id in counting
        )
        for one in every
    ]
    return sorted(found, key=lambda one: (one.version.period.first, one.version.version), reverse=True)


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
        signer = slot_list.signer(desk.folder, desk.managers)
        return _numbered(connection, wanted, snapshots.read(versions.partner(connection, wanted, signer)))


@needs(Permission.REPORT_SEE)
def month(desk: Desk, period: Period, version: int | None = None) -> Month:
    """The figures of a period: as they were closed, where it was, else as they are now, without words that somebody
    altered.

    version: which one of them, None for the one that counts. Raises NoSuchVersion, PeriodNotBegun, ReportsAltered.
    """
    with desk.reading() as connection:
        found, wanted = versions.of_period(connection, period), _version(connection, period, version)
    if wanted is None:
        month = reports.monthly(desk, period)
        annotated = annotations.as_far_as_read(desk, month.report)
        return replace(month, report=annotated.report, unread=annotated.unread)
    report, content = kept(desk, wanted)
    cover = CoverFacts(**content["cover"], made_at=wanted.made_at)
    earlier = [one for one in found if one.version < wanted.version and one.cancelled_at == wanted.cancelled_at]
    former = kept(desk, earlier[-1])[0] if wanted.is_rectified else None
    facts, moved = cache(partial(reports.read, desk, period)), content.get("corrections", {})
    told = tuple(AcceptedPoint(**one) for one in content["accepted"])
    return Month(report, facts, cover, wanted.id, former, wanted.reason, moved, told)


@needs(Permission.REPORT_SEE)
def now(desk: Desk, period: Period) -> Month:
    """The month as it is, with what was written about it and who signed these figures.

    Raises Damaged where words of it were altered.
    """
    found = reports.monthly(desk, period)
    return replace(found, report=annotations.annotated(desk, found.report))


@needs(Permission.REPORT_SEE)
def kept(desk: Desk, version: ReportVersion) -> tuple[Report, Mapping[str, Any]]:
    """The report as it was closed, and what was kept beside it."""
    protection = desk.key_of_protection(Permission.REPORT_SEE)
    with collecting.held_back(), desk.reading() as connection:
        content = versions.content(connection, version, protection)
        return _numbered(connection, version, snapshots.read(content["report"])), content


@needs(Permission.REPORT_SEE)
def accepted(desk: Desk, version: VersionId) -> tuple[AcceptedPoint, ...]:
    """What was accepted at the closing, with its reasons."""
    with desk.reading() as connection:
        found = next(one for one in versions.every(connection) if one.id == version)
    return tuple(AcceptedPoint(**one) for one in kept(desk, found)[1]["accepted"])


@needs(Permission.REPORT_SEE)
def pending(desk: Desk, period: Period) -> tuple[Correction, ...]:
    """What is otherwise today than in the version that counts; nothing for a month that is open."""
    there = standing(desk, period).current
    if there is None:
        return ()
    return closing.corrections(kept(desk, there)[0], reports.monthly(desk, period).report)


@needs(Permission.REPORT_SEE)
def bridge(desk: Desk, report: Report) -> Bridge | None:
    """Where the month before was closed with another number at its end than this one is shown to begin with."""
    there = standing(desk, report.period.month_before).current if report.period.is_month else None
    if there is None:
        return None
    published, opening = kept(desk, there)[0].value("t2.present_end"), report.value("t2.present_start")
    if published == opening or not isinstance(published, int) or not isinstance(opening, int):
        return None
    return Bridge(published, opening - published, opening)


def _version(connection: Connection, period: Period, number: int | None) -> ReportVersion | None:
    """The one with that number, without one the one that counts, None for an open month. Raises NoSuchVersion."""
    found = versions.of_period(connection, period)
    if number is None:
        return closing.current(found)
    asked = [one for one in found if one.version == number]
    if not asked:
        raise NoSuchVersion(period.first)
    return asked[0]


def _numbered(connection: Connection, version: ReportVersion, report: Report) -> Report:
    """What was kept of a version, with what it is called."""
    number = closing.rectified(version, versions.of_period(connection, version.period))
    return replace(report, version=version.version, sha256=version.sha256, rectified=number)
