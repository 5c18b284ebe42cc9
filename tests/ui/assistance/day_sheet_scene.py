"""The page of assistance in its window, on a small shelter with a woman in 1A, a man in 2A and a girl in 3A."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.page import Told
from shelter_desk.ui.window import Window
from tests.operations.care_scene import written
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.window.windows import focused, keep_preferences_in, settle, show

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    """The real window with the real pages, open on the shelter."""
    keep_preferences_in(monkeypatch, tmp_path)
    desk = open_small_shelter(tmp_path / "shelter")
    for bed, sex, age in (("1A", "f", 27), ("2A", "m", 27), ("3A", "f", 15)):
        admit(desk, bed, sex=sex, age=age)
    made = show(qtbot, tmp_path / "elsewhere")
    made.resize(1366, 768)
    made._open_new(desk, "Agent A")
    made._folder = desk.folder
    settle(qtbot)
    return made


@pytest.fixture
def page(qtbot: QtBot, window: Window) -> AssistancePage:
    """The page, gone to by its key."""
    press(qtbot, window, Qt.Key.Key_4)
    settle(qtbot)
    assert window.frame is not None
    found = window.frame.stack.currentWidget()
    assert isinstance(found, AssistancePage)
    return found


def press(qtbot: QtBot, where: Window | None, key: Qt.Key) -> None:
    """That key with control."""
    qtbot.keyClick(where or focused(), key, CONTROL)


def told_by(page: AssistancePage) -> list[Told]:
    said: list[Told] = []
    page.told.connect(said.append)
    return said


def stored(page: AssistancePage) -> list[Service]:
    desk: Desk = page.desk
    return written(desk)
