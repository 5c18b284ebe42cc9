"""The page of today: numbers, tasks, the year; what each role sees; where tasks lead."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today import today
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.operations.vault import backups, unlocking
from shelter_desk.ui import page_registry
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.page_registry import pages_for
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.today.tasks import task_texts
from shelter_desk.ui.widgets.label import Label
from tests.operations.shelter import PASSWORD, QUICK, admit, open_small_shelter
from tests.ui.today.today_scene import desk, every_row, open_page
from tests.ui.window.windows import (
    StandIn,
    focused,
    pretend_pages,
    settle,
    show_active,
    wait_for,
)

__all__ = ["desk"]


def sentences(page: TodayPage) -> list[str]:
    return [row.sentence.text() for row in page.overview.to_do.rows]


def test_the_five_numbers_are_those_of_tonight(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=2)
    page, night = open_page(qtbot, desk), today.tonight(desk)
    numbers = page.overview.numbers
    shown = [
        tile.number.text() for tile in (numbers.capacity, numbers.present, numbers.free, numbers.held, numbers.out)
    ]
    assert shown == [str(n) for n in (night.usable, night.present, night.free, night.held, 0)]


def test_free_beds_say_for_whom(qtbot: QtBot, desk: Desk) -> None:
    page = open_page(qtbot, desk)
    assert page.overview.numbers.free.detail.text() == "Femmes 4 · Filles 2 · Familles 2 · Hommes 4"


def test_a_commit_shows_at_once(qtbot: QtBot, desk: Desk) -> None:
    page = open_page(qtbot, desk)
    admit(desk, "1A", days=2)
    assert page.overview.numbers.present.number.text() == "1"
    settle(qtbot)


def test_the_year_is_painted(qtbot: QtBot, desk: Desk) -> None:
    page = open_page(qtbot, desk)
    before = painted(page)
    admit(desk, "1A", days=300)
    qtbot.waitUntil(lambda: page.overview.year.months[-1].rate is not None, timeout=20_000)
    assert painted(page) != before


def painted(page: TodayPage) -> QImage:
    return page.overview.year.grab().toImage()


def test_arrows_walk_through_the_year(qtbot: QtBot, desk: Desk) -> None:
    page = open_page(qtbot, desk)
    page.overview.year.setFocus()
    qtbot.keyClick(page.overview.year, Qt.Key.Key_End)
    qtbot.keyClick(page.overview.year, Qt.Key.Key_Left)
    assert page.overview.year.month() == page.overview.year.months[10]


def test_the_first_task_has_the_focus_and_arrows_go_on(qtbot: QtBot, desk: Desk) -> None:
    first, second = sorted(admit(desk, days=1).code for _ in range(2))
    page = open_page(qtbot, desk)
    page.setFocus()
    begun = focused()
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    rows = page.overview.to_do.rows
    assert [rows[0].task.code, rows[1].task.code] == [first, second]
    assert [begun, focused()] == [rows[0].button, rows[1].button]


def test_a_task_leads_to_the_record(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, days=1)
    page = open_page(qtbot, desk)
    page.setFocus()
    with qtbot.waitSignal(page.record_wanted) as asked:
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert asked.args == [one.person]


def test_a_missing_backup_leads_to_its_section(qtbot: QtBot, desk: Desk) -> None:
    page = open_page(qtbot, desk)
    row = next(row for row in page.overview.to_do.rows if row.task.matter == "no_backup")
    with qtbot.waitSignal(page.page_wanted) as asked:
        row.button.click()
    assert asked.args == ["settings/backups"]


def test_too_few_showers_lead_to_the_beds_and_are_late_by_no_day(qtbot: QtBot, desk: Desk) -> None:
    for code in ("1A", "1B"):
        admit(desk, code, days=1)
    settings.keep(desk, {"norm_shower": "1", "showers": "1"})
    page = open_page(qtbot, desk)
    row = next(row for row in page.overview.to_do.rows if row.task.flags and row.task.flags[0].rule == "R-13")
    said = [task_texts.sentence(row.task), row.button.text(), task_texts.due(row.task, desk.today())]
    assert said == ["Trop peu de douches\xa0: 1 pour 2 personnes.", "Voir les lits", ""]
    page.overview.to_do.late.click()
    assert page.overview.to_do.rows == []
    page.overview.to_do.every.click()
    row = next(row for row in page.overview.to_do.rows if row.task.flags and row.task.flags[0].rule == "R-13")
    with qtbot.waitSignal(page.page_wanted) as asked:
        row.button.click()
    assert asked.args == ["beds"]


def test_points_of_last_month_come_after_the_first_picture(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=45)
    page = open_page(qtbot, desk)
    qtbot.waitUntil(lambda: any(row.task.matter == "month_open" for row in page.overview.to_do.rows), timeout=20_000)
    row = next(row for row in page.overview.to_do.rows if row.task.matter == "month_open")
    with qtbot.waitSignal(page.page_wanted) as asked:
        row.button.click()
    assert asked.args == ["reports"]


def test_only_late_tasks_are_left_by_their_chip(qtbot: QtBot, desk: Desk) -> None:
    settings.keep(desk, {"report_remind_day": "28", "report_late_day": "28"})  # else late too from the 6th to the 20th
    late = admit(desk, "1A", days=20)
    admit(desk, days=1)
    page = open_page(qtbot, desk)
    page.overview.to_do.late.click()
    assert {row.task.code for row in page.overview.to_do.rows} == {late.code}
    assert page.overview.to_do.late.count() == len(every_row(page))


def test_the_focus_stays_on_its_task_when_the_list_changes(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=20)
    page = open_page(qtbot, desk)
    row = next(row for row in page.overview.to_do.rows if row.task.code == one.code)
    row.button.setFocus()
    admit(desk, days=1)
    settle(qtbot)
    again = next(row for row in page.overview.to_do.rows if row.task.code == one.code)
    assert focused() is again.button


def test_a_list_without_tasks_says_so(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=1)
    settings.keep(desk, {"report_remind_day": "28"})  # the month of yesterday is to be closed on the first of another
    backups.keep(desk, backups.place_of(desk))
    page = open_page(qtbot, desk)
    assert (page.overview.to_do.rows, page.overview.to_do.nothing.isVisible()) == ([], True)


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_who_only_counts_sees_no_list_and_no_code(qtbot: QtBot, desk: Desk, role: Role) -> None:
    one = admit(desk, days=1)
    desk.role = role
    page = open_page(qtbot, desk)
    texts = [label.text() for label in page.findChildren(Label) if label.isVisible()]
    assert page.overview.to_do.isVisible() == (role is Role.STOREKEEPER)  # what the store asks for
    assert page.overview.to_do.rows == []
    assert [text for text in texts if one.code in text] == []
    assert page.overview.numbers.present.number.text() == "1"


@pytest.mark.parametrize(("role", "may"), [(Role.DIRECTOR, True), (Role.CASE_WORKER, True), (Role.RECEPTION, False)])
def test_catching_up_is_for_those_who_admit_move_and_discharge(qtbot: QtBot, desk: Desk, role: Role, may: bool) -> None:
    desk.role = role
    page = open_page(qtbot, desk)
    assert page.overview.catch_up_button.isVisible() is may


def test_a_house_without_beds_offers_the_first_step(qtbot: QtBot, tmp_path: Path) -> None:
    made = unlocking.create(tmp_path, "Maison des Essais", "Bamako", "Agent A", PASSWORD, cost=QUICK)
    with made.desk as new:
        page = open_page(qtbot, new)
        page.setFocus()
        with qtbot.waitSignal(page.rooms_wanted):
            qtbot.keyClick(focused(), Qt.Key.Key_Return)


def test_the_page_begins_at_its_head_with_the_first_task_in_hand(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=45)  # of a month that nobody closed: what is found last fills the list anew
    for _ in range(8):
        admit(desk, days=3)
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1270, 480)
    show_active(qtbot, page)
    page.setFocus()
    wait_for(qtbot, lambda: len(page.overview.year.months) == 12)
    settle(qtbot)
    qtbot.wait(1)
    bar = page.overview._scrolled.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0
    assert page.overview.to_do.rows[0].button.hasFocus()


def test_every_sentence_of_a_task_is_filled(desk: Desk) -> None:
    day = desk.today()
    flag = Flag("R-14", "W", code="7K3-QMX-E", since=day, n=9, limit=3)
    soon = Task("flag", day=day + timedelta(days=2), flags=(replace(flag, rule="R-07", kind="soon"),))
    every = [
        Task(matter, "7K3-QMX-E", n=9, limit=3, day=day + timedelta(days=2), flags=(flag,))
        for matter in task_texts.ICONS
    ]
    every += [soon, Task("flag", n=2, flags=(flag, flag))]
    said = [
        part for task in every for part in (task_texts.sentence(task), task_texts.due(task, day), task_texts.verb(task))
    ]
    assert [part for part in said if "{" in part] == []


# In the frame --------------------------------------------------------------------------------------------------------


def framed(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Frame:
    pretend_pages(monkeypatch)
    monkeypatch.setattr(page_registry, "_settings", lambda _desk: StandIn)
    made = Frame(desk, pages_for(desk))
    qtbot.addWidget(made)
    show_active(qtbot, made)
    settle(qtbot)
    return made


def leave(qtbot: QtBot, frame: Frame) -> None:
    """As the window does before it closes the desk."""
    frame.leave()
    frame.hide()
    settle(qtbot)


@pytest.mark.parametrize("by_key", [False, True])
def test_its_own_entry_leads_back_from_the_roll_call(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, by_key: bool
) -> None:
    admit(desk, "1A", days=3)
    frame = framed(qtbot, desk, monkeypatch)
    frame.open("today")
    page = frame.pages["today"]
    assert isinstance(page, TodayPage)
    page.overview.roll_call_button.click()
    assert page.roll_call is not None
    assert page.roll_call.isVisible()
    if by_key:
        qtbot.keyClick(frame, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    else:
        frame.rail.entries["today"].click()
    assert (page.roll_call.isVisible(), page.overview.isVisible()) == (False, True)
    leave(qtbot, frame)


@pytest.mark.parametrize(("role", "first"), [(Role.DIRECTOR, "beds"), (Role.STOREKEEPER, "today")])
def test_the_board_comes_first_for_those_who_may_see_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: Role, first: str
) -> None:
    with open_small_shelter(tmp_path) as desk:
        desk.role = role
        frame = framed(qtbot, desk, monkeypatch)
        assert frame.stack.currentWidget() is frame.pages[first]
        leave(qtbot, frame)


def test_a_page_leads_to_a_part_of_another(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(StandIn, "open", lambda _, part: asked.append(part), raising=False)
    with open_small_shelter(tmp_path) as desk:
        frame = framed(qtbot, desk, monkeypatch)
        frame.pages["beds"].page_wanted.emit("settings/backups")
        assert (asked, frame.stack.currentWidget() is frame.pages["settings"]) == (["backups"], True)
        leave(qtbot, frame)


def test_the_key_of_today_opens_it(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_small_shelter(tmp_path) as desk:
        frame = framed(qtbot, desk, monkeypatch)
        qtbot.keyClick(frame, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        wait_for(qtbot, lambda: isinstance(frame.stack.currentWidget(), TodayPage))
        opened = frame.stack.currentWidget()
        assert isinstance(opened, TodayPage)
        qtbot.waitUntil(lambda: len(opened.overview.year.months) == 12, timeout=20_000)
        leave(qtbot, frame)
