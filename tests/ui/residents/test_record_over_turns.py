"""A record is shown over turns of the window: its head once it is read, what is below it once the head is painted."""

from threading import current_thread, main_thread
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.operations import desk as desks
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.casefile import flags as stored_flags
from shelter_desk.ui.next_turn import NextTurn
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.record_tab import RecordTab
from tests.operations.shelter import admit
from tests.ui.residents.residents_scene import desk, page
from tests.ui.window.windows import settle, take_turns, worker_held

__all__ = ["desk", "page"]


def seen_below(page: ResidentsPage) -> list[RecordTab]:
    return [tab for tab in page.record.findChildren(RecordTab) if tab.isVisible()]


def shown(page: ResidentsPage) -> tuple[str, list[RecordTab]]:
    return page.record.head.code.text(), seen_below(page)


def take_a_turn(page: ResidentsPage) -> None:
    """The step that is due, and no other."""
    (step,) = (one for one in page.record.findChildren(NextTurn) if one.is_due())
    step.go()


def test_below_the_head_stands_nothing_of_who_was_shown_before(desk: Desk, page: ResidentsPage) -> None:
    first, second = admit(desk, "1A"), admit(desk, "1B")
    page.show_record(first.person)
    take_turns()
    (of_first,) = seen_below(page)
    page.show_record(second.person)
    assert shown(page) == (first.code, [of_first])
    for _ in range(2):
        take_a_turn(page)
        assert shown(page) == (first.code, [of_first]), "it is read"
    take_a_turn(page)
    assert shown(page) == (second.code, [])
    take_turns()
    (of_second,) = seen_below(page)
    assert of_second is not of_first
    assert page.record.gaps is not None


def test_who_is_chosen_meanwhile_is_the_one_that_is_shown(desk: Desk, page: ResidentsPage) -> None:
    first, second = admit(desk, "1A"), admit(desk, "1B")
    for one in (first, second, first):
        page.show_record(one.person)
    take_turns()
    assert len(seen_below(page)) == 1
    assert page.record.record is not None
    assert page.record.record.person.code == first.code


def test_a_section_that_is_asked_for_at_once_is_filled_once(desk: Desk, page: ResidentsPage, qtbot: QtBot) -> None:
    one = admit(desk, "1A")
    page.open(f"{one.code}/documents")
    (tab,) = seen_below(page)
    take_turns()
    assert seen_below(page) == [tab]


def test_a_page_left_before_it_is_filled_shows_nobody(desk: Desk, page: ResidentsPage) -> None:
    page.show_record(admit(desk, "1A").person)
    page.record.show_nobody()
    take_turns()
    assert seen_below(page) == []
    assert page.record.gaps is None


def test_a_record_opened_before_it_was_shown_is_in_the_journal_once(desk: Desk, page: ResidentsPage) -> None:
    one = admit(desk, "1A")
    page.show_record(one.person)
    page.record.open_form("exit")
    take_turns()
    assert page.record.form is not None
    with desk.reading() as connection:
        noted = connection.exec_driver_sql("SELECT count(*) FROM journal WHERE action = 'record_opened'").scalar_one()
    assert noted == 1


def test_who_is_undone_meanwhile_is_not_shown(desk: Desk, page: ResidentsPage) -> None:
    one = admit(desk, "1A")
    for turns in range(6):
        page.show_record(one.person)
        for _ in range(turns):
            take_a_turn(page)
        desks.undo(desk, one.done)
        page.refresh()
        take_turns()
        assert page.record.is_empty()
        one = admit(desk, "1A")


def test_red_flags_are_never_worked_out_in_the_thread_of_the_window(
    desk: Desk, page: ResidentsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = admit(desk, "1A", days=8)
    settle(qtbot)
    assert flags.of_person(desk, one.person)
    beside = []
    work_out = stored_flags.house

    def noted(*given: Any, **more: Any) -> Any:
        beside.append(current_thread() is not main_thread())
        return work_out(*given, **more)

    monkeypatch.setattr(stored_flags, "house", noted)
    with worker_held():
        admit(desk, "1B")
        page.show_record(one.person)
        take_turns()
        assert page.record.head.alerts.badges
    settle(qtbot)
    assert set(beside) == {True}
    assert page.record.head.alerts.badges
