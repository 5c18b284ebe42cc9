"""Packs, kits and grants edited on screen."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.ids import GrantId
from shelter_desk.domain.stock.items import Item
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.stock import stock_catalogue
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.equipment.donors_part import DonorsPart, GrantForm
from shelter_desk.ui.stock.item_form import ItemForm
from shelter_desk.ui.stock.items_part import ItemsPart
from shelter_desk.ui.stock.kits_part import KitForm, KitsPart
from shelter_desk.ui.tabbed_page import FormFace, PartsPage
from shelter_desk.ui.window import Window
from tests.operations import store_scene as scene
from tests.operations.shelter import PASSWORD
from tests.ui.assistance.assistance_scene import Enter, enter, folder, frame_of

__all__ = ["enter", "folder"]


@pytest.fixture(autouse=True)
def stored(folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        scene.kit(desk, (scene.soap(desk), 2_000))
        equipment.keep_grant(desk, Grant(GrantId(0), "UE-2", "ue", "Réhabilitation", currency="EUR"))


def face_of(window: Window, place: str) -> FormFace:
    frame_of(window).open_part(place)
    page = frame_of(window).pages[place.partition("/")[0]]
    assert isinstance(page, PartsPage)
    assert isinstance(page.face, FormFace)
    return page.face


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def soap(desk: Desk) -> Item:
    return next(one for one in stock_catalogue.items(desk) if one.code == "SAV")


def form_of_soap(window: Window) -> ItemForm:
    part = face_of(window, "stock/items")
    assert isinstance(part, ItemsPart)
    part.open_item(soap(desk_of(window)).id)
    part.open_for_card("item")
    assert isinstance(part.form, ItemForm)
    return part.form


def test_an_item_comes_in_several_packs(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    form = form_of_soap(window)
    assert [(one.unit.value(), one.content.text()) for one in form.packs.lines] == [("carton", "24")]
    form.packs.more_button.click()
    line = form.packs.lines[1]
    line.unit.choose("paquet")
    qtbot.keyClicks(line.content.line, "6")
    form.go()
    assert {(one.unit, one.factor) for one in soap(desk_of(window)).packs} == {("carton", 24_000), ("paquet", 6_000)}


def test_a_pack_taken_out_is_gone(enter: Enter) -> None:
    window = enter("Agent A")
    form = form_of_soap(window)
    form.packs.lines[0].unit.choose("")
    form.go()
    assert soap(desk_of(window)).packs == ()


@pytest.mark.parametrize(("unit", "content"), [("paquet", ""), ("carton", "12")])
def test_a_pack_without_content_or_there_twice_is_said_beside_it(enter: Enter, unit: str, content: str) -> None:
    window = enter("Agent A")
    form = form_of_soap(window)
    form.packs.more_button.click()
    line = form.packs.lines[1]
    line.unit.choose(unit)
    line.content.set_text(content)
    form.go()
    assert line.content.message()
    assert [one.factor for one in soap(desk_of(window)).packs] == [24_000]


def test_a_kit_that_is_no_longer_given_out_stays_in_the_list(enter: Enter) -> None:
    window = enter("Agent A")
    part = face_of(window, "stock/kits")
    assert isinstance(part, KitsPart)
    part.edit(part.rows.row(0))
    form = part.form
    assert isinstance(form, KitForm)
    form.active.setChecked(False)
    form.go()
    assert [one.is_active for one in stock_catalogue.all_kits(desk_of(window))] == [False]
    assert "n’est plus remis" in part.rows.cells(0)


def test_a_grant_is_changed_with_its_currency_and_a_donor_has_none_to_change(enter: Enter) -> None:
    window = enter("Agent A")
    part = face_of(window, "equipment/donors")
    assert isinstance(part, DonorsPart)
    part.table.go_to(0)
    assert not part.change_button.isEnabled()
    part.table.go_to(1)
    assert part.change_button.isEnabled()
    part.change()
    form = part.form
    assert isinstance(form, GrantForm)
    assert form.currency.text() == "EUR"
    form.name.set_text("Réhabilitation 2")
    form.go()
    (kept,) = equipment.grants(desk_of(window))
    assert (kept.title, kept.currency) == ("Réhabilitation 2", "EUR")
