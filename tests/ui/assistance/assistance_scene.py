"""The real window on a small shelter, its page of assistance, and the keys that fill a form."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, open_small_shelter
from tests.ui.window.windows import focused, keep_preferences_in, settle, show

OTHER = "deux citrons jaunes"
Enter = Callable[[str], Window]
CTRL_ENTER = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shelter whose admissions write no steps, with a storekeeper and a night reception."""
    made = tmp_path / "shelter"
    with open_small_shelter(made) as desk:
        settings.keep_admission_steps(desk, False)
        user_accounts.add(desk, "Agent M", Role.STOREKEEPER, OTHER)
        user_accounts.add(desk, "Agent N", Role.RECEPTION, OTHER)
    return made


@pytest.fixture
def enter(qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """Opens the real window for somebody by name."""
    keep_preferences_in(monkeypatch, tmp_path)

    def let_in(name: str) -> Window:
        window = show(qtbot, tmp_path / "elsewhere")
        window.open(unlocking.unlock(folder, name, PASSWORD if name == "Agent A" else OTHER))
        if window.undertaking is not None:
            window.undertaking.accept_button.click()
        settle(qtbot)
        return window

    yield let_in
    settle(qtbot)


def frame_of(window: Window) -> Frame:
    assert window.frame is not None
    return window.frame


def part_of(window: Window, key: str) -> AssistancePage:
    """The page of assistance at that part, with the keys where work begins."""
    frame_of(window).open_part(f"assistance/{key}")
    page = frame_of(window).pages["assistance"]
    assert isinstance(page, AssistancePage)
    page.face.set_first()
    return page


def tab_to(qtbot: QtBot, widget: QWidget) -> None:
    """Tab until the keys go there."""
    for _ in range(60):
        at = focused()
        if at is widget or at is widget.focusProxy() or widget.isAncestorOf(at):
            return
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    raise AssertionError(f"no Tab leads to {widget.accessibleName() or type(widget).__name__}")


def fill(qtbot: QtBot, field: QWidget, typed: str) -> None:
    """Tab to a field and type into it, in place of what stands there."""
    tab_to(qtbot, field)
    qtbot.keyClick(focused(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(focused(), typed)


def press(qtbot: QtBot, widget: QWidget) -> None:
    """Tab to a button or a box, and Space."""
    tab_to(qtbot, widget)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)


def do_it(qtbot: QtBot) -> None:
    """Ctrl+Enter, once a list that is open has taken what was typed."""
    if QApplication.activePopupWidget() is not None:
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        qtbot.keyClick(focused(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CTRL_ENTER)
