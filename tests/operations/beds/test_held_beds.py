"""Beds held for an arrival, in a real file: held, taken by the admission, given up, lapsed; never an occupancy."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from shelter_desk import words
from shelter_desk.domain.beds.calendar import Bar, BedCalendar
from shelter_desk.domain.beds.held_beds import BedHeld, HeldGone, HeldOver, NotEnoughBeds, PlacesHeld
from shelter_desk.domain.errors import (
    BadDates,
    BedNotUsable,
    BedTaken,
    Missing,
    NeedsReason,
    NotAllowed,
    OverlapRefused,
)
from shelter_desk.domain.ids import HeldBedId, PlaceRequestId
from shelter_desk.domain.moments import Period, plain
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.place_requests import Decision, RequestDecided, RequestGone
from shelter_desk.operations.beds import bed_board, bed_calendar, beds, held_beds
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import place_requests, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.today import arrivals, today
from shelter_desk.operations.vault import journal
from shelter_desk.storage.beds import held_beds as stored
from shelter_desk.system import clock
from shelter_desk.words.beds import held_beds as held_words
from tests.operations.beds.held_scene import MOTHER, WOMAN, arriving, asked, desk, go_to, hold, only, proposed, wanted
from tests.operations.referral_scene import become
from tests.operations.shelter import admit, bed, month_when_over

__all__ = ["desk"]


def test_a_bed_is_held_under_a_number_and_said_on_the_board(desk: Desk) -> None:
    made = held_beds.hold(desk, wanted(desk))
    line = only(desk)
    board = bed_board.board(desk, desk.today())
    look = next(one for room in board.rooms for one in room.beds if one.bed.code == "1A")
    assert made.number == f"LR-{desk.today().year}-0001" == line.held.held_no
    assert (line.place, line.room, line.held.groups, line.held_by) == ("1A", "Dortoir femmes", WOMAN, "Agent A")
    assert (look.is_held, look.is_free, board.expected) == (True, False, 1)
    assert (today.tonight(desk).expected, today.tonight(desk).held, today.tonight(desk).free) == (1, 0, 11)


def test_it_is_taken_back_whole(desk: Desk) -> None:
    undo(desk, held_beds.hold(desk, wanted(desk, groups=MOTHER)).done)
    with desk.reading() as connection:
        left = [connection.exec_driver_sql(f"SELECT count(*) FROM {one}").scalar() for one in (stored.TABLE, GROUPS)]
    assert (left, held_beds.register(desk)) == ([0, 0], ())


GROUPS = stored.GROUPS


def test_no_bed_is_held_from_a_night_that_is_over(desk: Desk) -> None:
    with pytest.raises(BadDates):
        held_beds.hold(desk, wanted(desk, since=-1))


def test_a_bed_that_is_taken_out_of_use_or_held_is_held_for_nobody_else(desk: Desk) -> None:
    sleeper = admit(desk, "1B", days=3)
    beds.block(desk, bed(desk, "1C").id, "maintenance", plain(desk.today()), None, "Sommier")
    hold(desk, "1A", days=3)
    with pytest.raises(BedTaken) as taken:
        hold(desk, "1B")
    with pytest.raises(BedNotUsable):
        hold(desk, "1C")
    with pytest.raises(BedHeld) as held:
        hold(desk, "1A")
    assert (taken.value.by, held.value.held_no) == (sleeper.code, only(desk).held.held_no)
    later = replace(wanted(desk, "1A"), first=only(desk).held.after, expected_on=only(desk).held.after)
    held_beds.hold(desk, replace(later, after=later.first + timedelta(days=2)))
    assert len(held_beds.register(desk)) == 2


def test_the_file_refuses_two_for_one_bed_whoever_writes_them(desk: Desk) -> None:
    hold(desk)
    row = stored.HELD_BEDS.write(replace(wanted(desk), held_no="LR-X"))
    with pytest.raises(OverlapRefused), desk.writing("hold_bed", held_beds.TOPICS) as writing:
        writing.trail.add(stored.TABLE, row)
    assert len(held_beds.register(desk)) == 1


def test_a_bed_is_held_from_the_day_on_which_somebody_is_to_leave_it(desk: Desk) -> None:
    made = admit(desk, "1A", days=3)
    stay = residents.record(desk, made.person).stays[0].stay
    leaves = desk.today() + timedelta(days=2)
    residents.correct(desk, residents.record(desk, made.person).person, stay=replace(stay, expected_exit=leaves))
    with pytest.raises(BedTaken):
        hold(desk, "1A", since=1, days=1)
    hold(desk, "1A", since=2, days=2)
    board = bed_board.board(desk, desk.today())
    look = next(one for room in board.rooms for one in room.beds if one.bed.code == "1A")
    assert (look.is_held, look.held is not None, board.expected) == (False, True, 0)


def test_places_of_a_room_are_held_as_far_as_it_has_free_beds(desk: Desk) -> None:
    admit(desk, "1B", days=3)
    hold(desk, room="1", places=2)
    with pytest.raises(NotEnoughBeds) as refused:
        hold(desk, room="1", places=2)
    hold(desk, "1A")
    with pytest.raises(NotEnoughBeds):
        hold(desk, "1C")
    board = bed_board.board(desk, desk.today())
    room = next(one for one in board.rooms if one.room.code == "1")
    assert (refused.value.free, room.places_held, room.free, board.expected) == (3, 2, 0, 3)


def test_what_is_held_is_proposed_to_nobody_else(desk: Desk) -> None:
    key = hold(desk, "1A")
    others, own = proposed(desk), proposed(desk, key)
    assert (others["1A"].fits, others["1A"].is_held, others["1A"].rank > others["1B"].rank) == (False, True, True)
    assert (own["1A"].fits, others["1B"].fits) == (True, True)


def test_what_is_held_from_a_later_night_on_is_not_given_without_end_either(desk: Desk) -> None:
    hold(desk, "1A", days=5, since=5)
    assert proposed(desk)["1A"].is_held
    with pytest.raises(NeedsReason):
        arriving(desk, "1A")


def test_places_held_leave_the_other_beds_of_the_room(desk: Desk) -> None:
    hold(desk, room="1", places=3)
    assert proposed(desk)["1A"].fits
    arriving(desk, "1A")
    assert proposed(desk)["1B"].is_held
    with pytest.raises(NeedsReason):
        arriving(desk, "1B")


def test_a_manager_gives_a_held_bed_to_somebody_else_with_a_reason_that_is_kept(desk: Desk) -> None:
    hold(desk, "1A")
    with pytest.raises(NeedsReason) as refused:
        arriving(desk, "1A")
    made = arriving(desk, "1A", reason="Urgence")
    placement = residents.record(desk, made.person).stays[0].placements[0]
    assert (refused.value.rules, placement.override_rule, placement.override_reason) == (("R-35",), "R-35", "Urgence")
    assert only(desk).blocked_by == made.code
    assert bed_board.board(desk, desk.today()).expected == 0


def test_a_case_worker_does_not_set_it_aside(desk: Desk) -> None:
    hold(desk, "1A")
    become(desk, Role.CASE_WORKER)
    with pytest.raises(NeedsReason):
        arriving(desk, "1A", reason="Urgence")


def test_a_move_into_a_held_bed_of_the_same_room_asks_too_and_the_reason_stays_with_that_bed(desk: Desk) -> None:
    made = admit(desk, "1B", days=3)
    hold(desk, "1A")
    with pytest.raises(NeedsReason):
        stays.move(desk, made.stay, Spot("lit", bed(desk, "1A").id), clock.now())
    stays.move(desk, made.stay, Spot("lit", bed(desk, "1A").id, reason="Fenêtre"), clock.now())
    stays.move(desk, made.stay, Spot("lit", bed(desk, "1C").id), clock.now() + timedelta(minutes=0))
    last = residents.record(desk, made.person).stays[0].placements[-1]
    assert (last.bed, last.override_rule) == (bed(desk, "1C").id, "")


def test_a_move_inside_a_room_takes_none_of_the_places_held_there(desk: Desk) -> None:
    made = admit(desk, "1A", days=3)
    hold(desk, room="1", places=3)
    stays.move(desk, made.stay, Spot("lit", bed(desk, "1B").id), clock.now())
    assert residents.record(desk, made.person).stays[0].placements[-1].bed == bed(desk, "1B").id


def test_it_lapses_at_midnight_without_anything_being_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(desk, "1A", nights=1)
    lines = journal.numbers(desk, journal.Wanted())
    first = desk.today()
    go_to(monkeypatch, first, time(23, 59))
    before = (only(desk).held.state(desk.today()), proposed(desk)["1A"].fits, today.tonight(desk).expected)
    go_to(monkeypatch, first + timedelta(days=1), time(0, 1))
    after = (only(desk).held.state(desk.today()), proposed(desk)["1A"].fits, today.tonight(desk).expected)
    assert (before, after) == (("held", False, 1), ("lapsed", True, 0))
    assert journal.numbers(desk, journal.Wanted()) == lines


def test_who_came_on_the_last_night_is_typed_after_it_lapsed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    key, first = hold(desk, "1A", nights=1), desk.today()
    go_to(monkeypatch, first + timedelta(days=1), time(8))
    with pytest.raises(HeldOver):
        arriving(desk, "1A", held=key)
    arriving(desk, "1A", held=key, at=datetime.combine(first, time(23)))
    assert only(desk).held.state(desk.today()) == "arrived"


def test_it_is_prolonged_and_once_lapsed_held_again_where_the_bed_is_free(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = hold(desk, "1A", nights=1)
    held_beds.change(desk, replace(only(desk).held, after=desk.today() + timedelta(days=3)))
    prolonged = only(desk).held
    go_to(monkeypatch, prolonged.after)
    assert prolonged.state(desk.today()) == "lapsed"
    again = replace(prolonged, expected_on=desk.today(), after=desk.today() + timedelta(days=1))
    held_beds.change(desk, again)
    assert (only(desk).held.id, only(desk).held.state(desk.today())) == (key, "held")
    go_to(monkeypatch, again.after)
    arriving(desk, "1A")
    with pytest.raises(BedTaken):
        held_beds.change(desk, replace(again, after=desk.today() + timedelta(days=2), expected_on=desk.today()))


def test_one_that_lapsed_stands_in_nobody_s_way(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = hold(desk, "1A", nights=1)
    go_to(monkeypatch, desk.today() + timedelta(days=1))
    hold(desk, "1A", nights=1)
    elsewhere = hold(desk, "1B", nights=3)
    go_to(monkeypatch, desk.today() + timedelta(days=1))
    day, ahead = desk.today(), desk.today() + timedelta(days=2)
    held_beds.change(desk, replace(held_beds.line(desk, first).held, expected_on=day, after=ahead))
    again = held_beds.line(desk, first).held
    assert (again.first, again.state(day)) == (day, "held")
    held_beds.cancel(desk, first, "Erreur")
    held_beds.change(desk, replace(held_beds.line(desk, elsewhere).held, bed=bed(desk, "1A").id))
    moved = held_beds.line(desk, elsewhere)
    assert (moved.place, moved.held.first, moved.held.state(day)) == ("1A", day, "late")


def test_another_bed_and_others_are_held_under_the_same_number(desk: Desk) -> None:
    hold(desk, "1A")
    before = only(desk).held
    done = held_beds.change(desk, replace(before, bed=bed(desk, "1D").id, groups=MOTHER))
    changed = only(desk)
    undo(desk, done)
    assert (changed.place, changed.held.groups, changed.held.held_no) == ("1D", MOTHER, before.held_no)
    assert only(desk).held == before


def test_it_is_given_up_with_a_reason_and_told_by_the_journal(desk: Desk) -> None:
    key = hold(desk, "1A")
    with pytest.raises(Missing):
        held_beds.cancel(desk, key, " ")
    held_beds.cancel(desk, key, "Orientée ailleurs")
    line = only(desk)
    told = [one.action for one in journal.lines(desk, journal.numbers(desk, journal.Wanted()))]
    assert (line.held.state(desk.today()), line.held.end_reason, line.ended_by) == (
        "cancelled", "Orientée ailleurs", "Agent A",
    )  # fmt: skip
    assert told[:2] == ["cancel_held_bed", "hold_bed"]
    assert proposed(desk)["1A"].fits
    with pytest.raises(HeldOver):
        held_beds.change(desk, line.held)


def test_what_is_not_there_any_more_is_said(desk: Desk) -> None:
    for act in (
        lambda: held_beds.cancel(desk, HeldBedId(9), "Erreur"),
        lambda: held_beds.line(desk, HeldBedId(9)),
        lambda: arriving(desk, held=HeldBedId(9)),
    ):
        with pytest.raises(HeldGone):
            act()


def test_a_held_bed_is_not_taken_out_of_use_or_of_service(desk: Desk) -> None:
    hold(desk, "1A")
    with pytest.raises(BedHeld):
        beds.block(desk, bed(desk, "1A").id, "maintenance", plain(desk.today()), None, "Sommier")
    with pytest.raises(BedHeld):
        beds.change_bed(desk, replace(bed(desk, "1A"), in_service_to=plain(desk.today() + timedelta(days=1))))
    held_beds.cancel(desk, only(desk).held.id, "Erreur")
    beds.block(desk, bed(desk, "1A").id, "maintenance", plain(desk.today()), None, "Sommier")


def test_no_bed_is_taken_from_a_room_whose_places_need_it(desk: Desk) -> None:
    admit(desk, "1B", days=3)
    hold(desk, room="1", places=2)
    day = plain(desk.today())
    beds.block(desk, bed(desk, "1C").id, "maintenance", day, None, "Sommier")
    with pytest.raises(PlacesHeld) as refused:
        beds.block(desk, bed(desk, "1A").id, "maintenance", day, None, "Sommier")
    assert (refused.value.room_code, refused.value.held_no) == ("1", only(desk).held.held_no)
    for changed in (
        replace(bed(desk, "1A"), in_service_to=day + timedelta(days=1)),
        replace(bed(desk, "1A"), in_service_from=day + timedelta(days=1)),
        replace(bed(desk, "1A"), bed_type="appoint"),
    ):
        with pytest.raises(PlacesHeld):
            beds.change_bed(desk, changed)
    beds.block(desk, bed(desk, "1A").id, "maintenance", plain(only(desk).held.after), None, "Sommier")
    beds.change_bed(desk, replace(bed(desk, "1D"), code="1E"))


def test_places_of_a_room_say_when_others_have_its_beds(desk: Desk) -> None:
    hold(desk, room="4", places=1)
    second = hold(desk, room="4", places=1)
    assert [one.short for one in held_beds.register(desk)] == [None, None]
    arriving(desk, "4A", reason="Urgence")
    lines = {one.held.id: one for one in held_beds.register(desk)}
    board = bed_board.board(desk, desk.today())
    room = next(one for one in board.rooms if one.room.code == "4")
    assert {key: one.short for key, one in lines.items() if one.is_blocked} == {second: 0}
    assert (room.places_held, room.free, board.expected) == (2, 0, 1)
    assert [task.matter for task in arrivals.expected(desk)] == ["arrival_due", "held_taken"]


def test_it_answers_a_request_that_waits(desk: Desk) -> None:
    request = asked(desk)
    hold(desk, "1A", request=request)
    (line,) = held_beds.of_requests(desk, [request])[request]
    assert (line.request_no, place_requests.waiting(desk).persons) == (f"DP-{desk.today().year}-0001", 1)
    place_requests.decide(desk, request, Decision("refusee", desk.today(), "complet"))
    with pytest.raises(RequestDecided):
        hold(desk, "1B", request=request)
    with pytest.raises(RequestGone):
        hold(desk, "1B", request=PlaceRequestId(9))


def test_an_admission_for_the_request_takes_what_is_held_for_it(desk: Desk) -> None:
    request = asked(desk)
    hold(desk, "1A", request=request)
    made = arriving(desk, "1A", request=request)
    assert (only(desk).came, place_requests.waiting(desk).persons) == (((made.code, made.person),), 0)


def test_a_request_that_is_refused_gives_up_its_bed_and_one_met_already_takes_it(desk: Desk) -> None:
    refused, met = asked(desk), asked(desk)
    hold(desk, "1A", request=refused)
    hold(desk, "1B", request=met)
    done = place_requests.decide(desk, refused, Decision("refusee", desk.today(), "complet"))
    here = arriving(desk, "1C")
    place_requests.decide(desk, met, Decision("admise", desk.today(), stay=here.stay))
    states = {one.place: one.held.state(desk.today()) for one in held_beds.register(desk)}
    given_up = next(one.held for one in held_beds.register(desk) if one.place == "1A")
    undo(desk, done)
    again = {one.place: one.held.state(desk.today()) for one in held_beds.register(desk)}
    assert (states, given_up.end_reason, again["1A"]) == ({"1A": "cancelled", "1B": "arrived"}, "refusee", "held")


def test_why_it_was_given_up_is_said_in_the_language_of_the_reader(desk: Desk) -> None:
    request = asked(desk)
    hold(desk, "1A", request=request)
    place_requests.decide(desk, request, Decision("refusee", desk.today(), "complet"))
    with words.speaking("fr"):
        told = held_words.told(only(desk).held, desk.today())
    assert told.endswith("demande refusée")


def test_no_figure_of_a_month_is_moved_by_what_is_held(desk: Desk) -> None:
    admit(desk, "1A", days=5)
    month = Period.month(desk.today().year, desk.today().month)
    before = month_when_over(desk, month).report.figures
    hold(desk, "1B", days=1)
    hold(desk, room="4", places=2)
    held_beds.cancel(desk, hold(desk, "1C"), "Erreur")
    after = month_when_over(desk, month).report.figures
    assert {key: one.value for key, one in after.items()} == {key: one.value for key, one in before.items()}
    night = today.tonight(desk)
    assert (night.present, night.usable, night.rate) == (1, 12, 8.3)


def test_a_calendar_is_told_what_is_held_on_its_days(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.today()
    hold(desk, "1A", nights=3)
    hold(desk, "1B", days=3, since=3)
    lapsed = hold(desk, "1D", nights=1)
    gone = hold(desk, "1C", nights=9)
    go_to(monkeypatch, first + timedelta(days=1))
    held_beds.cancel(desk, gone, "Erreur")
    assert held_beds.line(desk, lapsed).held.state(desk.today()) == "lapsed"

    def told(begin: int, end: int) -> list[tuple[int, int]]:
        nights = Period(first + timedelta(days=begin), first + timedelta(days=end))
        found = [one for one in bars_of(bed_calendar.calendar(desk, nights)) if one.kind == "held"]
        return [((one.first - first).days, (one.after - first).days) for one in found if one.after is not None]

    assert (told(0, 9), told(1, 2), told(2, 2)) == ([(0, 3), (3, 5)], [(0, 3)], [(0, 3)])


def bars_of(made: BedCalendar) -> list[Bar]:
    return [bar for room in made.rooms for line in room.lines for bar in line.bars]


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.CASE_WORKER, Role.RECEPTION])
def test_whoever_may_open_the_door_holds_a_bed(desk: Desk, role: Role) -> None:
    become(desk, role)
    hold(desk)
    assert only(desk).place == "1A"


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_other_roles_learn_how_many_and_nothing_else(desk: Desk, role: Role) -> None:
    key = hold(desk)
    become(desk, role)
    for ask in (
        lambda: held_beds.register(desk),
        lambda: held_beds.line(desk, key),
        lambda: held_beds.of_requests(desk, []),
    ):
        with pytest.raises(NotAllowed):
            ask()
    assert today.tonight(desk).expected == 1


def test_the_night_guard_is_told_of_what_holds_now_and_changes_nothing(desk: Desk) -> None:
    gone, key = hold(desk, "1A"), hold(desk, "1B")
    held_beds.cancel(desk, gone, "Erreur")
    become(desk, Role.RECEPTION)
    day = desk.today()
    assert [one.place for one in held_beds.register(desk)] == ["1B"]
    assert [one.place for one in held_beds.current(desk, day - timedelta(days=9))] == ["1B"]
    shown = bars_of(bed_calendar.calendar(desk, Period(day, day + timedelta(days=9))))
    assert [one.held.id for one in shown if one.held is not None] == [key]
    with pytest.raises(HeldGone):
        held_beds.line(desk, gone)
    with pytest.raises(NotAllowed):
        held_beds.cancel(desk, key, "Erreur")
    with pytest.raises(NotAllowed):
        held_beds.change(desk, only(desk).held)
    arriving(desk, "1B", held=key)
    assert held_beds.register(desk) == ()
