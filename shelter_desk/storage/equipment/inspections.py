"""Inspections of rooms in the file, a row a point."""

from sqlalchemy import Connection

from shelter_desk.domain.equipment.inspections import InspectedPoint, Inspection, inspections
from shelter_desk.domain.ids import RoomId
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.numbering import Numbering

TABLE = "room_inspections"
_OF = tables.room_inspections.c
POINTS = Mapper(
    tables.room_inspections,
    InspectedPoint,
    on="inspected_on",
    by="inspected_by",
    point="inspection_point",
    finding="inspection_finding",
)
NUMBERS = Numbering(_OF.inspection_no, "IC")


def of_room(connection: Connection, room: RoomId) -> tuple[Inspection, ...]:
    """The inspections of that room, the latest first."""
    return inspections(POINTS.where(connection, _OF.room_id == room))
