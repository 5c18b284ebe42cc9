"""Arrivals on the page of today: the task that opens the admission, the days to come, the number of what is held."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today.arrivals import Coming
from shelter_desk.ui.today.coming_card import FIRST, ComingCard
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.today.tasks.task_row import TaskRow
from tests.operations.beds.held_scene import hold
from tests.operations.referral_scene import become
from tests.operations.shelter import admit
from tests.ui.today.today_scene import desk, open_page

__all__ = ["desk"]


def row_of(page: TodayPage, matter: str) -> TaskRow:
    return next(row for row in page.overview.to_do.rows if row.task.matter == matter)


def test_the_button_of_an_arrival_asks_for_the_admission_with_what_is_held(desk: Desk, qtbot: QtBot) -> None:
    held = hold(desk, "1A")
    page = open_page(qtbot, desk)
    row = row_of(page, "arrival_due")
    with qtbot.waitSignal(page.admission_wanted) as said:
        row.button.click()
    assert isinstance(said.args[0], HeldBed)
    assert (said.args[0].id, row.button.text()) == (held, "Admettre")


def test_what_is_held_stands_in_the_number_and_is_not_free(desk: Desk, qtbot: QtBot) -> None:
    hold(desk, "1A")
    hold(desk, room="4", places=2)
    numbers = open_page(qtbot, desk).overview.numbers
    assert (numbers.held.number.text(), numbers.held.detail.text()) == ("3", "3 arrivées attendues")
    assert (numbers.free.number.text(), numbers.present.number.text()) == ("9", "0")


def test_the_days_to_come_lead_to_what_is_planned_by_arrows(desk: Desk, qtbot: QtBot) -> None:
    first, second = hold(desk, "1A", days=1), hold(desk, "1B", days=2)
    page = open_page(qtbot, desk)
    coming = page.overview.coming
    days = [desk.today() + timedelta(days=n) for n in (1, 2)]
    assert [row.day.text() for row in coming.rows] == [f"{day:%d/%m}" for day in days]
    coming.rows[0].button.setFocus()
    QTest.keyClick(coming.rows[0].button, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is coming.rows[1].button
    with qtbot.waitSignal(page.page_wanted) as said:
        QTest.keyClick(coming.rows[1].button, Qt.Key.Key_Space)
    assert (said.args, coming.rows[0].one.page) == ([f"beds/held/{second}"], f"beds/held/{first}")


def test_of_very_many_plans_the_next_ones_are_shown_and_the_rest_when_asked(qtbot: QtBot) -> None:
    begun = datetime(2026, 5, 4, 8)
    planned = [Coming("exit", begun + timedelta(hours=n), f"A-{n:05}") for n in range(FIRST + 50)]
    card = ComingCard()
    qtbot.addWidget(card)
    card.show()
    card.show_days(planned)
    at_once = len(card.rows)
    qtbot.waitUntil(lambda: len(card.rows) > at_once)
    assert len(card.rows) < FIRST, "between two keys a few, never all"
    qtbot.waitUntil(lambda: len(card.rows) == FIRST)
    assert (len(card.rows), card.more.text()) == (FIRST, "Afficher 50 lignes de plus")
    card.more.setFocus()
    QTest.keyClick(card.more, Qt.Key.Key_Return)
    assert ([row.one for row in card.rows], card.more.isVisible()) == (planned, False)
    assert card.focusWidget() is card.rows[FIRST].button
    assert [row.day.text() for row in card.rows if row.day.text()] == ["04/05", "05/05", "06/05", "07/05"]
    card.show_days(planned[1:])
    assert len(card.rows) == FIRST + 49, "what was unfolded stays so, at once where somebody is in it"
    card.show_days(planned[:3])
    assert (len(card.rows), card.more.isVisible()) == (3, False)


def test_a_house_without_plans_says_so(desk: Desk, qtbot: QtBot) -> None:
    coming = open_page(qtbot, desk).overview.coming
    assert (coming.rows, coming.nothing.text(), coming.nothing.isVisibleTo(coming)) == ([], "Rien n’est prévu.", True)


def test_an_arrival_that_is_noted_elsewhere_appears_at_once(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(qtbot, desk)
    hold(desk, "1A")
    qtbot.waitUntil(lambda: any(row.task.matter == "arrival_due" for row in page.overview.to_do.rows))
    qtbot.waitUntil(lambda: len(page.overview.coming.rows) == 1)


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_who_sees_no_beds_is_told_the_number_alone(desk: Desk, qtbot: QtBot, role: Role) -> None:
    admit(desk, "1B")
    hold(desk, "1A")
    become(desk, role)
    page = open_page(qtbot, desk)
    assert not page.overview.coming.isVisibleTo(page)
    assert page.overview.numbers.held.number.text() == "1"
