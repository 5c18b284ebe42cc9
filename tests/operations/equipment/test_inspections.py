"""A room that is looked at: kept point by point, a defect opens a ticket, the bed waits for it, all in one act."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain import codes
from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.inspections import DEFECT, POINT, RIGHT, PointSeen, points
from shelter_desk.domain.errors import ChangedSince, InTheFuture, Missing, NotAllowed, NotInList
from shelter_desk.domain.ids import AssetId, RoomId, TicketId
from shelter_desk.domain.rights import Permission, Role
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.equipment import equipment, inspections, maintenance
from shelter_desk.operations.equipment.inspections import Inspected
from shelter_desk.operations.imports import intake_batches, register_export, registers
from tests.operations.beds.held_scene import desk
from tests.operations.equipment.test_defects import mended, state, thing
from tests.operations.imports.test_own_registers import book
from tests.operations.retention_scene import last_line
from tests.operations.shelter import bed, days_ago, small_shelter
from tests.operations.stock_desk import statements

__all__ = ["desk"]
POINTS = [one.code for one in codes.codes(POINT)]
HEAD = (
    "inspection_no", "room_code", "inspected_on", "inspected_by", "inspection_point", "inspection_finding", "problem",
)  # fmt: skip


def room(desk: Desk) -> RoomId:
    return bed(desk, "1A").room


def looked(desk: Desk, *defects: PointSeen, on: date | None = None, by: str = "Agent A") -> Inspected:
    """Room 1, everything all right but for these."""
    wrong = {one.point: one for one in defects}
    seen = [wrong.get(point, PointSeen(point, RIGHT)) for point in POINTS]
    return inspections.record(desk, room(desk), on or desk.today(), by, seen)


def broken(asset: AssetId | None = None, **said: Any) -> PointSeen:
    return PointSeen("literie", DEFECT, "Latte cassée", asset, urgency="normale" if asset else "", **said)


def test_what_was_found_is_kept_point_by_point_with_who_looked(desk: Desk) -> None:
    made = looked(desk, PointSeen("murs", DEFECT, "Mur humide"), by="Mariam, hygiéniste")
    (one,) = inspections.of_room(desk, room(desk)).inspections
    assert (one.number, one.on, one.by) == (made.number, desk.today(), "Mariam, hygiéniste")
    assert [found.point for found in one.points] == POINTS
    assert [(found.point, found.problem, found.ticket) for found in one.defects] == [("murs", "Mur humide", None)]
    assert (made.tickets, maintenance.tickets(desk)) == ((), ())


def test_a_defect_opens_a_ticket_and_the_bed_waits_until_it_is_mended(desk: Desk) -> None:
    made = looked(desk, broken(thing(desk), blocks=bed(desk, "1A").id))
    known = inspections.of_room(desk, room(desk))
    (ticket,) = known.tickets.values()
    waits = state(desk)
    assert waits is not None
    assert (made.tickets, ticket.problem, waits.ticket) == ((ticket.ticket_no,), "Latte cassée", ticket.id)
    assert known.inspections[0].defects[0].ticket == ticket.id
    mended(desk, ticket)
    assert state(desk) is None
    assert inspections.of_room(desk, room(desk)).tickets[ticket.id].closed_on == desk.today()


def test_all_of_it_is_one_act_that_is_undone_whole_and_told_by_the_journal(desk: Desk) -> None:
    made = looked(desk, broken(thing(desk), blocks=bed(desk, "1A").id))
    line = last_line(desk)
    assert (line.action, line.subject) == ("inspect_room", made.number)
    assert {one["table"] for one in line.rows} >= {"room_inspections", "tickets", "bed_states"}
    undo(desk, made.done)
    assert (inspections.of_room(desk, room(desk)).inspections, maintenance.tickets(desk), state(desk)) == ((), (), None)


def test_a_ticket_that_is_open_for_it_already_is_named_again(desk: Desk) -> None:
    asset = thing(desk)
    looked(desk, broken(asset), on=days_ago(7).date())
    (ticket,) = inspections.of_room(desk, room(desk)).open
    again = looked(desk, broken(ticket=ticket.id))
    assert (again.tickets, len(maintenance.tickets(desk))) == ((), 1)
    latest, first = inspections.of_room(desk, room(desk)).inspections
    assert (latest.number, latest.defects[0].ticket, first.defects[0].ticket) == (again.number, ticket.id, ticket.id)
    maintenance.close_ticket(desk, replace(ticket, action_done="Latte changée", closed_on=desk.today()), works=True)
    with pytest.raises(ChangedSince):
        looked(desk, broken(ticket=ticket.id))


def test_the_number_of_questions_does_not_grow_with_the_defects_that_have_their_tickets(desk: Desk) -> None:
    things = {point: thing(desk, point) for point in POINTS[:4]}
    looked(desk, *(PointSeen(point, DEFECT, "Cassé", asset, urgency="normale") for point, asset in things.items()))
    tickets: dict[AssetId | None, TicketId] = {one.asset: one.id for one in inspections.of_room(desk, room(desk)).open}
    again = [PointSeen(point, DEFECT, "Cassé", ticket=tickets[asset]) for point, asset in things.items()]
    with statements() as few:
        looked(desk, again[0])
    with statements() as many:
        looked(desk, *again)
    assert sum("SELECT" in one for one in many) == sum("SELECT" in one for one in few)


def test_what_is_not_whole_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    asset, other = thing(desk), thing(desk, "Table", on="2A")
    tomorrow = desk.today() + timedelta(days=1)
    with pytest.raises(Missing, match=POINT):
        inspections.record(desk, room(desk), desk.today(), "Agent A", [PointSeen("murs", RIGHT)])
    with pytest.raises(Missing, match="problem"):
        looked(desk, PointSeen("murs", DEFECT, " "))
    with pytest.raises(Missing, match="inspected_by"):
        looked(desk, by=" ")
    with pytest.raises(Missing, match="tag_no"):
        looked(desk, PointSeen("murs", DEFECT, "Humide", blocks=bed(desk, "1A").id))
    with pytest.raises(InTheFuture):
        looked(desk, on=tomorrow)
    with pytest.raises(NotInList, match="tag_no"):
        looked(desk, broken(other))
    with pytest.raises(NotInList, match="bed_code"):
        looked(desk, broken(asset, blocks=bed(desk, "2A").id))
    assert (inspections.of_room(desk, room(desk)).inspections, maintenance.tickets(desk)) == ((), ())


def test_who_takes_no_bed_out_of_use_blocks_none_by_an_inspection(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asset, where, its_bed = thing(desk), room(desk), bed(desk, "1A").id
    seen = [broken(asset, blocks=its_bed), *(PointSeen(one, RIGHT) for one in POINTS if one != "literie")]
    monkeypatch.setattr(desk, "role", Role.STOREKEEPER)
    assert not desk.may(Permission.ROOMS_EDIT)
    with pytest.raises(NotAllowed):
        inspections.record(desk, where, desk.today(), "Agent A", seen)
    made = inspections.record(desk, where, desk.today(), "Agent A", [replace(seen[0], blocks=None), *seen[1:]])
    assert len(made.tickets) == 1


# Registers ------------------------------------------------------------------------------------------------------------


def sheet(desk: Desk, path: Path) -> list[tuple[Any, ...]]:
    register_export.export(desk, path)
    rows = list(openpyxl.load_workbook(path)["inspections"].values)
    at = [rows[1].index(key) for key in HEAD]
    return [tuple(row[one] for one in at) for row in rows[2:] if any(row)]


def test_inspections_go_out_and_into_an_empty_house_as_they_were(desk: Desk, tmp_path: Path) -> None:
    made = looked(desk, broken(thing(desk)), PointSeen("murs", DEFECT, "Mur humide"))
    before = sheet(desk, tmp_path / "out.xlsx")
    assert len(before) == len(POINTS)
    assert (before[0][0], before[0][1], before[0][3:]) == (
        made.number, "1", ("Agent A", "literie", "defaut", "Latte cassée"),
    )  # fmt: skip
    again = registers.look(desk, tmp_path / "out.xlsx").judgement
    assert (again.refusals, again.counts["inspections"].same) == ([], len(POINTS))
    with small_shelter(tmp_path / "other") as empty:
        look = registers.look(empty, tmp_path / "out.xlsx")
        assert look.judgement.refusals == []
        registers.take_in(empty, look)
        assert sheet(empty, tmp_path / "again.xlsx") == before
        undoing = intake_batches.undo(empty, intake_batches.past(empty)[0].batch.id, lambda *_: None)
        assert (undoing.left, undoing.removed["inspections"]) == ((), len(POINTS))


def test_the_ticket_stays_when_a_workbook_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    made = looked(desk, broken(thing(desk)))
    row = (made.number, "1", desk.today(), "Agent A", "literie", "Défaut", "Deux lattes cassées")
    registers.take_in(desk, registers.look(desk, book(tmp_path / "n.xlsx", inspections=(HEAD, HEAD, row))))
    (one,) = inspections.of_room(desk, room(desk)).inspections[0].defects
    assert (one.problem, one.ticket is not None, one.recorded_by) == ("Deux lattes cassées", True, desk.user)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"room_code": "99"}, "room_code"),
        ({"inspection_finding": "peut-être"}, "inspection_finding"),
        ({"problem": None}, "problem"),
        ({"inspection_finding": "bien"}, "problem"),
        ({"inspected_on": date(2199, 1, 1)}, "inspected_on"),
        ({"inspection_point": "grenier"}, "inspection_point"),
        ({"inspected_on": date(2025, 3, 3), "inspection_no": "IC-1", "inspection_point": "eau"}, "inspected_on"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_cell(
    desk: Desk, tmp_path: Path, cells: dict[str, Any], column: str
) -> None:
    whole = ("IC-1", "1", date(2025, 2, 3), "Agent A", "murs", "defaut", "Mur humide")
    row = tuple(({**dict(zip(HEAD, whole, strict=True)), "inspection_no": "IC-2", **cells})[key] for key in HEAD)
    look = registers.look(desk, book(tmp_path / "n.xlsx", inspections=(HEAD, HEAD, whole, row)))
    assert [(one.row, one.column) for one in look.judgement.refusals] == [(4, column)]


def test_a_room_without_beds_is_inspected_without_their_points_and_its_defect_opens_a_ticket(desk: Desk) -> None:
    beds.keep_room(desk, Room(RoomId(0), "C", "Cuisine", "cuisine", "indifferent", "tous"))
    kitchen = next(one.id for one, _ in beds.rooms(desk) if one.code == "C")
    stove = Asset(
        AssetId(0), "", "Réchaud", "cuisine", "achat", date(2025, 1, 2), "oim", "centre", "en_service", "bon",
        room=kitchen,
    )  # fmt: skip
    equipment.add_assets(desk, stove)
    asset = next(one.asset.id for one in equipment.register(desk) if one.asset.room == kitchen)
    asked = points(has_beds=False)
    seen = [PointSeen(one, RIGHT) for one in asked if one != "electricite"]
    broken_ = PointSeen("electricite", DEFECT, "Prise brûlée", asset, urgency="normale")
    made = inspections.record(desk, kitchen, desk.today(), "Agent A", [*seen, broken_])
    (one,) = inspections.of_room(desk, kitchen).inspections
    assert ("literie" in asked, len(one.points), len(made.tickets)) == (False, len(POINTS) - 2, 1)
    with pytest.raises(Missing, match=POINT):
        inspections.record(desk, room(desk), desk.today(), "Agent A", seen)
