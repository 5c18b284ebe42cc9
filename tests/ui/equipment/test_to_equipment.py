"""Pieces of an item become equipment through the window: from its card, with the lot that is there."""

from pytestqt.qtbot import QtBot

from shelter_desk.operations.equipment import equipment
from shelter_desk.ui.stock.items_part import ItemsPart
from shelter_desk.ui.stock.to_equipment_form import ToEquipmentForm
from tests.ui.stock.stock_scene import Enter, balance, desk_of, enter, folder, item, items_part, page_of
from tests.ui.window.windows import settle

__all__ = ["enter", "folder"]


def card_of(part: ItemsPart, code: str) -> ItemsPart:
    part.open_item(item(part.desk, code))
    return part


def test_two_blankets_become_equipment(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent M")
    part = card_of(items_part(page_of(window)), "COUV")
    assert part.view is not None
    part.view.buttons["to_equipment"].click()
    form = part.form
    assert isinstance(form, ToEquipmentForm)
    assert (form.category.value(), form.donor.isHidden()) == ("literie", False)
    form.pieces.set_number(2)
    form.go()
    assert form.reason.message()
    form.reason.set_text("Prêtées, jamais données")
    form.go()
    assert form.donor.message()
    form.donor.choose("oim")
    form.go()
    settle(qtbot)
    desk = desk_of(window)
    assert (balance(desk, "COUV"), [line.asset.tag_no for line in equipment.register(desk)]) == (
        2_000,
        ["LIT-0001", "LIT-0002"],
    )


def test_what_is_weighed_has_no_such_button(enter: Enter) -> None:
    window = enter("Agent M")
    part = card_of(items_part(page_of(window)), "RIZ")
    assert part.view is not None
    assert "equipment" not in part.view.buttons


def test_the_store_of_somebody_who_only_asks_has_none_either(enter: Enter) -> None:
    window = enter("Agent K")
    part = card_of(items_part(page_of(window)), "COUV")
    assert part.view is not None
    assert "equipment" not in part.view.buttons
