"""Through the window: locking backs up, the next one at the desk is told what went wrong, three clicks go back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.vault import backups
from shelter_desk.storage.backups import backups as stored_backups
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.ui.window.windows import keep_preferences_in, pretend_pages, settle, show, wait_for

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """On a closed shelter with one resident, its pages stand-ins."""
    pretend_pages(monkeypatch)
    keep_preferences_in(monkeypatch, tmp_path)
    with open_small_shelter(tmp_path / "shelter") as desk:
        desk_with_stick(desk, tmp_path)
        admit(desk, "1A")
    made = show(qtbot, tmp_path / "shelter", "Agent A")
    yield made
    made.close()
    settle(qtbot)


def desk_with_stick(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    backups.choose_second_place(desk, tmp_path / "stick")


def sign_in(qtbot: QtBot, window: Window) -> Desk:
    wait_for(qtbot, lambda: window.unlock is not None)
    assert window.unlock is not None
    window.unlock.sign_in.password.set_text(PASSWORD)
    qtbot.keyClick(window.unlock.sign_in.password.line, Qt.Key.Key_Return)
    wait_for(qtbot, lambda: window.desk is not None)
    if window.undertaking is not None:
        window.undertaking.accepted.emit()
    wait_for(qtbot, lambda: window.frame is not None)
    assert window.desk is not None
    return window.desk


def lock(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.locked, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    settle(qtbot)


def test_locking_backs_up_in_both_places(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    sign_in(qtbot, window)
    lock(qtbot, window)
    assert len(list((tmp_path / "shelter" / backups.FOLDER).iterdir())) == 1
    assert [backups.look(path).counts["stays"] for path in (tmp_path / "stick").iterdir()] == [1]


def test_closing_backs_up(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    sign_in(qtbot, window)
    window.close()
    settle(qtbot)
    assert len(list((tmp_path / "shelter" / backups.FOLDER).iterdir())) == 1


def test_who_comes_next_is_told_that_the_stick_was_full(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no room")

    sign_in(qtbot, window)
    with monkeypatch.context() as patch:
        patch.setattr(stored_backups, "_copied", full)
        lock(qtbot, window)
    sign_in(qtbot, window)
    frame = window.frame
    assert frame is not None
    frame.bar.clear()
    with qtbot.waitSignal(frame.checks.checked, timeout=20_000):
        frame.checks.start()
    assert frame.bar.sentence.text().startswith("La clé USB est pleine")
    assert frame.status._second.words.text() == "Deuxième copie\u00a0: aucune encore"


def test_three_clicks_and_a_password_go_back_and_the_password_opens_it(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sign_in(qtbot, window)
    backups.keep(desk, backups.place_of(desk))
    admit(desk, "1B")
    frame = window.frame
    assert frame is not None
    frame.open("settings")
    page = frame.pages["settings"]
    assert isinstance(page, SettingsPage)
    page.open("backups")
    settle(qtbot)
    ask.answer_with(lambda question: question.answer())
    qtbot.mouseClick(page.backups.held.return_button, Qt.MouseButton.LeftButton)
    assert page.backups.held.approval is not None
    page.backups.held.approval.password.set_text(PASSWORD)
    with qtbot.waitSignal(window.locked, timeout=20_000):
        qtbot.mouseClick(page.backups.held.return_button, Qt.MouseButton.LeftButton)
    ask.answer_with(None)
    settle(qtbot)
    assert len(residents.listed(sign_in(qtbot, window), "here")) == 1
