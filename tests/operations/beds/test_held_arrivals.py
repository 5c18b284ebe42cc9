"""Who comes for a held bed: taken in the act of the admission, by one person, whole or not at all."""

import pytest

from shelter_desk.domain.beds.held_beds import BedHeld, HeldOver, RoomHeld
from shelter_desk.domain.errors import (
    BedTaken,
    ChangedSince,
)
from shelter_desk.domain.ids import HeldBedId, PlaceRequestId, StayId
from shelter_desk.domain.stays.place_requests import Decision
from shelter_desk.operations.beds import beds, held_beds
from shelter_desk.operations.desk import Desk, Done, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import place_requests, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.system import clock
from tests.operations.beds.held_scene import MOTHER, WOMAN, arriving, asked, desk, hold, only, proposed, wanted
from tests.operations.shelter import admit, bed, born, days_ago

__all__ = ["desk"]


def test_the_admission_takes_the_held_bed_in_the_same_act(desk: Desk) -> None:
    key = hold(desk, "1A")
    made = arriving(desk, "1A", held=key)
    line = only(desk)
    state = (line.held.state(desk.today()), [one.stay for one in line.held.arrived], line.came)
    undo(desk, made.done)
    assert state == ("arrived", [made.stay], ((made.code, made.person),))
    assert (only(desk).held.state(desk.today()), only(desk).came) == ("held", ())


def test_nothing_of_a_refused_admission_is_kept(desk: Desk) -> None:
    admit(desk, "2A", sex="m", days=3)
    key = hold(desk, "1A")
    with pytest.raises(BedTaken):
        arriving(desk, "2A", held=key, sex="m")
    assert (only(desk).held.holds(desk.today()), len(residents.listed(desk, "all"))) == (True, 1)


def test_two_persons_do_not_take_one_held_bed(desk: Desk) -> None:
    key = hold(desk, "1A")
    arriving(desk, "1A", held=key)
    with pytest.raises(BedTaken):
        arriving(desk, "1A", held=key)
    with pytest.raises(HeldOver):
        arriving(desk, "1B", held=key)
    assert (len(only(desk).came), len(residents.listed(desk, "all"))) == (1, 1)


def test_two_persons_who_look_at_one_free_bed_do_not_both_hold_it(desk: Desk) -> None:
    first, second = wanted(desk, "1A"), wanted(desk, "1A", groups=MOTHER)
    held_beds.hold(desk, first)
    with pytest.raises(BedHeld):
        held_beds.hold(desk, second)
    assert only(desk).held.groups == WOMAN


def test_who_is_expected_may_sleep_in_another_bed_and_the_held_one_is_free_again(desk: Desk) -> None:
    key = hold(desk, "1A")
    arriving(desk, "1B", held=key)
    assert (only(desk).held.state(desk.today()), proposed(desk)["1A"].fits) == ("arrived", True)


def test_a_family_comes_one_by_one_for_the_places_of_a_room(desk: Desk) -> None:
    key = hold(desk, room="4", places=2, groups=MOTHER)
    mother = arriving(desk, "4A", held=key)
    left = only(desk).held.left
    moment = clock.now()
    child = Admission(
        moment, "premiere", "transit", "m", born(8), "GN", child_status="accompagne", is_dependant=True,
        head=mother.stay, spot=Spot("lit", bed(desk, "4B").id), held=key,
    )  # fmt: skip
    stays.admit(desk, child)
    assert (left, only(desk).held.left, only(desk).held.state(desk.today())) == (1, 0, "arrived")


def test_an_admission_that_was_a_mistake_holds_the_bed_again(desk: Desk) -> None:
    key = hold(desk, "1A")
    made = arriving(desk, "1A", held=key)
    stays.void(desk, made.stay, "Saisie deux fois.")
    assert (only(desk).held.holds(desk.today()), only(desk).came) == (True, ())


def test_what_somebody_came_for_is_not_taken_back(desk: Desk) -> None:
    made = held_beds.hold(desk, wanted(desk))
    arriving(desk, "1A", held=made.id)
    with pytest.raises(ChangedSince):
        undo(desk, made.done)


def states(desk: Desk) -> dict[str, str]:
    return {one.place: one.held.state(desk.today()) for one in held_beds.register(desk)}


def decided(desk: Desk, request: PlaceRequestId, outcome: str, stay: StayId | None = None) -> Done:
    on = None if outcome == "attente" else desk.today()
    return place_requests.decide(desk, request, Decision(outcome, on, "complet", stay=stay))


def test_a_bed_is_held_again_when_its_request_was_met_by_nobody(desk: Desk) -> None:
    request = asked(desk)
    hold(desk, "1A", request=request)
    made = arriving(desk, "1B", request=request)
    before = states(desk)
    done = decided(desk, request, "attente")
    waits = states(desk)
    undo(desk, done)
    assert (before, waits, states(desk)) == ({"1A": "arrived"}, {"1A": "held"}, {"1A": "arrived"})
    decided(desk, request, "refusee")
    assert (states(desk), residents.record(desk, made.person).stays[0].stay.id) == ({"1A": "cancelled"}, made.stay)


