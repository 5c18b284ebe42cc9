"""Planned exits in the calendar, by the edge of a bar and by keys."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds.page import BedsPage
from tests.operations import shelter
from tests.ui.beds.beds_scene import key
from tests.ui.beds.calendar_scene import (
    desk,
    drag_from,
    expected,
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


def test_shift_and_arrows_plan_an_exit_that_enter_writes(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    page = opened()
    said = told_by(page)
    go(page, "1A", desk.today())
    for _ in range(3):
        QTest.keyClick(grid_of(page), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    before, under_way = expected(desk, one), page.strip.sentence.text()
    assert under_way.startswith(f"Sortie de {one.code} prévue le {in_days(desk, 3):%d/%m/%Y}")
    press(grid_of(page), Qt.Key.Key_Return)
    assert not page.strip.isVisible()
    assert (before, expected(desk, one)) == (None, in_days(desk, 3))
    assert said[-1].sentence == f"Sortie de {one.code} prévue le {in_days(desk, 3):%d/%m/%Y}."
    assert shapes(grid_of(page), "1A", in_days(desk, 2)) == ["planned"]


def test_escape_plans_no_exit(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    page = opened()
    go(page, "1A", desk.today())
    QTest.keyClick(grid_of(page), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    page.strip.way_out.click()
    assert (page.strip.isVisible(), grid_of(page).above.bars) == (False, {})
    QTest.keyClick(grid_of(page), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(grid_of(page), Qt.Key.Key_Escape, Qt.Key.Key_Return)
    assert expected(desk, one) is None


def shift_right(page: BedsPage) -> None:
    QTest.keyClick(grid_of(page), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)


def drag_edge(page: BedsPage, code: str, days: int) -> None:
    """The end of the bar of a bed, from tonight to the end of the night in so many days."""
    grid = grid_of(page)
    edge, end = (grid.rect_of(key(page.desk, code), in_days(page.desk, day)) for day in (0, days))
    drag_from(grid, QPoint(edge.right(), edge.center().y()), QPoint(end.right(), end.center().y()))


def test_no_exit_is_planned_while_somebody_is_carried(desk: Desk, opened: Open) -> None:
    one, other = shelter.admit(desk, "1A", days=6), shelter.admit(desk, "1C", days=6)
    page = opened()
    go(page, "1A", desk.today())
    press(grid_of(page), Qt.Key.Key_D, Qt.Key.Key_Down)
    under_way = page.strip.sentence.text()
    shift_right(page)
    drag_edge(page, "1C", 2)
    assert (view_of(page).planned, page.strip.sentence.text()) == (None, under_way)
    press(grid_of(page), Qt.Key.Key_Return)
    assert (slept(desk, one, 0), expected(desk, one), expected(desk, other)) == (["1B"], None, None)


def test_who_is_carried_or_dragged_next_ends_the_exit_that_was_being_planned(desk: Desk, opened: Open) -> None:
    one, other = shelter.admit(desk, "1A", days=6), shelter.admit(desk, "1C", days=6)
    page = opened()
    go(page, "1A", desk.today())
    shift_right(page)
    drag_edge(page, "1C", 2)
    assert (expected(desk, one), expected(desk, other)) == (None, in_days(desk, 3))
    go(page, "1A", desk.today())
    shift_right(page)
    press(grid_of(page), Qt.Key.Key_D, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (slept(desk, one, 0), expected(desk, one)) == (["1B"], None)


def test_the_end_of_a_bar_is_dragged_to_the_day_of_the_exit(desk: Desk, opened: Open) -> None:
    one = shelter.admit(desk, "1A", days=6)
    page = opened()
    for start, day in ((0, 2), (1, 5)):
        grid = grid_of(page)
        edge = grid.rect_of(key(desk, "1A"), in_days(desk, start))
        end = grid.rect_of(key(desk, "1A"), in_days(desk, day))
        drag_from(grid, QPoint(edge.right(), edge.center().y()), QPoint(end.left(), end.center().y()))
        assert expected(desk, one) == in_days(desk, day)
