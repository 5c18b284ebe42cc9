"""The calendar of the beds: what lies at which cell, what is said of it, moving through it by keys."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences, exits, roll_call, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui import tokens
from shelter_desk.ui.beds.calendar.calendar_view import CalendarView
from shelter_desk.ui.beds.holding.held_faces import HeldFace, HeldListFace
from shelter_desk.ui.beds.holding.hold_form import HoldForm
from shelter_desk.ui.beds.openings import ResidentFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.beds.tiles import held_key
from tests.operations import shelter
from tests.operations.beds.held_scene import MOTHER, hold
from tests.ui.beds.beds_scene import face_of, key
from tests.ui.beds.calendar_scene import desk, grid_of, in_days, opened, press, shapes, view_of
from tests.ui.window.windows import take_turns

__all__ = ["desk", "opened"]


def test_a_stay_is_solid_until_tonight_and_fades_without_a_planned_exit(
    desk: Desk, opened: Callable[[], BedsPage]
) -> None:
    shelter.admit(desk, "1A", days=3)
    grid = grid_of(opened())
    assert [shapes(grid, "1A", in_days(desk, n)) for n in (-4, -3, 0, 1)] == [[], ["stay"], ["stay"], ["open"]]


def test_it_is_asked_for_once_as_it_is_opened(opened: Callable[[], BedsPage], monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened()
    page.show_view("plan")
    asked: list[int] = []
    refresh = CalendarView.refresh

    def counted(view: CalendarView) -> None:
        asked.append(1)
        refresh(view)

    monkeypatch.setattr(CalendarView, "refresh", counted)
    page.open("calendar")
    take_turns()
    assert (page.in_calendar, asked) == (True, [1])


def test_a_planned_exit_ends_the_bar_on_its_day(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    one = shelter.admit(desk, "1A", days=3)
    exits.plan(desk, one.stay, in_days(desk, 3))
    grid = grid_of(opened())
    assert [shapes(grid, "1A", in_days(desk, n)) for n in (0, 1, 2, 3)] == [["stay"], ["planned"], ["planned"], []]


def test_an_absence_lies_over_the_stay_and_leaves_room_for_the_code(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    one = shelter.admit(desk, "1A", days=6)
    absences.be_away(desk, one.stay, "hopital", in_days(desk, -2), in_days(desk, -1))
    grid = grid_of(opened())
    assert shapes(grid, "1A", in_days(desk, -2)) == ["stay", "away"]
    (bar,) = (bar for bar in grid.at(key(desk, "1A"), in_days(desk, -3)) if bar.shape == "stay")
    assert (bar.strong, bar.said) == (one.code, (bar.first, grid.look.column(in_days(desk, -2))))


def test_an_absence_over_all_that_is_shown_of_a_stay_says_whose_it_is(
    desk: Desk, opened: Callable[[], BedsPage]
) -> None:
    one = shelter.admit(desk, "1A", days=60)
    absences.be_away(desk, one.stay, "hopital", in_days(desk, -50))
    page = opened()
    view_of(page).show_around(in_days(desk, -21))
    _, away = grid_of(page).at(key(desk, "1A"), in_days(desk, -21))
    assert (away.shape, away.strong, away.note) == ("away", one.code, "Hôpital")


def test_an_absence_without_a_return_goes_up_to_tonight(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    one = shelter.admit(desk, "1A", days=6)
    absences.be_away(desk, one.stay, "hopital", in_days(desk, -2))
    grid = grid_of(opened())
    assert [shapes(grid, "1A", in_days(desk, n)) for n in (0, 1)] == [["stay", "away"], ["open"]]


def test_a_bed_out_of_use_says_why(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    start, end = plain(in_days(desk, 1)), plain(in_days(desk, 4))
    beds.block(desk, shelter.bed(desk, "1B").id, "maintenance", start, end, "sommier")
    grid = grid_of(opened())
    (bar,) = grid.at(key(desk, "1B"), in_days(desk, 2))
    assert (bar.shape, bar.note, shapes(grid, "1B", in_days(desk, 4))) == ("out", "sommier", [])


def test_a_move_shows_the_other_bed_at_both_ends(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    one = shelter.admit(desk, "1A", days=6)
    stays.move(desk, one.stay, Spot("lit", shelter.bed(desk, "1C").id), shelter.days_ago(2))
    grid = grid_of(opened())
    (left,), (joined,) = grid.at(key(desk, "1A"), in_days(desk, -3)), grid.at(key(desk, "1C"), in_days(desk, -2))
    assert (left.goes_to, joined.came_from) == ("1C", "1A")


def test_where_a_cell_is_painted_the_same_cell_is_found(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    page = opened()
    grid = grid_of(page)
    for code, n in (("1A", -7), ("2D", 0), ("4B", 6)):
        at = (key(desk, code), in_days(desk, n))
        assert grid.cell_at(grid.rect_of(*at).center()) == at
    assert grid.cell_at(grid.rect_of(key(desk, "1A"), in_days(desk, 0)).center() - grid.rect().topRight()) is None


def test_a_bar_is_painted_where_its_cell_is(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    shelter.admit(desk, "1A", days=3)
    grid = grid_of(opened())
    grid.go_to(key(desk, "4B"), in_days(desk, 0))
    picture = grid.viewport().grab().toImage()

    def colour(n: int) -> QColor:
        cell = grid.rect_of(key(desk, "1A"), in_days(desk, n))
        return picture.pixelColor(cell.center().x(), cell.bottom() - 6)

    weekdays = [n for n in range(-7, -3) if in_days(desk, n).weekday() < 5]
    assert colour(-1) == tokens.color("accent_soft")
    assert colour(weekdays[0]) == tokens.color("surface")


def test_a_cell_is_told_to_a_reader_of_the_screen(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    one = shelter.admit(desk, "1A", days=3, names=Names("Kassogué", "Awa"))
    exits.plan(desk, one.stay, in_days(desk, 3))
    grid = grid_of(opened())
    grid.go_to(key(desk, "1A"), desk.today())
    told = grid.accessibleName()
    assert told.startswith("Lit 1A, nuit du ")
    assert f"{one.code} F, sortie prévue {in_days(desk, 3):%d/%m}" in told
    assert "Kassogu" not in told
    press(grid, Qt.Key.Key_Down)
    assert grid.accessibleName().startswith("Lit 1B")
    assert grid.accessibleName().endswith("libre")


def test_arrows_go_through_beds_and_nights_and_pass_over_the_names_of_rooms(
    desk: Desk, opened: Callable[[], BedsPage]
) -> None:
    grid = grid_of(opened())
    grid.go_to(key(desk, "1D"), desk.today())
    press(grid, Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert (grid.key(), grid.night()) == (key(desk, "2A"), in_days(desk, -1))
    press(grid, Qt.Key.Key_Up, Qt.Key.Key_Home)
    assert (grid.key(), grid.night()) == (key(desk, "1D"), grid.look.nights.first)


def test_beyond_the_last_night_the_nights_move_on(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    page = opened()
    grid = grid_of(page)
    last = grid.look.nights.last
    press(grid, Qt.Key.Key_End, Qt.Key.Key_Right)
    assert (grid.night(), grid.look.nights.last) == (last + timedelta(days=1), last + timedelta(days=7))


def test_a_month_is_shown_and_turned(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    page = opened()
    view, today = view_of(page), desk.today()
    QTest.mouseClick(view.controls.spans.segment("month"), Qt.MouseButton.LeftButton)
    assert (view.grid.look.nights.first, view.grid.look.night(view.grid.look.now)) == (today.replace(day=1), today)
    press(view.grid, Qt.Key.Key_PageDown)
    assert view.grid.look.nights.first == (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    view.controls.today.click()
    assert (view.grid.look.nights.first, view.grid.night()) == (today.replace(day=1), today)


def test_of_nights_to_come_alone_the_bars_tell_who_it_is(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    one = shelter.admit(desk, "1A", days=3)
    page = opened()
    view_of(page).show_around(in_days(desk, 60))
    (bar,) = grid_of(page).at(key(desk, "1A"), in_days(desk, 60))
    assert (bar.shape, bar.strong) == ("open", one.code)


def test_enter_opens_the_panel_of_that_night(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    one = shelter.admit(desk, "1A", days=8)
    stays.move(desk, one.stay, Spot("lit", shelter.bed(desk, "1C").id), shelter.days_ago(2))
    page = opened()
    grid_of(page).go_to(key(desk, "1A"), in_days(desk, -4))
    press(grid_of(page), Qt.Key.Key_Return)
    face = face_of(page, ResidentFace)
    assert isinstance(face, ResidentFace)
    assert (face.one.person.code, page.night, "move" in face.buttons) == (one.code, in_days(desk, -4), False)
    press(page.panel, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
    assert grid_of(page).hasFocus()


def test_a_click_opens_the_panel_of_tonight_with_what_can_be_done(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    shelter.admit(desk, "1A", days=8)
    page = opened()
    grid = grid_of(page)
    QTest.mouseClick(
        grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.rect_of(key(desk, "1A"), in_days(desk, 2)).center()
    )
    face = face_of(page, ResidentFace)
    assert isinstance(face, ResidentFace)
    assert "move" in face.buttons


def test_who_has_no_known_bed_stands_above_the_rooms(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    one = shelter.admit(desk, days=3)
    grid = grid_of(opened())
    row = grid.look.rows[1]
    assert (row.bars[0].strong, grid.look.rows[0].title) == (one.code, "Sans lit connu")


def test_the_night_reception_goes_back_as_far_as_the_roll_is_called(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    one = shelter.admit(desk, "1A", days=20)
    exits.plan(desk, one.stay, in_days(desk, 3))
    desk.role = Role.RECEPTION
    page, first = opened(), roll_call.nights_to_call(desk)[0]
    view = view_of(page)
    for _ in range(3):
        view.turn(-1)
    assert view.grid.look.nights.first >= first
    view.go_tonight()
    assert shapes(view.grid, "1A", in_days(desk, 1)) == ["open"]
    assert (view.grid.can_carry, view.grid.can_stretch) == (False, False)


def test_what_is_written_elsewhere_is_seen_on_the_calendar(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    page = opened()
    one = shelter.admit(desk, "1B", days=1)
    page.changed(stays.move(desk, one.stay, Spot("lit", shelter.bed(desk, "1C").id), desk.now()).changes)
    assert shapes(grid_of(page), "1C", desk.today()) == ["stay"]


def test_the_plan_comes_back_at_tonight(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    shelter.admit(desk, "1A", days=8)
    page = opened()
    grid_of(page).go_to(key(desk, "1A"), in_days(desk, -4))
    press(grid_of(page), Qt.Key.Key_Return)
    page.head.views.choose("plan")
    assert (page.in_calendar, page.night, page.plan.isVisible(), page.head.night.isVisible()) == (
        False,
        desk.today(),
        True,
        True,
    )


def test_a_bed_that_the_search_found_is_shown_on_the_plan(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    page = opened()
    page.show_bed(shelter.bed(desk, "2C").id)
    assert (page.in_calendar, page.chosen) == (False, key(desk, "2C"))


def test_what_is_held_lies_on_its_nights_and_opens_the_panel_of_the_held_bed(
    desk: Desk, opened: Callable[[], BedsPage]
) -> None:
    held = hold(desk, "1B", nights=3)
    page = opened()
    grid = grid_of(page)
    assert [shapes(grid, "1B", in_days(desk, n)) for n in (-1, 0, 2, 3)] == [[], ["held"], ["held"], []]
    grid.row = next(n for n, row in enumerate(grid.look.rows) if row.key == key(desk, "1B"))
    grid.column = grid.look.column(in_days(desk, 1))
    press(grid, Qt.Key.Key_Return)
    assert isinstance(page.panel.face, HeldFace)
    assert page.panel.face.line.held.id == held


def test_places_of_a_room_that_are_held_have_a_line_of_their_own(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    room = next(room.code for room, several in beds.rooms(desk) if any(one.code == "1A" for one in several))
    held = hold(desk, room=room, places=2, groups=MOTHER)
    page = opened()
    (row,) = (row for row in grid_of(page).look.rows if row.key == held_key(held))
    assert (row.title, [bar.shape for bar in row.bars]) == ("2 lits", ["held"])


def test_a_bed_is_held_from_the_calendar(desk: Desk, opened: Callable[[], BedsPage]) -> None:
    page = opened()
    grid = grid_of(page)
    grid.row = next(n for n, row in enumerate(grid.look.rows) if row.key == key(desk, "1B"))
    press(page, Qt.Key.Key_R)
    assert isinstance(page.panel.face, HoldForm)
    press(page, Qt.Key.Key_Escape)
    press(page, Qt.Key.Key_L)
    assert isinstance(page.panel.face, HeldListFace)
