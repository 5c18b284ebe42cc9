"""Where somebody was seen is said by keys in the grid, and settled by keys from the page."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import roll_call
from shelter_desk.ui.today.roll_call.roll_call_rows import PRESENT, in_place
from tests.operations.shelter import bed
from tests.ui.today.roll_call_scene import ENTER, called, differing, four, marks, night
from tests.ui.today.today_scene import desk, open_page
from tests.ui.window.windows import focused, settle, type_in

__all__ = ["desk", "night"]
ESCAPE = Qt.Key.Key_Escape


def test_a_bed_typed_in_the_grid_is_where_somebody_was_seen_and_the_move_is_recorded_from_the_page(
    qtbot: QtBot, desk: Desk, night: date
) -> None:
    made = four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "p", "l", "1d", ENTER, "p", "p", ENTER)
    kept = roll_call.sheet(desk, night).lines[1].called
    assert kept is not None
    assert (kept.place, kept.bed, differing(desk, night)) == ("lit", bed(desk, "1D").id, ["elsewhere"])
    (line,) = view.settle.lines
    assert line.sentence.text() == f"{made[1].code}\u00a0: à l’appel dans le lit 1D, mais dans le lit 1B au registre."
    assert focused() is line.buttons["move"]
    type_in(qtbot, ENTER)
    now = {one.stay.id: one.placement.bed for one in bed_board.board(desk, night).everyone if one.placement is not None}
    assert (now[made[1].stay], differing(desk, night)) == (bed(desk, "1D").id, [])
    settle(qtbot)


def test_an_extra_place_and_a_bed_shared_take_one_key_and_one_s_own_bed_says_nothing(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "l", "+", "l", "=", "l", "1c", ENTER)
    assert marks(view)[:3] == [in_place("appoint"), in_place("partage"), PRESENT]
    settle(qtbot)


def test_a_bed_that_is_not_there_is_said_and_escape_leads_back_to_the_grid(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    page = open_page(qtbot, desk)
    view = called(page)
    type_in(qtbot, "l", "9z", ENTER)
    told = (view.strip.place.wrong.text(), view.strip.place.isVisible(), view.strip.room_button.isVisible())
    type_in(qtbot, ESCAPE)
    assert told == ("Aucun lit n’a ce code.", True, False)
    assert (focused() is view.list, view.strip.place.isVisible(), view.strip.room_button.isVisible(), marks(view)) == (
        True,
        False,
        True,
        [None] * 4,
    )
    assert page.roll_call is view
    settle(qtbot)


def test_two_who_lie_in_each_other_s_beds_are_exchanged_in_one_act(qtbot: QtBot, desk: Desk, night: date) -> None:
    made = four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "l", "1b", ENTER, "l", "1a", ENTER, "p", "p", ENTER)
    assert [one.kind for one in (line.one for line in view.settle.lines)] == ["elsewhere", "elsewhere"]
    assert focused() is view.settle.lines[0].buttons["swap"]
    type_in(qtbot, ENTER)
    now = {one.stay.id: one.placement.bed for one in bed_board.board(desk, night).everyone if one.placement is not None}
    assert [now[one.stay] for one in made[:2]] == [bed(desk, "1B").id, bed(desk, "1A").id]
    assert view.settle.nothing.isVisible()
    settle(qtbot)


def test_a_place_that_was_said_survives_as_a_draft(qtbot: QtBot, desk: Desk, night: date) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "l", "1d", ENTER)
    kept = view.values()
    view.rows.show(view.rows.lines(), night, {})
    view.fill(kept)
    assert marks(view)[0] == in_place("lit", bed(desk, "1D").id)
    settle(qtbot)
