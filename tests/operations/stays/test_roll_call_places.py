"""Where somebody was seen at the roll call, and what that differs from (field 3.9)."""

from datetime import date

import pytest

from shelter_desk.domain.errors import Missing, NotInList
from shelter_desk.domain.ids import BedId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.stays.roll_call import RollCallDone
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import roll_call, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.today import today
from tests.operations.shelter import admit, bed
from tests.operations.stays.test_roll_call import desk, night

__all__ = ["desk", "night"]


def test_who_was_seen_in_another_bed_differs_until_the_move_is_recorded(desk: Desk, night: date) -> None:
    one, free = admit(desk, "1A"), bed(desk, "1B")
    roll_call.call(desk, night, [RollCallDone(one.stay, "", "lit", free.id)])
    (differing,) = roll_call.differences(desk, night)
    assert (differing.kind, differing.recorded_bed, differing.bed_code) == ("elsewhere", "1A", "1B")
    assert [(task.n, task.matter) for task in today.to_do(desk) if task.matter == "roll_call_differs"] == [
        (1, "roll_call_differs")
    ]
    stays.move(desk, one.stay, Spot("lit", differing.bed), plain(night))
    assert roll_call.differences(desk, night) == []


def test_a_move_after_the_call_is_no_difference_where_no_place_was_said(desk: Desk, night: date) -> None:
    one = admit(desk, "1A")
    roll_call.call(desk, night, [RollCallDone(one.stay)])
    stays.move(desk, one.stay, Spot("lit", bed(desk, "1B").id), plain(night))
    assert roll_call.differences(desk, night) == []


def test_two_persons_seen_in_each_other_s_beds_know_of_each_other(desk: Desk, night: date) -> None:
    one, two = admit(desk, "1A"), admit(desk, "1B")
    first, second = bed(desk, "1A").id, bed(desk, "1B").id
    roll_call.call(desk, night, [RollCallDone(one.stay, "", "lit", second), RollCallDone(two.stay, "", "lit", first)])
    found = roll_call.differences(desk, night)
    assert [(each.stay and each.stay.id, each.other) for each in found] == [(one.stay, two.stay), (two.stay, one.stay)]
    stays.swap(desk, one.stay, two.stay, plain(night))
    assert roll_call.differences(desk, night) == []


def test_an_infant_seen_with_a_parent_is_told_whose_bed_that_is(desk: Desk, night: date) -> None:
    mother = admit(desk, "4A")
    infant = admit(desk, "4B", age=1, head=mother.stay)
    lines = [RollCallDone(mother.stay), RollCallDone(infant.stay, "", "partage")]
    roll_call.call(desk, night, lines)
    (differing,) = roll_call.differences(desk, night)
    stays.move(desk, infant.stay, Spot("partage", differing.bed), plain(night))
    assert (differing.bed_code, roll_call.differences(desk, night)) == ("4A", [])


@pytest.mark.parametrize(
    ("absence", "place", "with_bed", "error"),
    [
        ("", "lit", False, Missing),
        ("", "appoint", True, Missing),
        ("hopital", "appoint", False, NotInList),
        ("", "toit", False, NotInList),
    ],
)
def test_a_place_that_cannot_be_is_refused(
    desk: Desk, night: date, absence: str, place: str, with_bed: bool, error: type[Exception]
) -> None:
    one = admit(desk, "1A")
    with pytest.raises(error):
        roll_call.call(desk, night, [RollCallDone(one.stay, absence, place, bed(desk, "1B").id if with_bed else None)])
    with pytest.raises(NotInList):
        roll_call.call(desk, night, [RollCallDone(one.stay, "", "lit", BedId(999))])
    assert roll_call.sheet(desk, night).before is None
