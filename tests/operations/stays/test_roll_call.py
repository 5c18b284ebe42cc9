"""The evening roll call on a real encrypted file: called, called again, taken back, its differences solved."""

from datetime import date, datetime, time, timedelta

import pytest

from shelter_desk.domain.errors import InTheFuture, Missing, NotAllowed, NotInList, OutsideStay
from shelter_desk.domain.moments import plain
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.roll_call import DISAPPEARED, RollCallDone, Unseen, night_in_progress
from shelter_desk.operations import desk as desks
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences, roll_call, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.today import today
from shelter_desk.storage.file import journal
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.system import clock
from tests.operations.shelter import admit, bed, days_ago
from tests.operations.stays.roll_call_scene import LAST_NIGHT, desk, kinds, missing, night, only

__all__ = ["desk", "night"]


def test_the_sheet_goes_room_by_room_and_those_without_a_place_come_last(desk: Desk, night: date) -> None:
    codes = [admit(desk, where, sex=sex).code for where, sex in (("", "f"), ("2A", "m"), ("1B", "f"), ("1A", "f"))]
    told = [(one.one.person.code, one.bed_code) for one in roll_call.sheet(desk, night).lines]
    assert told == [(codes[3], "1A"), (codes[2], "1B"), (codes[1], "2A"), (codes[0], "")]


def test_who_shares_a_bed_follows_who_has_it(desk: Desk, night: date) -> None:
    mother = admit(desk, "4A")
    child = admit(desk, "4A", age=1, head=mother.stay, shares=True)
    assert [one.one.stay.id for one in roll_call.sheet(desk, night).lines] == [mother.stay, child.stay]


def test_only_stays_that_cover_the_night_are_called(desk: Desk, night: date) -> None:
    here, gone = admit(desk, "1A"), admit(desk, "1B")
    stays.leave(desk, gone.stay, days_ago(2), "autonomie")
    assert [one.one.stay.id for one in roll_call.sheet(desk, night).lines] == [here.stay]


def test_a_recorded_absence_stands_on_the_sheet(desk: Desk, night: date) -> None:
    absences.be_away(desk, admit(desk, "1A").stay, "hopital", night)
    (line,) = roll_call.sheet(desk, night).lines
    assert line.one.absence is not None
    assert line.one.absence.absence_type == "hopital"


def test_what_was_called_stands_on_the_sheet_again(desk: Desk, night: date) -> None:
    one, two = admit(desk, "1A"), admit(desk, "1B")
    roll_call.call(desk, night, [RollCallDone(one.stay), RollCallDone(two.stay, "permission")], 0, " tout va bien ")
    sheet = roll_call.sheet(desk, night)
    assert sheet.before is not None
    assert (sheet.by, sheet.before.note) == ("Agent A", "tout va bien")
    assert [line.called for line in sheet.lines] == [RollCallDone(one.stay), RollCallDone(two.stay, "permission")]


def test_a_later_call_replaces_the_former_and_the_journal_keeps_both(desk: Desk, night: date) -> None:
    one = admit(desk, "1A")
    roll_call.call(desk, night, [RollCallDone(one.stay, "hopital")], 2)
    roll_call.call(desk, night, [RollCallDone(one.stay)])
    with desk.reading() as connection:
        written = [line for line in journal.lines(connection, night.isoformat()) if line.action == "call_roll"]
    sheet = roll_call.sheet(desk, night)
    assert sheet.before is not None
    assert ([line.called for line in sheet.lines], sheet.before.unregistered) == ([RollCallDone(one.stay)], 0)
    assert ("hopital" in written[0].details, "hopital" in written[1].details, len(written)) == (True, True, 2)


