"""From an empty folder to the bed board, and back in through the password, by keyboard alone."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, open_small_shelter
from tests.ui.window.windows import focused, keep_preferences_in, make_shelter, settle, show, type_in, wait_for

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier
FIRST_PASSWORD = "trois pirogues au soleil"


@pytest.fixture(autouse=True)
def own_preferences(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keep_preferences_in(monkeypatch, tmp_path)


def go_on(qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), ENTER, CONTROL)


def type_rooms(qtbot: QtBot, window: Window) -> None:
    """Two women's dormitories of four beds."""
    type_in(qtbot, "2", TAB, "Dortoir femmes", ENTER)
    window.activateWindow()  # without a screen, a list that closed keeps the keys
    wait_for(qtbot, window.isActiveWindow)
    type_in(qtbot, TAB, "4")


def type_key_back(qtbot: QtBot, window: Window) -> None:
    assert window.first_run is not None
    sheet = window.first_run.recovery.sheet
    assert sheet is not None
    key = [label.text() for label in sheet._shown]
    for _ in range(20):
        if focused() is sheet.typed.fields[0]:
            break
        qtbot.keyClick(focused(), TAB)
    for group in key:
        type_in(qtbot, group)


def new_house(qtbot: QtBot, folder: Path) -> Window:
    """The first run by keyboard, in a folder that is empty."""
    window = show(qtbot, folder)
    go_on(qtbot)
    go_on(qtbot)
    type_in(qtbot, "Maison du Fleuve", ENTER, "Bamako", ENTER)
    type_rooms(qtbot, window)
    go_on(qtbot)
    type_in(qtbot, "Agent A", ENTER, FIRST_PASSWORD, ENTER, FIRST_PASSWORD, ENTER)
    settle(qtbot)
    type_key_back(qtbot, window)
    go_on(qtbot)
    go_on(qtbot)
    settle(qtbot)
    return window


def test_an_empty_folder_becomes_an_open_shelter_by_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    window = new_house(qtbot, tmp_path / "data")
    assert window.frame is not None
    assert window.desk is not None
    page = window.frame.stack.currentWidget()
    assert isinstance(page, TodayPage)
    steps = {row.step.key: row.step.is_done for row in page.overview.first_steps.rows}
    assert steps == {"accounts": False, "rooms": True, "people": False, "stock": False, "backup": False}
    codes = [bed.code for _, of_room in beds.rooms(window.desk) for bed in of_room]
    assert codes == ["1A", "1B", "1C", "1D", "2A", "2B", "2C", "2D"]
    window.close()


def test_a_wrong_then_the_right_password_open_the_shelter(qtbot: QtBot, tmp_path: Path) -> None:
    make_shelter(tmp_path / "data")
    window = show(qtbot, tmp_path / "data")
    type_in(qtbot, "Agent A", ENTER, "quatre mangues", ENTER)
    settle(qtbot)
    assert window.desk is None
    assert window.unlock is not None
    window.unlock.sign_in.password.line.setText(PASSWORD)  # its accents are no keys here
    type_in(qtbot, ENTER)
    wait_for(qtbot, lambda: window.desk is not None)
    assert window.frame is not None
    window.close()


def test_locking_leaves_no_desk_behind(qtbot: QtBot, tmp_path: Path) -> None:
    window = show(qtbot, tmp_path / "empty")
    window.open(open_small_shelter(tmp_path / "data"))
    qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    settle(qtbot)  # it is backed up and closed out of sight
    QApplication.sendPostedEvents(None, 0)
    QApplication.sendPostedEvents(None, 52)  # those to be deleted
    gc.collect()
    everything = [thing for thing in gc.get_objects() if isinstance(thing, Desk)]
    left = [desk for desk in everything if desk.folder == tmp_path / "data"]
    assert left == []
    window.close()
