"""A record is shown in two turns of the window: its head at once, what is below it once the head is painted."""

from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.record_tab import RecordTab
from tests.operations.shelter import admit
from tests.ui.residents.residents_scene import desk, page
from tests.ui.window.windows import take_turns

__all__ = ["desk", "page"]


def seen_below(page: ResidentsPage) -> list[RecordTab]:
    return [tab for tab in page.record.findChildren(RecordTab) if tab.isVisible()]


def test_below_the_head_stands_nothing_of_who_was_shown_before(desk: Desk, page: ResidentsPage) -> None:
    first, second = admit(desk, "1A"), admit(desk, "1B")
    page.show_record(first.person)
    take_turns()
    (of_first,) = seen_below(page)
    page.show_record(second.person)
    assert page.record.head.code.text() == second.code
    assert seen_below(page) == []
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
