"""Held beds: on which nights, until when, what became of them, and what they say to a placement."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from shelter_desk.domain.beds import held_beds
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.beds.held_beds import Arrival, HeldBed, HeldOver, HeldTooLong
from shelter_desk.domain.beds.room_rules import Finding
from shelter_desk.domain.errors import BadDates, Missing, NotInList, RuleBroken
from shelter_desk.domain.ids import BedId, HeldBedId, RoomId, StayId, UserId
from shelter_desk.domain.stays.place_requests import Group

DAY = date(2026, 11, 3)
ONE = timedelta(days=1)
WOMAN = (Group("f", "a18_59", 1),)
# a bed on the nights of the 3rd, 4th and 5th
BED = HeldBed(HeldBedId(1), "LR-2026-0001", WOMAN, DAY + ONE, DAY, DAY + 3 * ONE, bed=BedId(7))
ROOM = replace(BED, id=HeldBedId(2), held_no="LR-2026-0002", bed=None, room=RoomId(4), places=2)
LIT = Bed(BedId(7), "1A", RoomId(1), "simple", datetime(2025, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (replace(BED, bed=None), Missing),
        (replace(BED, room=RoomId(4)), Missing),
        (replace(BED, places=2), Missing),
        (replace(ROOM, places=0), Missing),
        (replace(BED, groups=()), Missing),
        (replace(BED, groups=(Group("u", "a18_59", 1),)), NotInList),
        (replace(BED, source="inconnu"), NotInList),
        (replace(BED, expected_on=DAY - ONE), BadDates),
        (replace(BED, expected_on=BED.after), BadDates),
        (replace(BED, after=DAY + 32 * ONE), HeldTooLong),
    ],
)
def test_what_is_not_whole_is_not_held(wrong: HeldBed, refusal: type[RuleBroken]) -> None:
    held_beds.check(BED, DAY)
    held_beds.check(ROOM, DAY)
    with pytest.raises(refusal):
        held_beds.check(wrong, DAY)


def test_a_bed_is_not_held_for_nights_that_are_over() -> None:
    held_beds.check(BED, BED.last)
    with pytest.raises(BadDates):
        held_beds.check(BED, BED.after)


def test_it_is_held_from_its_first_night_to_its_last_and_lapses_at_the_midnight_after() -> None:
    nights = [BED.on(DAY + n * ONE) for n in (-1, 0, 2, 3)]
    holds = [BED.holds(DAY + n * ONE) for n in (-1, 0, 2, 3)]
    assert (nights, holds) == ([False, True, True, False], [True, True, True, False])


def test_its_state_follows_from_the_day_alone() -> None:
    assert [BED.state(DAY + n * ONE) for n in range(4)] == ["held", "held", "late", "lapsed"]
    came = replace(BED, arrived=(Arrival(StayId(1), DAY + ONE),))
    given_up = replace(BED, ended_on=DAY + ONE)
    assert (came.state(DAY + 9 * ONE), given_up.state(DAY)) == ("arrived", "cancelled")


def test_it_ends_with_the_arrival_or_with_what_gives_it_up() -> None:
    came = replace(BED, arrived=(Arrival(StayId(1), DAY + ONE),))
    given_up = replace(BED, ended_on=DAY + 2 * ONE)
    early = replace(BED, ended_on=DAY - ONE)
    over = [one.over_on for one in (BED, came, given_up, early)]
    assert over == [DAY + 3 * ONE, DAY + ONE, DAY + 2 * ONE, DAY]
    assert not any(one.holds(DAY) for one in (came, given_up, early))


def test_places_of_a_room_are_held_until_the_last_one_came() -> None:
    first = replace(ROOM, arrived=(Arrival(StayId(1), DAY),))
    both = replace(ROOM, arrived=(Arrival(StayId(1), DAY), Arrival(StayId(2), DAY + ONE)))
    assert [(one.left, one.holds(DAY)) for one in (ROOM, first, both)] == [(2, True), (1, True), (0, False)]
    assert (first.state(DAY + 9 * ONE), both.over_on) == ("lapsed", DAY + ONE)


def test_what_lapsed_or_goes_elsewhere_holds_its_new_place_from_today_on() -> None:
    late, over = BED.last, BED.after + 40 * ONE
    prolonged = held_beds.changed(BED, replace(BED, after=BED.after + ONE), late)
    elsewhere = held_beds.changed(BED, replace(BED, bed=BedId(8)), late)
    again = held_beds.changed(BED, replace(BED, expected_on=over, after=over + ONE), over)
    later = held_beds.changed(BED, replace(BED, bed=BedId(8), first=late, expected_on=late), DAY)
    assert [one.first for one in (prolonged, elsewhere, again, later)] == [DAY, late, over, late]
    assert (elsewhere.expected_on, elsewhere.state(late), prolonged.state(late)) == (BED.expected_on, "late", "late")
    assert held_beds.changed(elsewhere, replace(elsewhere, after=late + 3 * ONE), late).first == late


def test_what_is_changed_does_not_begin_in_the_past_or_after_the_arrival() -> None:
    for wrong in (
        replace(BED, first=DAY - ONE),
        replace(BED, first=BED.expected_on + ONE),
        replace(BED, expected_on=DAY - ONE),
    ):
        with pytest.raises(BadDates):
            held_beds.changed(BED, wrong, DAY)


def test_it_is_given_up_with_a_reason_once() -> None:
    made = held_beds.cancelled(BED, " Ne viendra pas ", DAY, UserId(2))
    assert (made.ended_on, made.end_reason, made.ended_by) == (DAY, "Ne viendra pas", 2)
    with pytest.raises(Missing):
        held_beds.cancelled(BED, "  ", DAY, UserId(2))
    for over in (made, replace(BED, arrived=(Arrival(StayId(1), DAY),))):
        with pytest.raises(HeldOver):
            held_beds.cancelled(over, "Autre", DAY, UserId(2))


def test_who_comes_early_or_on_the_last_night_comes_for_it_and_later_nobody_does() -> None:
    held_beds.check_arrival(BED, DAY - ONE)
    held_beds.check_arrival(BED, BED.last)
    with pytest.raises(HeldOver):
        held_beds.check_arrival(BED, BED.after)


def test_a_held_bed_asks_a_reason_of_whoever_else_would_have_one_of_its_nights() -> None:
    asked = Finding("R-35", "needs_reason", ("LR-2026-0001",))
    spans = [(DAY - ONE, DAY), (DAY - ONE, DAY + ONE), (DAY - 9 * ONE, None), (BED.last, None), (BED.after, None)]
    found = [held_beds.finding(LIT, start, end, [BED], 5) for start, end in spans]
    assert found == [None, asked, asked, asked, None]
    other = replace(LIT, id=BedId(8), code="1B")
    assert held_beds.finding(other, DAY, None, [BED], 1) is None


def test_a_room_gives_the_beds_that_are_left_beside_the_places_held() -> None:
    bed = replace(LIT, room=RoomId(4))
    found = [held_beds.finding(bed, DAY, None, [ROOM], free) for free in (4, 3, 2, 1)]
    assert [one is None for one in found] == [True, True, False, False]
    assert held_beds.finding(replace(bed, bed_type="appoint"), DAY, None, [ROOM], 0) is None
    assert held_beds.finding(LIT, DAY, None, [ROOM], 1) is None
    one_came = replace(ROOM, arrived=(Arrival(StayId(1), DAY),))
    assert held_beds.finding(bed, DAY, None, [one_came], 2) is None


def test_the_next_arrival_stands_first_and_the_last_that_is_over_follows() -> None:
    later = replace(BED, id=HeldBedId(3), expected_on=DAY + 2 * ONE)
    came = replace(BED, id=HeldBedId(4), arrived=(Arrival(StayId(1), DAY),))
    given_up = replace(BED, id=HeldBedId(5), ended_on=DAY + ONE)
    order = held_beds.in_order([came, later, given_up, BED], DAY)
    assert [one.id for one in order] == [1, 3, 5, 4]
