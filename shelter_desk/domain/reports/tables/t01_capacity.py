"""T1: beds, nights, occupancy (field 4.3).

In which room nights were slept, and how many of them above the beds of that room.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Literal

from shelter_desk.domain.beds.beds import SLEEPING_ROOMS, Bed, Room, above
from shelter_desk.domain.beds.first_day import counted_from
from shelter_desk.domain.ids import BedId, RoomId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Dims, Figure, Number, Ref, Row, Tally, half_up, per_person
from shelter_desk.domain.reports.lines import StayLine
from shelter_desk.domain.reports.tables.nights import NightCounts, NightsSlept, mask, presence_by_dates, stood


@dataclass(frozen=True, slots=True)
class BedNights:
    """The nights on which a bed of the capacity is installed in a room, and out of use there."""

    bed: Bed
    room: RoomId
    installed: int
    blocked: int


def bed_nights(facts: ReportFacts) -> list[BedNights]:
    """Beds that count in the capacity, overflow beds left out, once for each room in which one stood."""
    blocked: dict[int, int] = {}
    rooms = stood(facts)
    for state in facts.bed_states:
        blocked[state.bed] = blocked.get(state.bed, 0) | mask(facts.period, state.start, state.end)
    found = []
    for bed in facts.beds:
        since = counted_from(bed.in_service_from, facts.capacity_from)
        in_service = mask(facts.period, since, bed.in_service_to)
        for room, nights in () if bed.is_extra else rooms[bed.id]:
            installed = in_service & nights
            if installed:
                found.append(BedNights(bed, room, installed, blocked.get(bed.id, 0) & installed))
    return found


def capacity(
    facts: ReportFacts, beds: list[BedNights], nights: list[NightsSlept], all_lines: list[StayLine]
) -> dict[Ref, Figure]:
    """The figures of T1."""
    rooms = [room for room in facts.rooms.values() if room.room_type in SLEEPING_ROOMS]
    presence = presence_by_dates(facts)
    figures = of_place(facts, beds, nights, presence, rooms, TOTAL)
    figures |= _each_night(facts.period, "t1.operational_by_night", [(one.installed & ~one.blocked) for one in beds])
    figures |= _each_night(facts.period, "t1.installed_by_night", [one.installed for one in beds])
    # the beds of a night are not known before capacity is meant: no number, as nought would be one
    before = {day.isoformat() for day in islice(facts.period, nights_before(facts))}
    figures = {
        ref: replace(one, value=None) if one.dims[0:1] and one.dims[0][1] in before else one
        for ref, one in figures.items()
    }
    figures |= _by_night(facts.period, "t1.presence", presence)
    return figures | _marked_nights(facts.period, presence) | _sanitation(facts, presence) | _marks(facts, all_lines)


def begins_before(facts: ReportFacts) -> date | None:
    """The day from which on capacity is meant, where the period begins before it."""
    meant = facts.capacity_from
    return meant if meant is not None and facts.period.first < meant else None


def nights_before(facts: ReportFacts) -> int:
    """How many nights of the period come before any capacity is meant."""
    meant = begins_before(facts)
    return 0 if meant is None else min(facts.period.nights, (meant - facts.period.first).days)


# what a period has none of that is over before capacity is meant
_OF_BEDS = (
    "t1.installed_beds",
    "t1.operational_beds",
    "t1.capacity_bed_nights",
    "t1.unavailable_bed_nights",
    "t1.overcapacity_nights",
)
_OF_BOTH = ("t1.occupancy_rate", "t1.occupancy_rate_held")


def of_place(
    facts: ReportFacts,
    beds: list[BedNights],
    nights: list[NightsSlept],
    presence: list[int],
    rooms: list[Room],
    dims: Dims,
) -> dict[Ref, Figure]:
    """What T1 says of the house, or of one zone of it. presence: persons there on each night.

    No rate is made where the nights of persons begin before those of beds do.
    """
    period, before = facts.period, nights_before(facts)
    usable = NightCounts.over(period)
    for one in beds:
        usable.add(one.installed & ~one.blocked)
    figures = _beds(period, beds, dims) | _nights(nights, dims)
    most = max(presence, default=0)
    figures |= _plain("t1.max_presence", most, dims) | _plain("t1.min_presence", min(presence, default=0), dims)
    figures |= _rates(period, figures, dims)
    # known only where the surface of every room for sleeping is known
    surfaces = [room.surface_m2 for room in rooms if room.surface_m2 is not None]
    surface = per_person(surfaces, most) if surfaces and len(surfaces) == len(rooms) else None
    figures |= _plain("t1.surface_per_person", surface, dims)
    figures |= _plain("t1.overcapacity_nights", _over(period, nights, usable.by_night(), before), dims)
    unknown = (*_OF_BEDS, *_OF_BOTH) if 0 < before == period.nights else _OF_BOTH if before else ()
    return figures | {(key, dims): Figure(key, dims, None) for key in unknown}


def _beds(period: Period, beds: list[BedNights], dims: Dims) -> dict[Ref, Figure]:
    last = 1 << period.nights >> 1  # none where the period has no night yet
    rows: dict[str, list[Row]] = {
        "t1.installed_beds": [(one.bed.id, 1) for one in beds if one.installed & last],
        "t1.operational_beds": [(one.bed.id, 1) for one in beds if one.installed & ~one.blocked & last],
        "t1.capacity_bed_nights": [(one.bed.id, (one.installed & ~one.blocked).bit_count()) for one in beds],
        "t1.unavailable_bed_nights": [(one.bed.id, one.blocked.bit_count()) for one in beds],
    }
    return summed(rows, dims, "bed")


def _nights(nights: list[NightsSlept], dims: Dims) -> dict[Ref, Figure]:
    amounts = {
        "t1.person_nights": [one.here for one in nights],
        "t1.person_nights_in_bed": [one.in_bed for one in nights],
        "t1.person_nights_extra": [one.extra for one in nights],
        "t1.person_nights_shared": [one.shared for one in nights],
        "t1.person_nights_unplaced": [one.unplaced for one in nights],
        "t1.absence_nights": [one.away for one in nights],
        "t1.absence_nights_held": [one.held for one in nights],
    }
    rows: dict[str, list[Row]] = {
        key: [(one.stay.id, found.bit_count()) for one, found in zip(nights, masks, strict=True)]
        for key, masks in amounts.items()
    }
    return summed(rows, dims, "stay")


def summed(rows: dict[str, list[Row]], dims: Dims, kind: Literal["stay", "bed"]) -> dict[Ref, Figure]:
    """Each figure with the rows that bring something, one for each stay or bed."""
    figures = {}
    for key, found in rows.items():
        amounts: dict[int, int | float] = {}
        for row, amount in found:
            amounts[row] = amounts.get(row, 0) + amount
        told = tuple((row, amount) for row, amount in amounts.items() if amount)
        figures[key, dims] = Figure(key, dims, sum(amounts.values()), told, kind)
    return figures


def _each_night(period: Period, key: str, masks: list[int]) -> dict[Ref, Figure]:
    counts = NightCounts.over(period)
    for nights in masks:
        counts.add(nights)
    return _by_night(period, key, counts.by_night())


def _by_night(period: Period, key: str, counts: list[int]) -> dict[Ref, Figure]:
    nights: list[Dims] = [(("night", day.isoformat()),) for day in period]
    return {(key, dims): Figure(key, dims, count) for dims, count in zip(nights, counts, strict=True)}


def _marked_nights(period: Period, presence: list[int]) -> dict[Ref, Figure]:
    """The first night on which most persons were here, and the first with fewest; none in a period without nights."""
    days, figures = list(period), dict[Ref, Figure]()
    for key, of in (("t1.max_presence_night", max), ("t1.min_presence_night", min)) if presence else ():
        value = of(presence)
        dims = (("night", days[presence.index(value)].isoformat()),)
        figures[key, dims] = Figure(key, dims, value)
    return figures


def _rates(period: Period, figures: dict[Ref, Figure], dims: Dims) -> dict[Ref, Figure]:
    def of(key: str) -> int:
        value = figures[key, dims].value
        return value if isinstance(value, int) else 0

    usable = of("t1.capacity_bed_nights")
    slept = of("t1.person_nights_in_bed") + of("t1.person_nights_extra")
    rates: dict[str, Number] = {
        "t1.occupancy_rate": half_up(slept * 100, usable),
        "t1.occupancy_rate_held": half_up((slept + of("t1.absence_nights_held")) * 100, usable),
        "t1.mean_presence": half_up(of("t1.person_nights"), period.nights, 2),
    }
    return {(key, dims): Figure(key, dims, value) for key, value in rates.items()}


def _sanitation(facts: ReportFacts, presence: list[int]) -> dict[Ref, Figure]:
    """T1 row 16; None where nobody wrote how many there are, where there is none, and without a night."""
    house = facts.protection.sanitation
    users = max(presence, default=0) + house.resident_staff
    toilets, showers = (house.toilets or 0, house.showers or 0) if presence else (0, 0)
    return (
        _plain("t1.persons_per_toilet", half_up(users, toilets))
        | _plain("t1.norm_toilet", house.norm_toilet)
        | _plain("t1.persons_per_shower", half_up(users, showers))
        | _plain("t1.norm_shower", house.norm_shower)
    )


def _over(period: Period, nights: list[NightsSlept], usable: list[int], before: int) -> int:
    """Nights on which more persons slept in beds and on extra places than there were usable beds.

    before: the first nights of the period, of which no capacity is known.
    """
    sleepers = NightCounts.over(period)
    for one in nights:
        sleepers.add(one.in_bed)
        sleepers.add(one.extra)
    both = zip(sleepers.by_night(), usable, strict=True)
    return sum(count > beds for count, beds in islice(both, before, None))


def _marks(facts: ReportFacts, all_lines: list[StayLine]) -> dict[Ref, Figure]:
    """What a reader should know of the figures: rules set aside, facts typed afterwards, ages that were estimated."""
    tally = Tally("t1.overrides", "t2.late_entries", "t2.estimated_ages")
    persons: set[int] = set()
    for line in all_lines:
        for placement in facts.placements.get(line.stay.id, ()):
            if placement.override_rule and placement.start.date() in facts.period:
                rules = [(("rule", rule.strip()),) for rule in placement.override_rule.split(";") if rule.strip()]
                tally.add("t1.overrides", line.stay.id, 1, TOTAL, *rules)
        if _is_late(line):
            tally.add("t2.late_entries", line.stay.id, 1, TOTAL)
        birth = line.person.birth.held_on(line.read_on)
        is_estimated = birth.precision == "estimated" or (birth.birth_date is None and birth.age_estimated is not None)
        if line.person.id not in persons and is_estimated:
            persons.add(line.person.id)
            tally.add("t2.estimated_ages", line.stay.id, 1, TOTAL)
    return tally.figures()


def _is_late(line: StayLine) -> bool:
    """An entry or an exit of the period that was typed on a later day."""
    stay = line.stay
    entry = line.enters and stay.recorded_at is not None and stay.recorded_at.date() > stay.admitted_at.date()
    left, typed = stay.exited_at, stay.exit_recorded_at
    return entry or (line.exits and left is not None and typed is not None and typed.date() > left.date())


def _plain(key: str, value: Number, dims: Dims = TOTAL) -> dict[Ref, Figure]:
    return {(key, dims): Figure(key, dims, value)}


def by_room(
    facts: ReportFacts, slept: NightsSlept, rooms: Mapping[BedId, tuple[tuple[RoomId, int], ...]]
) -> dict[RoomId | None, int]:
    """The nights of a stay, here or away, by the room that was its place then; None for no known room.

    rooms: in which each bed stood, and on which nights.
    """
    left = slept.here | slept.away
    found: dict[RoomId | None, int] = {}
    for placement in facts.placements.get(slept.stay.id, ()):
        taken = left & mask(facts.period, placement.start, placement.end)
        left &= ~taken
        known = None if placement.bed is None else rooms.get(placement.bed)
        for room, nights in ((placement.room, taken),) if known is None else known:
            if taken & nights:
                found[room] = found.get(room, 0) | taken & nights
    return {**found, None: found.get(None, 0) | left} if left else found


def nights_above(
    facts: ReportFacts, beds: Iterable[BedNights], nights: Iterable[NightsSlept]
) -> dict[RoomId | None, int]:
    """Person-nights of the period above the usable beds of each room, none netted against free beds (R-12)."""
    slept = defaultdict[RoomId | None, NightCounts](lambda: NightCounts.over(facts.period))
    usable = defaultdict[RoomId | None, NightCounts](lambda: NightCounts.over(facts.period))
    rooms = stood(facts)
    for one in nights:
        for room, taken in by_room(facts, one, rooms).items():
            slept[room].add((one.in_bed | one.extra) & taken)
    for bed in beds:
        usable[bed.room].add(bed.installed & ~bed.blocked)
    persons = {room: counts.by_night() for room, counts in slept.items()}
    free = {room: counts.by_night() for room, counts in usable.items() if room is not None}
    found = Counter[RoomId | None]()
    for night in range(facts.period.nights):
        found.update(above({r: n[night] for r, n in persons.items()}, {r: n[night] for r, n in free.items()}))
    return found
