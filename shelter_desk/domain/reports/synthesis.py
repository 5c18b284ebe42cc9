"""The period on one page: its headlines, the norms it holds, what moved."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.calendar_periods import kind_of, period_before, year_before
from shelter_desk.domain.reports.compared import Compared, MonthFlow, YearTarget
from shelter_desk.domain.reports.disclosure import HEADLINE_KEYS
from shelter_desk.domain.reports.figures import HIDDEN, RATIOS, TOTAL, Ref, Shown
from shelter_desk.domain.reports.figures import kind_of as kind_of_figure
from shelter_desk.domain.reports.report import Report

_OF_A_DAY = frozenset({"t2.present_start", "t2.present_end"})
OF_A_YEAR = tuple(key for key in HEADLINE_KEYS if key not in _OF_A_DAY and kind_of_figure(key) not in RATIOS)
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


def year_of(period: Period) -> int:
    """The year in which it ends, whose targets it is held against."""
    return max(period.first, period.last).year


def year_so_far(period: Period) -> Period | None:
    """From the first of January to the last day of the period; None on the first day of a year, which has no night."""
    first = date(year_of(period), 1, 1)
    return Period(first, period.last) if period.last >= first else None


def twelve_months(period: Period) -> list[Period]:
    """The calendar months that end with the last one of the period of which a day is over, the oldest first."""
    last = max(period.first, period.last)
    found = [Period.month(last.year, last.month)]
    while len(found) < MONTHS:
        found.insert(0, found[0].month_before)
    return found


def shown_months(period: Period) -> list[Period]:
    """Every other calendar month of which something stands on the page beside the period, each once."""
    found = [one for one in (period_before(period), year_before(period)) if one is not None and one.is_month]
    found += [one for one in twelve_months(period) if one != period.whole]
    return list(dict.fromkeys(found))


Column = Literal["now", "before", "last_year", "since_january", "target", "percent"]
OF_TARGETS: tuple[Column, ...] = ("target", "percent")
_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "year": ("now", "before", *OF_TARGETS),  # a year ago is the one before, since January the year itself
    "free": ("now", "since_january", *OF_TARGETS),
}


def columns(period: Period) -> tuple[Column, ...]:
    """The periods that stand beside each other, that of the report first: what says nothing of it has no column.

    Then what is wanted of the year, and how much of it was reached since January.
    """
    return _COLUMNS.get(kind_of(period), ("now", "before", "last_year", "since_january", *OF_TARGETS))


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """A headline in `columns`, None where it says nothing or the house was not there yet."""

    ref: Ref
    values: tuple[Shown, ...]


def headline_rows(report: Report) -> Iterator[HeadlineRow]:
    """The headlines, and what else has a target.

    Beside a number that is kept back its other periods would tell of it, and are kept back too.
    """
    compared = report.compared or Compared()
    targets = {one.target.figure: one for one in report.targets}
    for key in dict.fromkeys((*HEADLINE_KEYS, *targets)):
        now, standing = report.value(key), targets.get(key)
        found: dict[Column, Shown] = {
            "before": _number(key, compared.before),
            "last_year": _number(key, compared.last_year),
            "since_january": _number(key, compared.since_january),
        }
        if now is HIDDEN:
            found = dict.fromkeys(found, HIDDEN)
        if standing is not None:
            found |= {"target": standing.target.value, "percent": standing.percent}
            if key not in HEADLINE_KEYS:
                found["since_january"] = standing.reached
        others = (found.get(one) for one in columns(report.period) if one != "now")
        yield HeadlineRow((key, TOTAL), (now, *others))


def _number(key: str, found: Mapping[str, float]) -> int | float | None:
    """A count is whole; a rate stays one where it is a whole number by chance."""
    value = found.get(key)
    return int(value) if value is not None and kind_of_figure(key) not in RATIOS else value


def flow_of(report: Report) -> MonthFlow:
    """Who came and who left, of a report in which nothing is hidden."""
    came, left, slept = (int(headlines(report).get(key, 0)) for key in ("t2.entries", "t2.exits", "t1.person_nights"))
    return MonthFlow(report.period.first, came, left, slept)


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
