"""The month on one page: its headlines, the norms it holds, what moved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.compared import MonthFlow, YearTarget
from shelter_desk.domain.reports.disclosure import HEADLINE_KEYS
from shelter_desk.domain.reports.figures import RATIOS, TOTAL, Ref, Shown, kind_of
from shelter_desk.domain.reports.report import Report

_OF_A_DAY = frozenset({"t2.present_start", "t2.present_end"})
OF_A_YEAR = tuple(key for key in HEADLINE_KEYS if key not in _OF_A_DAY and kind_of(key) not in RATIOS)
# what else may have a target: no headlines, so that a partner is told of their month alone
MORE = (
    "t4.victims",
    "t5.exits_settled",
    "t7.served",
    "t8.follow_ups_reached",
    "t9.sessions",
    "t9.sensitised",
    "t9.trained_persons",
)
INDICATORS = (*OF_A_YEAR, *MORE)
MONTHS = 12


def headlines(report: Report) -> dict[str, float]:
    """Those of a report that are numbers; all are given outside the house too, so that other months may stand there."""
    values = ((key, report.value(key)) for key in HEADLINE_KEYS)
    return {key: value for key, value in values if isinstance(value, int | float)}


def since_january(report: Report) -> dict[str, float]:
    """Those of a report of the year so far that say something of a whole year."""
    return {key: value for key, value in headlines(report).items() if key in OF_A_YEAR}


def with_targets(report: Report, targets: Iterable[YearTarget]) -> dict[str, Shown]:
    """Of a report of the year so far, what has a target and is no headline."""
    return {one.figure: report.value(one.figure) for one in targets if one.figure in MORE}


def year_so_far(period: Period) -> Period | None:
    """From the first of January to the last day of the period; None on the first day of a year, which has no night."""
    first = period.first.replace(month=1, day=1)
    return Period(first, period.last) if period.last >= first else None


def year_before(period: Period) -> Period:
    """The same calendar month a year earlier."""
    return Period.month(period.first.year - 1, period.first.month)


def twelve_months(period: Period) -> list[Period]:
    """The calendar months that end with that of the period, the oldest first."""
    found = [Period.month(period.first.year, period.first.month)]
    while len(found) < MONTHS:
        found.insert(0, found[0].month_before)
    return found


def shown_months(period: Period) -> list[Period]:
    """Every calendar month of which something stands on the page beside that of the period."""
    return [year_before(period), *twelve_months(period)[:-1]]


def flow_of(report: Report) -> MonthFlow:
    """Who came and who left, of a report in which nothing is hidden."""
    came, left = (int(headlines(report).get(key, 0)) for key in ("t2.entries", "t2.exits"))
    return MonthFlow(report.period.first, came, left)


@dataclass(frozen=True, slots=True)
class NormHeld:
    """A norm, and what was found. holds: None where nobody can tell, as of a number that is not shown."""

    ref: Ref
    found: Shown
    limit: float
    holds: bool | None


LEAST_SURFACE = 3.5  # square metres a person (field/figures.md, T1)
_NONE_ABOVE = ("t1.overcapacity_nights", "t2.over_max_stay", "t5.bia_overdue", "t5.bia_full_overdue")


def norms(report: Report) -> Iterator[NormHeld]:
    """What the house holds itself to, in the order of the tables; only what the report tells of."""
    for key, limit_key in (("t1.persons_per_toilet", "t1.norm_toilet"), ("t1.persons_per_shower", "t1.norm_shower")):
        limit = report.value(limit_key)
        if report.find((key, TOTAL)) is not None and isinstance(limit, int | float):
            yield _norm(report, key, limit)
    if report.find(("t1.surface_per_person", TOTAL)) is not None:
        found = report.value("t1.surface_per_person")
        holds = found >= LEAST_SURFACE if isinstance(found, int | float) else None
        yield NormHeld(("t1.surface_per_person", TOTAL), found, LEAST_SURFACE, holds)
    for key in _NONE_ABOVE:
        if report.find((key, TOTAL)) is not None:
            yield _norm(report, key, 0)


def _norm(report: Report, key: str, limit: float) -> NormHeld:
    """One above which nothing may be."""
    found = report.value(key)
    return NormHeld((key, TOTAL), found, limit, found <= limit if isinstance(found, int | float) else None)
