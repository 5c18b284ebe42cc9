"""The real pages in the real window: keys go round, no piece of a page is ever a window of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.operations import residents, training
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.window import Window
from tests.operations.shelter import QUICK
from tests.ui.windows import keep_preferences_in


class Shown(QObject):
    """Remembers the widgets that were shown as windows."""

    def __init__(self, expected: QWidget) -> None:
        super().__init__()
        self._expected = expected
        self.strays: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        appears = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if appears and watched is not self._expected and not isinstance(watched, QDialog | QMenu):
            self.strays.append(type(watched).__name__)
        return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("exercise")
    training.make(place, "bamako", 3, 1, cost=QUICK).desk.close()
    return place


@pytest.fixture
def window(folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Window]:
    keep_preferences_in(monkeypatch, tmp_path)
    shown = Window(folder, training.USER)
    qtbot.addWidget(shown)
    shown.show()
    shown.open(training.make(folder, "bamako", 3, 1).desk)
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    shown.lock()


def page_of(window: Window) -> str:
    assert window.frame is not None
    return type(window.frame.stack.currentWidget()).__name__


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def test_every_page_is_reached_by_its_key_from_every_other(window: Window, qtbot: QtBot) -> None:
    keys = {
        Qt.Key.Key_3: "ResidentsPage",
        Qt.Key.Key_7: "ReportsPage",
        Qt.Key.Key_9: "SettingsPage",
        Qt.Key.Key_2: "BedsPage",
    }
    for key, name in (*keys.items(), *reversed(keys.items())):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert page_of(window) == name


def test_pages_are_reached_on_a_french_keyboard_without_shift(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Egrave, Qt.KeyboardModifier.ControlModifier)
    assert page_of(window) == "ReportsPage"
    qtbot.keyClick(window, Qt.Key.Key_QuoteDbl, Qt.KeyboardModifier.ControlModifier)
    assert page_of(window) == "ResidentsPage"


def test_no_piece_of_a_page_is_ever_a_window_of_its_own(window: Window, qtbot: QtBot) -> None:
    shown = Shown(window)
    application = QApplication.instance()
    assert application is not None
    assert window.frame is not None
    application.installEventFilter(shown)
    for key in (Qt.Key.Key_3, Qt.Key.Key_7, Qt.Key.Key_9, Qt.Key.Key_2):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    for line in residents.listed(desk_of(window), "here")[:4]:
        window.frame.open_record(line.person.id)
    window.frame.open_admission(None)
    page = window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    application.removeEventFilter(shown)
    assert shown.strays == []


def test_the_window_stays_active_while_pages_change(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.isActiveWindow()


def test_locked_means_that_no_page_and_no_desk_is_left(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert (window.desk, window.frame) == (None, None)
    window.open(training.make(window._folder, "bamako", 3, 1).desk)
