"""Moves and swaps in the calendar, by the mouse and by keys, and what the vault holds then."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.stays import placement_on
from shelter_desk.operations import desk as desks
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui.beds.bed_views import AwayForm, ReasonFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.widgets import ask
from tests.operations import shelter
from tests.ui.beds.beds_scene import face_of, key
from tests.ui.beds.calendar_scene import (
    desk,
    drag,
    drag_from,
    go,
    grid_of,
    in_days,
    opened,
    press,
    shapes,
    slept,
    told_by,
    view_of,
)

__all__ = ["desk", "opened"]

Open = Callable[[], BedsPage]


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Every question is answered with yes, or with a reason; they are kept."""
    kept: list[str] = []

    def answer(question: ask.Question) -> str:
        kept.append(question.windowTitle())
        return "retrouvé dans le cahier"

    ask.answer_with(answer)
    yield kept
    ask.answer_with(None)


# by the mouse


def test_a_bar_carried_to_another_bed_moves_from_that_night_on(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    page = opened()
    said = told_by(page)
    drag(page, ("1A", in_days(desk, -3)), ("1C", in_days(desk, -2)))
    assert slept(desk, one, 6) == ["1A"] * 4 + ["1C"] * 3
    assert shapes(grid_of(page), "1C", in_days(desk, -2)) == ["stay"]
    assert "Dès la nuit du" in said[-1].sentence
    assert said[-1].done is not None
    desks.undo(desk, said[-1].done)
    assert slept(desk, one, 6) == ["1A"] * 7


def test_a_bar_carried_to_nights_to_come_moves_from_tonight_on(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    page = opened()
    drag(page, ("1A", in_days(desk, 0)), ("1B", in_days(desk, 4)))
    assert slept(desk, one, 1) == ["1A", "1B"]


def test_a_move_dated_back_ends_where_the_bar_ends_and_says_so(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    stays.move(desk, one.stay, Spot("lit", shelter.bed(desk, "1B").id), shelter.days_ago(2))
    page = opened()
    said = told_by(page)
    drag(page, ("1A", in_days(desk, -5)), ("1D", in_days(desk, -5)))
    assert slept(desk, one, 6) == ["1A", *["1D"] * 3, *["1B"] * 3]
    assert f"Jusqu’au {in_days(desk, -2):%d/%m/%Y}" in said[-1].sentence


def test_a_bar_is_never_carried_before_its_first_night(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    stays.move(desk, one.stay, Spot("lit", shelter.bed(desk, "1B").id), shelter.days_ago(2))
    page = opened()
    drag(page, ("1B", in_days(desk, -1)), ("1D", in_days(desk, -5)))
    assert slept(desk, one, 6) == ["1A"] * 4 + ["1D"] * 3


def test_a_bar_let_go_beside_the_nights_stays(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    page = opened()
    grid = grid_of(page)
    start = grid.rect_of(key(desk, "1A"), in_days(desk, -1)).center()
    drag_from(grid, start, QPoint(5, 5))
    assert (slept(desk, one, 1), page.mover.moving, grid.above.bars) == (["1A", "1A"], None, {})


def test_a_bar_carried_onto_somebody_asks_to_swap_from_that_night_on(
    desk: Desk, opened: Open, asked: list[str]
) -> None:
    one, other = shelter.admit(desk, "1A", days=6), shelter.admit(desk, "1B", days=6)
    page = opened()
    drag(page, ("1A", in_days(desk, -2)), ("1B", in_days(desk, -2)))
    assert asked == ["Échanger les lits 1A et 1B\u00a0?"]
    assert (slept(desk, one, 3), slept(desk, other, 3)) == (["1A", *["1B"] * 3], ["1B", *["1A"] * 3])


def test_a_bed_that_was_taken_then_is_refused(desk: Desk, opened: Open) -> None:
    one, other = shelter.admit(desk, "1A", days=6), shelter.admit(desk, "1B", days=2)
    page = opened()
    said = told_by(page)
    drag(page, ("1A", in_days(desk, -4)), ("1B", in_days(desk, -4)))
    assert (said[-1].state, other.code in said[-1].sentence) == ("blocked", True)
    assert set(slept(desk, one, 6)) == {"1A"}


def test_a_room_for_others_asks_the_manager_why(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "2A", sex="m", days=6)
    page = opened()
    drag(page, ("2A", in_days(desk, -2)), ("1A", in_days(desk, -2)))
    face = face_of(page, ReasonFace)
    assert isinstance(face, ReasonFace)
    assert slept(desk, one, 2) == ["2A"] * 3
    face.reason.set_text("Inondation")
    face.verb.click()
    assert slept(desk, one, 3) == ["2A", *["1A"] * 3]


def test_a_room_for_others_is_refused_to_who_may_not_set_rules_aside(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "2A", sex="m", days=6)
    desk.role = Role.CASE_WORKER
    page = opened()
    said = told_by(page)
    drag(page, ("2A", in_days(desk, -2)), ("1A", in_days(desk, -2)))
    assert said[-1].state == "blocked"
    assert slept(desk, one, 2) == ["2A"] * 3


def test_the_night_reception_carries_nothing(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    desk.role = Role.RECEPTION
    page = opened()
    drag(page, ("1A", in_days(desk, 0)), ("1B", in_days(desk, 0)))
    press(grid_of(page), Qt.Key.Key_D)
    assert page.mover.moving is None
    desk.role = Role.DIRECTOR
    assert slept(desk, one, 1) == ["1A", "1A"]


def test_escape_while_a_bar_is_carried_leaves_it(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    page = opened()
    grid = grid_of(page)
    start, end = (grid.rect_of(key(desk, code), desk.today()).center() for code in ("1A", "1C"))
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(grid.viewport(), end)
    was_carried = shapes(grid, "1C", desk.today())
    press(grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert (was_carried, shapes(grid, "1C", desk.today())) == (["fits", "ghost"], [])
    assert slept(desk, one, 0) == ["1A"]


def test_a_bar_above_somebody_says_with_whom_it_would_swap(desk: Desk, opened: Open, asked: list[str]) -> None:
    shelter.admit(desk, "1A", days=6)
    other = shelter.admit(desk, "1B", days=6)
    page = opened()
    grid = grid_of(page)
    start, end = (grid.rect_of(key(desk, code), desk.today()).center() for code in ("1A", "1B"))
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(grid.viewport(), end)
    assert not page.strip.isVisible()  # it would push the beds down under the mouse
    ghost = grid.at(key(desk, "1B"), desk.today())[-1]
    assert (ghost.shape, ghost.note) == ("ghost", f"échanger avec {other.code}")
    press(grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert asked == []


# by keys


def test_d_arrows_and_enter_move_somebody(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    page = opened()
    go(page, "1A", in_days(desk, -1))
    press(grid_of(page), Qt.Key.Key_D, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert slept(desk, one, 3) == ["1A", *["1C"] * 3]
    assert (grid_of(page).key(), grid_of(page).hasFocus()) == (key(desk, "1C"), True)


def test_while_somebody_is_moved_the_arrows_visit_what_can_be_chosen(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A", days=6)
    shelter.admit(desk, "1B", days=6)
    page = opened()
    go(page, "1A", desk.today())
    press(grid_of(page), Qt.Key.Key_D, Qt.Key.Key_Down)
    assert grid_of(page).key() == key(desk, "1C")


def test_while_somebody_is_moved_each_free_bed_says_whether_it_fits(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A", days=6)
    shelter.admit(desk, "1D", days=2)
    page = opened()
    go(page, "1A", in_days(desk, -4))
    press(grid_of(page), Qt.Key.Key_D)
    night = in_days(desk, -4)
    found = {code: shapes(grid_of(page), code, night) for code in ("1B", "1D", "2A")}
    assert found == {"1B": ["fits"], "1D": ["unfit"], "2A": ["reason"]}
    go(page, "1B", night)
    assert grid_of(page).accessibleName().endswith("libre, Convient")
    press(grid_of(page), Qt.Key.Key_Escape)
    assert shapes(grid_of(page), "1B", night) == []


def test_somebody_is_moved_to_a_mat(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    page = opened()
    go(page, "1A", desk.today())
    press(grid_of(page), Qt.Key.Key_D)
    mat = next(row.key for row in grid_of(page).look.rows if row.title == "Natte")
    grid_of(page).go_to(mat, desk.today())
    press(grid_of(page), Qt.Key.Key_Return)
    (place,) = [one for one in residents.record(desk, one.person).stays[0].placements if one.end is None]
    assert (place.place, place.room) == ("appoint", shelter.bed(desk, "1A").room)


def test_e_and_enter_swap_two_of_that_night(desk: Desk, opened: Open, asked: list[str]) -> None:
    one, other = shelter.admit(desk, "1A", days=6), shelter.admit(desk, "1C", days=6)
    page = opened()
    go(page, "1A", in_days(desk, -1))
    press(grid_of(page), Qt.Key.Key_E)
    night = in_days(desk, -1)
    assert [shapes(grid_of(page), code, night) for code in ("1B", "1C")] == [[], ["stay", "fits"]]
    press(grid_of(page), Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (slept(desk, one, 2), slept(desk, other, 2), len(asked)) == (["1A", "1C", "1C"], ["1C", "1A", "1A"], 1)


def test_f_moves_the_whole_family(desk: Desk, opened: Open) -> None:
    mother = shelter.admit(desk, "1A", days=6)
    child = shelter.admit(desk, "1B", days=6, age=9, head=mother.stay)
    page = opened()
    go(page, "1A", desk.today())
    press(grid_of(page), Qt.Key.Key_F)
    go(page, "4A", desk.today())
    press(grid_of(page), Qt.Key.Key_Return)
    assert (slept(desk, mother, 0), slept(desk, child, 0)) == (["4A"], ["4B"])


def test_a_notes_an_absence_from_the_night_of_the_cursor(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    page = opened()
    go(page, "1A", in_days(desk, -2))
    press(grid_of(page), Qt.Key.Key_A)
    form = face_of(page, AwayForm)
    assert isinstance(form, AwayForm)
    assert form.first.day() == in_days(desk, -2)
    form.why.choose("hopital")
    form.verb.click()
    assert residents.record(desk, one.person).stays[0].absences[0].start.date() == in_days(desk, -2)
    assert shapes(grid_of(page), "1A", in_days(desk, -2)) == ["stay", "away"]


def test_a_form_that_is_begun_is_not_thrown_away_for_another_cell(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A", days=6)
    shelter.admit(desk, "1B", days=6)
    page = opened()
    go(page, "1A", desk.today())
    press(grid_of(page), Qt.Key.Key_A)
    form = face_of(page, AwayForm)
    assert isinstance(form, AwayForm)
    form.why.choose("hopital")
    ask.answer_with(lambda _: None)
    cell = grid_of(page).rect_of(key(desk, "1B"), desk.today()).center()
    QTest.mouseClick(grid_of(page).viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert page.panel.face is form


def test_s_opens_the_exit_of_who_is_at_the_cursor(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A", days=6)
    page = opened()
    go(page, "1A", in_days(desk, -2))
    press(grid_of(page), Qt.Key.Key_S)
    assert page.leaving.form is not None
    assert page.leaving.form.isVisible()
    assert page.chosen == key(desk, "1A")


def test_keys_on_an_empty_cell_begin_nothing(desk: Desk, opened: Open) -> None:
    page = opened()
    go(page, "1A", desk.today())
    press(grid_of(page), Qt.Key.Key_D, Qt.Key.Key_E, Qt.Key.Key_A, Qt.Key.Key_S)
    assert (page.mover.moving, page.panel.isVisible(), page.leaving.form) == (None, False, None)


# a closed month


def test_a_move_in_a_closed_month_asks_why_it_comes_late(desk: Desk, opened: Open, asked: list[str]) -> None:
    one = shelter.admit(desk, "1A", days=100)
    month = Period.month(desk.today().year, desk.today().month).month_before
    closing.close(desk, month, lambda _: "sans_objet")
    page, night = opened(), month.last - timedelta(days=9)
    view_of(page).show_around(night)
    drag(page, ("1A", night), ("1B", night))
    assert asked == ["Quel est le motif du retard\u00a0?"]
    place = placement_on(residents.record(desk, one.person).stays[0].placements, night)
    assert place is not None
    assert place.bed == shelter.bed(desk, "1B").id
