"""Moving a bed to another room from a day on, with who sleeps in it and the things that are on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.beds import moved_beds
from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.beds.moved_beds import Objection, RoomNotForThem
from shelter_desk.domain.beds.placement_checks import Span
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_not_future
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.happening import MOVE, Happening
from shelter_desk.domain.errors import NoSuch
from shelter_desk.domain.ids import BedId, RoomId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import free_beds, occupancy
from shelter_desk.operations.beds.occupancy import HouseNight
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.equipment import equipment
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.storage.file.database import Connection

TOPICS = Changes(rooms=True, stays=True, assets=True)


@dataclass(frozen=True, slots=True)
class BedMove:
    """What moving a bed would do. who: who sleeps or slept in it from that day on, children who share it last.

    refused: what the rules do not allow, None where it can be moved; warnings: what is said all the same, of the last
    night. things: assets on the bed that go along.
    """

    bed: Bed
    left: Room
    room: Room
    day: date
    who: tuple[Span, ...] = ()
    refused: RoomNotForThem | None = None
    warnings: tuple[Objection, ...] = ()
    things: tuple[Asset, ...] = ()


@needs(Permission.ROOMS_EDIT)
def look(desk: Desk, bed: BedId, room: RoomId, day: date) -> BedMove:
    """What the move would do, before it is done.

    Raises InTheFuture, BedNotUsable on a day outside its service, BedMovedLater, BedStandsThere, BedHeld,
    PlacesHeld where places of the room it leaves need it, NoSuch.
    """
    check_not_future(day, desk.today())
    with desk.reading() as connection:
        return _judged(connection, bed, room, day, desk.today())


@needs(Permission.ROOMS_EDIT)
def move(desk: Desk, bed: BedId, room: RoomId, day: date) -> Done:
    """Put the bed into that room from that day on; whoever sleeps in it and what is on it go along.

    The nights before keep their room. Raises as `look`, RoomNotForThem.
    """
    check_not_future(day, desk.today())
    with desk.writing("move_bed", TOPICS) as writing:
        found = _judged(writing.connection, bed, room, day, desk.today())
        writing.subject = found.bed.code
        if found.refused is not None:
            raise found.refused
        stored_beds.keep(writing.trail, found.bed, moved_beds.moved(found.bed, room, day))
        _take_along(desk, writing, found)
    return writing.done


def _judged(connection: Connection, key: BedId, to: RoomId, day: date, today: date) -> BedMove:
    bed, rooms = stored_beds.beds(connection)[key], stored_beds.rooms(connection)
    if to not in rooms:
        raise NoSuch("room", "")
    moved_beds.check_day(bed, rooms[to], day)
    free_beds.check_not_held(connection, bed, day, None, today)
    tonight = occupancy.house(connection, today)
    left, refused, last = rooms[bed.room], None, list[Objection]()
    for night in stored_beds.nights_of_change(connection, day, today):
        seen = tonight if night == today else occupancy.house(connection, night)
        last = _objections(seen, bed, left, rooms[to])
        asks = [one for one in last if one.finding.level == "needs_reason"]
        if asks and refused is None:
            rules = tuple(dict.fromkeys(one.finding.rule for one in asks))
            codes = tuple(dict.fromkeys(one.who.code for one in asks))
            refused = RoomNotForThem(bed.code, rooms[to].code, night, rules, codes)
    since = (one for one in stored_beds.sleepers_in(connection, key) if one.end is None or one.end.date() > day)
    warns = tuple(one for one in last if one.finding.level == "warns")
    return BedMove(bed, left, rooms[to], day, tuple(since), refused, warns, _things(connection, bed))


def _objections(seen: HouseNight, bed: Bed, left: Room, to: Room) -> list[Objection]:
    along = [seen.sleeper(one) for one in seen.in_bed().get(bed.id, ())]
    there = {room.id: seen.others_in(room.id) for room in (left, to)}
    return moved_beds.objections(along, (left, to), there, seen.night, seen.norm_m2)


def _things(connection: Connection, bed: Bed) -> tuple[Asset, ...]:
    """What is on the bed and stands where the bed stands."""
    known = stored_equipment.assets(connection).values()
    return tuple(one for one in known if one.is_here and one.bed == bed.id and one.room == bed.room)


def _take_along(desk: Desk, writing: Writing, found: BedMove) -> None:
    for asset in found.things:
        history = stored_equipment.history(writing.connection, asset.id)
        said = Happening(MOVE, max(found.day, asset.acquired_on), room=found.room.id, reason=found.bed.code)
        equipment.write(desk, writing, history, said)


@needs(Permission.ROOMS_EDIT)
def rooms_to(desk: Desk, bed: BedId) -> Sequence[Room]:
    """The rooms it can be moved to: all but its own, in order of their codes."""
    with desk.reading() as connection:
        own = stored_beds.bed(connection, bed).room
        return [room for key, room in stored_beds.rooms(connection).items() if key != own]