def test_a_call_is_taken_back_whole(desk: Desk, night: date) -> None:
    one, two = admit(desk, "1A"), admit(desk, "1B")
    roll_call.call(desk, night, [RollCallDone(one.stay), RollCallDone(two.stay)])
    again = roll_call.call(desk, night, [RollCallDone(one.stay, "hopital"), RollCallDone(two.stay)], 3, "trois enfants")
    desks.undo(desk, again)
    sheet = roll_call.sheet(desk, night)
    assert sheet.before is not None
    assert (sheet.before.unregistered, sheet.before.note, sheet.lines[0].called) == (0, "", RollCallDone(one.stay))


def test_the_first_call_taken_back_leaves_none(desk: Desk, night: date) -> None:
    desks.undo(desk, roll_call.call(desk, night, [RollCallDone(admit(desk, "1A").stay)]))
    assert roll_call.sheet(desk, night).before is None


def test_somebody_left_out_is_refused_and_nothing_is_kept(desk: Desk, night: date) -> None:
    one, _two = admit(desk, "1A"), admit(desk, "1B")
    with pytest.raises(Missing):
        roll_call.call(desk, night, [RollCallDone(one.stay)])
    assert roll_call.sheet(desk, night).before is None


def test_a_stay_that_does_not_cover_the_night_is_refused(desk: Desk, night: date) -> None:
    gone = admit(desk, "1A")
    stays.leave(desk, gone.stay, days_ago(2), "autonomie")
    with pytest.raises(OutsideStay):
        roll_call.call(desk, night, [RollCallDone(gone.stay)])


def test_a_reason_outside_the_list_is_refused(desk: Desk, night: date) -> None:
    with pytest.raises(NotInList):
        roll_call.call(desk, night, [RollCallDone(admit(desk, "1A").stay, "vacances")])


def test_somebody_called_twice_is_refused(desk: Desk, night: date) -> None:
    one = admit(desk, "1A")
    with pytest.raises(NotInList):
        roll_call.call(desk, night, [RollCallDone(one.stay), RollCallDone(one.stay, "hopital")])


def test_fewer_than_no_unregistered_persons_are_refused(desk: Desk, night: date) -> None:
    with pytest.raises(NotInList):
        roll_call.call(desk, night, [RollCallDone(admit(desk, "1A").stay)], -1)


def test_a_night_to_come_is_refused(desk: Desk) -> None:
    with pytest.raises(InTheFuture):
        roll_call.call(desk, desk.today() + timedelta(days=1), [])


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_who_does_not_call_rolls_sees_none(desk: Desk, night: date, role: Role) -> None:
    desk.role = role
    with pytest.raises(NotAllowed):
        roll_call.sheet(desk, night)


def test_a_call_that_agrees_leaves_nothing(desk: Desk, night: date) -> None:
    one, two = admit(desk, "1A"), admit(desk, "1B")
    absences.be_away(desk, two.stay, "hopital", night)
    roll_call.call(desk, night, [RollCallDone(one.stay), RollCallDone(two.stay, "hopital")])
    assert kinds(desk, night) == []


def test_not_seen_without_an_absence_is_solved_by_one_from_that_night(desk: Desk, night: date) -> None:
    one = admit(desk, "1A")
    roll_call.call(desk, night, [RollCallDone(one.stay, "permission")])
    found = only(desk, night)
    absences.be_away(desk, one.stay, found.absence_type, night, found.back)
    assert (found.kind, kinds(desk, night), bed_board.board(desk, night).present) == ("absent", [], 0)


def test_seen_although_away_is_solved_by_the_return_that_night(desk: Desk, night: date) -> None:
    one = admit(desk, "1A")
    absences.be_away(desk, one.stay, "hopital", night - timedelta(days=2))
    roll_call.call(desk, night, [RollCallDone(one.stay)])
    found = kinds(desk, night)
    absences.come_back(desk, one.stay, night)
    assert (found, kinds(desk, night), bed_board.board(desk, night).present) == (["away"], [], 1)


def test_seen_without_a_place_is_solved_by_a_bed(desk: Desk, night: date) -> None:
    one = admit(desk)
    roll_call.call(desk, night, [RollCallDone(one.stay)])
    found = kinds(desk, night)
    stays.move(desk, one.stay, Spot("lit", bed(desk, "1A").id), plain(night))
    assert (found, kinds(desk, night)) == (["no_place"], [])


