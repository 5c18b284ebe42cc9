"""Other periods beside one: which figures of a month moved so much that somebody says why, and the first page."""

from collections.abc import Mapping
from dataclasses import replace

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import comments, synthesis
from shelter_desk.domain.reports.calendar_periods import period_before, year_before
from shelter_desk.domain.reports.compared import Compared, MonthFlow
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.nights import nights_by_month
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import month_versions, reports, year_targets
from shelter_desk.operations.reports.reports import Month
from shelter_desk.storage.reports import reports as stored_reports


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
    there = month_versions.current(desk)
    former = (
        month_versions.kept(desk, there[one])[0] if one in there else reports.monthly(desk, one).report
        for one in wanted[1:]
    )
    return comments.to_explain(month.report, [comments.totals(one) for one in former])


@needs(Permission.REPORT_SEE)
def compared(desk: Desk, month: Month) -> Month:
    """The period with others beside it: months that are closed as they were closed, everything else as it is now.

    The same month where that was done already, and where it is closed: what was not kept is not made up later.
    """
    period, first = month.report.period, reports.first_day(desk)
    if month.version is not None or first is None or month.report.compared is not None:
        return month
    there = month_versions.current(desk)
    closed = {one: month_versions.kept(desk, there[one])[0] for one in synthesis.shown_months(period) if one in there}

    def of(one: Period | None) -> dict[str, float]:
        if one is None or one.last < first:
            return {}
        return synthesis.headlines(closed[one] if one in closed else reports.monthly(desk, one).report)

    days, targets = synthesis.year_so_far(period), year_targets.targets(desk, synthesis.year_of(period))
    year = None
    if days is not None and (targets or "since_january" in synthesis.columns(period)):
        year = month.report if days == period else reports.monthly(desk, days).report
    beside = Compared(
        of(period_before(period)),
        of(year_before(period)),
        {} if year is None else synthesis.since_january(year),
        _flows(desk, period, closed),
        targets,
        {} if year is None else synthesis.with_targets(year, targets),
    )
    return replace(month, report=replace(month.report, compared=beside))


def _flows(desk: Desk, period: Period, closed: Mapping[Period, Report]) -> tuple[MonthFlow, ...]:
    """Nights are counted only of what is longer than a month, which shows those of a month one by one."""
    months = synthesis.twelve_months(period)
    last = max(period.last, months[0].first)
    with desk.reading() as connection:
        now = stored_reports.flows(connection, months[0].first, last)
        year = Period(months[0].first, last)
        slept = {} if period.is_month else nights_by_month(stored_reports.facts(connection, year, assets=False))
    return tuple(
        synthesis.flow_of(closed[one])
        if one in closed
        else MonthFlow(one.first, *now.get(f"{one.first:%Y-%m}", (0, 0)), slept.get(one.first))
        for one in months
    )
