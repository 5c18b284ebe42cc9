"""The sections of a record, all in sight and by keyboard; alerts of its head lead to where they are settled."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import flags
from shelter_desk.ui import theme
from shelter_desk.ui.residents.acts.presence_forms import MoveForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record import head_alerts, record_tabs
from shelter_desk.ui.widgets.badge import BadgeButton
from shelter_desk.ui.window import Window
from tests.operations.shelter import admit
from tests.ui.residents.record_walk import CONTROL, desk_of, page_of, tab_to, window
from tests.ui.window.windows import focused, settle, take_turns, type_in, wait_for, worker_held

__all__ = ["window"]
MINOR = 15  # years: a record with every section


def opened(window: Window, qtbot: QtBot, age: int = MINOR, days: int = 9) -> ResidentsPage:
    """The record of somebody who came some days ago and of whom nothing is written, its alerts worked out."""
    someone = admit(desk_of(window), "3A", age=age, days=days)
    assert window.frame is not None
    window.frame.open_record(someone.person)
    take_turns()
    settle(qtbot)
    return page_of(window)


def key(page: ResidentsPage) -> str:
    tabs = page.record.head.tabs
    return str(tabs.tabData(tabs.currentIndex()))


@pytest.fixture
def large(qapp: QApplication, window: Window) -> Iterator[None]:
    """The text half as large again, once the window has dressed as it is used to."""
    theme.wear(qapp, scale=1.5)
    yield
    theme.wear(qapp)


def all_in_sight(page: ResidentsPage) -> list[bool]:
    """Of each section of the record, whether it stands wholly inside the column that shows them."""
    tabs, room = page.record.head.tabs, page.record._sections.viewport()
    shown = QRect(QPoint(0, 0), room.size())
    rects = [tabs.tabRect(place) for place in range(tabs.count()) if tabs.isTabVisible(place)]
    return [shown.contains(rect.translated(tabs.mapTo(room, QPoint(0, 0)))) for rect in rects]


def test_every_section_is_in_sight_on_an_office_screen(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert all_in_sight(page) == [True] * len(record_tabs.tabs())


def test_no_section_is_cut_at_right_where_the_text_is_large(large: None, window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    tabs = page.record.head.tabs
    widest = max(tabs.fontMetrics().horizontalAdvance(tabs.tabText(place)) for place in range(tabs.count()))
    assert tabs.tabSizeHint(0).width() > widest
    assert tabs.width() <= page.record._sections.viewport().width()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_section_is_wider_than_the_room_beside_the_list(
    window: Window, qtbot: QtBot, scale: float, qapp: QApplication
) -> None:
    theme.wear(qapp, scale=scale)
    try:
        page = opened(window, qtbot)
        wide = {}
        for name in record_tabs.tabs():
            page.record.show_tab(name)
            inner = page.record._body.widget()
            assert inner is not None
            wide[name] = inner.minimumSizeHint().width()
        room = page.record.width() - page.record._sections.width()
    finally:
        theme.wear(qapp)
    assert {name: needed for name, needed in wide.items() if needed > room} == {}


def test_arrows_go_up_and_down_through_the_sections(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    tab_to(qtbot, page.record.head.tabs)
    type_in(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    after_two = key(page)
    type_in(qtbot, Qt.Key.Key_Up)
    assert (after_two, key(page)) == ("vulnerability", "screening")


def test_a_section_that_is_not_shown_is_passed_over(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot, age=30)
    page.record.show_tab("referrals")
    type_in(qtbot, Qt.Key.Key_Down)
    assert key(page) == "return"


def test_a_section_that_is_not_shown_leaves_no_gap(window: Window, qtbot: QtBot) -> None:
    assert window.frame is not None
    window.frame.open("residents")
    window.grab()  # all of them had their room once
    page = opened(window, qtbot, age=30)
    window.grab()
    tabs = page.record.head.tabs
    shown = [tabs.tabRect(place) for place in range(tabs.count()) if tabs.isTabVisible(place)]
    assert len(shown) == tabs.count() - 1
    assert [rect.top() for rect in shown[1:]] == [rect.bottom() + 1 for rect in shown[:-1]]


def test_from_inside_a_section_a_key_leads_to_the_next(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.record.head.bed_button.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_PageDown, CONTROL)
    after = key(page)
    qtbot.keyClick(focused(), Qt.Key.Key_PageUp, CONTROL)
    assert (after, key(page)) == ("screening", "stay")


def test_a_form_takes_the_room_of_the_sections_and_gives_it_back(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.record.open_form("status")
    while_open = page.record.head.tabs.isVisible()
    type_in(qtbot, Qt.Key.Key_Escape)
    assert (while_open, page.record.head.tabs.isVisible()) == (False, True)


def test_each_section_says_how_much_is_to_be_settled_there(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    tabs = page.record.head.tabs
    assert tabs.marked("screening") == 1
    assert page.record.gaps is not None
    assert tabs.marked("stay") >= len(page.record.gaps.rows)
    screening = next(place for place in range(tabs.count()) if tabs.tabData(place) == "screening")
    assert tabs.tabToolTip(screening) == "1 chose à régler"


def test_what_is_missing_stands_in_the_first_section_alone(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert page.record.gaps is not None
    first = page.record.gaps.isVisible()
    page.record.show_tab("plan")
    assert page.record.gaps is not None
    assert (first, page.record.gaps.isVisible()) == (True, False)


# Alerts of the head ---------------------------------------------------------------------------------------------------


def alert(page: ResidentsPage, told: str) -> BadgeButton:
    found = next(badge for badge in page.record.head.alerts.badges if badge.text() == told)
    assert isinstance(found, BadgeButton)
    return found


def test_an_alert_opens_the_section_where_it_is_settled(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    tab_to(qtbot, alert(page, "Dépistage en retard"))
    type_in(qtbot, Qt.Key.Key_Return)
    assert (key(page), focused()) == ("screening", page.record.head.tabs)


def test_a_click_on_an_alert_does_the_same(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    qtbot.mouseClick(alert(page, "Évaluation en retard"), Qt.MouseButton.LeftButton)
    assert key(page) == "vulnerability"


def badges(page: ResidentsPage) -> set[str]:
    return {badge.text() for badge in page.record.head.alerts.badges}


def test_an_alert_that_was_settled_leaves_the_record_at_once(window: Window, qtbot: QtBot) -> None:
    page, desk = opened(window, qtbot), desk_of(window)
    assert page.record.record is not None
    late = [
        one
        for one in flags.of_person(desk, page.record.record.person.id)
        if (one.rule, one.kind) == ("R-24", "screening")
    ]
    before, marked = badges(page), page.record.head.tabs.marked("screening")
    with worker_held():
        flags.settle(desk, late, "vue hier", desk.today() + timedelta(days=1))
        take_turns()
        meanwhile = badges(page)
    settle(qtbot)
    assert (before - meanwhile, badges(page)) == ({"Dépistage en retard"}, meanwhile)
    assert (marked, page.record.head.tabs.marked("screening")) == (1, 0)


def test_alerts_that_come_once_another_record_is_shown_are_not_shown_there(window: Window, qtbot: QtBot) -> None:
    page, desk = opened(window, qtbot), desk_of(window)
    assert page.record.record is not None
    with worker_held():
        desk.flags = None
        page.record.refresh()
        page.open_record(admit(desk, days=1).person)
        alone = badges(page)
    settle(qtbot)
    assert badges(page) == alone


def test_the_alerts_that_have_no_room_stand_in_a_list(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(head_alerts, "MOST_BADGES", 1)
    page = opened(window, qtbot)
    assert page.record.head.alerts.badges[-1].text() == "5 autres alertes"
    actions = page.record.head.alerts.menu.actions()
    actions[-1].trigger()
    assert key(page) == str(actions[-1].data())


def test_without_a_bed_the_alert_opens_the_form_of_the_place(window: Window, qtbot: QtBot) -> None:
    someone = admit(desk_of(window))
    assert window.frame is not None
    window.frame.open_record(someone.person)
    take_turns()
    page = page_of(window)
    alert(page, "Pas encore de lit").click()
    wait_for(qtbot, lambda: page.record.form is not None)
    assert isinstance(page.record.form, MoveForm)


def test_who_may_not_settle_it_reads_a_badge(window: Window, qtbot: QtBot) -> None:
    someone = admit(desk_of(window), "3A", age=MINOR, days=9)
    desk = desk_of(window)
    desk.role = Role.RECEPTION
    page = ResidentsPage(desk)
    page.open_record(someone.person)
    leads = {str(badge.property("place")) for badge in page.record.head.alerts.badges if isinstance(badge, BadgeButton)}
    shown = {name for name, tab in record_tabs.tabs().items() if tab.permission is None or desk.may(tab.permission)}
    desk.role = Role.DIRECTOR
    page.deleteLater()
    assert {place for place in leads if place in record_tabs.tabs()} <= shown
