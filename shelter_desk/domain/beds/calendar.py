"""Beds × nights: who has which bed over which nights, absences, beds out of use or held, as bars on lines.

A column is the night from its day to the next; a bar lies over the nights of [first, after), as every interval of the
house does (`moments.covers`), so that what has no night has no bar.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from shelter_desk.domain.beds.beds import Bed, BedState, Room
from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.ids import BedId, PersonId, RoomId, StayId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Absence, Placement, Stay

Span = Literal["week", "weeks", "month"]
Kind = Literal["stay", "away", "out", "held"]
SPANS: tuple[Span, ...] = ("week", "weeks", "month")
_WEEK = timedelta(days=7)


def period(span: Span, day: date) -> Period:
    """The nights shown around a day: its week from Monday on, that week between its neighbours, or its month."""
    if span == "month":
        return Period.month(day.year, day.month)
    monday = day - timedelta(days=day.weekday())
    if span == "week":
        return Period(monday, monday + _WEEK - ONE_DAY)
    return Period(monday - _WEEK, monday + 2 * _WEEK - ONE_DAY)


def turned(span: Span, day: date, steps: int) -> date:
    """A day so many months further on, or so many weeks; back where negative."""
    if span != "month":
        return day + steps * _WEEK
    months = day.year * 12 + day.month - 1 + steps
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """What takes a line over the nights of [first, after); after is None while no end is known.

    `stay`: nights of a stay in one place, babies: infants who share the bed on some of them, came_from, goes_to: the
    code of the bed before and after where the person changed it, "" for no bed, None where nothing was changed.
    `away`: nights of its absence, over the bar of the stay. `out`: a bed out of use, or not in service where it has no
    state, or in another room, elsewhere: the code of that. `held`: a bed, or places of a room, kept for an arrival.
    """

    kind: Kind
    first: date
    after: date | None
    stay: Stay | None = None
    person: Person | None = None
    absence: Absence | None = None
    state: BedState | None = None
    held: HeldBed | None = None
    babies: int = 0
    came_from: str | None = None
    goes_to: str | None = None
    elsewhere: str = ""

    def covers(self, night: date) -> bool:
        """Whether it lies over that night."""
        return self.first <= night and (self.after is None or night < self.after)

    @property
    def planned(self) -> date | None:
        """The day on which somebody still here is to leave, where one was said."""
        is_open = self.kind == "stay" and self.after is None and self.stay is not None
        return self.stay.expected_exit if is_open and self.stay is not None else None


@dataclass(frozen=True, slots=True)
class BedLine:
    """A bed over the nights; without one, an extra place of the room, or places of it that are held.

    Bars in order, those of absences last.
    """

    bars: tuple[Bar, ...]
    bed: Bed | None = None

    def on(self, night: date) -> tuple[Bar, ...]:
        """What takes it that night, what lies above last."""
        return tuple(bar for bar in self.bars if bar.covers(night))

    def stay_on(self, night: date) -> Bar | None:
        """Whose night it is."""
        return next((bar for bar in self.bars if bar.kind == "stay" and bar.covers(night)), None)


@dataclass(frozen=True, slots=True)
class RoomLines:
    """A room with its beds in order of their codes, its extra places and those held; no room: of no known place."""

    lines: tuple[BedLine, ...]
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class BedCalendar:
    """The house over some nights. today: the night that has begun or is to come; nothing is written of later ones."""

    nights: Period
    today: date
    rooms: tuple[RoomLines, ...]


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """What is known of the nights: counted stays with everything that hangs on them, all rooms and beds in order."""

    rooms: Mapping[RoomId, Room]
    beds: Mapping[BedId, Bed]
    states: Sequence[BedState]
    stays: Sequence[Stay]
    persons: Mapping[PersonId, Person]
    placements: Mapping[StayId, Sequence[Placement]]
    absences: Mapping[StayId, Sequence[Absence]]
    held: Sequence[HeldBed] = ()


def arranged(facts: CalendarFacts, nights: Period, today: date) -> BedCalendar:
    """Lay everything known of these nights on the lines of its beds; those of no known place come first."""
    in_bed: dict[BedId, list[Bar]] = defaultdict(list)
    sharing: dict[BedId, list[Bar]] = defaultdict(list)
    on_mat: dict[RoomId | None, list[Bar]] = defaultdict(list)
    for stay in facts.stays:
        placed = _bars(facts, stay)
        for place, bar in placed:
            if place.bed is not None:
                (sharing if place.place == "partage" else in_bed)[place.bed].append(bar)
            else:
                on_mat[place.room if place.room in facts.rooms else None].append(bar)
        whole = Bar("stay", stay.admitted_at.date(), _day(stay.exited_at), stay, facts.persons[stay.person])
        on_mat[None] += _left(whole, [bar for _, bar in placed])
    lines: dict[RoomId | None, list[BedLine]] = defaultdict(list)
    for bed in facts.beds.values():
        slept = _within(_with_infants(in_bed[bed.id], sharing[bed.id]), nights)
        slept += _within((_held(one) for one in facts.held if one.bed == bed.id), nights)
        for where, line in _lines_of(facts, bed, slept, nights):
            lines[where].append(line)
    for room, mats in on_mat.items():
        for lane in _lanes(_within(mats, nights)):
            lines[room].append(BedLine((*lane, *_within(_away(facts, lane), nights))))
    for one in facts.held:
        if one.room is not None:
            lines[one.room].extend(BedLine((bar,)) for bar in _within([_held(one)], nights))
    order: list[RoomId | None] = [None, *facts.rooms]
    shown = (RoomLines(tuple(lines[key]), facts.rooms[key] if key is not None else None) for key in order)
    return BedCalendar(nights, today, tuple(one for one in shown if one.lines))


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _bars(facts: CalendarFacts, stay: Stay) -> list[tuple[Placement, Bar]]:
    """Each place of the stay that has a night, in order, with where the person was before and goes next."""
    left, made = _day(stay.exited_at), []
    for place in facts.placements.get(stay.id, ()):
        after = min((day for day in (_day(place.end), left) if day is not None), default=None)
        if after is None or place.start.date() < after:
            made.append((place, Bar("stay", place.start.date(), after, stay, facts.persons[stay.person])))
    for n in range(1, len(made)):
        (before, earlier), (then, later) = made[n - 1], made[n]
        if earlier.after == later.first and (before.bed, before.room) != (then.bed, then.room):
            made[n - 1] = before, replace(earlier, goes_to=_code(facts, then))
            made[n] = then, replace(later, came_from=_code(facts, before))
    return made


def _code(facts: CalendarFacts, place: Placement) -> str:
    return "" if place.bed is None or place.bed not in facts.beds else facts.beds[place.bed].code


def _left(whole: Bar, taken: Iterable[Bar]) -> list[Bar]:
    """What none of these takes of its nights."""
    found, first = [], whole.first
    for one in sorted(taken, key=lambda bar: bar.first):
        if first < one.first and (whole.after is None or first < whole.after):
            found.append(replace(whole, first=first, after=min(one.first, whole.after or one.first)))
        if one.after is None:
            return found
        first = max(first, one.after)
    return [*found, replace(whole, first=first)] if whole.after is None or first < whole.after else found


def _with_infants(own: Sequence[Bar], sharing: Iterable[Bar]) -> list[Bar]:
    """Who has the bed, with how many infants; an infant whose adult is gone has it alone on those nights."""
    bars = list(own)
    for infant in sharing:
        alone = _left(infant, bars)
        bars = [replace(bar, babies=bar.babies + 1) if _meet(bar, infant) else bar for bar in bars] + alone
    return sorted(bars, key=lambda bar: bar.first)


def _meet(one: Bar, other: Bar) -> bool:
    return (one.after is None or other.first < one.after) and (other.after is None or one.first < other.after)


def _out_of_use(bed: Bed, states: Iterable[BedState]) -> list[Bar]:
    """The nights on which a state holds, and those before and after its service."""
    bars = [Bar("out", one.start.date(), _day(one.end), state=one) for one in states if one.bed == bed.id]
    bars.append(Bar("out", date.min, bed.in_service_from.date()))
    if bed.in_service_to is not None:
        bars.append(Bar("out", bed.in_service_to.date(), None))
    return [bar for bar in bars if bar.after is None or bar.first < bar.after]


def _lines_of(facts: CalendarFacts, bed: Bed, slept: Sequence[Bar], nights: Period) -> Iterator[tuple[RoomId, BedLine]]:
    """The line of a bed in each room in which it stood on one of the nights; none where it was in no service."""
    if not slept and not any(bed.in_service(night) for night in nights):
        return
    out, stood = _out_of_use(bed, facts.states), bed.stood
    for at, (room, since, until) in enumerate(stood):
        first = since.date() if at else date.min
        after = _day(until) if at + 1 < len(stood) else None
        others = [] if not at else [Bar("out", date.min, first, elsewhere=facts.rooms[stood[at - 1][0]].code)]
        if after is not None:
            others.append(Bar("out", after, None, elsewhere=facts.rooms[stood[at + 1][0]].code))
        if first <= nights.last and (after is None or nights.first < after):
            own = _clipped(slept, first, after)
            shown = _within([*_clipped(out, first, after), *others], nights)
            yield room, BedLine((*own, *shown, *_within(_away(facts, own), nights)), bed)


def _clipped(bars: Sequence[Bar], first: date, after: date | None) -> list[Bar]:
    """What of them lies on the nights of [first, after)."""
    ends = (bar.after if after is None else min(bar.after or after, after) for bar in bars)
    cut = [replace(bar, first=max(bar.first, first), after=end) for bar, end in zip(bars, ends, strict=True)]
    return [bar for bar in cut if bar.after is None or bar.first < bar.after]


def _held(one: HeldBed) -> Bar:
    return Bar("held", one.first, one.over_on, held=one)


def _within(bars: Iterable[Bar], nights: Period) -> list[Bar]:
    """Those that have one of the nights."""
    return [bar for bar in bars if bar.first <= nights.last and (bar.after is None or bar.after > nights.first)]


def _away(facts: CalendarFacts, bars: Iterable[Bar]) -> list[Bar]:
    """The absences of those who have these places, as far as they have them."""
    found = []
    for bar in bars:
        for absence in facts.absences.get(bar.stay.id, ()) if bar.stay is not None else ():
            first = max(bar.first, absence.start.date())
            after = min((day for day in (_day(absence.end), bar.after) if day is not None), default=None)
            if after is None or first < after:
                found.append(Bar("away", first, after, bar.stay, bar.person, absence))
    return found


def _lanes(bars: Iterable[Bar]) -> list[list[Bar]]:
    """The bars on as few lines as they need, none over another."""
    lanes: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda one: one.first):
        free = next((lane for lane in lanes if not _meet(lane[-1], bar)), None)
        if free is None:
            lanes.append([bar])
        else:
            free.append(bar)
    return lanes
