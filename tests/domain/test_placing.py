"""What is refused before a stay, a placement or an absence is stored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from shelter_desk.domain.errors import AbsentTwice, AlreadyHere, BedNotUsable, OutsideStay, RuleBroken
from shelter_desk.domain.moments import plain
from shelter_desk.domain.placing import Span, check_absence, check_bed, check_stay
from shelter_desk.domain.stays import VOID
from tests.domain.shelters import Shelter


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
