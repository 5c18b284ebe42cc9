"""What is to be done stands by urgency and by person; a danger is covered until somebody asks for it."""

from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shelter_desk.domain.flags.flag import Flag, rules
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.casefile.flags import SettledOutcome
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.ui.today.handover.points_card import LeftPoint, PointRow
from shelter_desk.ui.today.night.night_view import ToKnowRow
from shelter_desk.ui.today.tasks import task_row
from shelter_desk.ui.today.tasks.task_row import CoveredSentence, TaskRow
from shelter_desk.ui.today.tasks.to_do_card import Heading, SettledRow, ToDoCard
from tests.operations.shelter import admit
from tests.ui.today.today_scene import desk, open_page
from tests.ui.window.windows import focused, settle, show_active, type_in

__all__ = ["desk"]
SUICIDE = "risque suicidaire"


def _flagged(rule: str, code: str, late: int = 0) -> Task:
    return Task("flag", code, flags=(Flag(rule, rules()[rule].level, "", code, n=3, limit=1),), late=late)


TASKS = [
    Task("roll_call_due", page="today"),
    _flagged("R-23", "7K3-QMX-E"),
    _flagged("R-20", "7K3-QMX-E"),
    _flagged("R-30", "H2R-8DE-H", 2),
    Task("no_backup", page="settings/backups"),
]


@pytest.fixture
def card(qtbot: QtBot, desk: Desk) -> ToDoCard:
    made = ToDoCard(desk)
    qtbot.addWidget(made)
    made.resize(860, 600)
    show_active(qtbot, made)
    made.show_tasks(TASKS, desk.today())
    settle(qtbot)
    return made


def _seen(card: ToDoCard) -> list[TaskRow]:
    return [row for row in card.rows if row.isVisible()]


def _texts(card: ToDoCard) -> str:
    return " ".join(one.text() + one.toolTip() for one in card.findChildren(QLabel) if one.isVisible())


def _danger(card: ToDoCard) -> CoveredSentence:
    found = next(row.sentence for row in card.rows if isinstance(row.sentence, CoveredSentence))
    assert isinstance(found, CoveredSentence)
    return found


def test_tasks_stand_below_how_urgent_they_are(card: ToDoCard) -> None:
    headings = [one.label.text() for one in card.findChildren(Heading) if one.isVisible()]
    assert headings == ["Maintenant", "En retard", "À suivre"]
    assert [row.task.matter for row in _seen(card)] == ["roll_call_due", "flag", "flag", "no_backup"]


def test_the_other_tasks_of_a_person_are_folded_below_the_most_urgent_one(qtbot: QtBot, card: ToDoCard) -> None:
    row = next(row for row in card.rows if row.others)
    assert (row.task.code, row.more.text()) == ("7K3-QMX-E", "1 autre")
    row.more.click()
    settle(qtbot)
    assert [one.task.code for one in _seen(card)][1:3] == ["7K3-QMX-E"] * 2
    card.show_tasks([*TASKS, Task("names_due", page="settings/retention", n=1)], card._today)
    settle(qtbot)
    assert len(_seen(card)) == 6  # what was opened stays open while the list is filled anew
    next(row for row in card.rows if row.others).more.click()
    settle(qtbot)
    assert len(_seen(card)) == 5


