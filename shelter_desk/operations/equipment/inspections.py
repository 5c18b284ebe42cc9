"""Rooms that somebody looks at: what was found is kept, a defect opens a ticket and may take a bed out of use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.beds.beds import SLEEPING_ROOMS, Bed
from shelter_desk.domain.checks import check_given, check_not_future
from shelter_desk.domain.equipment import inspections as rules
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.inspections import InspectedPoint, Inspection, PointSeen
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.errors import ChangedSince, NotInList
from shelter_desk.domain.ids import AssetId, BedId, InspectedPointId, RoomId, TicketId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.equipment import equipment, maintenance
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.storage.equipment import inspections as stored
from shelter_desk.storage.file.database import Connection


@dataclass(frozen=True, slots=True)
class RoomInspections:
    """Of one room, the latest first, with the tickets that they name. things: what stands there, of the register.

    open: the tickets that are open for one of those things.
    """

    inspections: tuple[Inspection, ...]
    tickets: Mapping[TicketId, Ticket]
    things: tuple[Asset, ...]
    open: tuple[Ticket, ...]


@dataclass(frozen=True, slots=True)
class Inspected:
    """An inspection that was recorded: its number, and those of the tickets that it opened."""

    number: str
    tickets: tuple[str, ...]
    done: Done


@needs(Permission.ASSETS_SEE)
def of_room(desk: Desk, room: RoomId) -> RoomInspections:
    """What was found in a room, and what a defect there may be of."""
    with desk.reading() as connection:
        found = stored.of_room(connection, room)
        things = _things(connection, room)
        tickets = stored_equipment.tickets(connection)
    named = {one.ticket for inspection in found for one in inspection.points}
    keys = {one.id for one in things}
    return RoomInspections(
        found,
        {one.id: one for one in tickets if one.id in named},
        things,
        tuple(one for one in tickets if one.closed_on is None and one.asset in keys),
    )


def _things(connection: Connection, room: RoomId) -> tuple[Asset, ...]:
    every = stored_equipment.assets(connection).values()
    return tuple(one for one in every if one.is_here and one.room == room)


@needs(Permission.ASSETS_EDIT)
def record(desk: Desk, room: RoomId, on: date, by: str, seen: Sequence[PointSeen]) -> Inspected:
    """Keep what was found in a room on a day, all points of the list, in one act with the tickets of the defects.

    by: who looked. A defect without a thing of the register opens no ticket. Raises Missing, NotInList, InTheFuture,
    NotAllowed where a bed is to be blocked, ChangedSince for a ticket that was closed meanwhile, and as `report_fault`.
    """
    check_given("inspected_by", by.strip())
    check_not_future(on, desk.today())
    maintenance.check_may_block(desk, any(one.blocks is not None for one in seen))
    with desk.writing("inspect_room", equipment.TOPICS) as writing:
        is_slept_in = stored_beds.rooms(writing.connection)[room].room_type in SLEEPING_ROOMS
        rules.check(seen, has_beds=is_slept_in)
        number = writing.subject = stored.NUMBERS.next(writing.connection, on.year)
        there = _There.read(writing.connection, room)
        opened = []
        for one in seen:
            ticket = _ticket(desk, writing, there, on, one) if one.finding == rules.DEFECT else None
            if ticket is not None and one.ticket is None:
                opened.append(ticket.ticket_no)
            point = InspectedPoint(
                InspectedPointId(0), number, room, on, by.strip(), one.point, one.finding,
                one.problem.strip() if one.finding == rules.DEFECT else "",
                None if ticket is None else ticket.id, desk.user, desk.now(),
            )  # fmt: skip
            writing.trail.add(stored.TABLE, stored.POINTS.write(point))
    return Inspected(number, tuple(opened), writing.done)


@dataclass(frozen=True, slots=True)
class _There:
    """What stands in a room, its beds of any day, and the tickets that are open for what stands there."""

    room: RoomId
    things: frozenset[AssetId]
    open: Mapping[TicketId, Ticket]
    beds: Mapping[BedId, Bed]

    @classmethod
    def read(cls, connection: Connection, room: RoomId) -> "_There":
        things = frozenset(one.id for one in _things(connection, room))
        tickets = stored_equipment.tickets(connection)
        waiting = {one.id: one for one in tickets if one.closed_on is None and one.asset in things}
        return cls(room, things, waiting, stored_beds.beds(connection))


def _ticket(desk: Desk, writing: Writing, there: _There, on: date, one: PointSeen) -> Ticket | None:
    """That of a defect: the one that is open for it, or a new one; None where nothing of the register is broken."""
    if one.ticket is not None:
        if one.ticket not in there.open:
            raise ChangedSince("tickets")
        return there.open[one.ticket]
    if one.asset is None:
        return None
    if one.asset not in there.things:
        raise NotInList("tag_no", str(one.asset))
    if one.blocks is not None and there.beds[one.blocks].room_on(on) != there.room:
        raise NotInList("bed_code", str(one.blocks))
    made = Ticket(maintenance.NEW, "", one.asset, on, "corrective", one.problem.strip(), one.urgency)
    key, ticket_no = maintenance.open_ticket(desk, writing, made, one.blocks is not None, one.blocks)
    return replace(made, id=key, ticket_no=ticket_no)
