"""Entry and exit put right while beds are held: nights from today on are not taken from who is expected (R-35)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.beds.held_beds import BedHeld
from shelter_desk.domain.errors import OverlapRefused
from shelter_desk.domain.ids import HeldBedId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stay_corrections, stays
from shelter_desk.operations.stays.stays import Admitted
from tests.operations.beds.held_scene import arriving, desk, hold
from tests.operations.shelter import admit, days_ago
from tests.operations.stays.corrections_scene import kept, left, spans

__all__ = ["desk"]


def still_here(desk: Desk, made: Admitted) -> Stay:
    return replace(kept(desk, made).stay, exited_at=None, exit_reason="", exit_destination="")


def cancelled(desk: Desk, made: Admitted) -> Stay:
    stays.void(desk, made.stay, "doublon")
    return stay_corrections.before_void(desk, made.stay)


@pytest.mark.parametrize("is_void", [False, True], ids=["exit taken away", "brought back"])
@pytest.mark.parametrize(
    "said", [{}, {"days": 3, "since": 3}, {"room": "1", "places": 4}], ids=["bed", "later", "room"]
)
def test_a_bed_held_meanwhile_is_not_taken_back(desk: Desk, said: dict[str, object], is_void: bool) -> None:
    made = admit(desk, "1A", days=20) if is_void else left(desk)
    wanted = cancelled(desk, made) if is_void else still_here(desk, made)
    hold(desk, "1A", **said)
    (line,) = held_beds.register(desk)
    with pytest.raises(BedHeld) as refused:
        stay_corrections.correct(desk, wanted)
    assert (refused.value.bed_code, refused.value.held_no) == ("1A", line.held.held_no)
    (told,) = stay_corrections.effects(desk, wanted).taken
    assert (type(told), told.args) == (BedHeld, refused.value.args)
    foreseen = stay_corrections.effects(desk, wanted, without_bed=True).placements
    stay_corrections.correct(desk, wanted, without_bed=True)
    assert spans(kept(desk, made).placements) == [(days_ago(20), plain(desk.today()))]
    assert [spans(one.becomes) for one in foreseen] == [[(days_ago(20), plain(desk.today()))]]


def test_nights_that_are_over_are_held_for_nobody(desk: Desk) -> None:
    made = left(desk)
    hold(desk, "1A")
    wanted = replace(kept(desk, made).stay, exited_at=days_ago(1))
    assert stay_corrections.effects(desk, wanted).taken == ()
    stay_corrections.correct(desk, wanted)
    assert spans(kept(desk, made).placements) == [(days_ago(20), days_ago(1))]


def test_an_entry_is_put_right_in_a_bed_that_is_held_once_its_sleeper_has_left(desk: Desk) -> None:
    made = admit(desk, "1A", days=5)
    record = residents.record(desk, made.person)
    leaves = desk.today() + timedelta(days=2)
    residents.correct(desk, record.person, stay=replace(record.stays[0].stay, expected_exit=leaves))
    hold(desk, "1A", since=2, days=2)
    stay_corrections.correct(desk, replace(kept(desk, made).stay, admitted_at=days_ago(7)))
    assert spans(kept(desk, made).placements) == [(days_ago(7), None)]


def test_who_came_for_a_held_bed_comes_back_into_it(desk: Desk) -> None:
    key = hold(desk, "1A")
    made = arriving(desk, "1A", held=key)
    stay_corrections.correct(desk, cancelled(desk, made))
    (line,) = held_beds.register(desk)
    assert (line.held.left, [placement.end for placement in kept(desk, made).placements]) == (0, [None])


def leaving_tomorrow(desk: Desk, key: HeldBedId) -> Admitted:
    """Who came for a held bed and is to leave it tomorrow."""
    made = arriving(desk, "1A", held=key)
    record = residents.record(desk, made.person)
    leaves = desk.today() + timedelta(days=1)
    residents.correct(desk, record.person, stay=replace(record.stays[0].stay, expected_exit=leaves))
    return made


def test_what_was_held_for_a_cancelled_stay_is_given_up_where_the_bed_is_held_for_others_since(desk: Desk) -> None:
    first = hold(desk, "1A")
    made = leaving_tomorrow(desk, first)
    second = hold(desk, "1A", since=1, days=1)
    done = stays.void(desk, made.stay, "doublon")
    states = {line.held.id: (line.held.state(desk.today()), line.held.end_reason) for line in held_beds.register(desk)}
    assert states == {first: ("cancelled", "doublon"), second: ("held", "")}
    with pytest.raises(OverlapRefused):
        undo(desk, done)
    held_beds.cancel(desk, second, "ne vient plus")
    undo(desk, done)
    assert held_beds.line(desk, first).held.state(desk.today()) == "arrived"


def test_else_it_is_held_again(desk: Desk) -> None:
    first = hold(desk, "1A")
    made = leaving_tomorrow(desk, first)
    hold(desk, "1B", since=1, days=1)
    stays.void(desk, made.stay, "doublon")
    assert held_beds.line(desk, first).held.state(desk.today()) == "held"


def test_places_of_a_room_that_are_enough_refuse_nobody(desk: Desk) -> None:
    made = left(desk)
    hold(desk, room="1", places=3)
    stay_corrections.correct(desk, still_here(desk, made))
    assert spans(kept(desk, made).placements) == [(days_ago(20), None)]


@pytest.mark.parametrize("stays_there", [False, True], ids=["the adult left", "the adult has the bed"])
def test_a_child_comes_back_into_a_held_bed_beside_its_adult_alone(desk: Desk, stays_there: bool) -> None:
    mother = admit(desk, "1A", days=20)
    child = admit(desk, "1A", age=1, days=20, head=mother.stay, shares=True)
    wanted = cancelled(desk, child)
    if not stays_there:
        stays.leave(desk, mother.stay, days_ago(1), "autonomie", "mali_autre")
        hold(desk, "1A")
        with pytest.raises(BedHeld):
            stay_corrections.correct(desk, wanted)
    stay_corrections.correct(desk, wanted, without_bed=not stays_there)
    assert spans(kept(desk, child).placements) == [(days_ago(20), None if stays_there else plain(desk.today()))]


def test_the_places_held_first_are_named_whichever_was_written_first(desk: Desk) -> None:
    made = left(desk)
    hold(desk, room="1", places=1, since=6, days=6)
    named = held_beds.line(desk, hold(desk, room="1", places=4)).held
    with pytest.raises(BedHeld) as refused:
        stay_corrections.correct(desk, still_here(desk, made))
    assert (refused.value.held_no, refused.value.after) == (named.held_no, named.after)
