"""Where the nights of each stay were slept, night by night, as whole numbers whose bit n is night n of the period."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from shelter_desk.domain.ids import BedId, RoomId
from shelter_desk.domain.moments import ONE_DAY, Period, plain
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.stays.stays import Stay


@dataclass(frozen=True, slots=True)
class NightsSlept:
    """The nights of one stay: here, and where; away, and with its place held.

    unplaced: nights here without a recorded place; they are among `extra` too (interfaces.md section 4).
    """

    stay: Stay
    here: int
    in_bed: int
    extra: int
    shared: int
    unplaced: int
    away: int
    held: int


def mask(period: Period, start: datetime, end: datetime | None) -> int:
    """The nights of the period that belong to [start, end)."""
    low = max(0, (start.date() - period.first).days)
    after = period.nights if end is None else min(period.nights, (end.date() - period.first).days)
    return (1 << after) - (1 << low) if after > low else 0


def stood(facts: ReportFacts) -> dict[BedId, tuple[tuple[RoomId, int], ...]]:
    """The rooms in which each bed stood, with the nights of the period; those of no known room are of the last one."""
    found = {}
    for bed in facts.beds:
        before = [(one.room, mask(facts.period, one.start, one.end)) for one in bed.former]
        left = mask(facts.period, plain(facts.period.first), None)
        for _, nights in before:
            left &= ~nights
        found[bed.id] = (*before, (bed.room, left))
    return found


def slept(facts: ReportFacts, stay: Stay, extra_beds: frozenset[int]) -> NightsSlept:
    """Sort the nights of a stay by where they were slept; an absence goes before any place."""
    period = facts.period
    covered = mask(period, stay.admitted_at, stay.exited_at)
    away = in_bed = extra = shared = 0
    for absence in facts.absences.get(stay.id, ()):
        away |= covered & mask(period, absence.start, absence.end)
    for placement in facts.placements.get(stay.id, ()):
        nights = covered & mask(period, placement.start, placement.end)
        if placement.place == "partage":
            shared |= nights
        elif placement.place == "appoint" or placement.bed in extra_beds:
            extra |= nights
        else:
            in_bed |= nights
    here = covered & ~away
    unplaced = here & ~(in_bed | extra | shared)
    return NightsSlept(
        stay, here, in_bed & here, extra & here | unplaced, shared & here, unplaced, away, away & ~shared
    )


@dataclass(slots=True)
class NightCounts:
    """One whole number a night, filled by the nights at which something begins and ends."""

    changes: list[int]

    @staticmethod
    def over(period: Period) -> "NightCounts":
        """Nothing yet, over these nights."""
        return NightCounts([0] * (period.nights + 1))

    def add(self, nights: int, amount: int = 1) -> None:
        """Count `amount` on each night of the mask."""
        while nights:
            low = (nights & -nights).bit_length() - 1
            run = nights >> low
            length = (run ^ (run + 1)).bit_length() - 1
            self.changes[low] += amount
            self.changes[low + length] -= amount
            nights &= ~(((1 << length) - 1) << low)

    def by_night(self) -> list[int]:
        """The count of each night of the period."""
        return list(accumulate(self.changes[:-1]))


def presence_by_dates(facts: ReportFacts) -> list[int]:
    """Persons present on each night from the dates alone: stays minus absences. The other way of I-04."""
    period = facts.period
    changes = [0] * (period.nights + 1)
    for stay in facts.stays:
        if not stay.counts:
            continue
        _step(period, changes, stay.admitted_at, stay.exited_at, 1)
        for absence in facts.absences.get(stay.id, ()):
            start = max(absence.start, stay.admitted_at)
            ends = [end for end in (absence.end, stay.exited_at) if end is not None]
            _step(period, changes, start, min(ends, default=None), -1)
    return list(accumulate(changes[:-1]))


def nights_by_month(facts: ReportFacts) -> dict[date, int]:
    """Nights slept in each calendar month that the period touches, by its first day."""
    found: dict[date, int] = {}
    for day, present in zip(facts.period, presence_by_dates(facts), strict=True):
        month = day.replace(day=1)
        found[month] = found.get(month, 0) + present
    return found


def _step(period: Period, changes: list[int], start: datetime, end: datetime | None, amount: int) -> None:
    first = max(period.first, start.date())
    after = period.last + ONE_DAY if end is None else min(period.last + ONE_DAY, end.date())
    if first < after:
        changes[(first - period.first).days] += amount
        changes[(after - period.first).days] -= amount
