"""In which room nights were slept, and how many of them above the beds of that room."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from shelter_desk.domain.ids import BedId, RoomId
from shelter_desk.domain.overcapacity import above
from shelter_desk.domain.reports.capacity import BedNights
from shelter_desk.domain.reports.facts import Facts
from shelter_desk.domain.reports.nights import Counts, Slept, mask


def by_room(facts: Facts, slept: Slept, rooms: Mapping[BedId, RoomId]) -> dict[RoomId | None, int]:
    """The nights of a stay, here or away, by the room that was its place then; None for no known room.

    rooms: in which each bed stands.
    """
    left = slept.here | slept.away
    found: dict[RoomId | None, int] = {}
    for placement in facts.placements.get(slept.stay.id, ()):
        room = placement.room if placement.bed is None else rooms.get(placement.bed, placement.room)
        taken = left & mask(facts.period, placement.start, placement.end)
        left &= ~taken
        if taken:
            found[room] = found.get(room, 0) | taken
    return {**found, None: found.get(None, 0) | left} if left else found


def nights_above(facts: Facts, beds: Iterable[BedNights], nights: Iterable[Slept]) -> dict[RoomId | None, int]:
    """Person-nights of the period above the usable beds of each room, none netted against free beds (R-12)."""
    slept = defaultdict[RoomId | None, Counts](lambda: Counts.over(facts.period))
    usable = defaultdict[RoomId | None, Counts](lambda: Counts.over(facts.period))
    rooms = {bed.id: bed.room for bed in facts.beds}
    for one in nights:
        for room, taken in by_room(facts, one, rooms).items():
            slept[room].add((one.in_bed | one.extra) & taken)
    for bed in beds:
        usable[bed.bed.room].add(bed.installed & ~bed.blocked)
    persons = {room: counts.by_night() for room, counts in slept.items()}
    free = {room: counts.by_night() for room, counts in usable.items() if room is not None}
    found = Counter[RoomId | None]()
    for night in range(facts.period.nights):
        found.update(above({r: n[night] for r, n in persons.items()}, {r: n[night] for r, n in free.items()}))
    return found
