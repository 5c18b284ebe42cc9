"""The page of today on a small shelter, shown and with the keys."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.system import clock
from shelter_desk.ui.page import Told
from shelter_desk.ui.today.catch_up.catch_up import CatchUp
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.today.tasks.task_row import TaskRow
from tests.operations.shelter import small_shelter
from tests.ui.window.windows import settle, show_active


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path) as opened:
        yield opened


def open_page(qtbot: QtBot, desk: Desk) -> TodayPage:
    """The page shown, what it computes in the background done."""
    made = TodayPage(desk)
    qtbot.addWidget(made)
    made.resize(1270, 696)
    desk.database.listen(made.changed)
    show_active(qtbot, made)
    qtbot.waitUntil(lambda: len(made.overview.year.months) == 12, timeout=20_000)
    settle(qtbot)
    return made


def told_by(page: TodayPage) -> list[Told]:
    said: list[Told] = []
    page.told.connect(said.append)
    return said


def catching_up(page: TodayPage) -> CatchUp:
    """Begun, over a cut that began yesterday at the hour it is now."""
    page.overview.catch_up_button.click()
    assert page.catch_up is not None
    now = clock.now()
    page.catch_up.head.from_day.set_day(now.date() - timedelta(days=1))
    return page.catch_up


def every_row(page: TodayPage) -> list[TaskRow]:
    """The rows of all tasks, none folded."""
    to_do = page.overview.to_do
    for row in tuple(to_do.rows):
        to_do.unfold(row.task.code)
    return to_do.rows
