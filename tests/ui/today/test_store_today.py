"""The page of today of the storekeeper: sentences of the store, buttons that go there, setting aside by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations.equipment import equipment, lending
from shelter_desk.operations.today import postponed_tasks
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.equipment.page import EquipmentPage
from shelter_desk.ui.equipment.register_part import RegisterPart
from shelter_desk.ui.stock.items_part import ItemsPart
from shelter_desk.ui.stock.page import StockPage
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.today.tasks.task_row import TaskRow
from shelter_desk.ui.window import Window
from tests.operations import store_scene as scene
from tests.operations.equipment.test_lending import PHONE
from tests.operations.shelter import PASSWORD
from tests.ui.assistance.assistance_scene import Enter, enter, folder, frame_of
from tests.ui.window.windows import focused, type_in, wait_for

__all__ = ["enter", "folder"]


@pytest.fixture(autouse=True)
def waiting(folder: Path) -> None:
    """Soap under its level, a telephone lent to a workshop for long."""
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        scene.came(desk, scene.soap(desk), 20_000)
        equipment.add_assets(desk, PHONE)
        lending.lend(desk, [equipment.register(desk)[0].asset.id], scene.ago(40), None, "Atelier")


def today_of(qtbot: QtBot, window: Window) -> TodayPage:
    frame_of(window).open("today")
    page = frame_of(window).pages["today"]
    assert isinstance(page, TodayPage)
    wait_for(qtbot, lambda: any(one.task.matter == "stock_low" for one in page.overview.to_do.rows))
    return page


def row(page: TodayPage, matter: str) -> TaskRow:
    return next(one for one in page.overview.to_do.rows if one.task.matter == matter)


@pytest.mark.parametrize("who", ["Agent M", "Agent A"])
def test_storekeeper_and_manager_read_what_the_store_asks_for(qtbot: QtBot, enter: Enter, who: str) -> None:
    page = today_of(qtbot, enter(who))
    assert row(page, "stock_low").sentence.text() == "À commander\u00a0: Savon."
    assert "COM-0001 Téléphone (Atelier)" in row(page, "assets_lent").sentence.text()


def test_the_button_leads_to_the_items_to_order(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent M")
    page = today_of(qtbot, window)
    row(page, "stock_low").button.setFocus()
    type_in(qtbot, Qt.Key.Key_Return)
    stock = frame_of(window).pages["stock"]
    assert isinstance(stock, StockPage)
    assert isinstance(stock.face, ItemsPart)
    assert stock.face.chips.on() == ["low"]


def test_the_button_of_loans_leads_to_what_is_lent(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent M")
    page = today_of(qtbot, window)
    row(page, "assets_lent").button.setFocus()
    type_in(qtbot, Qt.Key.Key_Return)
    made = frame_of(window).pages["equipment"]
    assert isinstance(made, EquipmentPage)
    assert isinstance(made.face, RegisterPart)
    assert (made.face.chips.on(), made.face.rows.rowCount()) == (["lent"], 1)


def test_a_task_is_set_aside_and_brought_back_by_keyboard(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent M")
    page = today_of(qtbot, window)
    row(page, "stock_low").aside.setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    qtbot.keyClicks(focused(), "Livraison vendredi")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, lambda: all(one.task.matter != "stock_low" for one in page.overview.to_do.rows))
    to_do = page.overview.to_do
    to_do.settled.setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    (kept,) = to_do.settled_rows
    assert (kept.sentence.text(), "Livraison vendredi" in kept.reason.text()) == ("À commander\u00a0: Savon.", True)
    kept.button.setFocus()
    type_in(qtbot, Qt.Key.Key_Return)
    assert window.desk is not None
    assert postponed_tasks.aside(window.desk) == []
