"""What the page of today reads beside the window: nothing is said of it before, and nothing read twice."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.errors import InUse
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today import today
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.ui.page import Told
from shelter_desk.ui.today import page as today_page
from shelter_desk.ui.today.page import TodayPage
from tests.operations.shelter import admit
from tests.ui.today.today_scene import desk, open_page
from tests.ui.window.windows import (
    settle,
    show_active,
    take_turns,
    wait_for,
    worker_held,
)

__all__ = ["desk"]


def test_what_is_computed_ends_when_the_page_is_left(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=45)
    page = open_page(qtbot, desk)
    admit(desk, days=1)
    page.hide()
    settle(qtbot)
    with qtbot.waitExposed(page):
        page.show()
    wait_for(qtbot, lambda: any(row.task.matter == "month_open" for row in page.overview.to_do.rows))
    wait_for(qtbot, lambda: page.overview.to_do.rows[0].task.matter == "no_place")
    settle(qtbot)


def test_a_page_left_before_all_was_computed_computes_the_rest_and_reads_nothing_again(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    admit(desk, "1A", days=45)
    page = open_page(qtbot, desk)
    page.refresh()
    page.hide()
    qtbot.wait(20)  # what is slow comes after the first picture: there was none
    settle(qtbot)
    asked: list[str] = []

    def counted(name: str) -> Callable[[Desk], object]:
        really = getattr(today, name)

        def ask(desk: Desk) -> object:
            asked.append(name)
            return really(desk)

        return ask

    for name in ("tonight", "to_do", "year_line"):
        monkeypatch.setattr(today, name, counted(name))
    with qtbot.waitExposed(page):
        page.show()
    wait_for(qtbot, lambda: "year_line" in asked)
    settle(qtbot)
    assert asked == ["to_do", "year_line"]


def test_tasks_that_cannot_be_read_are_not_said_to_be_none(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_desk: Desk) -> list[Task]:
        raise InUse("")

    admit(desk, days=3)
    monkeypatch.setattr(today, "to_do", refuse)
    page = TodayPage(desk)
    qtbot.addWidget(page)
    said: list[Told] = []
    page.told.connect(said.append)
    show_active(qtbot, page)
    page.setFocus()
    wait_for(qtbot, lambda: bool(said))
    settle(qtbot)
    to_do = page.overview.to_do
    assert (said[0].state, to_do.nothing.isVisible(), to_do.badge.isVisible()) == ("blocked", False, False)
    assert not page.hasFocus()


def test_nothing_is_said_to_be_planned_or_to_do_before_it_is_read(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, days=3)
    page = TodayPage(desk)
    qtbot.addWidget(page)
    coming, to_do = page.overview.coming, page.overview.to_do
    with worker_held():
        show_active(qtbot, page)
        take_turns()
        before = (coming.nothing.isVisible(), to_do.nothing.isVisible(), to_do.every.count(), to_do.late.count())
    settle(qtbot)
    assert before == (False, False, None, None)
    assert coming.rows
    assert to_do.every.count()


def test_a_task_that_was_set_aside_does_not_come_back_while_the_others_are_read(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        admit(desk, days=45)
    page = open_page(qtbot, desk)
    to_do = page.overview.to_do
    row = next(row for row in to_do.rows if not row.aside.isHidden())
    shown: list[bool] = []

    def show(read: Any) -> None:
        shown.append(any(one.task == row.task for one in to_do.rows))
        really(read)

    really = page._show_read
    monkeypatch.setattr(page, "_show_read", show)
    with worker_held():
        page._due = [today_page._computed]  # the year is being computed
        page._compute()
        row.aside.click()
        assert to_do.aside is not None
        to_do.aside.reason.set_text("vu avec la collègue")
        to_do.aside.go()
    wait_for(qtbot, lambda: bool(shown))
    settle(qtbot)
    assert shown == [False]


def test_the_task_in_hand_is_kept_while_another_window_is_in_front(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(8):
        admit(desk, days=3)
    page = open_page(qtbot, desk)
    row = page.overview.to_do.rows[3]
    row.button.setFocus()
    other = QWidget()
    qtbot.addWidget(other)
    show_active(qtbot, other)
    admit(desk, days=3)
    wait_for(qtbot, lambda: row not in page.overview.to_do.rows)
    settle(qtbot)
    show_active(qtbot, page)
    assert next(one for one in page.overview.to_do.rows if one.task == row.task).button.hasFocus()
