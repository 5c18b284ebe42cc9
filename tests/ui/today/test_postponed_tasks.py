"""A task of the case files is set aside and brought back by keys alone, as an alert and a task of the store are."""

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.today import postponed_tasks
from shelter_desk.system import clock
from shelter_desk.ui.page import Told
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.today.tasks.task_row import TaskRow
from shelter_desk.words import formats
from tests.operations.referral_scene import CLINIC, desk, issued, resident
from tests.ui.today.today_scene import every_row, open_page, told_by
from tests.ui.window.windows import focused, settle, type_in, wait_for

__all__ = ["desk", "resident"]
SPACE, ENTER, DOWN, TAB = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab


def rows(page: TodayPage) -> list[TaskRow]:
    found = [one for one in every_row(page) if one.task.matter == "referral_late"]
    for one in found:
        page.overview.to_do.unfold(one.task.code)
    return found


def test_a_referral_without_an_answer_is_set_aside_and_brought_back(
    qtbot: QtBot, desk: Desk, resident: Admitted
) -> None:
    issued(desk, resident, days=10)
    page = open_page(qtbot, desk)
    said: list[Told] = told_by(page)
    (row,) = rows(page)
    row.aside.setFocus()
    type_in(qtbot, SPACE)
    qtbot.keyClicks(focused(), "La clinique rappelle vendredi")
    qtbot.keyClick(focused(), ENTER, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, lambda: not rows(page))
    tomorrow = formats.day(clock.today() + timedelta(days=1))
    assert said[-1].sentence == f"Tâche mise de côté jusqu’au {tomorrow}."
    to_do = page.overview.to_do
    to_do.settled.setFocus()
    type_in(qtbot, SPACE)
    (kept,) = to_do.settled_rows
    assert kept.sentence.text() == f"{resident.code}\u00a0: pas de réponse de {CLINIC}."
    assert kept.reason.text().endswith("La clinique rappelle vendredi")
    kept.button.setFocus()
    type_in(qtbot, ENTER)
    assert postponed_tasks.aside(desk) == []
    to_do.every.setFocus()
    type_in(qtbot, SPACE)
    wait_for(qtbot, lambda: len(rows(page)) == 1)
    settle(qtbot)
