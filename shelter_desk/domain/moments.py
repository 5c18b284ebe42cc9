"""Moments in the shelter's own time zone, and the nights that lie between them.

A moment is a naive local `datetime` with minutes. One at exactly 00:00 is a plain day: the hour is not known.
Intervals are half-open, `[start, end)`; an end of None is open. The night of a day D goes from D to D + 1 and belongs
to the interval in which the instant 24:00 of D falls; both precisions come to `start day ≤ D < end day` (field 4.2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shelter_desk.domain.errors import PeriodNotBegun

ONE_DAY = timedelta(days=1)


def plain(day: date) -> datetime:
    """That day, hour not known."""
    return datetime.combine(day, time.min)


def is_plain(moment: datetime) -> bool:
    """True where only the day is known."""
    return moment.hour == 0 and moment.minute == 0


def before(first: datetime, second: datetime) -> bool:
    """True when `first` comes before `second`; where one is a plain day, only days are compared."""
    if first.hour == 0 == first.minute or second.hour == 0 == second.minute:  # `is_plain`, asked very often
        return first.date() < second.date()
    return first < second


def overlap(
    first_start: datetime, first_end: datetime | None, second_start: datetime, second_end: datetime | None
) -> bool:
    """True when two half-open intervals share an instant; equal ends never conflict (an exit comes before an entry)."""
    return (second_end is None or before(first_start, second_end)) and (
        first_end is None or before(second_start, first_end)
    )


def inside(start: datetime, end: datetime | None, outer_start: datetime, outer_end: datetime | None) -> bool:
    """True when [start, end) lies in the outer interval; an open end needs an open outer end."""
    if before(start, outer_start):
        return False
    if outer_end is None:
        return True
    return end is not None and not before(outer_end, end)


def covers(start: datetime, end: datetime | None, night: date) -> bool:
    """True when the night from `night` to the next day belongs to [start, end)."""
    return start.date() <= night and (end is None or night < end.date())


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included; its nights have the same dates.

    ends: the last day that was asked for where the period is not over. `last` is yesterday then, which on the first
        day of the period is the eve of it: a running period may be without a night.
    """

    first: date
    last: date
    ends: date | None = None

    def __post_init__(self) -> None:
        if self.last < self.first - (ONE_DAY if self.is_running else timedelta()):
            raise ValueError("a period ends before it begins")

    @property
    def is_running(self) -> bool:
        """True where some of the days that were asked for are left out: they are not over."""
        return self.ends is not None

    @property
    def whole(self) -> "Period":
        """All the days that were asked for."""
        return self if self.ends is None else Period(self.first, self.ends)

    def over_by(self, today: date) -> "Period":
        """What of it is over: the last night slept is that of yesterday. Raises PeriodNotBegun."""
        whole = self.whole
        if whole.first > today:
            raise PeriodNotBegun(whole.first)
        return whole if whole.last < today else Period(whole.first, today - ONE_DAY, whole.last)

    @property
    def nights(self) -> int:
        """Number of nights, as many as days."""
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range(self.nights))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def nights_of(self, start: datetime, end: datetime | None) -> int:
        """How many nights of the period belong to [start, end)."""
        first = max(self.first, start.date())
        after = self.last + ONE_DAY if end is None else min(self.last + ONE_DAY, end.date())
        return max(0, (after - first).days)

    @staticmethod
    def month(year: int, month: int) -> "Period":
        """A calendar month."""
        after = date(year + month // 12, month % 12 + 1, 1)
        return Period(date(year, month, 1), after - ONE_DAY)

    @property
    def is_month(self) -> bool:
        """True of a calendar month, whether it runs or is over."""
        return self.whole == Period.month(self.first.year, self.first.month)

    @property
    def month_before(self) -> "Period":
        """The calendar month before the one of `first`."""
        last = self.first.replace(day=1) - ONE_DAY
        return Period(last.replace(day=1), last)

    @property
    def month_after(self) -> "Period":
        """The calendar month after the one of `last`."""
        after = (self.last.replace(day=1) + timedelta(days=32)).replace(day=1)
        return Period.month(after.year, after.month)
