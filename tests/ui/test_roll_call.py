"""The evening roll call by keyboard: called, kept as a draft, recorded, its differences settled from the page."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import plain
from shelter_desk.domain.rights import Role
from shelter_desk.domain.roll_call import DISAPPEARED, Called
from shelter_desk.operations import beds, drafts, residents, roll_call, stays
from shelter_desk.operations import desk as desks
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import Admitted
from shelter_desk.ui import drafting
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.today.roll_call import DRAFT, RollCallView
from shelter_desk.ui.today.roll_call_difference import DifferenceLine
from shelter_desk.ui.today.roll_call_paint import LINE, Shown
from shelter_desk.ui.today.roll_call_rows import PRESENT, UNSAID
from tests.operations.shelter import admit, days_ago
from tests.ui.today_scene import desk, open_page, told_by
from tests.ui.windows import focused, settle, type_in, wait_for

__all__ = ["desk"]
ENTER, BACK, TAB = Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Tab


@pytest.fixture
def night(desk: Desk) -> date:
    return roll_call.night_in_progress(desk)


def called(page: TodayPage) -> RollCallView:
    """The roll call opened with its button, by the keyboard."""
    page.overview.roll_call_button.setFocus()
    page.overview.roll_call_button.click()
    assert page.roll_call is not None
    return page.roll_call


def settling(page: TodayPage, view: RollCallView) -> DifferenceLine:
    (line,) = view.settle.lines
    assert line.isVisible()
    return line


def four(desk: Desk) -> list[Admitted]:
    """Three women in one room, a man in another."""
    return [admit(desk, where, sex="m" if where == "2A" else "f") for where in ("1A", "1B", "1C", "2A")]


def marks(view: RollCallView) -> list[str | None]:
    return [view.rows.mark_at(place) for place in range(view.rows.rowCount())]


def differing(desk: Desk, night: date) -> list[str]:
    return [one.kind for one in roll_call.differences(desk, night)]


# Calling -------------------------------------------------------------------------------------------------------------


def test_one_key_a_person_records_the_whole_roll(qtbot: QtBot, desk: Desk, night: date) -> None:
    made = four(desk)
    page = open_page(qtbot, desk)
    view = called(page)
    type_in(qtbot, "p", "p", "p", "p", ENTER)
    sheet = roll_call.sheet(desk, night)
    assert [line.called for line in sheet.lines] == [Called(one.stay) for one in made]
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
    stays.be_away(desk, four(desk)[0].stay, "hopital", night)
    view = called(open_page(qtbot, desk))
    type_in(qtbot, "a")
    assert (marks(view)[0], view.list.place()) == ("hopital", 1)


def test_the_whole_room_is_here_with_one_key_but_who_is_away(qtbot: QtBot, desk: Desk, night: date) -> None:
    stays.be_away(desk, four(desk)[1].stay, "hopital", night)
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
    from shelter_desk.ui.today.roll_call_paint import _segments

    here, away = _segments(view.list.visualRect(view.rows.index(2, 0)))
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
    assert (len(sheet.lines), all(line.called == Called(line.one.stay.id) for line in sheet.lines)) == (80, True)
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


# Settling ------------------------------------------------------------------------------------------------------------


def test_an_absence_is_recorded_from_the_page(qtbot: QtBot, desk: Desk, night: date) -> None:
    made = admit(desk, "1A")
    page = open_page(qtbot, desk)
    view = called(page)
    type_in(qtbot, "a", "2", ENTER)
    assert focused() is settling(page, view).buttons["be_away"]
    type_in(qtbot, ENTER)
    (one,) = beds.board(desk, night).everyone
    assert one.absence is not None
    assert (one.stay.id, one.absence.absence_type, one.absence.start) == (made.stay, "permission", plain(night))
    assert view.settle.nothing.isVisible()
    settle(qtbot)


def test_a_disappearance_is_offered_at_the_last_proven_presence_and_written_only_when_asked(
    qtbot: QtBot, desk: Desk, night: date
) -> None:
    made = admit(desk, "1A")
    roll_call.call(desk, night - timedelta(days=2), [Called(made.stay)])
    page = open_page(qtbot, desk)
    view = called(page)
    type_in(qtbot, "a", "5", ENTER)
    line = settling(page, view)
    line.buttons["disappeared"].setFocus()
    type_in(qtbot, ENTER)
    assert line.day is not None
    offered = (line.day.day(), len(residents.listed(desk, "here")))
    line.buttons["leave"].setFocus()
    type_in(qtbot, ENTER)
    (left,) = [one.stay for one in residents.listed(desk, "left")]
    assert left is not None
    assert offered == (night - timedelta(days=1), 1)
    assert (left.exited_at, left.exit_reason) == (plain(night - timedelta(days=1)), DISAPPEARED)
    settle(qtbot)


def test_a_return_is_recorded_from_the_page(qtbot: QtBot, desk: Desk, night: date) -> None:
    stays.be_away(desk, admit(desk, "1A").stay, "hopital", night - timedelta(days=3))
    page = open_page(qtbot, desk)
    view = called(page)
    type_in(qtbot, "p", ENTER)
    assert focused() is settling(page, view).buttons["come_back"]
    type_in(qtbot, ENTER)
    assert (differing(desk, night), beds.board(desk, night).present) == ([], 1)
    settle(qtbot)


def test_a_bed_is_given_from_the_page(qtbot: QtBot, desk: Desk, night: date) -> None:
    admit(desk)
    page = open_page(qtbot, desk)
    view = called(page)
    type_in(qtbot, "p", ENTER)
    line = settling(page, view)
    assert line.bed is not None
    line.bed.choose(line.bed.combo.itemData(0))
    line.buttons["place"].setFocus()
    type_in(qtbot, ENTER)
    (one,) = beds.board(desk, night).everyone
    assert one.placement is not None
    assert (one.placement.place, differing(desk, night)) == ("lit", [])
    settle(qtbot)


def test_a_place_must_be_chosen_before_it_is_given(qtbot: QtBot, desk: Desk, night: date) -> None:
    admit(desk)
    page = open_page(qtbot, desk)
    view = called(page)
    type_in(qtbot, "p", ENTER)
    line = settling(page, view)
    line.buttons["place"].click()
    assert (line.refusal.isVisible(), differing(desk, night)) == (True, ["no_place"])
    settle(qtbot)


def test_unregistered_persons_lead_to_an_admission_or_back_to_the_grid(qtbot: QtBot, desk: Desk) -> None:
    page = open_page(qtbot, desk)
    view = called(page)
    view.unregistered.set_number(1)
    view.keep()
    line = settling(page, view)
    with qtbot.waitSignal(page.admission_wanted):
        line.buttons["admit"].click()
    line.buttons["call"].click()
    assert view.grid.isVisible()
    settle(qtbot)


def test_somebody_who_left_meanwhile_leads_to_the_record(qtbot: QtBot, desk: Desk, night: date) -> None:
    made = admit(desk, "1A")
    roll_call.call(desk, night, [Called(made.stay)])
    stays.leave(desk, made.stay, days_ago(3), "autonomie")
    page = open_page(qtbot, desk)
    view = called(page)
    with qtbot.waitSignal(page.record_wanted) as asked:
        settling(page, view).buttons["record"].click()
    assert asked.args == [made.person]


def test_reception_calls_the_roll_and_leaves_absences_to_others(qtbot: QtBot, desk: Desk, night: date) -> None:
    admit(desk, "1A")
    desk.role = Role.RECEPTION
    page = open_page(qtbot, desk)
    view = called(page)
    type_in(qtbot, "a", "5", ENTER)
    line = settling(page, view)
    assert (differing(desk, night), set(line.buttons)) == (["absent"], {"call"})
    settle(qtbot)


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_who_does_not_call_rolls_has_no_button(qtbot: QtBot, desk: Desk, role: Role) -> None:
    desk.role = role
    assert not open_page(qtbot, desk).overview.roll_call_button.isVisible()


# From the list of tasks ----------------------------------------------------------------------------------------------


def test_a_task_leads_to_the_differences_of_its_night(qtbot: QtBot, desk: Desk, night: date) -> None:
    made, before = admit(desk, "1A"), night - timedelta(days=2)
    roll_call.call(desk, before, [Called(made.stay, "hopital")])
    page = open_page(qtbot, desk)
    row = next(row for row in page.overview.to_do.rows if row.task.matter == "roll_call_differs")
    row.button.click()
    assert page.roll_call is not None
    assert (page.roll_call.night, len(page.roll_call.settle.lines)) == (before, 1)
    assert row.sentence.text() == f"Appel du {before:%d/%m}\u00a0: 1 différence à régler."


def test_a_missing_night_leads_to_its_grid(qtbot: QtBot, desk: Desk, night: date) -> None:
    made = admit(desk, "1A")
    roll_call.call(desk, night - timedelta(days=2), [Called(made.stay)])
    page = open_page(qtbot, desk)
    row = next(row for row in page.overview.to_do.rows if row.task.matter == "roll_call_missing")
    row.button.click()
    assert page.roll_call is not None
    assert (page.roll_call.night, page.roll_call.grid.isVisible()) == (night - timedelta(days=1), True)


def test_nights_are_turned_as_far_as_a_week(qtbot: QtBot, desk: Desk, night: date) -> None:
    admit(desk, "1A")
    view = called(open_page(qtbot, desk))
    for _ in range(9):
        view.head.before.click()
    assert (view.night, view.head.before.isEnabled()) == (night - timedelta(days=7), False)


def test_opened_again_after_it_was_called_it_shows_what_is_to_be_settled(qtbot: QtBot, desk: Desk, night: date) -> None:
    made = admit(desk, "1A")
    roll_call.call(desk, night, [Called(made.stay)])
    page = open_page(qtbot, desk)
    view = called(page)
    shown = view.settle.isVisible()
    type_in(qtbot, ENTER)
    wait_for(qtbot, view.grid.isVisible)
    assert (shown, marks(view)) == (True, [PRESENT])
