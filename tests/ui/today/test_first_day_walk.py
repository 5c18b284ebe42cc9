"""The first day by keyboard through the real window: from an empty folder to a house with residents; who practises."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.training import practice
from shelter_desk.ui.imports.page import IntakePage
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.today.steps.practice_card import PracticeCard
from shelter_desk.ui.window import Window
from shelter_desk.words import formats
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.window.windows import focused, keep_preferences_in, settle, show, type_in, wait_for
from tests.walks.intake_scene import CTRL, desk_of, tab_to
from tests.walks.intake_scene import go_on as go_on_here
from tests.walks.test_first_start import ENTER, new_house

HERE = 6


@pytest.fixture(autouse=True)
def own_preferences(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keep_preferences_in(monkeypatch, tmp_path)


def today_of(window: Window) -> TodayPage:
    assert window.frame is not None
    page = window.frame.stack.currentWidget()
    assert isinstance(page, TodayPage)
    return page


def ticked(page: TodayPage) -> set[str]:
    return {row.step.key for row in page.overview.first_steps.rows if row.step.is_done}


def test_from_an_empty_folder_to_a_house_with_residents(qtbot: QtBot, tmp_path: Path) -> None:
    window = new_house(qtbot, tmp_path / "data")
    assert ticked(today_of(window)) == {"rooms"}
    tab_to(qtbot, next(row.button for row in today_of(window).overview.first_steps.rows if row.step.key == "people"))
    type_in(qtbot, ENTER)
    assert window.frame is not None
    page = window.frame.stack.currentWidget()
    assert isinstance(page, IntakePage)
    tab_to(qtbot, page.file.grid)
    type_in(qtbot, ENTER)
    day = formats.day(desk_of(window).today() - timedelta(days=90))  # before there was a program
    head = "Nom\tPrénom\tSexe\tÂge\tNationalité\tSituation\tLit\tDate d’entrée"
    rows = [
        f"KEITA{n}\tAwa\tF\t{20 + 5 * n}\tMalienne\tTransit\t{1 + n // 4}{'ABCD'[n % 4]}\t{day}" for n in range(HERE)
    ]
    QGuiApplication.clipboard().setText("\n".join([head, *rows]))
    qtbot.keyClick(focused(), Qt.Key.Key_V, CTRL)
    go_on_here(qtbot)
    go_on_here(qtbot)
    board = bed_board.board(desk_of(window), desk_of(window).today())
    assert [len([look for look in room.beds if look.sleeper]) for room in board.rooms] == [4, 2]
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    settle(qtbot)
    assert ticked(today_of(window)) == {"rooms", "people"}
    window.close()


def test_who_practises_begins_finds_somebody_and_sees_the_tick(qtbot: QtBot, tmp_path: Path) -> None:
    window = show(qtbot, tmp_path / "elsewhere")
    desk = open_small_shelter(tmp_path / "shelter")
    known = admit(desk, "1A", days=5)
    desk.is_training = True
    window.open(desk)
    settle(qtbot)
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    settle(qtbot)
    card = today_of(window).overview.practice
    assert isinstance(card, PracticeCard)
    tab_to(qtbot, card.begin_button)
    type_in(qtbot, ENTER)
    assert not any(row.step.is_done for row in card.rows)
    frame = window.frame
    wait_for(qtbot, lambda: frame is not None and frame.top_bar.search is not None)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    type_in(qtbot, known.code, ENTER, ENTER)
    settle(qtbot)
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    settle(qtbot)
    assert {row.step.key for row in card.rows if row.step.is_done} == {"find"}
    assert {one.key for one in practice.tasks(desk) if one.is_done} == {"find"}
    window.close()
