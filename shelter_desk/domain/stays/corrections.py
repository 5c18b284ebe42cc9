"""Entry and exit of a stay put right: what of its places and absences goes along, and what months count otherwise."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, TypeVar

from shelter_desk.domain.beds.held_beds import BedHeld
from shelter_desk.domain.errors import BedNotUsable, BedTaken
from shelter_desk.domain.moments import ONE_DAY, Period, before, covers, overlap
from shelter_desk.domain.residents.timeline import Topic
from shelter_desk.domain.stays.stays import Absence, Placement, Stay

Dated = TypeVar("Dated", Placement, Absence)
Interval = tuple[datetime, datetime | None]  # half-open
NotFree = BedTaken | BedNotUsable | BedHeld  # why a bed is not theirs on nights that are added


@dataclass(frozen=True, slots=True)
class Refit(Generic[Dated]):
    """One place or absence of a stay whose days change. becomes: empty where no moment of it is left in the stay."""

    was: Dated
    becomes: tuple[Dated, ...]

    @property
    def is_longer(self) -> bool:
        """Whether it takes a moment that it did not have."""
        return bool(self.added)

    @property
    def added(self) -> list[Interval]:
        """The moments that it did not have."""
        had = [(self.was.start, self.was.end)]
        return [part for one in self.becomes for part in free_parts((one.start, one.end), had)]


def refit(facts: Sequence[Dated], was: Stay, becomes: Stay, begins_with_entry: bool = True) -> list[Refit[Dated]]:
    """What of these facts, in order of time, is otherwise once the stay has other days.

    What lies outside is cut off. The last one that went on until the exit goes on until the new one; where
    `begins_with_entry`, the first one that began with the entry begins with the new one. A gap before or after stays.
    """
    found = []
    for at, one in enumerate(facts):
        start, end = one.start, one.end
        begins = begins_with_entry and at == 0 and not before(was.admitted_at, start)
        if was.admitted_at != becomes.admitted_at and (begins or before(start, becomes.admitted_at)):
            start = becomes.admitted_at
        lasts = at == len(facts) - 1 and _lasts(one, was)
        if was.exited_at != becomes.exited_at and (lasts or _is_later(end, becomes.exited_at)):
            end = becomes.exited_at
        if (start, end) != (one.start, one.end):
            is_left = end is None or before(start, end)
            found.append(Refit(one, (replace(one, start=start, end=end),) if is_left else ()))
    return found


def _lasts(one: Placement | Absence, stay: Stay) -> bool:
    """Whether it went on until the exit of the stay, or goes on with it."""
    return one.end is None or (stay.exited_at is not None and not before(one.end, stay.exited_at))


def _is_later(end: datetime | None, exit_: datetime | None) -> bool:
    return exit_ is not None and (end is None or before(exit_, end))


def refitted(facts: Sequence[Dated], changes: Iterable[Refit[Dated]]) -> tuple[Dated, ...]:
    """The facts as they are afterwards."""
    changed = {one.was.id: one.becomes for one in changes}
    return tuple(after for one in facts for after in changed.get(one.id, (one,)))


def free_parts(wanted: Interval, busy: Iterable[Interval]) -> list[Interval]:
    """What is left of an interval beside others, in order; moments of one day without an hour are one moment."""
    left = [wanted]
    for start, end in busy:
        left = [part for one in left for part in _beside(one, start, end)]
    return left


def _beside(one: Interval, start: datetime, end: datetime | None) -> Iterator[Interval]:
    if not overlap(*one, start, end):
        yield one
        return
    if before(one[0], start):
        yield one[0], start
    if end is not None and (one[1] is None or before(end, one[1])):
        yield end, one[1]


@dataclass(frozen=True, slots=True)
class StayFacts:
    """A stay with its places and absences, in order of time."""

    stay: Stay
    placements: tuple[Placement, ...] = ()
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthMoved:
    """How many more, below zero fewer, a month counts; `first` is its first day.

    nights: slept here; bed_nights: those of them in a bed of one's own.
    """

    first: date
    entries: int = 0
    exits: int = 0
    nights: int = 0
    bed_nights: int = 0

    @property
    def is_moved(self) -> bool:
        """Whether anything is counted otherwise."""
        return any((self.entries, self.exits, self.nights, self.bed_nights))


@dataclass(frozen=True, slots=True)
class CorrectionEffects:
    """What else changes when a stay gets other days.

    months: what they count otherwise; closed: the first days of those that are closed. outside: facts dated in the stay
    until now and outside it afterwards, by topic. seen: nights called present that are outside then. taken: the beds
    that are not free on nights that are added. family: codes of those whose entry or exit was at the same moment and
    stays as it is. loses_exit: what is told of the exit goes, since there is none any more; reopens_case: it was closed
    on a day before the new exit; loses_approval: the direction approves the exit anew.
    again: numbers of the stays that become readmissions.
    """

    months: tuple[MonthMoved, ...] = ()
    closed: frozenset[date] = frozenset()
    placements: tuple[Refit[Placement], ...] = ()
    absences: tuple[Refit[Absence], ...] = ()
    outside: tuple[tuple[Topic, int], ...] = ()
    seen: tuple[date, ...] = ()
    taken: tuple[NotFree, ...] = ()
    family: tuple[str, ...] = ()
    loses_exit: bool = False
    reopens_case: bool = False
    loses_approval: bool = False
    again: tuple[str, ...] = ()


def moved(was: StayFacts, becomes: StayFacts, today: date) -> tuple[MonthMoved, ...]:
    """The months that count something otherwise, in order. The last night slept is that of yesterday."""
    days = [one.date() for facts in (was, becomes) for one in (facts.stay.admitted_at, facts.stay.exited_at) if one]
    month, found = Period.month(min(days).year, min(days).month), []
    while month.first <= max(*days, today):
        old, new = (_counted(facts, month, today) for facts in (was, becomes))
        one = MonthMoved(month.first, *(after - before_ for before_, after in zip(old, new, strict=True)))
        if one.is_moved:
            found.append(one)
        month = month.month_after
    return tuple(found)


def _counted(facts: StayFacts, month: Period, today: date) -> tuple[int, int, int, int]:
    """Entries, exits, nights and nights in a bed of one's own."""
    stay = facts.stay
    if not stay.counts:
        return 0, 0, 0, 0
    until = min(month.last, today - ONE_DAY)
    nights = [night for night in month if night <= until and stay.covers(night) and not _is_on(facts.absences, night)]
    in_bed = [one for one in facts.placements if one.place == "lit"]
    left = stay.exited_at is not None and stay.exited_at.date() in month
    return stay.admitted_at.date() in month, left, len(nights), sum(_is_on(in_bed, night) for night in nights)


def _is_on(facts: Iterable[Placement | Absence], night: date) -> bool:
    return any(covers(one.start, one.end, night) for one in facts)
