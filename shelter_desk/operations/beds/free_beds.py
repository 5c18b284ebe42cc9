"""What is free beside what is held for arrivals: for another held bed, a placement, a bed that is taken away."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from shelter_desk.domain.beds import held_beds as held_rules
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.beds.held_beds import BedHeld, HeldBed, NotEnoughBeds, PlacesHeld
from shelter_desk.domain.beds.placement_checks import Span, check_bed
from shelter_desk.domain.beds.room_rules import Finding
from shelter_desk.domain.ids import HeldBedId, RoomId, StayId
from shelter_desk.domain.moments import ONE_DAY, plain
from shelter_desk.operations.beds import occupancy
from shelter_desk.operations.beds.occupancy import HouseNight
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.beds import held_beds as stored
from shelter_desk.storage.file.database import Connection


def check_free(connection: Connection, wanted: HeldBed, today: date) -> None:
    """Whether it can be held on its nights to come. Raises BedNotUsable, BedTaken, BedHeld, NotEnoughBeds."""
    first = max(wanted.first, today)
    seen = occupancy.house(connection, first)
    leaving = _leaving(seen, today)
    others = [one for one in stored.holding(connection, today) if one.id != wanted.id]
    bed = None if wanted.bed is None else stored_beds.bed(connection, wanted.bed)
    if bed is not None:
        gone = {one.person.code for one in seen.in_bed().get(bed.id, ()) if one.stay.id in leaving}
        sleepers = [one for one in stored_beds.sleepers_in(connection, bed.id) if one.code not in gone]
        nights = Span(wanted.held_no, plain(first), plain(wanted.after))
        check_bed(bed, nights, sleepers, stored_beds.states(connection, bed.id))
        other = held_rules.of_bed(bed.id, first, wanted.after, others)
        if other is not None:
            raise BedHeld(bed.code, other.held_no, other.after)
        if bed.is_extra:
            return
    room = wanted.room or (bed.room if bed is not None else RoomId(0))
    free = free_in(seen, room, others, first, wanted.after, leaving)
    if free < wanted.left + held_rules.in_room(room, first, wanted.after, others):
        raise NotEnoughBeds(stored_beds.rooms(connection)[room].code, free)


def _leaving(seen: HouseNight, today: date) -> frozenset[StayId]:
    """Whose exit is planned from today on, for that night or before; a planned day that has passed frees no bed."""
    planned = ((one.stay.id, one.stay.expected_exit) for one in seen.present)
    return frozenset(stay for stay, day in planned if day is not None and today <= day <= seen.night)


def free_in(
    seen: HouseNight,
    room: RoomId,
    held: Iterable[HeldBed],
    first: date,
    after: date | None,
    leaving: Collection[StayId] = (),
) -> int:
    """Beds of the capacity of that room that are in use and that nobody has on that night, those leaving left out.

    Those that are held one by one over some night of [first, after) are left out.
    """
    known, in_bed = list(held), seen.in_bed()
    return sum(
        1
        for bed in seen.beds.values()
        if bed.room == room
        and not bed.is_extra
        and bed.id not in seen.states
        and all(one.stay.id in leaving for one in in_bed.get(bed.id, ()))
        and held_rules.of_bed(bed.id, first, after, known) is None
    )


def against(
    seen: HouseNight,
    bed: Bed,
    until: date | None,
    today: date,
    without: HeldBedId | None = None,
    stay: StayId | None = None,
) -> list[Finding]:
    """R-35: whether the bed is held for somebody else on the nights from that of `seen` to the one before `until`.

    without: what is held for this very person. stay: of somebody who may have a bed of that room already and leaves it.
    """
    known = [one for one in seen.held if one.id != without and one.holds(today)]
    if not known:
        return []
    mine = next((one.placement for one in seen.present if one.stay.id == stay and seen.room_of(one) == bed.room), None)
    leaves_one = mine is not None and mine.place == "lit"
    free = free_in(seen, bed.room, known, seen.night, until) + leaves_one
    found = held_rules.finding(bed, seen.night, until, known, free)
    return [] if found is None else [found]


def check_not_held(connection: Connection, bed: Bed, start: date, end: date | None, today: date) -> None:
    """Refuse to take away, on the nights of [start, end), a bed that is held. Raises BedHeld, and as `check_spared`."""
    other = held_rules.of_bed(bed.id, start, end, stored.holding(connection, today))
    if other is not None:
        raise BedHeld(bed.code, other.held_no, other.after)
    check_spared(connection, bed, start, end, today)


def check_spared(connection: Connection, bed: Bed, start: date, end: date | None, today: date) -> None:
    """Refuse to take a bed from the capacity of its room where the places held there need it. Raises PlacesHeld.

    What is short already without that bed is not refused for it.
    """
    known, start = stored.holding(connection, today), max(start, today)
    if bed.is_extra or (end is not None and end <= start):
        return
    for one in known:
        if one.room != bed.room or not one.overlaps(start, end):
            continue
        first = max(one.first, start)
        seen = occupancy.house(connection, first)
        others = replace(seen, beds={key: other for key, other in seen.beds.items() if key != bed.id})
        leaving = _leaving(seen, today)
        before, left = (free_in(house, bed.room, known, first, one.after, leaving) for house in (seen, others))
        if left < before and left < held_rules.in_room(bed.room, first, one.after, known):
            raise PlacesHeld(stored_beds.rooms(connection)[bed.room].code, one.held_no, one.after)


def short_tonight(tonight: HouseNight, one: HeldBed) -> int | None:
    """How many beds of its room are free tonight for places that hold then, where they are too few; else None.

    What was held before it in the same room comes first.
    """
    if one.room is None:
        return None
    known = [other for other in tonight.held if other.holds(tonight.night)]
    free = free_in(tonight, one.room, known, tonight.night, tonight.night + ONE_DAY)
    earlier = sum(other.left for other in tonight.held_in(one.room) if other in known and other.id < one.id)
    free = max(0, free - earlier)
    return free if free < one.left else None
