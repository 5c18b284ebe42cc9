"""T1 by zone of the house: women, men, girls, boys, families (field 4.3)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from shelter_desk.domain.beds.beds import SLEEPING_ROOMS, Room
from shelter_desk.domain.ids import BedId, RoomId
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Dims, Figure, Ref
from shelter_desk.domain.reports.tables.nights import NightCounts, NightsSlept, stood
from shelter_desk.domain.reports.tables.t01_capacity import BedNights, by_room, nights_above, of_place

OVER = "t1.overcapacity_by_room"
NO_ZONE = "autre"
ZONES = ("femmes", "hommes", "filles", "garcons", "familles", NO_ZONE)
_BY_TYPE = {
    "dortoir_f": "femmes",
    "dortoir_h": "hommes",
    "dortoir_filles": "filles",
    "dortoir_garcons": "garcons",
    "chambre_famille": "familles",
    "mere_enfant": "familles",
}


def zone_dims(zone: str) -> Dims:
    """The dims of a zone."""
    return (("zone", zone),)


def zone_of(room: Room | None) -> str:
    """Which zone a room belongs to: by its type, else by whom it is for; `autre` for any other, and for no room."""
    if room is None:
        return NO_ZONE
    if room.room_type in _BY_TYPE:
        return _BY_TYPE[room.room_type]
    if room.sex_rule == "mixte_famille":
        return "familles"
    children = room.age_rule == "mineurs"
    by_sex = {"f": "filles" if children else "femmes", "m": "garcons" if children else "hommes"}
    return by_sex.get(room.sex_rule, NO_ZONE)


def zones(facts: ReportFacts, beds: list[BedNights], nights: list[NightsSlept]) -> dict[Ref, Figure]:
    """The figures of T1 that a zone has; nights without a room are in `autre`, which stands only where it is needed."""
    apart: dict[str, list[NightsSlept]] = {zone: [] for zone in ZONES}
    of_beds = stood(facts)
    for one in nights:
        for zone, taken in _where(facts, one, of_beds).items():
            apart[zone].append(
                replace(
                    one,
                    here=one.here & taken,
                    in_bed=one.in_bed & taken,
                    extra=one.extra & taken,
                    shared=one.shared & taken,
                    unplaced=one.unplaced & taken,
                    away=one.away & taken,
                    held=one.held & taken,
                )
            )
    above = Counter[str]()  # person-nights above the beds of their room
    for room_id, persons in nights_above(facts, beds, nights).items():
        above[_zone(facts, room_id)] += persons
    figures = {(OVER, TOTAL): Figure(OVER, TOTAL, sum(above.values()))}
    for zone in ZONES:
        rooms = [room for room in facts.rooms.values() if zone_of(room) == zone]
        theirs = [one for one in beds if zone_of(facts.rooms.get(one.room)) == zone]
        sleeping = [room for room in rooms if room.room_type in SLEEPING_ROOMS]
        if theirs or apart[zone] or (sleeping and zone != NO_ZONE):
            presence = NightCounts.over(facts.period)
            for one in apart[zone]:
                presence.add(one.here)
            dims = zone_dims(zone)
            figures |= of_place(facts, theirs, apart[zone], presence.by_night(), sleeping, dims)
            figures[OVER, dims] = Figure(OVER, dims, above[zone])
    return figures


def _where(
    facts: ReportFacts, slept: NightsSlept, rooms: Mapping[BedId, tuple[tuple[RoomId, int], ...]]
) -> dict[str, int]:
    """The nights of a stay, here or away, by the zone of the room that was its place then."""
    found: dict[str, int] = {}
    for room, taken in by_room(facts, slept, rooms).items():
        zone = _zone(facts, room)
        found[zone] = found.get(zone, 0) | taken
    return found


def _zone(facts: ReportFacts, room: RoomId | None) -> str:
    return zone_of(None if room is None else facts.rooms.get(room))
