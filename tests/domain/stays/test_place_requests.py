"""Requests for a place: figures that are whole, decided with a reason, in the order in which they wait."""

from dataclasses import replace
from datetime import date

import pytest

from shelter_desk.domain.errors import BadDates, Missing, NotInList, RuleBroken
from shelter_desk.domain.ids import PlaceRequestId, StayId, UserId
from shelter_desk.domain.stays import place_requests as place_request_rules
from shelter_desk.domain.stays.place_requests import Decision, Group, PlaceRequest, TooManyLetters

DAY, NEXT = date(2026, 11, 3), date(2026, 11, 6)
MOTHER = (Group("f", "a18_59", 1), Group("f", "a00_04", 2))
WAITS = PlaceRequest(PlaceRequestId(1), "DP-2026-0001", DAY, "police", MOTHER, "immediat")
ME = UserId(1)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (replace(WAITS, source=""), Missing),
        (replace(WAITS, asked="demain"), NotInList),
        (replace(WAITS, groups=()), Missing),
        (replace(WAITS, groups=(Group("f", "a18_59", 0),)), Missing),
        (replace(WAITS, groups=(Group("u", "a18_59", 1),)), NotInList),
        (replace(WAITS, groups=(Group("f", "a99", 1),)), NotInList),
        (replace(WAITS, groups=(Group("f", "unk", 1), Group("f", "unk", 2))), NotInList),
    ],
)
def test_a_request_without_its_figures_is_refused(wrong: PlaceRequest, refusal: type[RuleBroken]) -> None:
    with pytest.raises(refusal):
        place_request_rules.check(wrong)


@pytest.mark.parametrize(
    ("decision", "refusal"),
    [
        (Decision("refusee", None, "complet"), Missing),
        (Decision("refusee", date(2026, 11, 2), "complet"), BadDates),
        (Decision("refusee", NEXT), Missing),
        (Decision("refusee", NEXT, "autre"), Missing),
        (Decision("refusee", NEXT, "autre", "x" * 81), TooManyLetters),
        (Decision("abandonnee", NEXT, "oriente"), Missing),
        (Decision("admise", NEXT), Missing),
        (Decision("perdue", NEXT), NotInList),
    ],
)
def test_a_decision_without_what_it_needs_is_refused(decision: Decision, refusal: type[RuleBroken]) -> None:
    with pytest.raises(refusal):
        place_request_rules.decided(WAITS, decision, ME)


def test_only_what_belongs_to_the_reason_is_kept() -> None:
    said = Decision("refusee", NEXT, "complet", "ne se garde pas", "Un partenaire", StayId(7))
    made = place_request_rules.decided(WAITS, said, ME)
    assert (made.reason, made.said, made.partner, made.stay, made.decided_by) == ("complet", "", "", None, ME)


def test_a_request_that_waits_again_has_no_decision_left() -> None:
    refused = place_request_rules.decided(WAITS, Decision("refusee", NEXT, "complet"), ME)
    assert place_request_rules.decided(refused, Decision("attente", None), ME) == WAITS


def test_persons_are_counted_over_the_groups() -> None:
    both = replace(WAITS, groups=(*MOTHER, Group("m", "a05_11", 1)))
    assert (both.persons, both.of_sex("f"), both.of_sex("m")) == (4, 3, 1)


def test_the_days_waited_end_with_the_decision() -> None:
    refused = place_request_rules.decided(WAITS, Decision("refusee", NEXT, "complet"), ME)
    today = date(2026, 11, 20)
    assert (WAITS.days(today), refused.days(today)) == (17, 3)


def test_a_request_waits_on_the_evenings_before_its_decision() -> None:
    refused = place_request_rules.decided(WAITS, Decision("refusee", NEXT, "complet"), ME)
    evenings = [date(2026, 11, 2), DAY, date(2026, 11, 5), NEXT]
    assert [refused.waited_on(day) for day in evenings] == [False, True, True, False]


def test_those_who_wait_longest_stand_first_and_the_last_decided_follows() -> None:
    late = replace(WAITS, id=PlaceRequestId(2), asked_on=NEXT)
    first = place_request_rules.decided(replace(WAITS, id=PlaceRequestId(3)), Decision("refusee", DAY, "complet"), ME)
    last = place_request_rules.decided(replace(WAITS, id=PlaceRequestId(4)), Decision("refusee", NEXT, "complet"), ME)
    assert [one.id for one in place_request_rules.in_order([first, late, last, WAITS])] == [1, 2, 4, 3]
