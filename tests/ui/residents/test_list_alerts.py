"""The list of residents: its alerts, which come a moment after it, and the row that is marked."""

from datetime import timedelta

from pytestqt.qtbot import QtBot

from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tasks
from tests.operations.shelter import admit
from tests.ui.residents.residents_scene import desk, shown_residents
from tests.ui.window.windows import settle, wait_for, worker_held

__all__ = ["desk"]


def test_the_list_counts_who_has_an_alert_and_leaves_them_alone(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=8)
    admit(desk, "1B", days=2)
    page = shown_residents(qtbot, desk)
    wait_for(qtbot, lambda: page.people.alerts.count() == 1)
    page.people.alerts.click()
    rows = page.people.rows
    assert [rows.row(place).person.code for place in range(rows.rowCount())] == [one.code]
    assert rows.line(0).badge == "2 alertes"


def test_the_list_stays_where_it_is_when_its_alerts_come(qtbot: QtBot, desk: Desk) -> None:
    chosen = admit(desk, "1A", days=8)
    for _ in range(30):
        admit(desk, days=2)
    page = shown_residents(qtbot, desk)
    settle(qtbot)
    page.open_record(chosen.person)
    settle(qtbot)
    desk.flags = None
    bar = page.people.list.verticalScrollBar()
    with worker_held():
        page.people.refresh()
        bar.setValue(bar.maximum())
        place = bar.value()
    settle(qtbot)
    assert bar.value() == place > 0


def test_whom_a_rule_speaks_of_is_shown_at_once(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=8)
    flag = next(flag for flag in flags.of_house(desk) if flag.person == one.person)
    page = shown_residents(qtbot, desk)
    settle(qtbot)
    desk.flags = None
    with worker_held():
        page.open(f"alerts/{flag.rule}/{flag.kind}")
        assert page.people.rows.rowCount() == 1
    settle(qtbot)


def test_alerts_of_before_do_not_come_over_those_of_now(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=8)
    page = shown_residents(qtbot, desk)
    settle(qtbot)
    desk.flags = None
    page.people.refresh()
    tasks.finish()  # its outcome waits
    found = [flag for flag in flags.of_house(desk) if flag.person is not None and flag.level != "I"]
    flags.settle(desk, found, "vu", desk.today() + timedelta(days=2))
    flags.of_house(desk)
    page.people.refresh()
    before = page.people.alerts.count()
    settle(qtbot)
    qtbot.wait(1)
    assert (before, page.people.alerts.count()) == (0, 0)


def test_who_was_admitted_is_marked_though_another_row_was_before(qtbot: QtBot, desk: Desk) -> None:
    before, admitted = admit(desk, "1A", days=2), admit(desk, "1B")
    page = shown_residents(qtbot, desk)
    settle(qtbot)
    page.people.choose(before.person)
    page.people.search.setText("1A")
    page._admitted(admitted.person)
    settle(qtbot)
    marked = page.people.list.current()
    assert marked is not None
    assert (marked.person.id, page.record.head.code.text()) == (admitted.person, admitted.code)
