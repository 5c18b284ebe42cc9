"""A cell that somebody wrote past the program: the page says which, and stays; no crash window opens."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import errors
from tests.operations.shelter import open_small_shelter, small_shelter
from tests.ui.today.today_scene import open_page, told_by
from tests.ui.window.windows import keep_preferences_in, pretend_pages, show


def plant(desk: Desk) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE rooms SET room_code = x'ff00' WHERE id = 2"))


def test_today_says_which_cell_it_is_and_stays(qtbot: QtBot, tmp_path: Path) -> None:
    with small_shelter(tmp_path) as desk:
        page = open_page(qtbot, desk)
        said = told_by(page)
        plant(desk)
        assert {one.state for one in said} == {"blocked"}
        assert "rooms.room_code" in said[0].sentence
        assert page.isVisible()


def test_what_a_cell_explains_is_said_in_the_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_pages(monkeypatch)
    keep_preferences_in(monkeypatch, tmp_path)
    desk = open_small_shelter(tmp_path / "shelter")
    window = show(qtbot, tmp_path / "elsewhere")
    assert not errors.explained(ValueError(), window.desk, window.frame)
    window._open_new(desk, "Agent A")
    assert not errors.explained(ValueError(), window.desk, window.frame)
    plant(desk)
    assert errors.explained(ValueError(), window.desk, window.frame)
    assert window.frame is not None
    assert "rooms.room_code" in window.frame.bar.sentence.text()
    window.close()
