"""The real window on a small shelter, at the record of a resident, walked by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.record import RecordView
from shelter_desk.ui.window import Window
from tests.operations.referral_scene import agree_to_recording
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.window.windows import focused, keep_preferences_in, show

MOST_TABS = 120
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """Open on the small shelter."""
    keep_preferences_in(monkeypatch, tmp_path)
    desk = open_small_shelter(tmp_path / "shelter")
    made = show(qtbot, tmp_path / "elsewhere")
    made.resize(1366, 768)
    made._open_new(desk, "Agent A")
    made._folder = desk.folder
    yield made
    made.close()


@pytest.fixture
def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


@pytest.fixture
def resident(desk: Desk) -> Admitted:
    made = admit(desk, "1A", days=60)
    agree_to_recording(desk, made.person)
    return made


def record_of(window: Window) -> RecordView:
    """The record as the page shows it."""
    assert window.frame is not None
    page = window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    return page.record


def open_tab(qtbot: QtBot, window: Window, resident: Admitted, key: str) -> QWidget:
    """That tab of the record, reached by arrows; the tab it shows."""
    assert window.frame is not None
    window.frame.open_record(resident.person)
    record = record_of(window)
    record.head.tabs.setFocus()
    while record.head.tabs.tabData(record.head.tabs.currentIndex()) != key:
        qtbot.keyClick(record.head.tabs, Qt.Key.Key_Right)
    return shown_tab(window)


def shown_tab(window: Window) -> QWidget:
    """What the record shows below its tabs."""
    inner = record_of(window)._body.widget()
    layout = inner.layout() if inner is not None else None
    assert layout is not None
    item = layout.itemAt(0)
    assert item is not None
    found = item.widget()
    assert found is not None
    return found


def tab_to(qtbot: QtBot, target: QWidget) -> None:
    """Tab until the focus is in there, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        now = QApplication.focusWidget()
        if now is not None and (now is target or target.isAncestorOf(now)):
            return
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    raise AssertionError(f"not reached by Tab: {target.accessibleName() or type(target).__name__}")


def do_it(qtbot: QtBot) -> None:
    """Ctrl+Enter."""
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
