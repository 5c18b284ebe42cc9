"""Who may sleep where, and what is refused before a stay, a place or an absence is stored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.beds.placement_checks import Span, check_absence, check_bed, check_stay
from shelter_desk.domain.beds.room_rules import (
    Sleeper,
    adult_in_room_of_other_sex,
    findings,
    is_closed,
    turns_adult_soon,
)
from shelter_desk.domain.errors import AbsentTwice, AlreadyHere, BedNotUsable, OutsideStay, RuleBroken
from shelter_desk.domain.ids import RoomId, StayId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.stays.stays import VOID
from tests.domain.reports.shelters import Shelter

NIGHT = date(2026, 11, 10)
WOMAN = Sleeper("f", Birth(date(1998, 1, 1)), StayId(1), StayId(1), "WOMAN")
MAN = Sleeper("m", Birth(date(1995, 1, 1)), StayId(2), StayId(2), "MAN")
GIRL = Sleeper("f", Birth(date(2011, 1, 1)), StayId(3), StayId(3), "GIRL")
BOY = Sleeper("m", Birth(date(2012, 1, 1)), StayId(4), StayId(4), "BOY")
UNKNOWN = Sleeper("f", Birth(), StayId(5), StayId(5), "UNKNOWN")
HER_SON = Sleeper("m", Birth(date(2020, 1, 1)), StayId(1), StayId(6), "SON")


def room(sex_rule: str = "indifferent", age_rule: str = "tous", room_type: str = "transit") -> Room:
    return Room(RoomId(1), "R1", "Room", room_type, sex_rule, age_rule)


def rules(sleeper: Sleeper, where: Room, *others: Sleeper) -> set[tuple[str, str]]:
    return {(finding.rule, finding.level) for finding in findings(sleeper, where, others, NIGHT)}


@pytest.mark.parametrize(("who", "other"), [(GIRL, MAN), (BOY, WOMAN), (MAN, GIRL), (WOMAN, BOY), (UNKNOWN, MAN)])
def test_a_minor_and_an_adult_of_the_other_sex_need_a_reason(who: Sleeper, other: Sleeper) -> None:
    assert ("R-04", "needs_reason") in rules(who, room(), other)


def test_a_child_may_sleep_with_the_own_mother() -> None:
    assert rules(HER_SON, room("f", "adultes", "dortoir_f"), WOMAN) == set()


@pytest.mark.parametrize("also", [BOY, GIRL])
def test_a_child_with_the_own_mother_there_keeps_no_other_mother_out(also: Sleeper) -> None:
    mother, her_son = WOMAN, HER_SON
    other, her_boy = (
        replace(one, household=StayId(8), stay=key) for one, key in ((WOMAN, StayId(8)), (BOY, StayId(9)))
    )
    asks = ("R-04", "needs_reason")
    assert asks in rules(other, room("f", room_type="dortoir_f"), mother, her_son)
    assert asks not in rules(other, room("f", room_type="mere_enfant"), mother, her_son)
    assert asks not in rules(her_boy, room("f", room_type="mere_enfant"), mother, her_son, other)
    assert asks in rules(her_boy, room("f", room_type="mere_enfant"), mother, her_son)
    assert asks in rules(MAN if also is GIRL else other, room("f", room_type="mere_enfant"), mother, also)


@pytest.mark.parametrize(("years", "asks"), [(2, False), (3, True)])
def test_an_infant_sleeps_with_the_own_mother_beside_other_women(years: int, asks: bool) -> None:
    son = replace(HER_SON, birth=Birth(NIGHT.replace(year=NIGHT.year - years)))
    other = replace(WOMAN, household=StayId(8), stay=StayId(8))
    for who, others in ((son, (WOMAN, other)), (other, (WOMAN, son))):
        assert (("R-04", "needs_reason") in rules(who, room("f", room_type="dortoir_f"), *others)) is asks
    assert ("R-04", "needs_reason") in rules(son, room("f", room_type="dortoir_f"), other)


def test_a_minor_with_unrelated_adults_of_the_same_sex_is_warned_of() -> None:
    assert rules(GIRL, room("f"), WOMAN) == {("R-05", "warns")}


def test_two_girls_may_sleep_together() -> None:
    assert rules(GIRL, room("f", "mineurs"), GIRL) == set()


@pytest.mark.parametrize(("who", "rule"), [(MAN, "f"), (WOMAN, "m"), (BOY, "f")])
def test_a_room_for_the_other_sex_needs_a_reason(who: Sleeper, rule: str) -> None:
    assert ("R-06", "needs_reason") in rules(who, room(rule))


@pytest.mark.parametrize(("who", "other"), [(WOMAN, MAN), (MAN, WOMAN)])
def test_a_woman_and_a_man_of_no_family_are_warned_of_in_a_room_for_all(who: Sleeper, other: Sleeper) -> None:
    assert rules(who, room(), other) == {("R-06B", "warns")}
    assert rules(replace(who, household=other.household), room(), other) == set()
    assert rules(who, room(other.sex), other) == {("R-06", "needs_reason")}


def test_two_of_one_sex_and_a_sex_that_is_not_known_are_not() -> None:
    assert rules(WOMAN, room(), replace(WOMAN, stay=StayId(9), household=StayId(9))) == set()
    assert rules(WOMAN, room(), replace(MAN, sex="")) == set()


def test_a_room_for_the_own_sex_is_open() -> None:
    assert rules(WOMAN, room("f", "adultes")) == set()


@pytest.mark.parametrize("room_type", ["chambre_famille", "mere_enfant"])
def test_a_grown_son_may_sleep_with_his_mother_in_a_room_for_families_alone(room_type: str) -> None:
    grown = replace(HER_SON, birth=Birth(date(2006, 1, 1)))
    assert ("R-06", "needs_reason") not in rules(grown, room("f", "tous", room_type), WOMAN)
    assert ("R-06", "needs_reason") in rules(grown, room("f", "tous", "dortoir_f"), WOMAN)


@pytest.mark.parametrize("room_type", ["chambre_famille", "mere_enfant"])
def test_a_man_without_family_there_needs_a_reason_for_a_womens_room_for_families(room_type: str) -> None:
    assert ("R-06", "needs_reason") in rules(MAN, room("f", "tous", room_type), WOMAN)


def test_a_family_room_holds_one_family_unless_a_reason_is_given() -> None:
    assert ("T10", "needs_reason") in rules(MAN, room("mixte_famille", "tous", "chambre_famille"), WOMAN)


def test_a_family_fills_its_family_room_without_a_reason() -> None:
    assert rules(HER_SON, room("mixte_famille", "tous", "chambre_famille"), WOMAN) == set()


def test_two_persons_who_came_alone_are_no_family() -> None:
    one, other = (replace(who, household=None) for who in (MAN, GIRL))
    assert ("R-04", "needs_reason") in rules(one, room(), other)


@pytest.mark.parametrize("told_of", ["one", "other"])
def test_two_who_must_not_meet_are_warned_of_by_whichever_it_is_known(told_of: str) -> None:
    one = replace(WOMAN, apart=frozenset({"OTHER"} if told_of == "one" else ()))
    other = replace(WOMAN, household=StayId(9), code="OTHER", apart=frozenset({"WOMAN"} if told_of == "other" else ()))
    assert ("R-28A", "warns") in rules(one, room(), other)
    assert ("R-28A", "warns") not in rules(one, room(), replace(other, code="THIRD", apart=frozenset()))


@pytest.mark.parametrize(("who", "sex_rule", "speaks"), [(MAN, "f", True), (BOY, "f", False), (WOMAN, "f", False)])
def test_only_an_adult_is_judged_by_the_room_alone(who: Sleeper, sex_rule: str, speaks: bool) -> None:
    assert adult_in_room_of_other_sex(who, room(sex_rule), NIGHT) is speaks


def test_a_room_with_just_the_space_that_a_person_needs_is_not_crowded() -> None:
    just = Room(RoomId(1), "R1", "Room", "dortoir_f", "f", "adultes", surface_m2=10.5)
    assert rules(WOMAN, just, WOMAN, WOMAN) == set()


def test_a_room_too_small_for_one_more_is_warned_of() -> None:
    small = Room(RoomId(1), "R1", "Room", "dortoir_f", "f", "adultes", surface_m2=10.0)
    assert rules(WOMAN, small, WOMAN, WOMAN) == {("R-13", "warns")}


@pytest.mark.parametrize(
    ("born", "status", "told"),
    [
        (date(2008, 12, 1), "non_accompagne", True),
        (date(2008, 12, 30), "non_accompagne", False),
        (date(2008, 11, 1), "non_accompagne", True),
        (date(2008, 11, 1), "sans_objet", False),
    ],
)
def test_turning_eighteen_is_told_within_thirty_days_and_until_the_status_is_changed(
    born: date, status: str, told: bool
) -> None:
    assert turns_adult_soon(Birth(born), NIGHT, status, 30) == told


# Before it is stored ------------------------------------------------------------------------------------------------


def day(number: int) -> date:
    return date(2026, 11, number)


def refusal(check: Callable[..., None], *facts: object) -> RuleBroken | None:
    try:
        check(*facts)
    except RuleBroken as error:
        return error
    return None


@pytest.mark.parametrize(("first", "last"), [(1, 6), (6, 11), (6, None)])
def test_a_bed_out_of_service_is_refused_with_the_days_of_its_service(first: int, last: int | None) -> None:
    bed = Shelter().bed(day(3), day(9))
    wanted = Span("S001", plain(day(first)), None if last is None else plain(day(last)))
    told = refusal(check_bed, bed, wanted, [], [])
    assert isinstance(told, BedNotUsable)
    assert (told.state, told.since, told.until) == ("retire", plain(day(3)), plain(day(9)))


def test_a_bed_is_given_from_its_first_to_its_last_night_of_service() -> None:
    bed = Shelter().bed(day(3), day(9))
    assert refusal(check_bed, bed, Span("S001", plain(day(3)), plain(day(9))), [], []) is None


def test_a_stay_over_the_days_of_another_is_refused_with_the_days_of_that_one() -> None:
    shelter = Shelter()
    person = shelter.person()
    first, second = shelter.stay(person, day(3), day(9)), shelter.stay(person, day(8))
    told = refusal(check_stay, second, [first, second])
    assert isinstance(told, AlreadyHere)
    assert (told.stay_no, told.since, told.until) == (first.stay_no, plain(day(3)), plain(day(9)))


def test_a_stay_typed_by_mistake_stands_in_no_way_and_nothing_stands_in_its_way() -> None:
    shelter = Shelter()
    person = shelter.person()
    void, right = shelter.stay(person, day(3), day(9), exit_reason=VOID), shelter.stay(person, day(3), day(9))
    assert (refusal(check_stay, right, [void, right]), refusal(check_stay, void, [void, right])) == (None, None)


def test_an_absence_over_another_is_refused_and_one_that_is_written_anew_is_not() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1))
    first, second = shelter.away(stay, day(3), day(6)), shelter.away(stay, day(5), day(8))
    told = refusal(check_absence, stay, second, [first, second])
    assert isinstance(told, AbsentTwice)
    assert (told.stay_no, told.since) == (stay.stay_no, plain(day(3)))
    assert refusal(check_absence, stay, replace(first, end=plain(day(7))), [first]) is None


@pytest.mark.parametrize(("gone", "back", "is_refused"), [(2, 5, True), (3, 9, False), (5, 10, True), (5, None, True)])
def test_an_absence_lies_within_its_stay(gone: int, back: int | None, is_refused: bool) -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(3), day(9))
    away = shelter.away(stay, day(gone), None if back is None else day(back))
    assert isinstance(refusal(check_absence, stay, away, []), OutsideStay) is is_refused


@pytest.mark.parametrize(
    ("where", "there", "closed"),
    [
        (room(room_type="chambre_famille"), {("f", False)}, True),
        (room(room_type="chambre_famille"), set(), False),
        (room("f", room_type="dortoir_f"), {("f", False)}, False),
        (room("f", room_type="dortoir_f"), {("f", False), ("m", True)}, False),  # a girl may come, with a warning
        (room("f", room_type="mere_enfant"), {("m", True), ("m", False)}, True),
        (room("m", "adultes", "dortoir_h"), {("m", False), ("f", True)}, False),
        (room(), {("f", False), ("m", True)}, False),
        (room(), {("f", False), ("m", False)}, False),
        (room(), {("f", False), ("m", False), ("f", True), ("m", True)}, True),
    ],
)
def test_a_room_is_closed_where_whoever_comes_sets_a_rule_aside(
    where: Room, there: set[tuple[str, bool]], closed: bool
) -> None:
    assert is_closed(where, there, NIGHT) is closed
