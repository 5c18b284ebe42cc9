"""What is said of a room that somebody looked at."""

from shelter_desk import words
from shelter_desk.domain.equipment.inspections import POINT, InspectedPoint, Inspection
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.words import formats
from shelter_desk.words.equipment import repair


def columns() -> dict[str, str]:
    """Fields of an inspection that stand in no workbook, or under another name there."""
    return {"inspected_by": words.text("Who looked"), "inspection_finding": words.text("Finding")}


def actions() -> dict[str, str]:
    """What the journal says of them."""
    return {"inspect_room": words.text("Room inspected")}


def found(inspection: Inspection) -> str:
    """`2 défauts`, or that all is right."""
    defects = len(inspection.defects)
    return words.count("{n} defect", "{n} defects", defects) if defects else words.text("Everything all right")


def short(inspection: Inspection) -> str:
    """`12/11/2026 · Agent A · 2 défauts`."""
    return " · ".join((formats.day(inspection.on), inspection.by, found(inspection)))


def defect(point: InspectedPoint, ticket: Ticket | None) -> tuple[str, str]:
    """A point that is not all right, and what is wrong with what became of it."""
    if ticket is not None:
        return words.label(POINT, point.point), f"{point.problem}\n{repair(ticket)}"
    return words.label(POINT, point.point), point.problem


def recorded(number: str, tickets: tuple[str, ...]) -> str:
    """What is said once it is kept."""
    if not tickets:
        return words.text("Inspection {number} recorded.").format(number=number)
    told = words.text("Inspection {number} recorded. Tickets opened: {tickets}.")
    if len(tickets) == 1:
        told = words.text("Inspection {number} recorded. Ticket opened: {tickets}.")
    return told.format(number=number, tickets=", ".join(tickets))