def test_rows_below_what_is_seen_are_made_between_two_keys_in_their_order(qtbot: QtBot, card: ToDoCard) -> None:
    many = [_flagged("R-23", f"7K3-QMX-{letter}") for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ"]
    card.show_tasks(many, card._today)
    assert len(card.findChildren(TaskRow)) < len(many), "the rest waits"
    qtbot.waitUntil(lambda: len(card.findChildren(TaskRow)) == len(many))
    below = sorted(card.findChildren(TaskRow), key=lambda row: row.y())
    assert [row.task for row in below] == many == [row.task for row in card.rows]
    settle(qtbot)
    card.rows[-1].button.setFocus()
    card.show_tasks(many[1:], card._today)
    assert focused() is card.rows[-1].button, "whose row was below what is seen keeps the focus"


@pytest.mark.parametrize("n", [7, 11, 24, 39])
def test_no_row_lies_upon_another(qtbot: QtBot, card: ToDoCard, n: int) -> None:
    codes = [f"7K3-QM{at // 8}-{at % 8}" for at in range(n)]
    rules = ("R-23", "R-30", "R-20")  # of three urgencies
    card.show_tasks([_flagged(rules[at * 3 // n], codes[at], at % 3) for at in range(n)], card._today)
    qtbot.waitUntil(lambda: len(card.findChildren(TaskRow)) == n)
    settle(qtbot)
    rows = [row for row in card.rows if row.isVisible()]
    assert [row.y() for row in rows] == sorted({row.y() for row in rows})
    assert all(above.geometry().bottom() < below.y() for above, below in pairwise(rows))
    assert {row.height() for row in rows} == {rows[0].height()}


def test_arrows_leave_out_what_is_folded(qtbot: QtBot, card: ToDoCard) -> None:
    _seen(card)[1].button.setFocus()
    type_in(qtbot, Qt.Key.Key_Down)
    assert focused() is _seen(card)[2].button
    assert _seen(card)[2].task.code == "H2R-8DE-H"


def test_who_passes_reads_codes_alone(card: ToDoCard) -> None:
    assert "7K3-QMX-E\u00a0: une alerte à lire" in _texts(card)
    assert SUICIDE not in _texts(card)


def test_the_eye_shows_the_danger_by_keys_and_hides_it_where_the_keys_go_on(qtbot: QtBot, card: ToDoCard) -> None:
    danger = _danger(card)
    danger.eye.setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    assert SUICIDE in danger.text()
    type_in(qtbot, Qt.Key.Key_Tab)
    assert SUICIDE not in danger.text()


def test_the_danger_is_covered_again_by_a_press_by_time_and_by_the_mouse_that_leaves(
    qtbot: QtBot, card: ToDoCard
) -> None:
    danger = _danger(card)
    for end in ("press", "leave", "time"):
        danger.eye.click()
        assert SUICIDE in danger.text()
        if end == "press":
            danger.eye.click()
        elif end == "leave":
            QApplication.sendEvent(danger.eye, QEvent(QEvent.Type.Leave))
        else:
            danger._timer.start(1)
        qtbot.waitUntil(lambda: SUICIDE not in danger.text())
    assert task_row.SEEN_MS <= 30_000


def test_a_danger_that_was_set_aside_is_covered_too(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=16)
    flag = next(flag for flag in flags.of_house(desk) if flag.rule == "R-14")
    flags.settle(desk, [flag], "vu", desk.today() + timedelta(days=2))
    (kept,) = flags.settled(desk)
    plain = SettledRow(kept, may_bring_back=True)
    qtbot.addWidget(plain)
    danger = SettledOutcome(
        **{name: getattr(kept, name) for name in SettledOutcome.__slots__}
        | {"rule": "R-23", "flag": Flag("R-23", "W", "", one.code)}
    )
    covered = SettledRow(danger, may_bring_back=True)
    qtbot.addWidget(covered)
    assert isinstance(covered.sentence, CoveredSentence)
    assert covered.sentence.text() == f"{one.code}\u00a0: une alerte à lire"
    assert not isinstance(plain.sentence, CoveredSentence)


def test_a_danger_is_covered_wherever_it_stands(qtbot: QtBot) -> None:
    danger = _flagged("R-23", "7K3-QMX-E")
    for row in (ToKnowRow(danger), PointRow(LeftPoint("", task=danger), ticks=True, may_take_out=False)):
        qtbot.addWidget(row)
        shown = " ".join(one.text() + one.toolTip() for one in row.findChildren(QLabel))
        assert "7K3-QMX-E\u00a0: une alerte à lire" in shown
        assert SUICIDE not in shown


def test_the_keys_stay_with_a_person_whose_tasks_were_unfolded(qtbot: QtBot, card: ToDoCard) -> None:
    row = next(row for row in card.rows if row.others)
    row.more.setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    card.show_tasks([*TASKS, Task("names_due", page="settings/retention", n=1)], card._today)
    settle(qtbot)
    assert focused() is next(one for one in card.rows if one.others).button


def test_the_page_opens_on_the_first_task_with_its_keys(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=16)
    page = open_page(qtbot, desk)
    page.setFocus()
    assert focused() is page.overview.to_do.rows[0].button
