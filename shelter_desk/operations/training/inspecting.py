"""Rooms of the training shelter that were inspected: one with a defect, one that was mended, others all right."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from shelter_desk.domain import codes
from shelter_desk.domain.beds.beds import SLEEPING_ROOMS
from shelter_desk.domain.equipment.inspections import DEFECT, POINT, RIGHT, InspectedPoint
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.ids import InspectedPointId, RoomId, UserId
from shelter_desk.operations.desk import Writing
from shelter_desk.storage.beds import beds
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.storage.equipment import inspections as stored
from shelter_desk.training.equipment import BED, MATTRESS, NET

MONTH = timedelta(days=30)
LATELY = timedelta(days=6)
AT = time(10, 30)
MOST_QUIET = 2  # rooms where nothing was found
# the point of the list for each thing that may be broken
POINT_OF = {BED: "literie", MATTRESS: "literie", NET: "moustiquaires"}


def inspect(writing: Writing, today: date, user: UserId, by: str) -> None:
    """Look at some rooms of a house that has its equipment and its tickets. user: who records it; by: who looks."""
    assets = stored_equipment.assets(writing.connection)
    points = [one.code for one in sorted(codes.codes(POINT), key=lambda one: one.sort) if one.active]
    for on, room, ticket in sorted(_looked_at(writing, today), key=lambda one: one[:2]):
        number = stored.NUMBERS.next(writing.connection, on.year)
        wrong = "" if ticket is None else POINT_OF[assets[ticket.asset].designation]
        for point in points:
            found = ticket if point == wrong else None
            row = InspectedPoint(
                InspectedPointId(0), number, room, on, by, point,
                RIGHT if found is None else DEFECT,
                "" if found is None else found.problem,
                None if found is None else found.id,
                user, datetime.combine(on, AT),
            )  # fmt: skip
            writing.trail.add(stored.TABLE, stored.POINTS.write(row))


def _looked_at(writing: Writing, today: date) -> Iterator[tuple[date, RoomId, Ticket | None]]:
    """The room of the latest ticket that is open and that of the latest that was mended, each as it was found all right
    a month before too; then rooms where nothing is broken.
    """
    sleeping = [key for key, one in beds.rooms(writing.connection).items() if one.room_type in SLEEPING_ROOMS]
    where = {
        one.id: one.room
        for one in stored_equipment.assets(writing.connection).values()
        if one.is_here and one.designation in POINT_OF and one.room in sleeping
    }
    known = [one for one in stored_equipment.tickets(writing.connection) if one.asset in where]
    chosen: dict[RoomId, Ticket] = {}
    for is_open in (True, False):
        for ticket in reversed(known):
            room = where[ticket.asset]
            if room is not None and room not in chosen and (ticket.closed_on is None) is is_open:
                chosen[room] = ticket
                break
    for room, ticket in chosen.items():
        yield ticket.reported_on - MONTH, room, None
        yield ticket.reported_on, room, ticket
    for room in [one for one in sleeping if one not in chosen][:MOST_QUIET]:
        yield today - LATELY, room, None
