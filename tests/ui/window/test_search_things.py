"""Ctrl+K finds items, things of the equipment, partners and pages, by keyboard, as the role may see them."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.ids import PartnerId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.stock import stock
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.assistance.partners_part import PartnersPart
from shelter_desk.ui.equipment.page import EquipmentPage
from shelter_desk.ui.equipment.register_part import RegisterPart
from shelter_desk.ui.frame.search_box import SearchBox
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.stock.items_part import ItemsPart
from shelter_desk.ui.stock.page import StockPage
from shelter_desk.ui.stock.vouchers_part import VouchersPart
from shelter_desk.ui.window import Window
from tests.operations.equipment.test_lending import PHONE
from tests.operations.shelter import PASSWORD, admit
from tests.operations.store_scene import ago, came, soap
from tests.ui.assistance.assistance_scene import Enter, enter, folder, frame_of
from tests.ui.stock.stock_scene import item
from tests.ui.window.windows import focused

__all__ = ["enter", "folder"]


@pytest.fixture(autouse=True)
def filled(folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        equipment.add_assets(desk, PHONE)
        equipment.add_assets(desk, replace(PHONE, designation="Savonnerie, presse"))
        soap(desk)
        partners.keep_partner(desk, Partner(PartnerId(0), "Savons du Fleuve", "sante", "Mopti"))


def searched(qtbot: QtBot, window: Window, typed: str) -> SearchBox:
    """The box after that was typed, its results shown."""
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = focused()
    assert isinstance(box, SearchBox)
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    return box


def headings(box: SearchBox) -> list[str]:
    return [one.line.heading for one in box.found() if one.line.heading]


def test_results_stand_in_groups(qtbot: QtBot, enter: Enter) -> None:
    box = searched(qtbot, enter("Agent A"), "savon")
    assert headings(box) == ["Stock", "Équipement", "Structures"]


def test_enter_opens_the_card_of_an_item(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    box = searched(qtbot, window, "savon")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page = frame_of(window).pages["stock"]
    assert isinstance(page, StockPage)
    assert isinstance(page.face, ItemsPart)
    assert page.face.view is not None
    assert page.face.view.card.item.code == "SAV"


def test_the_arrow_goes_on_to_the_equipment_and_enter_opens_it(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    box = searched(qtbot, window, "savon")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page = frame_of(window).pages["equipment"]
    assert isinstance(page, EquipmentPage)
    assert isinstance(page.face, RegisterPart)
    assert page.face.view is not None
    assert page.face.view.assets[0].designation == "Savonnerie, presse"


def test_a_partner_opens_in_the_directory(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    box = searched(qtbot, window, "mopti")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page = frame_of(window).pages["assistance"]
    assert isinstance(page, AssistancePage)
    assert isinstance(page.face, PartnersPart)
    assert page.face.form is not None


def test_a_part_of_a_page_is_found_by_its_name(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent M")
    box = searched(qtbot, window, "maintenance")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page = frame_of(window).pages["equipment"]
    assert isinstance(page, EquipmentPage)
    assert page.segments.value() == "maintenance"


def test_a_storekeeper_finds_things_and_no_person(qtbot: QtBot, enter: Enter) -> None:
    box = searched(qtbot, enter("Agent M"), "com-0001")
    assert [one.line.code for one in box.found()] == ["COM-0001"]
    assert box.persons() == []


def test_a_section_of_the_settings_is_found_and_opened(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    box = searched(qtbot, window, "sauvegardes")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page = frame_of(window).pages["settings"]
    assert isinstance(page, SettingsPage)
    assert page.choice.value() == "backups"


def test_who_may_not_see_a_section_does_not_find_it(qtbot: QtBot, enter: Enter) -> None:
    box = searched(qtbot, enter("Agent M"), "sauvegardes")
    assert [one.place for one in box.found() if one.place.startswith("settings/")] == []


def test_a_whole_number_stands_alone_and_enter_opens_what_bears_it(qtbot: QtBot, enter: Enter, folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        came(desk, item(desk, "SAV"), 60_000, ago(1))
        number = stock.papers(desk, Period(ago(1), ago(0)))[0].voucher_no
        admit(desk, "1A", names=Names(number[:2], "Awa"))
    window = enter("Agent A")
    box = searched(qtbot, window, number)
    assert [(one.line.code, one.line.heading) for one in box.found()] == [(number, "")]
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page = frame_of(window).pages["stock"]
    assert isinstance(page, StockPage)
    assert isinstance(page.face, VouchersPart)
    assert page.face.view is not None
    assert page.face.view.paper.voucher.voucher_no == number
