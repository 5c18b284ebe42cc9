"""From a defect to its ticket, the bed out of use until it is repaired, and back into use."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shelter_desk.domain.beds.beds import BedState
from shelter_desk.domain.beds.held_beds import BedHeld
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.errors import BedOccupied, NotAllowed
from shelter_desk.domain.ids import AssetId, TicketId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.equipment import equipment, maintenance
from tests.operations.beds.held_scene import desk, hold
from tests.operations.shelter import admit, bed, days_ago

__all__ = ["desk"]


def thing(desk: Desk, name: str = "Sommier", on: str = "1A") -> AssetId:
    """Something on that bed, where it stands; without a bed in room 1."""
    known = bed(desk, on or "1A")
    asset = Asset(
        AssetId(0), "", name, "literie", "achat", date(2025, 1, 2), "oim", "centre", "en_service", "bon",
        room=known.room, bed=known.id if on else None,
    )  # fmt: skip
    equipment.add_assets(desk, asset)
    return max(line.asset.id for line in equipment.register(desk))


def defect(desk: Desk, asset: AssetId, block: bool = True, ago: int = 0) -> Ticket:
    day = desk.today() - timedelta(days=ago)
    made = Ticket(maintenance.NEW, "", asset, day, "corrective", "Latte cassée", "normale")
    blocks = bed(desk, "1A").id if block else None
    maintenance.report_fault(desk, made, out_of_use=True, blocks=blocks)
    return max((line.ticket for line in maintenance.tickets(desk)), key=lambda one: one.id)


def state(desk: Desk) -> BedState | None:
    board = bed_board.board(desk, desk.today())
    return next(look.state for room in board.rooms for look in room.beds if look.bed.code == "1A")


def mended(desk: Desk, ticket: Ticket, *, frees: bool = True) -> None:
    done = replace(ticket, action_done="Latte changée", closed_on=desk.today())
    maintenance.close_ticket(desk, done, works=True, frees=frees)


def test_a_bed_is_out_of_use_from_the_defect_to_the_repair(desk: Desk) -> None:
    ticket = defect(desk, thing(desk), ago=2)
    held = state(desk)
    assert held is not None
    assert (held.state, held.start, held.end, held.ticket) == (
        "maintenance",
        plain(ticket.reported_on),
        None,
        ticket.id,
    )
    assert held.reason == "Latte cassée"
    assert maintenance.bed_waiting(desk, ticket.id) == "1A"
    mended(desk, ticket)
    assert state(desk) is None
    assert maintenance.bed_waiting(desk, ticket.id) == ""


def test_a_repair_may_leave_the_bed_out_of_use_and_the_ticket_is_said_closed(desk: Desk) -> None:
    ticket = defect(desk, thing(desk))
    mended(desk, ticket, frees=False)
    held = state(desk)
    assert held is not None
    assert held.ticket is not None
    found = maintenance.ticket_of(desk, held.ticket)
    assert found is not None
    assert found.closed_on == desk.today()


def test_the_bed_waits_for_the_last_of_two_repairs(desk: Desk) -> None:
    first = defect(desk, thing(desk))
    second = defect(desk, thing(desk, "Matelas"))
    mended(desk, first)
    held = state(desk)
    assert held is not None
    assert held.ticket == second.id
    mended(desk, second)
    assert state(desk) is None


def test_ticket_and_bed_are_undone_together(desk: Desk) -> None:
    made = Ticket(maintenance.NEW, "", thing(desk), desk.today(), "corrective", "Latte cassée")
    done = maintenance.report_fault(desk, made, blocks=bed(desk, "1A").id)
    undo(desk, done)
    assert state(desk) is None
    assert maintenance.tickets(desk) == ()


def test_a_bed_that_is_slept_in_or_held_is_not_blocked_and_no_ticket_is_opened(desk: Desk) -> None:
    key = thing(desk)
    hold(desk, "1A")
    with pytest.raises(BedHeld):
        defect(desk, key)
    admit(desk, "1A", days=1, reason="urgence")
    with pytest.raises(BedOccupied):
        defect(desk, key)
    assert maintenance.tickets(desk) == ()
    defect(desk, key, block=False)
    assert len(maintenance.tickets(desk)) == 1


def test_a_bed_out_of_use_already_stays_as_it_is(desk: Desk) -> None:
    beds.block(desk, bed(desk, "1A").id, "quarantaine", days_ago(3), None, "punaises")
    ticket = defect(desk, thing(desk))
    held = state(desk)
    assert held is not None
    assert (held.state, held.ticket) == ("quarantaine", None)
    mended(desk, ticket)
    assert state(desk) is not None


def test_who_blocks_no_bed_opens_and_closes_tickets_alone(desk: Desk) -> None:
    key, place = thing(desk), bed(desk, "1A").id
    ticket = defect(desk, key)
    desk.role = Role.STOREKEEPER
    with pytest.raises(NotAllowed):
        mended(desk, ticket)
    mended(desk, ticket, frees=False)
    made = Ticket(maintenance.NEW, "", key, desk.today(), "corrective", "Vis perdue")
    with pytest.raises(NotAllowed):
        maintenance.report_fault(desk, made, blocks=place)
    maintenance.report_fault(desk, made)


def test_what_a_defect_may_be_of_begins_with_what_is_on_the_bed(desk: Desk) -> None:
    room_thing, net, other = thing(desk, "Ventilateur", ""), thing(desk, "Moustiquaire"), thing(desk, "Matelas", "1B")
    found = [one.id for one in maintenance.things_at(desk, bed(desk, "1A").id)]
    assert (found, other in found) == ([net, room_thing], False)
    assert maintenance.ticket_of(desk, TicketId(99)) is None
