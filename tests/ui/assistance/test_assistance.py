"""Assistance by keyboard through the real window: a line in three strokes, the sheet of a day, meals, activities."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from shelter_desk.domain.assistance.assistance import Activity, Attendance
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import activities, assistance
from shelter_desk.operations.beds import occupancy
from shelter_desk.ui.assistance.activities_part import ActivitiesPart, ActivityForm
from shelter_desk.ui.assistance.meals_part import MealsPart
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.assistance.sheet_part import SheetPart
from shelter_desk.ui.page_registry import pages_for
from shelter_desk.ui.window import Window
from tests.operations.care_scene import today
from tests.ui.assistance.day_sheet_scene import page, press, stored, told_by, window
from tests.ui.window.windows import focused, settle, type_in
from tests.walks.test_whole_window import Shown

__all__ = ["page", "window"]
ENTER, TAB, SPACE, DOWN, RIGHT, ESCAPE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Down,
    Qt.Key.Key_Right,
    Qt.Key.Key_Escape,
)


def sheet(page: AssistancePage) -> SheetPart:
    assert isinstance(page.face, SheetPart)
    return page.face


def tab_to(qtbot: QtBot, wanted: QWidget, most: int = 60) -> None:
    """Tab until the keys go there."""
    for _ in range(most):
        at = focused()
        if at is wanted or wanted.isAncestorOf(at):
            return
        qtbot.keyClick(at, TAB)
    raise AssertionError(f"no way to {wanted.accessibleName() or type(wanted).__name__}")


# One line in three strokes -------------------------------------------------------------------------------------------


def test_a_bed_a_service_and_enter_write_a_line(qtbot: QtBot, page: AssistancePage) -> None:
    type_in(qtbot, "1a", ENTER, "consul", ENTER)
    (found,) = stored(page)
    assert (found.service_type, found.service_on, found.quantity) == ("san_consult", today(), 1.0)


def test_the_next_line_begins_at_once(qtbot: QtBot, page: AssistancePage) -> None:
    for bed in ("1a", "2a"):
        type_in(qtbot, bed, ENTER, "consul", ENTER)
    assert len(stored(page)) == 2
    assert focused() is sheet(page).quick.person.line


def test_a_code_finds_the_person_and_says_who_is_meant(qtbot: QtBot, page: AssistancePage) -> None:
    line = assistance.sheet(page.desk, today())[0]
    type_in(qtbot, line.person.code)
    assert line.person.code in sheet(page).quick.told.text()


def test_the_house_is_not_read_again_for_each_letter(
    qtbot: QtBot, page: AssistancePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick, read = sheet(page).quick, occupancy.house
    asked: list[date] = []

    def noted(connection: Connection, night: date) -> occupancy.HouseNight:
        asked.append(night)
        return read(connection, night)

    monkeypatch.setattr(occupancy, "house", noted)
    type_in(qtbot, "1a")
    assert quick.line is not None
    assert (quick.line.bed_code, asked) == ("1A", [])
    page.refresh()
    assert (quick.line.bed_code, set(asked)) == ("1A", {today()})


def test_a_bed_that_is_not_there_writes_nothing(qtbot: QtBot, page: AssistancePage) -> None:
    type_in(qtbot, "9z", ENTER, "consul", ENTER)
    assert stored(page) == []


def test_the_same_service_twice_is_written_and_doubted(qtbot: QtBot, page: AssistancePage) -> None:
    told = told_by(page)
    for _ in range(2):
        type_in(qtbot, "1a", ENTER, "consul", ENTER)
    assert [one.state for one in told] == ["ok", "attention"]
    assert len(stored(page)) == 2


# The sheet of a day --------------------------------------------------------------------------------------------------


def test_space_ticks_a_service_and_space_again_takes_it_out(qtbot: QtBot, page: AssistancePage) -> None:
    tab_to(qtbot, sheet(page).table)
    type_in(qtbot, SPACE)
    assert len(stored(page)) == 1
    type_in(qtbot, SPACE)
    assert stored(page) == []


def test_control_and_space_tick_a_service_for_everybody(qtbot: QtBot, page: AssistancePage) -> None:
    tab_to(qtbot, sheet(page).table)
    press(qtbot, None, SPACE)
    assert len({one.stay for one in stored(page)}) == 3
    assert len({one.service_type for one in stored(page)}) == 1


def test_arrows_walk_people_and_services(qtbot: QtBot, page: AssistancePage) -> None:
    tab_to(qtbot, sheet(page).table)
    type_in(qtbot, DOWN, RIGHT, SPACE)
    (found,) = stored(page)
    at = sheet(page).table.currentIndex()
    assert (sheet(page).rows.lines[at.row()].stay.id, sheet(page).rows.kinds[at.column()].code) == (
        found.stay,
        found.service_type,
    )


def test_letters_typed_on_the_sheet_add_a_column(qtbot: QtBot, page: AssistancePage) -> None:
    tab_to(qtbot, sheet(page).table)
    type_in(qtbot, "d")
    type_in(qtbot, "ignit", ENTER, SPACE)
    assert [one.service_type for one in stored(page)] == ["nfi_dignite"]
    assert "nfi_dignite" in (assistance.columns(page.desk) or ())


def test_a_column_that_holds_nothing_can_be_left(qtbot: QtBot, page: AssistancePage) -> None:
    tab_to(qtbot, sheet(page).table)
    first = sheet(page).rows.kinds[0].code
    type_in(qtbot, Qt.Key.Key_Delete)
    assert first not in (assistance.columns(page.desk) or ())


def test_a_day_to_come_plans(qtbot: QtBot, page: AssistancePage) -> None:
    sheet(page).days.after.click()
    tab_to(qtbot, sheet(page).table)
    type_in(qtbot, SPACE)
    assert [one.status for one in stored(page)] == ["prevu"]


def test_what_was_refused_is_said_in_the_menu_of_the_cell(qtbot: QtBot, page: AssistancePage) -> None:
    tab_to(qtbot, sheet(page).table)
    type_in(qtbot, SPACE)
    menu = sheet(page).menu_of(0, 0)
    next(one for one in menu.actions() if one.data()[0] == "refuse").trigger()
    assert [one.status for one in stored(page)] == ["refuse"]


def test_what_was_just_written_is_undone_from_the_bar(qtbot: QtBot, window: Window, page: AssistancePage) -> None:
    type_in(qtbot, "1a", ENTER, "consul", ENTER)
    press(qtbot, window, Qt.Key.Key_Z)
    settle(qtbot)
    assert stored(page) == []


# Meals ---------------------------------------------------------------------------------------------------------------


def opened_meals(qtbot: QtBot, page: AssistancePage) -> MealsPart:
    """The meals gone to by keyboard."""
    tab_to(qtbot, page.segments)
    while page.segments.value() != "meals":
        type_in(qtbot, RIGHT)
    assert isinstance(page.face, MealsPart)
    return page.face


def served(page: AssistancePage, meal: str = "dejeuner") -> activities.Meal:
    return next(one for one in activities.meals(page.desk, today()).meals if one.meal == meal)


def test_the_keys_go_to_the_list_where_the_meals_are_found_by_name(
    qtbot: QtBot, window: Window, page: AssistancePage
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    type_in(qtbot, "repas", ENTER, ENTER)
    assert isinstance(page.face, MealsPart)
    assert focused() is page.face.list


def test_everybody_is_ticked_and_one_key_writes_the_meal(qtbot: QtBot, page: AssistancePage) -> None:
    meals = opened_meals(qtbot, page)
    tab_to(qtbot, meals.list)
    press(qtbot, None, ENTER)
    assert len(served(page).served or ()) == 3


def test_somebody_absent_is_unticked(qtbot: QtBot, page: AssistancePage) -> None:
    meals = opened_meals(qtbot, page)
    tab_to(qtbot, meals.list)
    type_in(qtbot, SPACE)
    press(qtbot, None, ENTER)
    gone = meals.rows.lines[0].stay.id
    assert len(served(page).served or ()) == 2
    assert gone not in (served(page).served or ())


def test_a_meal_of_ramadan_is_chosen_by_arrows(qtbot: QtBot, page: AssistancePage) -> None:
    meals = opened_meals(qtbot, page)
    tab_to(qtbot, meals.meals)
    while meals.meal != "ftour":
        type_in(qtbot, RIGHT)
    tab_to(qtbot, meals.list)
    press(qtbot, None, ENTER)
    assert len(served(page, "ftour").served or ()) == 3


def test_guests_are_counted(qtbot: QtBot, page: AssistancePage) -> None:
    meals = opened_meals(qtbot, page)
    tab_to(qtbot, meals.guests[0])
    type_in(qtbot, "2", TAB, "1")
    press(qtbot, None, ENTER)
    assert served(page).guests == (2, 1, 0, 0)


def test_a_meal_already_written_says_so_and_is_brought_in_accord(qtbot: QtBot, page: AssistancePage) -> None:
    meals = opened_meals(qtbot, page)
    tab_to(qtbot, meals.list)
    press(qtbot, None, ENTER)
    assert not meals.button.isEnabled()
    tab_to(qtbot, meals.list)
    type_in(qtbot, "n")
    press(qtbot, None, ENTER)
    assert served(page).served == frozenset()


# Activities ----------------------------------------------------------------------------------------------------------


def begun(qtbot: QtBot, page: AssistancePage) -> ActivityForm:
    """A new activity begun by keyboard."""
    tab_to(qtbot, page.segments)
    while page.segments.value() != "activities":
        type_in(qtbot, RIGHT)
    assert isinstance(page.face, ActivitiesPart)
    tab_to(qtbot, page.face.new_button)
    type_in(qtbot, SPACE)
    assert page.face.form is not None
    return page.face.form


def kept(page: AssistancePage) -> Activity:
    (found,) = activities.within(page.desk, Period(today(31), today()))
    return found


def test_a_support_group_with_its_attendance_is_kept_by_keyboard(qtbot: QtBot, page: AssistancePage) -> None:
    form = begun(qtbot, page)
    type_in(qtbot, "groupe")
    tab_to(qtbot, form.hours)
    type_in(qtbot, "1,5")
    tab_to(qtbot, form.subject)
    type_in(qtbot, "Estime de soi")
    tab_to(qtbot, form.list)
    type_in(qtbot, SPACE, DOWN, SPACE)
    press(qtbot, None, ENTER)
    found = kept(page)
    assert (found.service_type, found.hours, found.title, found.audience) == (
        "psy_groupe",
        1.5,
        "Estime de soi",
        "residents",
    )
    assert len(found.residents) == 2 == len(stored(page))


def test_the_state_of_an_activity_agrees_with_it(qtbot: QtBot, page: AssistancePage) -> None:
    form = begun(qtbot, page)
    assert [form.status.segment(one).text() for one in ("fait", "prevu", "non_tenu")] == [
        "A eu lieu",
        "Prévue",
        "N’a pas eu lieu",
    ]


def test_a_training_of_the_staff_with_tests_before_and_after_is_kept_by_keyboard(
    qtbot: QtBot, page: AssistancePage
) -> None:
    form = begun(qtbot, page)
    type_in(qtbot, "formation du p")
    tab_to(qtbot, form.audience)
    type_in(qtbot, "pers")
    tab_to(qtbot, form.theme)
    type_in(qtbot, DOWN)
    tab_to(qtbot, form.staff.add_button)
    type_in(qtbot, SPACE)
    type_in(qtbot, "Agent B", TAB, "Agente sociale", TAB, "f", TAB, "40", TAB, "85")
    press(qtbot, None, ENTER)
    found = kept(page)
    assert (found.audience, found.staff) == ("personnel", (Attendance("Agent B", "Agente sociale", "f", 40, 85),))
    assert found.theme


def test_people_from_outside_are_counted_by_keyboard(qtbot: QtBot, page: AssistancePage) -> None:
    form = begun(qtbot, page)
    type_in(qtbot, "sensi")
    tab_to(qtbot, form.outside[0])
    type_in(qtbot, "12", TAB, "8", TAB, "3", TAB, "2")
    press(qtbot, None, ENTER)
    assert kept(page).outside == (12, 8, 3, 2)


def test_without_a_kind_it_is_said_beside_the_field_and_nothing_is_kept(qtbot: QtBot, page: AssistancePage) -> None:
    form = begun(qtbot, page)
    press(qtbot, None, ENTER)
    assert form.kind.message()
    assert activities.within(page.desk, Period(today(31), today())) == ()


def test_hours_that_cannot_be_are_said_beside_the_field(qtbot: QtBot, page: AssistancePage) -> None:
    form = begun(qtbot, page)
    type_in(qtbot, "groupe")
    tab_to(qtbot, form.hours)
    type_in(qtbot, "30")
    press(qtbot, None, ENTER)
    assert form.hours.message()


def test_escape_leaves_the_form_and_keeps_nothing(qtbot: QtBot, page: AssistancePage) -> None:
    begun(qtbot, page)
    type_in(qtbot, "groupe", ESCAPE)
    assert isinstance(page.face, ActivitiesPart)
    if page.face.form is not None:
        type_in(qtbot, ESCAPE)
    assert page.face.form is None
    assert activities.within(page.desk, Period(today(31), today())) == ()


def test_an_activity_is_opened_again_and_corrected(qtbot: QtBot, page: AssistancePage) -> None:
    form = begun(qtbot, page)
    type_in(qtbot, "groupe")
    tab_to(qtbot, form.list)
    type_in(qtbot, "a")
    press(qtbot, None, ENTER)
    assert isinstance(page.face, ActivitiesPart)
    tab_to(qtbot, page.face.table)
    type_in(qtbot, ENTER)
    again = page.face.form
    assert again is not None
    tab_to(qtbot, again.list)
    type_in(qtbot, SPACE)
    press(qtbot, None, ENTER)
    assert len(kept(page).residents) == 2


# The window ----------------------------------------------------------------------------------------------------------


def test_no_piece_of_a_part_is_ever_a_window_of_its_own(qtbot: QtBot, page: AssistancePage) -> None:
    shown = Shown(page.window())
    QApplication.instance().installEventFilter(shown)  # type: ignore[union-attr]
    tab_to(qtbot, page.segments)
    for _ in page.segments.children():
        type_in(qtbot, RIGHT)
    QApplication.instance().removeEventFilter(shown)  # type: ignore[union-attr]
    assert shown.strays == []


# Roles ---------------------------------------------------------------------------------------------------------------


def test_who_may_neither_see_services_nor_report_incidents_has_no_such_page(window: Window) -> None:
    assert window.desk is not None
    assert "assistance" not in pages_for(replace(window.desk, role=Role.AUDITOR))


@pytest.mark.parametrize(
    ("role", "parts"), [(Role.STOREKEEPER, ["incidents"]), (Role.RECEPTION, ["incidents", "places"])]
)
def test_who_may_not_see_services_has_incidents_and_at_the_door_requests_for_a_place(
    qtbot: QtBot, window: Window, role: Role, parts: list[str]
) -> None:
    assert window.desk is not None
    page = AssistancePage(replace(window.desk, role=role))
    qtbot.addWidget(page)
    assert list(page.faces) == ["incidents"]
    assert list(page._offered) == parts
