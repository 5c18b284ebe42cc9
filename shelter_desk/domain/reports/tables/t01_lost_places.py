"""T1: beds that nobody could have because of who slept in their room, night by night (field 4.3)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from shelter_desk.domain.beds.beds import SLEEPING_ROOMS
from shelter_desk.domain.beds.room_rules import is_closed
from shelter_desk.domain.ids import BedId, RoomId
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Dims, Figure, Ref
from shelter_desk.domain.reports.tables.nights import NightCounts, NightsSlept, mask, stood
from shelter_desk.domain.reports.tables.t01_capacity import BedNights, by_room, nights_before, summed
from shelter_desk.domain.reports.tables.t01_zones import ZONES, zone_dims, zone_of

LOST = "t1.lost_bed_nights"
LOST_BY_NIGHT = "t1.lost_by_night"
Kind = tuple[str, bool]  # sex, and whether protected as a minor


def lost_places(
    facts: ReportFacts, beds: Sequence[BedNights], nights: Sequence[NightsSlept], known: Iterable[Ref]
) -> dict[Ref, Figure]:
    """Usable beds that nobody had, in a room that was closed to everybody else, in total, by zone and by night.

    Nothing is closed where nobody has a place that night; somebody away keeps theirs. known: the zones are told of that
    have a capacity there.
    """
    taken = _taken(facts, nights)
    who = _who(facts, nights, {one.room for one in beds if _sleeps(facts, one.room)})
    closed: dict[tuple[RoomId, frozenset[Kind]], bool] = {}
    lost = []
    for one in beds:
        free = one.installed & ~one.blocked & ~taken[one.bed.id]
        found = 0
        for n, kinds in who.get(one.room, {}).items():
            key = one.room, frozenset(kinds)
            if free >> n & 1:
                if key not in closed:
                    closed[key] = is_closed(facts.rooms[one.room], key[1], facts.period.first)
                found |= closed[key] << n
        lost.append((one, found))
    return _figures(facts, lost, known)


def _sleeps(facts: ReportFacts, room: RoomId) -> bool:
    return room in facts.rooms and facts.rooms[room].room_type in SLEEPING_ROOMS


def _taken(facts: ReportFacts, nights: Iterable[NightsSlept]) -> defaultdict[BedId, int]:
    """The nights on which somebody has each bed, also while away, or an infant alone."""
    found: defaultdict[BedId, int] = defaultdict(int)
    for one in nights:
        for place in facts.placements.get(one.stay.id, ()):
            if place.bed is not None:
                found[place.bed] |= (one.here | one.away) & mask(facts.period, place.start, place.end)
    return found


def _who(
    facts: ReportFacts, nights: Iterable[NightsSlept], rooms: set[RoomId]
) -> dict[RoomId, defaultdict[int, set[Kind]]]:
    """Who has a place in each of these rooms, by night of the period."""
    of_beds, days = stood(facts), list(facts.period)
    found: dict[RoomId, defaultdict[int, set[Kind]]] = {room: defaultdict(set) for room in rooms}
    for one in nights:
        person = facts.persons[one.stay.person]
        for room, taken in by_room(facts, one, of_beds).items():
            if room not in rooms:
                continue
            for n, day in enumerate(days):
                if taken >> n & 1:
                    found[room][n].add((person.sex, person.birth.protected_as_minor(day)))
    return found


def _figures(facts: ReportFacts, lost: Sequence[tuple[BedNights, int]], known: Iterable[Ref]) -> dict[Ref, Figure]:
    def of(dims: Dims, some: Iterable[tuple[BedNights, int]]) -> dict[Ref, Figure]:
        return summed({LOST: [(one.bed.id, nights.bit_count()) for one, nights in some]}, dims, "bed")

    figures, told, before = of(TOTAL, lost), set(known), nights_before(facts)
    for zone in ZONES:
        dims = zone_dims(zone)
        if ("t1.capacity_bed_nights", dims) in told:
            figures |= of(dims, [one for one in lost if zone_of(facts.rooms.get(one[0].room)) == zone])
    if 0 < before == facts.period.nights:  # no capacity is meant yet: no number, as nought would be one
        figures = {ref: Figure(*ref, None) for ref in figures}
    counts = NightCounts.over(facts.period)
    for _, nights in lost:
        counts.add(nights)
    by_night = zip(facts.period, counts.by_night(), strict=True)
    for at, (day, n) in enumerate(by_night):
        night: Dims = (("night", day.isoformat()),)
        figures[LOST_BY_NIGHT, night] = Figure(LOST_BY_NIGHT, night, None if at < before else n)
    return figures
