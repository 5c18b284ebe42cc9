"""Moves typed in any order: every night keeps what was said of it, last, and nothing vanishes without a word."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelter_desk.domain.errors import BedTaken
from shelter_desk.domain.moments import is_plain, plain
from shelter_desk.domain.stays.stays import Placement, placement_on
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import absences, bed_moves, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admitted
from tests.operations.shelter import admit, bed, days_ago, open_small_shelter

FIRST = 12  # so many days ago the stays of the property began


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def placements(desk: Desk, made: Admitted) -> tuple[Placement, ...]:
    return next(one.placements for one in residents.record(desk, made.person).stays if one.stay.id == made.stay)


def beds_by_night(desk: Desk, made: Admitted, days: int) -> list[str]:
    """The bed of each night from that many days ago to tonight, "" without one."""
    codes = {one.id: one.code for _, several in beds.rooms(desk) for one in several}
    found = placements(desk, made)
    slept = [placement_on(found, days_ago(n).date()) for n in range(days, -1, -1)]
    return [codes.get(one.bed, "") if one is not None and one.bed is not None else "" for one in slept]


def move(desk: Desk, made: Admitted, code: str, at: datetime) -> None:
    stays.move(desk, made.stay, Spot("lit", bed(desk, code).id, reason="essai"), at)


def test_a_move_dated_back_stands_between_those_that_came_later(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    move(desk, one, "1B", days_ago(5))
    move(desk, one, "1C", days_ago(2))
    move(desk, one, "1D", days_ago(7))
    assert beds_by_night(desk, one, 9) == ["1A", "1A", "1D", "1D", "1B", "1B", "1B", "1C", "1C", "1C"]


def test_a_move_dated_back_takes_only_the_nights_until_the_next_one(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    move(desk, one, "1B", days_ago(5))
    admit(desk, "1D", days=4)
    move(desk, one, "1D", days_ago(7))
    assert beds_by_night(desk, one, 9)[2:5] == ["1D", "1D", "1B"]
    with pytest.raises(BedTaken):
        move(desk, one, "1D", days_ago(5))


def test_the_beds_proposed_for_a_night_of_the_past_are_free_until_the_next_move(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    move(desk, one, "1B", days_ago(5))
    later, before = admit(desk, "1D", days=4), admit(desk, "1C", days=6)
    person = residents.record(desk, one.person).person
    found = beds.beds_for(desk, "f", person.birth, days_ago(7).date(), stay=one.stay)
    taken = {proposal.bed.code: proposal.taken_by for proposal in found}
    assert (taken["1D"], taken["1C"], later.code != before.code) == ("", before.code, True)


def test_the_move_said_last_of_one_moment_or_of_a_day_without_an_hour_stands(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    move(desk, one, "1B", days_ago(5))
    move(desk, one, "1C", days_ago(5))
    assert beds_by_night(desk, one, 5)[0] == "1C"
    move(desk, one, "1D", plain(days_ago(5).date()))
    assert beds_by_night(desk, one, 5)[0] == "1D"
    move(desk, one, "1B", days_ago(5))
    assert beds_by_night(desk, one, 5)[0] == "1B"


def test_an_infant_follows_a_move_dated_back_and_the_later_ones_stand(desk: Desk) -> None:
    mother = admit(desk, "1A", days=9)
    infant = admit(desk, "1A", days=9, age=0, head=mother.stay, shares=True)
    move(desk, mother, "1B", days_ago(3))
    move(desk, mother, "1C", days_ago(6))
    nights = ["1A"] * 3 + ["1C"] * 3 + ["1B"] * 4
    assert (beds_by_night(desk, mother, 9), beds_by_night(desk, infant, 9)) == (nights, nights)


def test_an_infant_with_a_bed_of_its_own_later_keeps_it_when_the_mother_moves_before(desk: Desk) -> None:
    mother = admit(desk, "1A", days=9)
    infant = admit(desk, "1A", days=9, age=0, head=mother.stay, shares=True)
    move(desk, infant, "1D", days_ago(4))
    move(desk, mother, "1C", days_ago(6))
    assert beds_by_night(desk, infant, 9) == ["1A"] * 3 + ["1C"] * 2 + ["1D"] * 5


def test_a_swap_dated_back_leaves_the_later_moves_of_both(desk: Desk) -> None:
    one, other = admit(desk, "1A", days=9), admit(desk, "1B", days=9)
    move(desk, other, "1D", days_ago(3))
    move(desk, one, "1C", days_ago(4))
    stays.swap(desk, one.stay, other.stay, days_ago(6))
    assert beds_by_night(desk, one, 9) == ["1A"] * 3 + ["1B"] * 2 + ["1C"] * 5
    assert beds_by_night(desk, other, 9) == ["1B"] * 3 + ["1A"] * 3 + ["1D"] * 4


def test_taking_back_a_move_dated_back_restores_every_row(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    move(desk, one, "1B", days_ago(5))
    before = placements(desk, one)
    done = stays.move(desk, one.stay, Spot("lit", bed(desk, "1D").id), days_ago(7))
    undo(desk, done)
    assert placements(desk, one) == before


def test_until_when_a_move_dated_back_holds_is_known(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    move(desk, one, "1B", days_ago(5))
    back = stays.move(desk, one.stay, Spot("lit", bed(desk, "1D").id), days_ago(7))
    last = stays.move(desk, one.stay, Spot("lit", bed(desk, "1C").id), days_ago(1))
    assert (bed_moves.until(back, one.stay), bed_moves.until(last, one.stay)) == (days_ago(5), None)


def test_an_exit_dated_before_moves_and_absences_says_what_it_takes_out(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    move(desk, one, "1B", days_ago(5))
    absences.be_away(desk, one.stay, "hopital", days_ago(3).date(), days_ago(2).date())
    before = placements(desk, one)
    done = stays.leave(desk, one.stay, days_ago(7), "fin_sejour", "inconnue")
    assert bed_moves.taken_out(done) == [days_ago(5).date(), days_ago(3).date()]
    undo(desk, done)
    assert placements(desk, one) == before
    assert bed_moves.taken_out(stays.leave(desk, one.stay, days_ago(0, 0), "fin_sejour", "inconnue")) == []


def test_an_absence_of_which_no_return_is_known_ends_where_the_next_one_begins(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    absences.be_away(desk, one.stay, "hopital", days_ago(3).date(), days_ago(2).date())
    absences.be_away(desk, one.stay, "demarche", days_ago(7).date())
    absences.come_back(desk, one.stay, days_ago(6).date())
    away = residents.record(desk, one.person).stays[0].absences
    assert [(a.absence_type, a.start.date(), a.end.date()) for a in away if a.end] == [
        ("demarche", days_ago(7).date(), days_ago(6).date()),
        ("hopital", days_ago(3).date(), days_ago(2).date()),
    ]


# In any order --------------------------------------------------------------------------------------------------------

_HOURS = st.sampled_from((0, 9, 17))  # 0: the hour is not known
_PLACES = st.integers(0, 5)  # four beds, two rooms with a mat
_MOVES = st.lists(st.tuples(st.integers(1, FIRST), _HOURS, _PLACES), min_size=1, max_size=7)


def _spot(desk: Desk, room: str, place: int) -> Spot:
    if place < 4:
        return Spot("lit", bed(desk, room + "ABCD"[place]).id, reason="essai")
    return Spot("appoint", room=bed(desk, "34"[place - 4] + "A").room, reason="essai")


def _nights(desk: Desk, made: Admitted) -> list[int]:
    """The place of each night, by its number."""
    number = {_spot(desk, room, n): n for room in "12" for n in range(6)}
    found = placements(desk, made)
    slept = [placement_on(found, days_ago(n).date()) for n in range(FIRST, -1, -1)]
    return [-1 if one is None else number[Spot(one.place, one.bed, one.room, "essai")] for one in slept]


def _typed(desk: Desk, room: str, moves: list[tuple[int, int, int]]) -> list[int]:
    """The places of the nights of somebody whose moves are typed in that order; nothing is left of it."""
    one = admit(desk, room + "A", days=FIRST, reason="essai")
    for days, hour, place in moves:
        stays.move(desk, one.stay, _spot(desk, room, place), max(days_ago(days, hour), days_ago(FIRST)))
    found = _nights(desk, one)
    stays.void(desk, one.stay, "doublon")
    return found


def _said_last(moves: list[tuple[int, int, int]]) -> list[int]:
    """The same by hand: of two moves whose moments cannot be told apart the one typed last stands."""
    said: dict[datetime, int] = {days_ago(FIRST): 0}
    for days, hour, place in moves:
        at = max(days_ago(days, hour), days_ago(FIRST))
        alike = [w for w in said if w.date() == at.date() and (w == at or is_plain(w) or is_plain(at))]
        said = {when: where for when, where in said.items() if when not in alike} | {at: place}
    nights: list[date] = [days_ago(n).date() for n in range(FIRST, -1, -1)]
    return [said[max(when for when in said if when.date() <= night)] for night in nights]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_MOVES.flatmap(lambda moves: st.tuples(st.just(moves), st.permutations(moves))))
def test_moves_typed_in_any_order_give_every_night_the_same_place(
    desk: Desk, typed: tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]
) -> None:
    moves, shuffled = typed
    apart = {(days, hour): (days, hour, place) for days, hour, place in moves if hour and days < FIRST}
    in_order = sorted(apart.values(), key=lambda one: (-one[0], one[1]))
    any_order = [one for one in dict.fromkeys(shuffled) if one in in_order]
    assert _typed(desk, "1", any_order) == _typed(desk, "2", in_order)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_MOVES)
def test_every_night_keeps_what_was_said_of_it_last(desk: Desk, moves: list[tuple[int, int, int]]) -> None:
    assert _typed(desk, "1", moves) == _said_last(moves)
