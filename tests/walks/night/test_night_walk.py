"""A guard notes an absence, goes to another page and comes back: the night is whole, whatever went as garbage."""

import gc
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from shelter_desk.domain.rights import Role
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.today.page import TodayPage
from tests.operations.shelter import PASSWORD, admit
from tests.ui.assistance.assistance_scene import OTHER, Enter, enter, folder, frame_of
from tests.ui.window.windows import settle, show_active

__all__ = ["enter", "folder"]


def test_the_night_stays_whole_when_the_keys_are_led_back_to_it(enter: Enter, qtbot: QtBot, folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        user_accounts.add(desk, "Agent C", Role.RECEPTION, OTHER)
        stays = [admit(desk, bed, days=3).stay for bed in ("1A", "1B", "1C")]
    window = enter("Agent C")
    show_active(qtbot, window)
    frame = frame_of(window)
    frame.open("today")
    page = frame.pages["today"]
    assert isinstance(page, TodayPage)
    assert page.night is not None
    night = page.night
    for stay in stays:
        night.absence_button.click()
        night.absence.who.choose(str(stay))
        night.absence.why.choose("hopital")
        qtbot.mouseClick(night.absence.verb, Qt.MouseButton.LeftButton)
        settle(qtbot)
        gc.collect()
        for key in ("beds", "residents", "today"):
            frame.open(key)
            settle(qtbot)
        gc.collect()
        assert isValid(night.board)
        assert night.board.isVisible()
