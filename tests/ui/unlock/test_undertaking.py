"""The undertaking of confidentiality between unlocking and the frame."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.rights import Role
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import clock
from shelter_desk.ui.unlock.first_run.page import FirstRun
from shelter_desk.ui.unlock.first_run.step import FirstRunDraft
from shelter_desk.ui.unlock.undertaking import UndertakingPage
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, QUICK, open_small_shelter
from tests.ui.window.windows import (
    focused,
    keep_preferences_in,
    pretend_pages,
    settle,
    show,
    show_active,
    type_in,
    wait_for,
)

OTHER = "deux citrons jaunes"
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend_pages(monkeypatch)
    keep_preferences_in(monkeypatch, tmp_path)


def entered(qtbot: QtBot, folder: Path, role: Role = Role.RECEPTION) -> Window:
    """Somebody new types name and password."""
    with open_small_shelter(folder) as desk:
        user_accounts.add(desk, "Agent B", role, OTHER)
    window = show(qtbot, folder)
    type_in(qtbot, "Agent B", ENTER, OTHER, ENTER)
    wait_for(qtbot, lambda: window.desk is not None)
    return window


def page_of(window: Window) -> UndertakingPage:
    assert window.undertaking is not None
    return window.undertaking


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_asked_at_the_first_entry(qtbot: QtBot, tmp_path: Path, role: Role) -> None:
    window = entered(qtbot, tmp_path / "shelter", role)
    assert page_of(window).isVisible()
    assert window.frame is None
    window.close()


def test_accepting_opens_the_frame_and_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    window = entered(qtbot, tmp_path / "shelter")
    with qtbot.waitSignal(window.unlocked):
        type_in(qtbot, TAB, ENTER)
    assert (window.undertaking, window.frame is not None) == (None, True)
    assert window.desk is not None
    assert user_accounts.has_undertaken(window.desk)
    window.close()


def test_who_accepted_is_not_asked_again(qtbot: QtBot, tmp_path: Path) -> None:
    window = entered(qtbot, tmp_path / "shelter")
    page_of(window).accept_button.click()
    window.lock()
    settle(qtbot)
    window.open(unlocking.unlock(tmp_path / "shelter", "Agent B", OTHER))
    assert window.frame is not None
    window.close()


def test_refusing_locks_and_asks_again_next_time(qtbot: QtBot, tmp_path: Path) -> None:
    window = entered(qtbot, tmp_path / "shelter")
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(focused(), ENTER)
    assert (window.desk, window.frame, window.undertaking) == (None, None, None)
    settle(qtbot)
    with unlocking.unlock(tmp_path / "shelter", "Agent B", OTHER) as desk:
        assert user_accounts.must_undertake(desk)
    window.close()


def test_an_enter_too_many_accepts_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    window = entered(qtbot, tmp_path / "shelter")
    assert focused() is page_of(window).refuse_button
    window.close()


def test_pages_have_no_keys_before_it_is_accepted(qtbot: QtBot, tmp_path: Path) -> None:
    window = entered(qtbot, tmp_path / "shelter", Role.DIRECTOR)
    for key in (Qt.Key.Key_2, Qt.Key.Key_9):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert (window.frame, page_of(window).isVisible()) == (None, True)
    window.close()


def test_the_training_shelter_asks_nobody(qtbot: QtBot, tmp_path: Path) -> None:
    made = unlocking.create(tmp_path / "new", "Centre A", "Gao", "Agent A", PASSWORD, training=True, cost=QUICK)
    window = show(qtbot, tmp_path / "elsewhere")
    window.open(made.desk)
    assert (window.undertaking, window.frame is not None) == (None, True)
    window.close()


def test_a_surprising_clock_is_asked_about_before_accepting(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = entered(qtbot, tmp_path / "shelter")
    later = clock.now() + timedelta(days=900)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = page_of(window)
    page.accept_button.click()
    assert (page.trouble.isVisible(), page.clock_button.isVisible(), window.frame) == (True, True, None)
    page.clock_button.click()
    assert window.frame is not None
    window.close()


def test_the_manager_of_a_new_shelter_accepts_by_opening_it(qtbot: QtBot, tmp_path: Path) -> None:
    run = FirstRun(tmp_path / "new", FirstRunDraft(shelter="Maison des Essais", town="Gao", user="Agent A"))
    qtbot.addWidget(run)
    show_active(qtbot, run)
    made = unlocking.create(tmp_path / "new", "Maison des Essais", "Gao", "Agent A", PASSWORD, cost=QUICK)
    run._created(made)
    run._open(run.steps.index(run.done))
    assert run.go_on_button.text() == words.text("Accept and open the shelter")
    with qtbot.waitSignal(run.opened):
        run.go_on_button.click()
    assert user_accounts.has_undertaken(made.desk)
    made.desk.close()
