"""What is undone takes no bed, and no place of a room, that is held for somebody since (R-35); nothing is lost."""

from dataclasses import replace

import pytest

from shelter_desk.domain.beds.held_beds import BedHeld, PlacesHeld
from shelter_desk.domain.errors import OverlapRefused
from shelter_desk.domain.ids import HeldBedId
from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.desk import Desk, Done, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stay_corrections, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission, Admitted
from tests.operations.beds.held_scene import arriving, desk, hold
from tests.operations.shelter import admit, bed, born, days_ago
from tests.operations.stays.corrections_scene import kept

__all__ = ["desk"]


def states(desk: Desk) -> dict[int, str]:
    return {line.held.id: line.held.state(desk.today()) for line in held_beds.register(desk)}


def left(desk: Desk, made: Admitted) -> Done:
    return stays.leave(desk, made.stay, days_ago(1), "autonomie", "mali_autre")


def test_a_cancelled_stay_comes_not_back_into_a_bed_that_is_held_for_others_since(desk: Desk) -> None:
    first = hold(desk, "1A")
    made = arriving(desk, "1A", held=first)
    done = stays.void(desk, made.stay, "doublon")
    held_beds.cancel(desk, first, "ne vient plus")
    second = hold(desk, "1A")
    with pytest.raises(BedHeld) as refused:
        undo(desk, done)
    line = held_beds.line(desk, second)
    assert (refused.value.bed_code, refused.value.held_no) == ("1A", line.held.held_no)
    assert kept(desk, made).stay.is_void
    assert states(desk) == {first: "cancelled", second: "held"}
    held_beds.cancel(desk, second, "ne vient plus")
    undo(desk, done)
    assert not kept(desk, made).stay.is_void
    assert states(desk) == {first: "arrived", second: "cancelled"}


def test_a_cancelled_stay_comes_back_where_what_was_held_for_it_was_given_up(desk: Desk) -> None:
    key = hold(desk, "1A")
    made = arriving(desk, "1A", held=key)
    done = stays.void(desk, made.stay, "doublon")
    held_beds.cancel(desk, key, "ne vient plus")
    undo(desk, done)
    line = held_beds.line(desk, key)
    assert (line.held.state(desk.today()), line.held.over_on, line.came[0][1]) == ("arrived", desk.today(), made.person)
    stays.void(desk, made.stay, "doublon")
    assert states(desk) == {key: "cancelled"}


def test_places_given_up_beside_who_came_stay_given_up(desk: Desk) -> None:
    key = hold(desk, room="1", places=2)
    made = arriving(desk, "1A", held=key)
    done = stays.void(desk, made.stay, "doublon")
    held_beds.cancel(desk, key, "ne vient plus")
    undo(desk, done)
    assert states(desk) == {key: "cancelled"}


def test_an_exit_is_not_undone_into_a_bed_that_is_held_since(desk: Desk) -> None:
    made = admit(desk, "1A", days=5)
    done = left(desk, made)
    hold(desk, "1A")
    with pytest.raises(BedHeld):
        undo(desk, done)
    assert kept(desk, made).stay.exited_at == days_ago(1)


@pytest.mark.parametrize("is_void", [True, False], ids=["cancelled", "left"])
def test_nor_where_the_places_that_are_held_need_the_bed(desk: Desk, is_void: bool) -> None:
    made = admit(desk, "1A", days=5)
    done = stays.void(desk, made.stay, "doublon") if is_void else left(desk, made)
    key = hold(desk, room="1", places=4)
    with pytest.raises(PlacesHeld) as refused:
        undo(desk, done)
    assert refused.value.args == ("1", held_beds.line(desk, key).held.held_no, held_beds.line(desk, key).held.after)
    held_beds.change(desk, replace(held_beds.line(desk, key).held, places=3))
    undo(desk, done)
    assert kept(desk, made).stay.exited_at is None


def test_what_is_given_up_is_not_held_again_once_somebody_sleeps_there(desk: Desk) -> None:
    key = hold(desk, "1A")
    done = held_beds.cancel(desk, key, "ne vient plus")
    arriving(desk, "1A")
    with pytest.raises(OverlapRefused) as refused:
        undo(desk, done)
    assert refused.value.what == "bed_taken_since"
    assert states(desk) == {key: "cancelled"}


