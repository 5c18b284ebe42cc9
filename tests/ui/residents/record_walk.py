"""The record of a resident in the real window, reached and used by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.system import preferences
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.window import Window
from tests.operations.shelter import open_small_shelter
from tests.ui.window.windows import focused, keep_preferences_in, settle, show_active

TAB, SPACE, RIGHT = Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Right
CONTROL = Qt.KeyboardModifier.ControlModifier
FARTHEST = 90  # Tabs until anything on a page is reached


@pytest.fixture
def window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Window]:
    """The real window on the small shelter, its director at the desk. Its parameter: the size of texts in per cent."""
    keep_preferences_in(monkeypatch, tmp_path)
    preferences.write(preferences.read()._replace(text=getattr(request, "param", 100)))
    desk = open_small_shelter(tmp_path / "data")
    made = Window(tmp_path / "data", "Agent A")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    show_active(qtbot, made)
    made.open(desk)
    settle(qtbot)
    yield made
    made.lock()
    settle(qtbot)


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def page_of(window: Window) -> ResidentsPage:
    assert window.frame is not None
    page = window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    return page


def form_of(window: Window) -> ActForm:
    form = page_of(window).record.form
    assert form is not None
    return form


def tab_to(qtbot: QtBot, widget: QWidget) -> None:
    """Tab until that widget, or what stands for it, has the keys."""
    wanted = widget
    while (proxy := wanted.focusProxy()) is not None:
        wanted = proxy
    for _ in range(FARTHEST):
        if focused() is wanted:
            return
        qtbot.keyClick(focused(), TAB)
    raise AssertionError(f"{widget.accessibleName() or type(widget).__name__} is not reached by Tab")


def press(qtbot: QtBot, widget: QWidget) -> None:
    """Tab there, and Space."""
    tab_to(qtbot, widget)
    qtbot.keyClick(focused(), SPACE)


def do_it(qtbot: QtBot) -> None:
    """Ctrl+Enter."""
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)


def open_tab(qtbot: QtBot, window: Window, code: str, key: str) -> None:
    """Look for the code with Ctrl+K, open the record, go to that tab with the arrow."""
    assert window.frame is not None
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(focused(), code)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    tabs = page_of(window).record.head.tabs
    tab_to(qtbot, tabs)
    for _ in range(tabs.count()):
        if tabs.tabData(tabs.currentIndex()) == key:
            return
        qtbot.keyClick(focused(), RIGHT)
    raise AssertionError(f"there is no tab {key}")
