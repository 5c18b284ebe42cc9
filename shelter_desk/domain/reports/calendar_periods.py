"""Which periods a report is asked for: a month, a quarter, a year, any two days; what comes before and after each."""

from calendar import monthrange
from datetime import date
from typing import Literal

from shelter_desk.domain.moments import ONE_DAY, Period

Kind = Literal["month", "quarter", "year", "free"]
_MONTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "year": 12}


def starting(year: int, month: int, kind: Kind) -> Period:
    """The month, quarter or year that begins with that month."""
    last_month = month + _MONTHS[kind] - 1
    return Period(date(year, month, 1), date(year, last_month, monthrange(year, last_month)[1]))


def around(day: date, kind: Kind) -> Period:
    """The month, quarter or year that holds that day."""
    long = _MONTHS[kind]
    return starting(day.year, (day.month - 1) // long * long + 1, kind)


def kind_of(period: Period) -> Kind:
    """What a period is; any other two days are a free one."""
    known: tuple[Kind, ...] = ("month", "quarter", "year")
    return next((kind for kind in known if period.whole == around(period.first, kind)), "free")


def earlier(period: Period) -> Period:
    """The period of the same length just before."""
    eve = period.first - ONE_DAY
    if (kind := kind_of(period)) == "free":
        return Period(period.first - ONE_DAY * period.nights, eve)
    return around(eve, kind)


def later(period: Period) -> Period:
    """The period of the same length just after."""
    start = period.last + ONE_DAY
    if (kind := kind_of(period)) == "free":
        return Period(start, period.last + ONE_DAY * period.nights)
    return around(start, kind)


def back_to(first: date, today: date, kind: Kind) -> list[Period]:
    """The periods of that kind from the one of today back to the one of `first`, latest first."""
    found = [around(today, kind)]
    while found[-1].first > first:
        found.append(earlier(found[-1]))
    return found


def period_before(period: Period) -> Period | None:
    """What a period is compared with, of the same length just before it; None for a free one."""
    return None if kind_of(period) == "free" else earlier(period.whole)


def year_before(period: Period) -> Period | None:
    """The same month or quarter a year earlier; None for a free period, and for a year, before which that one comes."""
    kind = kind_of(period)
    return None if kind in ("year", "free") else starting(period.first.year - 1, period.first.month, kind)
