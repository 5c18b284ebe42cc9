"""The real window with somebody at the desk, to be locked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.window import Window
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.window.windows import keep_preferences_in, settle, show, unlock

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small shelter with one resident, closed, its manager bound to confidentiality."""
    desk = open_small_shelter(tmp_path / "shelter")
    user_accounts.undertake(desk)
    admit(desk, "1A", names=Names("Diawara", "Sira"))
    desk.close()
    return desk.folder


@pytest.fixture
def window(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Window]:
    keep_preferences_in(monkeypatch, tmp_path)
    made = show(qtbot, tmp_path / "elsewhere")
    unlock(qtbot, made, folder)
    yield made
    made.close()
    settle(qtbot)


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def residents_page(window: Window) -> ResidentsPage:
    assert window.frame is not None
    window.frame.open("residents")
    page = window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    return page


def is_locked(window: Window) -> bool:
    return window.desk is None and window.frame is None and window.unlock is not None and window.unlock.isVisible()
