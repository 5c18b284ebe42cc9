"""What the tests of the calendar share: the page with the calendar shown, cells, keys and the mouse."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.stays.stays import placement_on
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.beds.calendar.calendar_view import CalendarView
from shelter_desk.ui.beds.calendar.grid import CalendarGrid
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.page import Told
from tests.operations import shelter
from tests.ui.beds.beds_scene import key
from tests.ui.window.windows import take_turns


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with shelter.small_shelter(tmp_path) as made:
        yield made


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> Callable[[], BedsPage]:
    """Opens the page at its calendar once the shelter is as a test wants it."""
    kept: list[BedsPage] = []  # qtbot holds windows weakly

    def show() -> BedsPage:
        page = BedsPage(desk)
        kept.append(page)
        page.resize(1270, 696)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.head.views.choose("calendar")
        take_turns()
        view_of(page).take_keys()
        return page

    return show


def view_of(page: BedsPage) -> CalendarView:
    assert page.calendar is not None
    return page.calendar


def grid_of(page: BedsPage) -> CalendarGrid:
    return view_of(page).grid


def in_days(desk: Desk, days: int) -> date:
    return desk.today() + timedelta(days=days)


def shapes(grid: CalendarGrid, code: str, night: date) -> list[str]:
    """What is painted at a cell of that bed, from below to above."""
    row = next(row for row in grid.look.rows if row.title == code)
    return [bar.shape for bar in grid.at(row.key, night)]


def press(widget: QWidget, *keys: Qt.Key) -> None:
    for one in keys:
        QTest.keyClick(widget, one)


def drag(page: BedsPage, start: tuple[str, date], end: tuple[str, date]) -> None:
    """Carry what lies at one cell to another, over the cell between, with the mouse."""
    grid = grid_of(page)
    places = [grid.rect_of(key(page.desk, code), night).center() for code, night in (start, end)]
    drag_from(grid, *places)


def drag_from(grid: CalendarGrid, start: QPoint, end: QPoint) -> None:
    port, left = grid.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, pos=start)
    for place in (start + (end - start) / 2, end):
        QTest.mouseMove(port, place)
    QTest.mouseRelease(port, left, pos=end)


def slept(desk: Desk, one: Admitted, days: int) -> list[str]:
    """The bed of each night from so many days ago to tonight."""
    codes = {bed.id: bed.code for _, several in beds.rooms(desk) for bed in several}
    found = residents.record(desk, one.person).stays[0].placements
    places = [placement_on(found, in_days(desk, -n)) for n in range(days, -1, -1)]
    return [codes.get(place.bed, "natte") if place is not None and place.bed else "" for place in places]


def told_by(page: BedsPage) -> list[Told]:
    said: list[Told] = []
    page.told.connect(said.append)
    return said


def go(page: BedsPage, code: str, night: date) -> None:
    grid_of(page).go_to(key(page.desk, code), night)


def expected(desk: Desk, one: Admitted) -> date | None:
    return residents.record(desk, one.person).stays[0].stay.expected_exit
