"""The roll call of the evening: one key a person, and what a lock leaves of it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.stays.roll_call import RollCallDone
from shelter_desk.operations import desk as desks
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences, roll_call
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.today.roll_call.roll_call import DRAFT
from shelter_desk.ui.today.roll_call.roll_call_paint import LINE, Shown
from shelter_desk.ui.today.roll_call.roll_call_rows import PRESENT, UNSAID
from tests.operations.shelter import admit
from tests.ui.today.roll_call_scene import BACK, ENTER, TAB, called, differing, four, marks, night
from tests.ui.today.today_scene import desk, open_page, told_by
from tests.ui.window.windows import focused, settle, type_in

__all__ = ["desk", "night"]


# Calling -------------------------------------------------------------------------------------------------------------


def test_one_key_a_person_records_the_whole_roll(qtbot: QtBot, desk: Desk, night: date) -> None:
    made = four(desk)
    page = open_page(qtbot, desk)
    view = called(page)
    type_in(qtbot, "p", "p", "p", "p", ENTER)
    sheet = roll_call.sheet(desk, night)
    assert [line.called for line in sheet.lines] == [RollCallDone(one.stay) for one in made]
    assert view.settle.nothing.isVisible()
    settle(qtbot)


def test_an_absent_person_needs_a_reason_before_the_next_line(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "a")
    begun = (marks(view)[0], view.list.place(), view.strip.reasons["hopital"].isVisible())
    type_in(qtbot, "2")
    assert begun == (UNSAID, 0, True)
    assert (marks(view)[0], view.list.place(), view.strip.reasons["hopital"].isVisible()) == ("permission", 1, False)


@pytest.mark.parametrize(
    ("typed", "reason"), [("1", "hopital"), ("&", "hopital"), ("é", "permission"), ("(", "injustifiee")]
)
def test_digits_of_a_french_keyboard_say_the_reason_without_shift(
    qtbot: QtBot, desk: Desk, typed: str, reason: str
) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "a", typed)
    assert marks(view)[0] == reason


def test_a_recorded_absence_gives_its_reason(qtbot: QtBot, desk: Desk, night: date) -> None:
    absences.be_away(desk, four(desk)[0].stay, "hopital", night)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "a")
    assert (marks(view)[0], view.list.place()) == ("hopital", 1)


def test_the_whole_room_is_here_with_one_key_but_who_is_away(qtbot: QtBot, desk: Desk, night: date) -> None:
    absences.be_away(desk, four(desk)[1].stay, "hopital", night)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "t")
    assert marks(view) == [PRESENT, None, PRESENT, None]
    assert view.list.place() == 1


def test_the_whole_room_leaves_who_was_called_away_as_they_are(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "a", "3", "t")
    assert marks(view) == ["visite_famille", PRESENT, PRESENT, None]


def test_backspace_takes_a_mark_away(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "p", Qt.Key.Key_Up, BACK)
    assert marks(view) == [None] * 4


def test_backspace_goes_back_to_the_line_that_was_called_last(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "p", "a", "2", BACK)
    assert (marks(view), view.list.place()) == ([PRESENT, None, None, None], 1)
    type_in(qtbot, BACK, BACK)
    assert (marks(view), view.list.place()) == ([None] * 4, 0)


def test_a_digit_says_nothing_of_somebody_who_was_not_called_away(qtbot: QtBot, desk: Desk, night: date) -> None:
    absences.be_away(desk, four(desk)[0].stay, "permission", night)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "a", "1")
    assert (marks(view), view.list.place()) == (["permission", None, None, None], 1)


def test_the_list_stays_where_it_is_while_a_reason_is_asked_for(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    page = open_page(qtbot, desk)
    page.resize(900, 700)  # where the keys take two lines and the reasons one, or the other way round
    view = called(page)
    settle(qtbot)
    type_in(qtbot, "a", "2")
    settle(qtbot)
    top = view.list.mapTo(view, view.list.rect().topLeft())
    type_in(qtbot, "a")
    settle(qtbot)
    assert view.list.mapTo(view, view.list.rect().topLeft()) == top


def test_enter_and_arrows_go_on_without_a_mark(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, ENTER, Qt.Key.Key_Down)
    assert (view.list.place(), marks(view)) == (2, [None] * 4)


def test_nothing_is_recorded_while_somebody_is_still_to_be_called(qtbot: QtBot, desk: Desk, night: date) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "p", "p", "a")
    qtbot.keyClick(focused(), ENTER, Qt.KeyboardModifier.ControlModifier)
    assert (roll_call.sheet(desk, night).before, view.keep_button.isEnabled()) == (None, False)
    assert view.left.text().startswith("Il reste 2 personnes à voir.")


def test_the_mouse_answers_too(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    from shelter_desk.ui.today.roll_call.roll_call_paint import _segments

    here, away = _segments(view.list.visualRect(view.rows.index(2, 0)), view.rows.widest_bed)
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=here.center())
    qtbot.mouseClick(
        view.list.viewport(), Qt.MouseButton.LeftButton, pos=away.translated(0, here.height() + 8).center()
    )
    qtbot.mouseClick(view.strip.reasons["demarche"], Qt.MouseButton.LeftButton)
    assert marks(view)[2:] == [PRESENT, "demarche"]


def test_unregistered_persons_and_the_note_are_recorded(qtbot: QtBot, desk: Desk, night: date) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "t", "p")
    view.unregistered.setFocus()
    view.unregistered.line.selectAll()
    type_in(qtbot, "2", TAB, "deux gardiens")
    qtbot.keyClick(focused(), ENTER, Qt.KeyboardModifier.ControlModifier)
    before = roll_call.sheet(desk, night).before
    assert before is not None
    assert (before.unregistered, before.note, differing(desk, night)) == (2, "deux gardiens", [])
    settle(qtbot)


def test_what_was_recorded_can_be_taken_back(qtbot: QtBot, desk: Desk, night: date) -> None:
    four(desk)
    page = open_page(qtbot, desk)
    said = told_by(page)
    called(page)
    type_in(qtbot, "t", "p", ENTER)
    assert said[-1].sentence == "Appel enregistré\u00a0: 4 présents, 0 absent."
    assert said[-1].done is not None
    desks.undo(desk, said[-1].done)
    assert roll_call.sheet(desk, night).before is None
    settle(qtbot)


def test_each_line_says_who_and_where_to_who_hears_it(qtbot: QtBot, desk: Desk) -> None:
    made = four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "p")
    told = view.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == f"1 · Dortoir femmes 1A {made[0].code} F Présente"


def test_eighty_persons_are_called_by_eighty_keys(qtbot: QtBot, desk: Desk, night: date) -> None:
    for _ in range(80):
        admit(desk, days=2)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, *["p"] * 80, ENTER)
    sheet = roll_call.sheet(desk, night)
    assert (len(sheet.lines), all(line.called == RollCallDone(line.one.stay.id) for line in sheet.lines)) == (80, True)
    assert len(view.settle.lines) == 80
    settle(qtbot)


def test_who_fits_in_one_column_has_one_and_more_have_two(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    page = open_page(qtbot, desk)
    view = called(page)
    one = view.list.isWrapping()
    for _ in range(20):
        admit(desk, days=2)
    assert (one, view.list.isWrapping()) == (False, True)
    settle(qtbot)


def test_a_name_of_a_room_is_said_once(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    lines = [view.rows.index(place, 0).data(LINE) for place in range(4)]
    assert [line.first_of_room for line in lines if isinstance(line, Shown)] == [True, False, False, True]


def test_somebody_admitted_meanwhile_is_added_and_marks_stay(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "p", "p")
    admit(desk, "1D")
    assert marks(view) == [PRESENT, PRESENT, None, None, None]
    settle(qtbot)


# Draft ---------------------------------------------------------------------------------------------------------------


def test_marks_outlive_a_lock(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    page = open_page(qtbot, desk)
    called(page)
    type_in(qtbot, "p", "a", "1")
    drafting.keep_all(desk, page)
    again = called(open_page(qtbot, desk))
    assert marks(again) == [PRESENT, "hopital", None, None]
    settle(qtbot)


def test_a_draft_leads_back_to_its_night(qtbot: QtBot, desk: Desk, night: date) -> None:
    four(desk)
    page = open_page(qtbot, desk)
    view = called(page)
    view.turn(-1)
    type_in(qtbot, "p")
    drafting.keep_all(desk, page)
    (draft,) = drafts.mine(desk)
    other = open_page(qtbot, desk)
    other.resume(draft)
    assert other.roll_call is not None
    assert (other.roll_call.night, marks(other.roll_call)[0]) == (night - timedelta(days=1), PRESENT)
    assert drafting.sentence(draft).endswith("appel du soir")
    settle(qtbot)


def test_what_was_recorded_leaves_no_draft(qtbot: QtBot, desk: Desk, night: date) -> None:
    four(desk)
    page = open_page(qtbot, desk)
    called(page)
    type_in(qtbot, "p")
    drafting.keep_all(desk, page)
    kept = drafts.find(desk, DRAFT + night.isoformat())
    type_in(qtbot, "p", "p", "p", ENTER)
    drafting.keep_all(desk, page)
    assert kept is not None
    assert drafts.find(desk, DRAFT + night.isoformat()) is None
    settle(qtbot)


def test_marks_stay_while_the_overview_is_looked_at(qtbot: QtBot, desk: Desk) -> None:
    four(desk)
    page = open_page(qtbot, desk)
    called(page)
    type_in(qtbot, "p", Qt.Key.Key_Escape)
    away = focused()
    view = called(page)
    assert (away, marks(view)[0]) == (page.overview.roll_call_button, PRESENT)
    settle(qtbot)
