"""Red flags that must not fall silent: later answers, declined referrals, older decisions, ages that nobody knows."""

from dataclasses import replace
from typing import Any

import pytest

from shelter_desk.domain.assistance.referrals import State
from shelter_desk.domain.flags import engine, facts
from shelter_desk.domain.flags.facts import CaseFacts, GivenService, HouseFacts
from shelter_desk.domain.ids import AssessmentId, BedId, PlacementId, RoomId, StayId
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.stays.stays import Placement
from tests.domain.flags.flag_scenes import (
    TODAY,
    ago,
    assessment,
    born,
    case,
    day,
    house,
    interview,
    placed,
    referral,
    rooms,
    status,
)
from tests.domain.flags.test_flags import said


def test_a_service_of_protection_that_the_shelter_added_is_a_contact() -> None:
    own = case(since=9, given=(GivenService("x_pro_visite", day(1)),))
    other = replace(own, given=(GivenService("x_ali_gouter", day(1)),))
    assert ("R-25", "") not in said(engine.flags(house(own)))
    assert ("R-25", "") in said(engine.flags(house(other)))


def test_no_in_an_interview_ends_only_the_danger_that_an_interview_opened() -> None:
    denied = interview(2, days=3, immediate_danger=False)
    high = case(since=9, interviews=(denied,), assessments=(assessment(5, risk_level="eleve"),))
    told = case(since=9, interviews=(interview(days=4, immediate_danger=True), denied))
    assert ("R-21", "") in said(engine.flags(house(high)))
    assert ("R-21", "") not in said(engine.flags(house(told)))
    lower = replace(assessment(2, risk_level="moyen"), id=AssessmentId(2))
    ended = replace(high, assessments=(*high.assessments, lower))
    assert ("R-21", "") not in said(engine.flags(house(ended)))


def test_a_version_that_asks_nothing_of_a_life_takes_no_concern_back() -> None:
    worried, silent = assessment(2, self_harm_concern=True), assessment(1, self_harm_concern=None)
    assert ("R-23", "") in said(engine.flags(house(case(assessments=(worried, silent)))))
    over = replace(silent, self_harm_concern=False)
    assert ("R-23", "") not in said(engine.flags(house(case(assessments=(worried, over)))))


@pytest.mark.parametrize("state", ["refusee_structure", "refusee_personne", "sans_suite"])
def test_a_referral_that_came_to_nothing_leaves_a_concern_for_a_life_open(state: State) -> None:
    sent = referral(days=0, service_wanted=("psy",))
    worried = case(assessments=(assessment(0, self_harm_concern=True),), referrals=(replace(sent, state=state),))
    assert ("R-23", "") in said(engine.flags(house(worried)))
    served = replace(worried, referrals=(replace(sent, state="cloturee"),))
    assert ("R-23", "") not in said(engine.flags(house(served)))


def test_an_age_under_18_at_the_facts_asks_for_no_means_either() -> None:
    told = {"i01_tiers_organise": "oui", "i14_non_paye": "oui"}
    for age, speaks in ((17, True), (18, False)):
        one = case(since=9, interviews=(interview(days=8, indicators=told, age_at_facts=age),))
        assert (("R-18", "") in said(engine.flags(house(one)))) == speaks


def test_an_older_decision_against_a_victim_does_not_answer_a_later_interview() -> None:
    told = {"i01_tiers_organise": "oui", "i07_papiers": "oui", "i14_non_paye": "oui"}
    whole = (interview(days=8, indicators=told),)
    for code, days, speaks in (("non_victime", 40, True), ("presumee", 40, False), ("non_victime", 2, False)):
        one = case(since=50, interviews=whole, statuses=(status(code, days),))
        assert (("R-18", "") in said(engine.flags(house(one)))) == speaks


