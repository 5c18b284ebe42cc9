"""All keys of the file changed through the window, with real keys and clicks."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.keys import key_file
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Window:
    """The window of a small shelter with one resident and a case worker, at the page of the keys."""
    with open_small_shelter(tmp_path / "shelter") as made:
        admit(made, "1A")
        user_accounts.add(made, "Agent B", Role.CASE_WORKER, PASSWORD)
    opened = Window(tmp_path / "shelter")
    qtbot.addWidget(opened)
    opened.resize(1366, 768)
    opened.show()
    opened.open(unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD))
    assert opened.frame is not None
    opened.frame.open("settings")
    page = opened.frame.pages["settings"]
    page.open("people")  # type: ignore[attr-defined]
    qtbot.mouseClick(page.people.keys.button, LEFT)  # type: ignore[attr-defined]
    return opened


def sealed(window: Window) -> list[bytes]:
    return [slot.bundle for slot in key_file.read(window._folder).slots]


def test_a_wrong_password_is_said_beside_its_field_and_changes_nothing(qtbot: QtBot, window: Window) -> None:
    page, before = window.key_change, sealed(window)
    assert page is not None
    qtbot.keyClicks(page.password.line, "autre chose")
    qtbot.keyClick(page.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.password.message))
    assert (window.frame, sealed(window)) == (None, before)
    qtbot.mouseClick(page.back_button, LEFT)
    assert window.frame is not None
    assert window.frame.page_key == "settings"


def test_the_keys_are_changed_and_the_shelter_opens_again(qtbot: QtBot, window: Window) -> None:
    page, before = window.key_change, sealed(window)
    assert page is not None
    page.password.line.setText(PASSWORD)  # it has a letter that keyClicks cannot type
    qtbot.mouseClick(page.start_button, LEFT)
    qtbot.waitUntil(page.open_button.isVisible, timeout=20_000)
    assert not set(sealed(window)) & set(before)
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(page.open_button, Qt.Key.Key_Space)
    assert window.unlock is not None
    with unlocking.unlock(window._folder, "Agent B", PASSWORD) as desk:
        assert len(residents.listed(desk, "here")) == 1


def test_going_back_changes_nothing(qtbot: QtBot, window: Window) -> None:
    page, before = window.key_change, sealed(window)
    assert page is not None
    qtbot.mouseClick(page.back_button, LEFT)
    assert window.key_change is None
    assert window.frame is not None
    assert sealed(window) == before
