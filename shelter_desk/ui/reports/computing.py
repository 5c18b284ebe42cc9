"""What the page asks of operations on the worker's thread."""

from dataclasses import dataclass, replace
from datetime import datetime

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import calendar_periods
from shelter_desk.domain.reports.closing import AcceptedPoint
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.layout.stay_tables import ReportTable
from shelter_desk.domain.reports.pending import PendingCorrection
from shelter_desk.domain.reports.points import Point
from shelter_desk.domain.reports.visas import VisaStanding
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations, comparing, month_versions, narratives, pending, reports
from shelter_desk.operations.reports.annotations import WrittenComment
from shelter_desk.operations.reports.month_versions import Bridge, PeriodStanding
from shelter_desk.operations.reports.narratives import NarrativeTerms
from shelter_desk.operations.reports.reports import Month


@dataclass(frozen=True, slots=True)
class ReportComputed:
    """A month as it was computed, and laid out. is_empty: no resident was ever admitted."""

    month: Month
    tables: tuple[ReportTable, ...]
    made_at: datetime
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class LeftTerm:
    """What a month leaves to settle, or what is otherwise today than when it was closed.

    standing: of a closed month, accepted: its points that were not settled; before: the bridge from the month before.
    to_explain: figures of an open month that is over which moved so much that somebody should say why; written: what is
    said of an open month, by whom; visas: of one that is over. narrative: of a calendar month.
    """

    month: Month
    points: tuple[Point, ...] = ()
    standing: PeriodStanding | None = None
    moved: tuple[PendingCorrection, ...] = ()
    before: Bridge | None = None
    accepted: tuple[AcceptedPoint, ...] = ()
    to_explain: tuple[Ref, ...] = ()
    written: tuple[WrittenComment, ...] = ()
    visas: tuple[VisaStanding, ...] = ()
    narrative: NarrativeTerms | None = None


def compute(desk: Desk, period: Period | None) -> ReportComputed:
    """The period asked for; without one the last full month, or this one where nobody was here before."""
    if period is not None:
        return _computed(desk, month_versions.month(desk, period))
    this = calendar_periods.around(desk.today(), "month")
    month = month_versions.month(desk, this.month_before)
    has_any = month.version is not None or month.facts.stays
    return _computed(desk, month if has_any else month_versions.month(desk, this))


def _computed(desk: Desk, month: Month) -> ReportComputed:
    is_empty = month.version is None and not month.facts.stays and reports.first_day(desk) is None
    return ReportComputed(month, tables(month.report), desk.now(), is_empty)


@dataclass(frozen=True, slots=True)
class MonthBeside:
    """A month as it was computed, and the same with other periods beside it."""

    month: Month
    compared: Month


def beside(desk: Desk, month: Month) -> MonthBeside:
    """Look at the other periods, which takes as long as their figures do."""
    return MonthBeside(month, comparing.compared(desk, month))


def left(desk: Desk, month: Month) -> LeftTerm:
    """What to settle in it, or what moved since it was closed."""
    found = _left(desk, month)
    return replace(found, narrative=narratives.terms(desk, month)) if month.report.period.is_month else found


def _left(desk: Desk, month: Month) -> LeftTerm:
    period, before = month.report.period, month_versions.bridge(desk, month.report)
    if month.version is None:
        found = LeftTerm(month, reports.points(desk, month.facts), before=before)
        if not period.is_month or period.is_running:
            return found
        written, visas = annotations.of(desk, period), annotations.standing(desk, month.report)
        return replace(found, to_explain=comparing.to_explain(desk, month), written=written, visas=visas)
    accepted = month_versions.accepted(desk, month.version)
    _ = month.facts  # read here, not in the window when the first figure is opened
    return LeftTerm(month, (), month_versions.standing(desk, period), pending.of_month(desk, period), before, accepted)
