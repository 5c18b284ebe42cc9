"""What a slip would take out: kits opened, lots that expire first, what is left after each line."""

from datetime import date

from shelter_desk.domain.ids import ItemId, KitId
from shelter_desk.domain.stock.items import Item, Kit, KitLine
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.outgoing import contents, going_out

DAY = date(2026, 12, 3)
SOAP = Item(ItemId(1), "SAV", "Savon", "hygiene", "piece")
RICE = Item(ItemId(2), "RIZ", "Riz", "aliments_secs", "kg", has_expiry=True)
NEAR, FAR, GONE = Lot("A", date(2026, 12, 20)), Lot("B", date(2027, 6, 1)), Lot("P", date(2026, 12, 1))


def test_a_kit_is_what_is_in_it_as_often_as_it_goes_out() -> None:
    kit = Kit(KitId(1), "HYG", "Kit", (KitLine(SOAP.id, 2_000), KitLine(ItemId(9), 1_000)))
    assert contents(kit, {SOAP.id: SOAP}, 3_000) == [(SOAP, 6_000, None)]


def test_a_line_takes_the_lot_that_expires_first_and_sees_the_lines_before_it() -> None:
    free = {RICE.id: [(FAR, 5_000), (NEAR, 2_000), (GONE, 9_000)]}
    first, second = going_out([(RICE, 1_500, None), (RICE, 1_000, None)], free, DAY)
    assert (first.lots, first.rest) == ((NEAR,), 5_500)
    assert (second.lots, second.rest) == ((NEAR, FAR), 4_500)


def test_a_lot_chosen_by_hand_is_the_only_one_and_what_lacks_is_below_zero() -> None:
    free = {RICE.id: [(FAR, 5_000), (NEAR, 2_000)]}
    (one,) = going_out([(RICE, 3_000, NEAR)], free, DAY)
    assert (one.lots, one.rest) == ((NEAR,), -1_000)


def test_an_item_that_never_came_in_lacks_wholly() -> None:
    (one,) = going_out([(SOAP, 2_000, None)], {}, DAY)
    assert (one.lots, one.rest) == ((), -2_000)
