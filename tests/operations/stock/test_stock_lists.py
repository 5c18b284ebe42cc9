"""What the lists of the store say, and the catalogue."""

from dataclasses import replace

import pytest

from shelter_desk.domain.equipment.maintenance import Run
from shelter_desk.domain.errors import CodeTaken, Missing, NotInList
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.refusals import (
    ItemMoved,
)
from shelter_desk.domain.stock.vouchers import AskedLine, BroughtBack, Slip
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment, maintenance
from shelter_desk.operations.stock import issuing, stock, stock_catalogue, vouchers
from shelter_desk.operations.today import store_tasks
from tests.operations import store_scene as scene
from tests.operations.equipment.test_equipment import NET
from tests.operations.shelter import admit
from tests.operations.stock_desk import EARLY, LATE, desk, given

__all__ = ["desk"]


# Lists ----------------------------------------------------------------------------------------------------------------


def test_an_item_is_low_under_its_level_or_when_it_does_not_last(desk: Desk) -> None:
    soap = scene.soap(desk)  # alert at 50, ten days to deliver
    scene.came(desk, soap, 200_000, scene.ago(40))
    assert not stock.standing(desk)[0].is_low
    scene.went(desk, soap, 140_000, scene.ago(5))
    (one,) = stock.standing(desk)
    assert (one.usable, one.cover, one.is_low) == (60_000, 12, True)


def test_lots_are_listed_in_the_order_in_which_they_expire(desk: Desk) -> None:
    rice = scene.rice(desk)
    for lot in (LATE, EARLY, Lot("OLD", scene.ago(2), "oim")):
        scene.came(desk, rice, 1_000, scene.ago(9), lot)
    assert [one.lot.lot_no for one in stock.expiring(desk, 30)] == ["OLD", "A"]
    assert [one.lot.lot_no for one in stock.expiring(desk, 365)] == ["OLD", "A", "B"]


def test_the_card_has_the_balance_after_each_line(desk: Desk) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000, scene.ago(3))
    scene.went(desk, soap, 2_000, scene.ago(1))
    scene.came(desk, soap, 1_000, scene.ago(2))
    assert [line.balance for line in stock.card(desk, soap).lines] == [5_000, 6_000, 4_000]


def test_use_a_person_night_names_what_is_far_from_usual(desk: Desk) -> None:
    soap = scene.soap(desk)
    admit(desk, "1A", days=120)
    scene.came(desk, soap, 900_000, scene.ago(119))
    months = [
        Period(scene.ago(10), scene.ago(1)),
        Period(scene.ago(20), scene.ago(11)),
        Period(scene.ago(30), scene.ago(21)),
    ]
    for days, amount in ((5, 240_000), (15, 10_000), (25, 10_000)):
        scene.went(desk, soap, amount, scene.ago(days))
    (one,) = stock.consumption(desk, months)
    assert (one.is_unlikely, [float(rate or 0) for rate in one.per_night]) == (True, [24, 1, 1])


def test_what_was_taken_back_came_back_or_is_only_lent_is_not_used(desk: Desk) -> None:
    soap, blanket, stay = scene.soap(desk), scene.blanket(desk), admit(desk, "1A").stay
    for item in (soap, blanket):
        scene.came(desk, item, 400_000, scene.ago(20))
    vouchers.take_back(desk, scene.went(desk, soap, 240_000, scene.ago(9)))  # a carton typed as pieces
    scene.went(desk, soap, 30_000, scene.ago(8))
    kitchen = next(line.move for line in reversed(stock.card(desk, soap).lines) if line.move.change == -30_000)
    vouchers.give_back(desk, scene.ago(7), [BroughtBack(kitchen.id, 10_000)])
    given(desk, stay, AskedLine(blanket, 3_000, lent=True))
    told = {one.item.code: (one.use, one.cover) for one in stock.standing(desk)}
    assert told == {"SAV": (20_000, 570), "COUV": (0, None)}


def test_what_the_store_asks_for_stands_among_the_tasks(desk: Desk) -> None:
    assert store_tasks.waiting(desk) == []
    soap, rice = scene.soap(desk), scene.rice(desk)
    scene.came(desk, soap, 20_000)  # under its level
    scene.came(desk, rice, 1_000, scene.ago(9), Lot("OLD", scene.ago(2), "oim"))
    scene.came(desk, rice, 1_000, scene.ago(9), EARLY)
    issuing.ask(desk, Slip(scene.ago(0), "cuisine", (AskedLine(soap, 1_000),)))
    found = {task.matter: task.n for task in store_tasks.waiting(desk)}
    assert found == {"stock_expired": 1, "stock_soon": 1, "stock_low": 1, "stock_to_approve": 1, "stock_count_due": 2}


@pytest.mark.parametrize(("litres", "jumps"), [(104_000, False), (105_000, True), (56_000, False), (55_000, True)])
def test_fuel_that_left_the_store_is_held_against_the_hours_of_the_generator(
    desk: Desk, litres: int, jumps: bool
) -> None:
    fuel = stock_catalogue.keep_item(desk, Item(ItemId(0), "GAS", "Gasoil", "carburant", "litre"))
    scene.came(desk, fuel, 900_000, scene.ago(90))
    net = replace(NET, designation="Groupe électrogène", category="energie", acquired_on=scene.ago(100))
    equipment.add_assets(desk, net)
    (generator,) = maintenance.generators(desk)
    months = [Period(scene.ago(20 + 20 * n), scene.ago(1 + 20 * n)) for n in range(4)]
    for days, hours, out in ((5, 40, litres), (45, 20, 40_000), (65, 20, 5_000)):
        maintenance.log_run(desk, Run(0, generator.id, scene.ago(days), hours / 2, 1))
        maintenance.log_run(desk, Run(0, generator.id, scene.ago(days - 1), hours / 2, 1))
        scene.went(desk, fuel, out, scene.ago(days), "entretien")
    vouchers.take_back(desk, scene.went(desk, fuel, 300_000, scene.ago(5), "entretien"))
    use = stock.fuel(desk, months)
    assert use is not None
    assert (use.last.litres, use.last.hours, use.usual, use.jumps) == (litres / 1000, 40, 2, jumps)
    assert stock.fuel(replace(desk, role=Role.CASE_WORKER), months) is None
    began_within = stock.fuel(desk, [months[2], months[3]])
    assert began_within is not None
    assert (began_within.last.rate, began_within.usual) == (2, None)


# The catalogue --------------------------------------------------------------------------------------------------------


def test_an_item_needs_its_code_its_name_and_its_unit(desk: Desk) -> None:
    for item in (
        Item(ItemId(0), "", "Savon", "hygiene", "piece"),
        Item(ItemId(0), "SAV", " ", "hygiene", "piece"),
    ):
        with pytest.raises(Missing):
            stock_catalogue.keep_item(desk, item)
    with pytest.raises(NotInList):
        stock_catalogue.keep_item(desk, Item(ItemId(0), "SAV", "Savon", "hygiene", "brouette"))


def test_a_code_is_taken_once(desk: Desk) -> None:
    scene.soap(desk)
    with pytest.raises(CodeTaken):
        stock_catalogue.keep_item(desk, Item(ItemId(0), "sav", "Autre", "hygiene", "piece"))


@pytest.mark.parametrize("change", [{"unit": "carton"}, {"has_expiry": True}])
def test_what_past_quantities_mean_does_not_change(desk: Desk, change: dict[str, object]) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000)
    item = next(one for one in stock_catalogue.items(desk) if one.id == soap)
    with pytest.raises(ItemMoved):
        stock_catalogue.keep_item(desk, replace(item, **change))  # type: ignore[arg-type]