def test_an_exit_written_later_says_that_somebody_seen_is_gone(desk: Desk, night: date) -> None:
    one = admit(desk, "1A")
    roll_call.call(desk, night, [RollCallDone(one.stay)])
    stays.leave(desk, one.stay, plain(night), "autonomie")
    assert kinds(desk, night) == ["gone"]


def test_an_admission_written_later_was_not_called(desk: Desk, night: date) -> None:
    roll_call.call(desk, night, [])
    admit(desk, "1A")
    assert kinds(desk, night) == ["not_called"]


def test_unregistered_persons_are_to_be_admitted_or_explained(desk: Desk, night: date) -> None:
    roll_call.call(desk, night, [], 2)
    found = [(one.kind, one.n) for one in roll_call.differences(desk, night)]
    roll_call.call(desk, night, [], 2, "deux gardiens")
    assert (found, kinds(desk, night)) == ([("unregistered", 2)], [])


def test_a_night_without_a_call_has_no_differences(desk: Desk, night: date) -> None:
    admit(desk)
    assert kinds(desk, night) == []


def test_a_disappearance_leaves_the_morning_after_the_last_night_called_present(desk: Desk, night: date) -> None:
    one = admit(desk, "1A", days=10)
    for before in (4, 3):
        roll_call.call(desk, night - timedelta(days=before), [RollCallDone(one.stay)])
    roll_call.call(desk, night, [RollCallDone(one.stay, "injustifiee")])
    assert only(desk, night).left == plain(night - timedelta(days=2))


def test_who_was_never_called_present_disappears_on_the_first_night_called_absent(desk: Desk, night: date) -> None:
    one = admit(desk, "1A", days=10)
    stays.move(desk, one.stay, Spot("lit", bed(desk, "1B").id), days_ago(5))
    for before in (1, 0):
        roll_call.call(desk, night - LAST_NIGHT * before, [RollCallDone(one.stay, "injustifiee")])
    assert only(desk, night).left == plain(night - LAST_NIGHT)


def test_who_was_moved_after_the_last_call_disappears_at_the_move(desk: Desk, night: date) -> None:
    one = admit(desk, "1A", days=10)
    roll_call.call(desk, night - LAST_NIGHT * 8, [RollCallDone(one.stay)])
    stays.move(desk, one.stay, Spot("lit", bed(desk, "1B").id), days_ago(5))
    roll_call.call(desk, night, [RollCallDone(one.stay, "injustifiee")])
    assert (only(desk, night).left, roll_call.unseen(desk, one.stay).left) == (days_ago(5), days_ago(5))


@pytest.mark.parametrize("began", [9, 4])
def test_who_is_noted_away_disappears_on_the_first_night_away(desk: Desk, began: int) -> None:
    one = admit(desk, "1A", days=10)
    first = days_ago(began).date()
    absences.be_away(desk, one.stay, "injustifiee", first)
    assert roll_call.unseen(desk, one.stay) == Unseen(plain(first), away=first)


def test_a_return_after_nights_called_absent_is_proof_of_presence(desk: Desk, night: date) -> None:
    one = admit(desk, "1A", days=10)
    first = days_ago(6).date()
    roll_call.call(desk, first, [RollCallDone(one.stay, "injustifiee")])
    absences.be_away(desk, one.stay, "injustifiee", first, days_ago(4).date())
    assert roll_call.unseen(desk, one.stay) == Unseen(plain(desk.today() - LAST_NIGHT))


def test_who_was_seen_last_night_disappears_today(desk: Desk, night: date) -> None:
    one = admit(desk, "1A", days=10)
    roll_call.call(desk, desk.today() - LAST_NIGHT, [RollCallDone(one.stay)])
    assert roll_call.unseen(desk, one.stay) == Unseen(plain(desk.today()))