def test_another_stay_takes_the_bed_when_the_request_led_to_it(desk: Desk) -> None:
    request = asked(desk)
    hold(desk, "1A", request=request)
    arriving(desk, "1B", request=request)
    other = arriving(desk, "1C")
    decided(desk, request, "admise", other.stay)
    assert only(desk).came == ((other.code, other.person),)


def test_a_decision_written_twice_takes_one_place_and_a_family_gives_back_all_of_theirs(desk: Desk) -> None:
    request = asked(desk, MOTHER)
    key = hold(desk, room="1", places=3, groups=MOTHER, request=request)
    mother = arriving(desk, "1A", request=request)
    child = Admission(
        clock.now(), "premiere", "transit", "f", born(8), "GN", child_status="accompagne", is_dependant=True,
        head=mother.stay, spot=Spot("lit", bed(desk, "1B").id), held=key,
    )  # fmt: skip
    stays.admit(desk, child)
    decided(desk, request, "admise", mother.stay)
    left = only(desk).held.left
    decided(desk, request, "attente")
    assert (left, only(desk).held.left) == (1, 3)


def test_no_bed_is_held_again_that_is_held_for_somebody_else_by_now(desk: Desk) -> None:
    request = asked(desk)
    hold(desk, "1A", request=request)
    arriving(desk, "1B", request=request)
    hold(desk, "1A")
    with pytest.raises(BedHeld):
        decided(desk, request, "attente")
    decided(desk, request, "refusee")
    assert sorted(one.held.state(desk.today()) for one in held_beds.register(desk)) == ["cancelled", "held"]


def with_child(desk: Desk, bed_code: str, child_code: str, held: HeldBedId | None = None) -> StayId:
    """A mother and her child who came today; her stay."""
    mother = arriving(desk, bed_code, held=held)
    child = Admission(
        clock.now(), "premiere", "transit", "f", born(8), "GN", child_status="accompagne", is_dependant=True,
        head=mother.stay, spot=Spot("lit", bed(desk, child_code).id), held=held,
    )  # fmt: skip
    stays.admit(desk, child)
    return mother.stay


def test_no_place_of_a_room_stays_held_once_the_request_led_to_another_family(desk: Desk) -> None:
    request = asked(desk, MOTHER)
    key = hold(desk, room="4", places=2, groups=MOTHER, request=request)
    first, second = with_child(desk, "1A", "1B", key), with_child(desk, "1C", "1D")
    decided(desk, request, "admise", first)
    assert states(desk) == {"4": "arrived"}
    decided(desk, request, "admise", second)
    assert (states(desk), len(only(desk).came)) == ({"4": "arrived"}, 2)


def test_who_came_before_the_request_takes_nothing_of_what_is_held_for_it(desk: Desk) -> None:
    mother = arriving(desk, "1A", at=days_ago(4))
    child = Admission(
        days_ago(4), "premiere", "transit", "f", born(8), "GN", child_status="accompagne", is_dependant=True,
        head=mother.stay, spot=Spot("lit", bed(desk, "1B").id),
    )  # fmt: skip
    stays.admit(desk, child)
    request = asked(desk, MOTHER)
    hold(desk, room="4", places=2, groups=MOTHER, request=request)
    decided(desk, request, "admise", mother.stay)
    assert only(desk).held.left == 1


def test_the_bed_that_the_former_stay_had_taken_is_taken_first(desk: Desk) -> None:
    request = asked(desk, MOTHER)
    hold(desk, "1A", request=request)
    taken = hold(desk, "1B", request=request)
    came = arriving(desk, "1B", held=taken)
    decided(desk, request, "admise", came.stay)
    other = arriving(desk, "1C")
    decided(desk, request, "admise", other.stay)
    assert states(desk) == {"1A": "held", "1B": "arrived"}


def test_no_place_of_a_room_is_held_again_where_all_it_has_left_is_held_for_others(desk: Desk) -> None:
    request = asked(desk)
    hold(desk, room="1", places=1, request=request)
    made = arriving(desk, "4A", request=request)
    other = hold(desk, room="1", places=4)
    with pytest.raises(RoomHeld) as refused:
        decided(desk, request, "attente")
    line = held_beds.line(desk, other)
    assert refused.value.args == ("1", line.held.held_no, line.held.after)
    assert (len(held_beds.register(desk)), held_beds.line(desk, other).held.left) == (2, 4)
    decided(desk, request, "refusee")
    assert sorted(one.held.state(desk.today()) for one in held_beds.register(desk)) == ["cancelled", "held"]
    assert residents.record(desk, made.person).stays[0].stay.id == made.stay


def test_who_holds_the_places_of_those_nights_is_named_and_not_who_holds_later_or_a_mat(desk: Desk) -> None:
    request = asked(desk)
    hold(desk, room="1", places=1, nights=12, request=request)
    arriving(desk, "4A", request=request)
    named = hold(desk, room="1", places=4)
    hold(desk, room="1", places=1, since=6, days=6)
    mat = bed(desk, "1A").room
    beds.add_beds(desk, mat, ["1N"], "appoint", days_ago(0, hour=0))
    hold(desk, "1N")
    with pytest.raises(RoomHeld) as refused:
        decided(desk, request, "attente")
    line = held_beds.line(desk, named)
    assert refused.value.args == ("1", line.held.held_no, line.held.after)
