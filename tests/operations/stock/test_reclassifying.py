"""A consumable becomes equipment only by a movement: out of the store, into the register, in one act."""

from dataclasses import replace
from typing import Any

import pytest

from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.domain.errors import BadNumber, Missing, NotAllowed, NotInList
from shelter_desk.domain.ids import AssetId, GrantId, ItemId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.refusals import NotEnough, NotReversible
from shelter_desk.domain.stock.vouchers import Receipt, ReceivedLine
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.stock import reclassifying, stock, vouchers
from shelter_desk.operations.stock.reclassifying import Reclassified
from shelter_desk.system import clock
from shelter_desk.words.refusals.errors import sentence
from tests.operations import store_scene as scene
from tests.operations.shelter import month_when_over
from tests.operations.stock_desk import desk

__all__ = ["desk"]
GIVEN = Lot("N-1", None, "oim", "OIM-1")


@pytest.fixture
def nets(desk: Desk) -> ItemId:
    """Ten blankets given by a donor under a grant, at 7 500 francs."""
    equipment.keep_grant(desk, Grant(GrantId(0), "OIM-1", "oim"))
    made = scene.blanket(desk)
    line = ReceivedLine(made, 10_000, GIVEN, 7_500)
    vouchers.receive(desk, Receipt(scene.ago(5), "don", (line,)))
    return made


def said(item: ItemId, pieces: int = 3, **more: Any) -> Reclassified:
    made = Reclassified(item, GIVEN, pieces, scene.ago(1), "literie", "neuf", "Prêtées, jamais données")
    return replace(made, **more)


def tags(desk: Desk) -> list[str]:
    return [line.asset.tag_no for line in equipment.register(desk)]


def test_pieces_leave_the_store_and_stand_in_the_register(desk: Desk, nets: ItemId) -> None:
    done = reclassifying.to_equipment(desk, said(nets))
    first = equipment.register(desk)[0]
    assert (scene.balance(desk, nets), tags(desk)) == (7_000, ["LIT-0001", "LIT-0002", "LIT-0003"])
    assert (first.asset.donor, first.grant, first.asset.cost, first.asset.acquisition_mode, first.asset.status) == (
        "oim",
        "OIM-1",
        7_500,
        "don",
        "en_stock",
    )
    assert first.asset.handover_pv == done.subject


def test_the_movement_is_a_transfer_and_no_consumption(desk: Desk, nets: ItemId) -> None:
    reclassifying.to_equipment(desk, said(nets))
    (move,) = [line.move for line in stock.card(desk, nets).lines if line.move.change < 0]
    assert (move.move_type, move.third_party, move.lot) == ("transfert_emis", "Equipment", GIVEN)
    assert stock.standing(desk)[0].use == 0


def test_the_voucher_names_the_tags(desk: Desk, nets: ItemId) -> None:
    number = reclassifying.to_equipment(desk, said(nets)).subject
    assert stock.paper(desk, scene.voucher(desk, number)).voucher.reference == "LIT-0001 – LIT-0003"


def test_what_only_bears_the_number_of_the_voucher_stays(desk: Desk, nets: ItemId) -> None:
    number = reclassifying.to_equipment(desk, said(nets)).subject
    other = replace(equipment.register(desk)[0].asset, id=AssetId(0), tag_no="", acquired_on=scene.ago(9))
    equipment.add_assets(desk, other)
    vouchers.take_back(desk, scene.voucher(desk, number))
    assert (other.handover_pv, tags(desk)) == (number, ["LIT-0004"])


def test_a_batch_has_one_tag_and_the_cost_of_all(desk: Desk, nets: ItemId) -> None:
    reclassifying.to_equipment(desk, said(nets, numbered=False))
    (line,) = equipment.register(desk)
    assert (line.asset.quantity, line.asset.cost) == (3, 22_500)


def test_the_figures_of_the_month_agree_on_both_sides(desk: Desk, nets: ItemId) -> None:
    reclassifying.to_equipment(desk, said(nets))
    day = scene.ago(1)
    report = month_when_over(desk, Period.month(day.year, day.month)).report
    assert (report.value("t10.end"), report.failed) == (3, ())


def test_the_act_is_undone_whole(desk: Desk, nets: ItemId) -> None:
    undo(desk, reclassifying.to_equipment(desk, said(nets)))
    assert (scene.balance(desk, nets), tags(desk)) == (10_000, [])


def test_taking_the_voucher_back_takes_the_equipment_out(desk: Desk, nets: ItemId) -> None:
    number = reclassifying.to_equipment(desk, said(nets)).subject
    vouchers.take_back(desk, scene.voucher(desk, number), "Ce sont des dons")
    assert (scene.balance(desk, nets), tags(desk)) == (10_000, [])


def test_what_lives_on_as_equipment_does_not_go_back(desk: Desk, nets: ItemId) -> None:
    number = reclassifying.to_equipment(desk, said(nets)).subject
    key = equipment.register(desk)[0].asset.id
    equipment.record(desk, [key], Happening("affectation", clock.today()))
    with pytest.raises(NotReversible) as refused:
        vouchers.take_back(desk, scene.voucher(desk, number))
    assert "it stays equipment" in sentence(refused.value)
    assert (scene.balance(desk, nets), len(tags(desk))) == (7_000, 3)


@pytest.mark.parametrize(
    ("more", "error"),
    [({"pieces": 11}, NotEnough), ({"reason": " "}, Missing), ({"category": ""}, Missing), ({"pieces": 0}, BadNumber)],
)
def test_what_cannot_be_changes_nothing(desk: Desk, nets: ItemId, more: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        reclassifying.to_equipment(desk, said(nets, **more))
    assert (scene.balance(desk, nets), tags(desk)) == (10_000, [])


def test_what_is_weighed_is_no_equipment(desk: Desk) -> None:
    rice, lot = scene.rice(desk), Lot("R", scene.ahead(90), "oim")
    scene.came(desk, rice, 5_000, scene.ago(5), lot)
    with pytest.raises(NotInList):
        reclassifying.to_equipment(desk, said(rice, lot=lot))


def test_a_lot_without_a_donor_asks_for_one(desk: Desk) -> None:
    blanket = scene.blanket(desk)
    scene.came(desk, blanket, 5_000, scene.ago(5))
    with pytest.raises(Missing):
        reclassifying.to_equipment(desk, said(blanket, lot=Lot()))
    reclassifying.to_equipment(desk, said(blanket, lot=Lot(), donor="ue"))
    assert {line.asset.donor for line in equipment.register(desk)} == {"ue"}


def test_who_keeps_one_register_alone_does_not_move_from_it(desk: Desk, nets: ItemId) -> None:
    desk.role = Role.CASE_WORKER
    with pytest.raises(NotAllowed):
        reclassifying.to_equipment(desk, said(nets))