def test_who_was_seen_on_a_later_night_did_not_disappear(desk: Desk, night: date) -> None:
    one = admit(desk, "1A", days=10)
    roll_call.call(desk, night - LAST_NIGHT, [RollCallDone(one.stay, "injustifiee")])
    roll_call.call(desk, night, [RollCallDone(one.stay)])
    found = only(desk, night - LAST_NIGHT)
    assert (found.left, found.back) == (None, night)


def test_a_disappearance_ends_the_nights_and_settles_the_call(desk: Desk, night: date) -> None:
    one = admit(desk, "1A", days=10)
    roll_call.call(desk, night - LAST_NIGHT * 2, [RollCallDone(one.stay)])
    roll_call.call(desk, night, [RollCallDone(one.stay, "injustifiee")])
    found = only(desk, night)
    assert found.left is not None
    stays.leave(desk, one.stay, found.left, DISAPPEARED)
    present = [bed_board.board(desk, night - LAST_NIGHT * n).present for n in (2, 1, 0)]
    assert (present, kinds(desk, night)) == ([1, 0, 0], [])


def at(monkeypatch: pytest.MonkeyPatch, day: date, hour: int, minute: int = 0) -> None:
    moment = datetime.combine(day, time(hour, minute))
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(clock, "today", moment.date)


def test_before_noon_the_night_in_progress_is_last_night(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    day = desk.today() + timedelta(days=1)
    at(monkeypatch, day, 11, 59)
    before = night_in_progress(desk.now())
    at(monkeypatch, day, 12)
    assert (before, night_in_progress(desk.now())) == (day - LAST_NIGHT, day)


def test_a_shelter_that_never_called_a_roll_is_asked_for_none(desk: Desk, night: date) -> None:
    admit(desk, "1A")
    assert roll_call.due(desk) is None
    assert missing(desk) == []


@pytest.mark.parametrize(("hour", "asked"), [(20, False), (21, True)])
def test_tonight_is_due_at_its_usual_hour(
    desk: Desk, night: date, monkeypatch: pytest.MonkeyPatch, hour: int, asked: bool
) -> None:
    roll_call.call(desk, night, [RollCallDone(admit(desk, "1A").stay)])
    day = desk.today() + LAST_NIGHT
    at(monkeypatch, day, hour)
    assert roll_call.due(desk) == (day if asked else None)


def test_the_usual_hour_is_a_setting(desk: Desk, night: date, monkeypatch: pytest.MonkeyPatch) -> None:
    roll_call.call(desk, night, [RollCallDone(admit(desk, "1A").stay)])
    with desk.writing("settings", beds.ROOMS) as writing:
        stored_settings.write(writing.connection, {roll_call.CHECK_TIME: "19:30"})
    at(monkeypatch, desk.today() + LAST_NIGHT, 19, 30)
    assert roll_call.due(desk) == desk.today()


def test_nights_without_a_roll_call_are_missing_since_the_first_one(
    desk: Desk, night: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = admit(desk, "1A", days=20)
    at(monkeypatch, desk.today(), 23, 59)
    for before in (6, 4):
        roll_call.call(desk, night - timedelta(days=before), [RollCallDone(one.stay)])
    assert missing(desk) == [night - timedelta(days=n) for n in (5, 3, 2, 1, 0)]


def test_a_night_with_nobody_here_is_not_missing(desk: Desk, night: date, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, desk.today(), 23, 59)
    roll_call.call(desk, night - timedelta(days=3), [])
    admit(desk, "1A", days=2)
    assert missing(desk) == [night - LAST_NIGHT, night]


def test_what_is_to_be_done_says_which_night_differs(desk: Desk, night: date) -> None:
    one, two = admit(desk, "1A"), admit(desk, "1B")
    roll_call.call(desk, night, [RollCallDone(one.stay, "hopital"), RollCallDone(two.stay, "hopital")])
    told = [(task.n, task.day) for task in today.to_do(desk) if task.matter == "roll_call_differs"]
    assert told == [(2, night)]