def test_of_a_minor_of_today_no_means_is_asked_and_a_doubt_counts_as_one() -> None:
    told = {"i01_tiers_organise": "oui", "i14_non_paye": "oui"}
    asked = (interview(days=8, indicators=told),)
    assert ("R-18", "") in said(engine.flags(house(case(since=9, age=15, interviews=asked))))
    assert ("R-18", "") in said(engine.flags(house(case(since=9, birth=Birth(), interviews=asked))))
    assert ("R-18", "") not in said(engine.flags(house(case(since=9, age=30, interviews=asked))))


def test_an_age_that_is_not_known_is_protected_as_that_of_a_minor() -> None:
    wed = case(birth=Birth(), marital_status="marie", specific_needs=("enceinte",))
    assert {("R-22", "married"), ("R-22", "pregnant")} <= said(engine.flags(house(wed)))
    old = (GivenService("pro_suivi", TODAY), GivenService("pro_depistage", TODAY))
    unseen = case(since=31, birth=Birth(), given=old, assessments=(assessment(31),), plans=(day(31),))
    assert ("R-14", "minor") not in said(
        engine.flags(house(replace(unseen, person=replace(unseen.person, birth=born(30)))))
    )
    long = replace(facts.usual(), transit_days=90)
    assert ("R-14", "minor") in said(engine.flags(house(unseen, thresholds=long)))


def test_an_interview_that_was_refused_is_no_screening() -> None:
    asked = replace(interview(days=1, stage=2, consent_interview="refuse"), state="arrete")
    refused = case(since=6, given=(), interviews=(asked,))
    heard = replace(refused, interviews=(replace(asked, stage=4, consent_interview="donne"),))
    assert ("R-24", "screening") in said(engine.flags(house(refused)))
    assert ("R-24", "screening") not in said(engine.flags(house(heard)))


def test_an_interview_that_did_not_come_to_the_danger_leaves_the_risk_high() -> None:
    told, cut = interview(1, days=3, immediate_danger=True), interview(2, days=2, immediate_danger=None)
    one = case(since=9, given=(), interviews=(told, cut))
    assert (one.risk, replace(one, interviews=(told, replace(cut, immediate_danger=False))).risk) == ("eleve", "")


def _on_mats(room: int, *keys: int) -> tuple[CaseFacts, ...]:
    mats = {
        n: Placement(PlacementId(n), StayId(n), "appoint", ago(1), room=RoomId(room) if room else None) for n in keys
    }
    return tuple(case(n, placements=(mat,)) for n, mat in mats.items())


def _two_rooms() -> HouseFacts:
    """Two women in the two beds of room 1; room 2 has eight beds and nobody."""
    said: dict[str, Any] = rooms(beds=2)
    said["rooms"][RoomId(2)] = replace(said["rooms"][RoomId(1)], id=RoomId(2), code="2")
    made = said["beds"][BedId(1)]
    said["beds"] |= {BedId(n): replace(made, id=BedId(n), code=f"2{n}", room=RoomId(2)) for n in range(11, 19)}
    return house(case(1, **placed(1, 1)), case(2, **placed(2, 2)), **said)


def _over(of: HouseFacts) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(one.kind, one.n, one.others) for one in engine.flags(of) if one.rule == "R-12"]


def test_women_on_mats_are_over_though_another_room_has_beds_free() -> None:
    of = _two_rooms()
    assert _over(replace(of, cases=(*of.cases, *_on_mats(1, 3, 4)))) == [("red", 2, ("1",))]


def test_a_mat_of_no_known_room_is_over_and_a_person_of_no_known_place_is_not_while_a_bed_is_left() -> None:
    of = _two_rooms()
    unplaced = tuple(case(n) for n in range(20, 28))
    assert _over(replace(of, cases=(*of.cases, *unplaced))) == []
    assert _over(replace(of, cases=(*of.cases, *unplaced, *_on_mats(0, 3)))) == [("", 1, ())]
    assert _over(replace(of, cases=(*of.cases, *unplaced, case(28)))) == [("", 1, ())]