def test_what_was_held_against_a_rule_set_aside_is_undone(desk: Desk) -> None:
    hold(desk, "1A")
    made = arriving(desk, "1A", reason="la seule place de plain-pied")
    done = stays.move(desk, made.stay, Spot("lit", bed(desk, "1B").id), desk.now())
    undo(desk, done)
    assert kept(desk, made).placements[-1].bed == bed(desk, "1A").id


def test_what_comes_later_than_the_planned_exit_is_held_still(desk: Desk) -> None:
    made = admit(desk, "1A", days=5)
    record = residents.record(desk, made.person)
    residents.correct(desk, record.person, stay=replace(record.stays[0].stay, expected_exit=desk.today()))
    done = stays.void(desk, made.stay, "doublon")
    hold(desk, "1A")
    undo(desk, done)
    assert not kept(desk, made).stay.is_void


# Places of a room -----------------------------------------------------------------------------------------------------


def came_elsewhere(desk: Desk, places: int) -> tuple[HeldBedId, Admitted]:
    """Who came for a place of room 1 and sleeps in room 4, and all places left of room 1 held for others since."""
    key = hold(desk, room="1", places=places)
    made = arriving(desk, "4A", held=key)
    hold(desk, room="1", places=4 - (places - 1))
    return key, made


def test_a_place_that_a_cancelled_stay_leaves_is_given_up_where_the_room_is_held_full(desk: Desk) -> None:
    key, made = came_elsewhere(desk, 1)
    done = stays.void(desk, made.stay, "doublon")
    assert states(desk)[key] == "cancelled"
    undo(desk, done)
    assert states(desk)[key] == "arrived"


def test_the_other_places_stay_held(desk: Desk) -> None:
    key, made = came_elsewhere(desk, 3)
    done = stays.void(desk, made.stay, "doublon")
    held = held_beds.line(desk, key).held
    assert (held.places, held.left, held.state(desk.today())) == (2, 2, "held")
    undo(desk, done)
    assert (held_beds.line(desk, key).held.places, held_beds.line(desk, key).held.left) == (3, 2)


def test_nor_is_one_of_them_lost_where_the_stay_is_brought_back(desk: Desk) -> None:
    key, made = came_elsewhere(desk, 3)
    stays.void(desk, made.stay, "doublon")
    stay_corrections.correct(desk, stay_corrections.before_void(desk, made.stay))
    assert held_beds.line(desk, key).held.left == 2


def test_a_room_that_was_short_before_takes_nothing_from_who_is_expected(desk: Desk) -> None:
    key = hold(desk, room="1", places=3)
    made = arriving(desk, "1A", held=key)
    arriving(desk, "1B", reason="nuit sans autre place")
    arriving(desk, "1C", reason="nuit sans autre place")
    stays.void(desk, made.stay, "doublon")
    held = held_beds.line(desk, key).held
    assert (held.places, held.left) == (3, 3)


def test_it_is_held_again_where_the_room_has_it(desk: Desk) -> None:
    key = hold(desk, room="1", places=3)
    made = arriving(desk, "1A", held=key)
    stays.void(desk, made.stay, "doublon")
    assert held_beds.line(desk, key).held.left == 3


def test_an_infant_takes_nothing_of_a_held_bed_that_was_given_to_the_mother_with_a_reason(desk: Desk) -> None:
    hold(desk, "1A")
    mother = arriving(desk, "1A", reason="Urgence")
    with_her = Spot("partage", bed(desk, "1A").id)
    infant = stays.admit(
        desk,
        Admission(
            desk.now(), "premiere", "transit", "f", born(0), "GN",
            is_dependant=True, head=mother.stay, child_status="accompagne", spot=with_her,
        ),
    )  # fmt: skip
    done = stays.void(desk, infant.stay, "doublon")
    undo(desk, done)
    assert not kept(desk, infant).stay.is_void


def test_the_newest_act_is_undone_even_where_a_bed_is_held_again_that_others_have(desk: Desk) -> None:
    key = hold(desk, "1A")
    made = arriving(desk, "1B", held=key)
    arriving(desk, "1A")
    stays.void(desk, made.stay, "doublon")
    assert states(desk) == {key: "held"}
    done = stay_corrections.correct(desk, stay_corrections.before_void(desk, made.stay))
    undo(desk, done)
    assert kept(desk, made).stay.is_void
    assert states(desk) == {key: "held"}
