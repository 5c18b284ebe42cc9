"""A first run closed at the recovery sheet is remembered: the next unlock says so and leads to another key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import recovery_sheet, unlocking
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.settings.security_section import SecuritySection
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, QUICK
from tests.ui.window.windows import keep_preferences_in, settle, wait_for


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    keep_preferences_in(monkeypatch, tmp_path)
    folder = tmp_path / "shelter"
    with unlocking.create(folder, "Maison des Essais", "Bamako", "Agent A", PASSWORD, cost=QUICK).desk as desk:
        user_accounts.undertake(desk)
    made = Window(folder)
    qtbot.addWidget(made)
    made.show()
    made.open(unlocking.unlock(folder, "Agent A", PASSWORD))
    settle(qtbot)
    yield made
    made.lock()
    settle(qtbot)


def frame_of(window: Window) -> Frame:
    assert window.frame is not None
    return window.frame


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def security_of(window: Window) -> SecuritySection:
    found: SecuritySection = frame_of(window).pages["settings"].security  # type: ignore[attr-defined]
    return found


def test_the_next_unlock_says_that_the_key_was_never_typed_back(window: Window) -> None:
    bar = frame_of(window).bar
    assert bar.sentence.text().startswith("La clé de secours n’a jamais été retapée.")
    assert bar.verb.text() == "En faire une autre…"


def test_another_key_is_made_and_typed_back_from_there(qtbot: QtBot, window: Window) -> None:
    frame_of(window).bar.verb.click()
    settle(qtbot)
    section = security_of(window)
    assert section.owed.isVisible()
    section.password.line.setText(PASSWORD)
    section.make()
    wait_for(qtbot, lambda: section.sheet is not None)
    assert section.sheet is not None
    for field, group in zip(section.sheet.typed.fields, section.sheet._groups, strict=True):
        qtbot.keyClicks(field, group)
    section.done_button.click()
    assert (recovery_sheet.is_owed(desk_of(window)), section.owed.isVisible()) == (False, False)


def test_a_key_typed_back_is_not_asked_for_again(qtbot: QtBot, window: Window) -> None:
    desk = desk_of(window)
    recovery_sheet.prove(desk)
    frame = Frame(desk, {})
    qtbot.addWidget(frame)
    assert frame.bar.isHidden()
    frame.leave()
