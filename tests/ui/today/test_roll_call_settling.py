"""What the roll call and the file say differently, settled from the page; the tasks that lead there."""

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import plain
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.roll_call import DISAPPEARED, RollCallDone
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import absences, roll_call, stays
from shelter_desk.ui.today.roll_call.roll_call_rows import PRESENT
from tests.operations.shelter import admit, days_ago
from tests.ui.today.roll_call_scene import ENTER, called, differing, marks, night, settling
from tests.ui.today.today_scene import desk, open_page
from tests.ui.window.windows import focused, settle, type_in, wait_for

__all__ = ["desk", "night"]


# Settling ------------------------------------------------------------------------------------------------------------


def test_an_absence_is_recorded_from_the_page(qtbot: QtBot, desk: Desk, night: date) -> None:
    made = admit(desk, "1A")
    page = open_page(qtbot, desk)
    view = called(page)
    type_in(qtbot, "a", "2", ENTER)
    assert focused() is settling(page, view).buttons["be_away"]
    type_in(qtbot, ENTER)
    (one,) = bed_board.board(desk, night).everyone
    assert one.absence is not None
    assert (one.stay.id, one.absence.absence_type, one.absence.start) == (made.stay, "permission", plain(night))
    assert view.settle.nothing.isVisible()
    settle(qtbot)


def test_a_disappearance_is_offered_at_the_last_proven_presence_and_written_only_when_asked(
    qtbot: QtBot, desk: Desk, night: date
) -> None:
    made = admit(desk, "1A")
    roll_call.call(desk, night - timedelta(days=2), [RollCallDone(made.stay)])
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
    absences.be_away(desk, admit(desk, "1A").stay, "hopital", night - timedelta(days=3))
    page = open_page(qtbot, desk)
    view = called(page)
    type_in(qtbot, "p", ENTER)
    assert focused() is settling(page, view).buttons["come_back"]
    type_in(qtbot, ENTER)
    assert (differing(desk, night), bed_board.board(desk, night).present) == ([], 1)
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
    (one,) = bed_board.board(desk, night).everyone
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


def test_the_roll_call_is_corrected_at_the_line_of_whom_it_is_about(qtbot: QtBot, desk: Desk, night: date) -> None:
    here, away = admit(desk, "1A"), admit(desk, "1B")
    roll_call.call(desk, night, [RollCallDone(here.stay), RollCallDone(away.stay, "hopital")])
    page = open_page(qtbot, desk)
    view = called(page)
    settling(page, view).buttons["call"].click()
    assert view.rows.line(view.list.place()).one.stay.id == away.stay
    view.head.again.click()
    settle(qtbot)


def test_somebody_who_left_meanwhile_leads_to_the_record(qtbot: QtBot, desk: Desk, night: date) -> None:
    made = admit(desk, "1A")
    roll_call.call(desk, night, [RollCallDone(made.stay)])
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
    roll_call.call(desk, before, [RollCallDone(made.stay, "hopital")])
    page = open_page(qtbot, desk)
    row = next(row for row in page.overview.to_do.rows if row.task.matter == "roll_call_differs")
    row.button.click()
    assert page.roll_call is not None
    assert (page.roll_call.night, len(page.roll_call.settle.lines)) == (before, 1)
    assert row.sentence.text() == f"Appel du {before:%d/%m}\u00a0: 1 écart à régler."


def test_a_missing_night_leads_to_its_grid(qtbot: QtBot, desk: Desk, night: date) -> None:
    made = admit(desk, "1A")
    roll_call.call(desk, night - timedelta(days=2), [RollCallDone(made.stay)])
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
    roll_call.call(desk, night, [RollCallDone(made.stay)])
    page = open_page(qtbot, desk)
    view = called(page)
    shown = view.settle.isVisible()
    type_in(qtbot, ENTER)
    wait_for(qtbot, view.grid.isVisible)
    assert (shown, marks(view)) == (True, [PRESENT])
