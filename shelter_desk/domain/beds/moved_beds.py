"""A bed moves to another room from a day on: the nights before keep their room (field 5.1).

Whoever sleeps in it goes along: what the rules of rooms say against them there, and against those who stay behind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from shelter_desk.domain.beds.beds import Bed, FormerRoom, Room
from shelter_desk.domain.beds.room_rules import Finding, Sleeper, findings
from shelter_desk.domain.errors import BedNotUsable, RuleBroken
from shelter_desk.domain.ids import BedRoomId, RoomId
from shelter_desk.domain.moments import plain

IN_THE_HOUSE = "R-28"  # said of the house as a whole: no room changes it


class BedMovedLater(RuleBroken):
    """The bed was moved again on a later day. on: the day of that move."""

    bed_code: str
    on: date


class BedStandsThere(RuleBroken):
    """The bed stands in that room already."""

    bed_code: str
    room_code: str


class BedStoodTwice(RuleBroken):
    """A bed would have stood in two rooms on one night. since: from when on it stood in the other one."""

    bed_code: str
    since: datetime


class RoomNotForThem(RuleBroken):
    """The rules of a room do not allow who would sleep in it once the bed is moved.

    night: the first one that speaks against it; rules: what is broken then; codes: of those it is said of.
    """

    bed_code: str
    room_code: str
    night: date
    rules: tuple[str, ...]
    codes: tuple[str, ...]


def check_day(bed: Bed, room: Room, day: date) -> None:
    """Whether the bed can stand in that room from that day on.

    Raises BedNotUsable on a day outside its service, BedMovedLater, BedStandsThere.
    """
    if not bed.in_service(day):
        raise BedNotUsable(bed.code, "retire", bed.in_service_from, bed.in_service_to)
    if bed.former and day < bed.former[-1].end.date():
        raise BedMovedLater(bed.code, bed.former[-1].end.date())
    if bed.room == room.id:
        raise BedStandsThere(bed.code, room.code)


def moved(bed: Bed, room: RoomId, day: date) -> Bed:
    """The bed once it stands in that room from that day on; a room in which it has no night is left out."""
    since = bed.former[-1].end if bed.former else bed.in_service_from
    former = bed.former
    if since.date() < day:
        former = (*former, FormerRoom(BedRoomId(0), bed.id, bed.room, since, plain(day)))
    elif former and former[-1].room == room:
        former = former[:-1]
    return replace(bed, room=room, former=former)


def since(bed: Bed, start: datetime) -> tuple[FormerRoom, ...]:
    """Its former rooms once it is in service from that moment on: the first one begins with the bed.

    One that ended by then is left out.
    """
    left = [one for one in bed.former if start.date() < one.end.date()]
    return (replace(left[0], start=start), *left[1:]) if left else ()


@dataclass(frozen=True, slots=True)
class Objection:
    """A rule that speaks against a person in a room once the bed is moved."""

    room: RoomId
    who: Sleeper
    finding: Finding


def objections(
    moving: Iterable[Sleeper],
    rooms: tuple[Room, Room],
    there: Mapping[RoomId, Iterable[Sleeper]],
    night: date,
    norm_m2: float,
) -> list[Objection]:
    """What is said that night against those who go along, and newly against those who stay in both rooms.

    rooms: the one left and the one moved to; there: who sleeps in each before, those who go along among them.
    """
    along = list(moving)
    if not along:
        return []
    gone = {one.stay for one in along}
    before = {room.id: list(there[room.id]) for room in rooms}
    stay = {key: [one for one in people if one.stay not in gone] for key, people in before.items()}
    left, to = rooms
    found = []
    for room, people in ((left, stay[left.id]), (to, [*stay[to.id], *along])):
        for one in people:
            others = [other for other in people if other is not one]
            said = findings(one, room, others, night, norm_m2)
            if one.stay not in gone:
                beside = [other for other in before[room.id] if other.stay != one.stay]
                known = {finding.rule for finding in findings(one, room, beside, night, norm_m2)}
                said = [finding for finding in said if finding.rule not in known]
            found += [Objection(room.id, one, finding) for finding in said if finding.rule != IN_THE_HOUSE]
    return found
