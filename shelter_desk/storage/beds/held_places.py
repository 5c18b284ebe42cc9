"""What is held and cannot be had: the bed has somebody in it, or the room has fewer free beds than places held."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from shelter_desk.domain.beds import held_beds as rules
from shelter_desk.domain.beds.held_beds import RULE, BedHeld, HeldBed, PlacesHeld
from shelter_desk.domain.errors import OverlapRefused
from shelter_desk.domain.ids import BedId, HeldBedId, RoomId
from shelter_desk.domain.moments import covers
from shelter_desk.storage.beds import beds, held_beds
from shelter_desk.storage.stays import stays


@dataclass(frozen=True, slots=True)
class HeldPlaces:
    """What holds, and how many places of each are lacking on the first night it has from today on."""

    holding: Mapping[HeldBedId, HeldBed]
    lacking: Mapping[HeldBedId, int]

    def short_in(self, room: RoomId | None) -> int:
        """How many places held in that room are lacking; 0 where none is held there."""
        return max((self.lacking[key] for key, one in self.holding.items() if one.room == room), default=0)


NOTHING_HELD = HeldPlaces({}, {})


def read(connection: Connection, today: date) -> HeldPlaces:
    """What holds today. Who is to leave by that night, or was given the bed although it is held, takes nothing."""
    held = {one.id: one for one in held_beds.holding(connection, today)}
    if not held:
        return NOTHING_HELD
    nights = {one.id: max(one.first, today) for one in held.values()}
    taken = {night: _taken(connection, night, today) for night in set(nights.values())}
    lacking = {}
    for one in held.values():
        night = nights[one.id]
        if one.bed is not None:
            lacking[one.id] = int(one.bed in taken[night])
        elif one.room is not None:
            free = _free(connection, one.room, night, one.after, taken[night], held.values())
            wanted = rules.in_room(one.room, night, one.after, held.values())
            lacking[one.id] = max(0, wanted - free)
    return HeldPlaces(held, lacking)


def check_not_worse(connection: Connection, before: HeldPlaces, today: date) -> None:
    """Refuse what takes a bed or a place from an arrival that had it.

    Raises BedHeld, PlacesHeld, OverlapRefused where a bed would be held again that has somebody in it.
    """
    after = read(connection, today)
    for key, one in after.holding.items():
        known = before.short_in(one.room) if one.bed is None else 0
        if after.lacking[key] <= before.lacking.get(key, known):
            continue
        if one.bed is None:
            room = beds.rooms(connection)[one.room or RoomId(0)]
            raise PlacesHeld(room.code, one.held_no, one.after)
        if key not in before.holding:
            raise OverlapRefused("bed_taken_since")
        raise BedHeld(beds.bed(connection, one.bed).code, one.held_no, one.after)


def _taken(connection: Connection, night: date, today: date) -> set[BedId]:
    """A bed that was given away although it is held takes nothing, nor does an infant who shares it."""
    here = {one.id: one for one in stays.on(connection, night)}
    found: set[BedId] = set()
    given: set[BedId] = set()
    for key, several in stays.placements(connection, here).items():
        leaves = here[key].expected_exit
        if leaves is None or not today <= leaves <= night:
            for one in several:
                if one.bed is not None and covers(one.start, one.end, night):
                    (given if RULE in one.override_rule else found).add(one.bed)
    return found - given


def _free(
    connection: Connection, room: RoomId, night: date, after: date, taken: Collection[BedId], held: Collection[HeldBed]
) -> int:
    blocked = {one.bed for one in beds.states(connection) if covers(one.start, one.end, night)}
    return sum(
        1
        for bed in beds.in_service(connection, night)
        if bed.room == room
        and not bed.is_extra
        and bed.id not in taken
        and bed.id not in blocked
        and rules.of_bed(bed.id, night, after, held) is None
    )
