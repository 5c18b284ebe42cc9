"""The page of today with its roll call open."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from shelter_desk.domain.stays.roll_call import night_in_progress
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import roll_call
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.today.roll_call.roll_call import RollCallView
from shelter_desk.ui.today.roll_call.roll_call_difference import DifferenceLine
from tests.operations.shelter import admit
from tests.ui.today.today_scene import desk

__all__ = ["desk"]
ENTER, BACK, TAB = Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Tab


@pytest.fixture
def night(desk: Desk) -> date:
    return night_in_progress(desk.now())


def called(page: TodayPage) -> RollCallView:
    """The roll call opened with its button, by the keyboard."""
    page.overview.roll_call_button.setFocus()
    page.overview.roll_call_button.click()
    assert page.roll_call is not None
    return page.roll_call


def settling(page: TodayPage, view: RollCallView) -> DifferenceLine:
    (line,) = view.settle.lines
    assert line.isVisible()
    return line


def four(desk: Desk) -> list[Admitted]:
    """Three women in one room, a man in another."""
    return [admit(desk, where, sex="m" if where == "2A" else "f") for where in ("1A", "1B", "1C", "2A")]


def marks(view: RollCallView) -> list[str | None]:
    return [view.rows.mark_at(place) for place in range(view.rows.rowCount())]


def differing(desk: Desk, night: date) -> list[str]:
    return [one.kind for one in roll_call.differences(desk, night)]
