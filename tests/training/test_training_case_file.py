"""The case files of the training shelter: coherent in time, of the lists, always the same for a seed."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from shelter_desk import training
from shelter_desk.domain import codes
from shelter_desk.domain.casefile.identification import stages
from shelter_desk.domain.casefile.legal import needs_consent
from shelter_desk.domain.consent.consents import EXPLAINED, WITNESSED
from shelter_desk.domain.stays.exits import DECIDED_EXITS
from shelter_desk.training import case_file
from shelter_desk.training.facts import Fact, Ref
from shelter_desk.training.house import Visit
from shelter_desk.training.profiles import Profile
from shelter_desk.training.registers import Invented

TODAY = date(2026, 11, 25)
every_house = pytest.mark.parametrize(
    ("profile", "seed"), [("bamako", 1), ("bamako", 7), ("gao", 1), ("gao", 11)], ids="{}".format
)
# what lies ahead: days that are planned
_REVIEWS = ("review_on", "next_review", "follow_up_on", "valid_until", "expires_on")
PLANNED = frozenset({"expected_exit", "due_on", "starts_at", "travel_on", *_REVIEWS})
LISTS = {
    "marital_status": "marital_status",
    "education_level": "education_level",
    "urgent_needs": "urgent_need",
    "specific_need": "specific_need",
    "country_last": "country",
    "partner_type": "partner_type",
    "consent_purpose": "consent_purpose",
    "consent_status": "consent_status",
    "consent_mode": "consent_mode",
    "given_by": "consent_given_by",
    "urgency": "referral_urgency",
    "reason_code": "referral_reason",
    "data_shared": "data_shared",
    "transport_escort": "transport_escort",
    "feedback_kind": "feedback_kind",
    "language": "language",
    "others_present": "other_present",
    "acts": "tip_act",
    "means": "tip_means",
    "exploitation_forms": "exploitation_form",
    "recruitment_methods": "recruitment_method",
    "recruiter_relation": "recruiter_relation",
    "control_methods": "control_method",
    "exploitation_countries": "country",
    "exploitation_regions": "region_ml",
    "legal_action_wish": "legal_action_wish",
    "indicator": "tip_indicator",
    "answer": "",
    "factor": "vulnerability_factor",
    "risk_level": "risk_level",
    "safety_measures": "safety_measure",
    "safe_to_contact_family": "safety_answer",
    "safe_to_go_out": "safety_answer",
    "solution_sought": "solution_sought",
    "agreed_mode": "consent_mode",
    "domain": "service_type",
    "action_status": "action_status",
    "service_type": "",
    "step": "admission_step",
    "guardian_status": "guardian_status",
    "guardian_kind": "guardian_kind",
    "bia_trigger": "bia_trigger",
    "bia_status": "bia_status",
    "recommended_exits": "exit_reason",
    "separation_causes": "separation_cause",
    "care_arrangement": "care_arrangement",
    "tracing_status": "tracing_status",
    "exit_decided_by": "exit_decided_by",
    "dest_country": "country",
    "dest_region": "region_ml",
    "handed_relation": "kin_relation",
    "needs_met": "needs_met",
    "follow_up_channel": "follow_up_channel",
    "closure_reason": "closure_reason",
    "returned_to": "handed_back_to",
    "document_kind": "id_document",
    "audience": "audience",
    "theme": "training_theme",
    "incident_type": "incident_type",
    "severity": "incident_severity",
    "notified": "notified",
    "presence": "roll_call",
    "absence_type": "absence_type",
    "referral_source": "referral_source",
    "place_asked": "place_asked",
    "request_outcome": "request_outcome",
    "request_reason": "request_reason",
    "age_group": "age_group",
    "id_document": "id_document",
    "travel_fitness": "travel_fitness",
    "return_closure": "return_closure",
    "legal_step": "legal_step",
    "protection_measure": "protection_measure",
}


@cache
def played(profile: Profile, seed: int) -> Invented:
    return training.played(profile, 12, TODAY, seed)


@cache
def facts(profile: Profile, seed: int) -> list[Fact]:
    return case_file.facts(played(profile, seed))


def of(profile: Profile, seed: int, table: str) -> list[Fact]:
    return [fact for fact in facts(profile, seed) if fact.table == table and fact.is_new]


def visits(profile: Profile, seed: int) -> dict[str, Visit]:
    return {visit.number: visit for visit in played(profile, seed).visits}


def stay_of(fact: Fact) -> str:
    return str(fact.values["stay_id"].name)


def days(value: Any) -> list[date]:
    if isinstance(value, datetime):
        return [value.date()]
    return [value] if isinstance(value, date) else []


@every_house
def test_the_same_seed_makes_the_same_case_files(profile: Profile, seed: int) -> None:
    assert case_file.facts(training.played(profile, 12, TODAY, seed)) == facts(profile, seed)


@every_house
def test_nothing_that_happened_is_dated_after_yesterday_evening(profile: Profile, seed: int) -> None:
    ahead = [
        (fact.table, column, value)
        for fact in facts(profile, seed)
        for column, value in fact.values.items()
        if column not in PLANNED and any(day >= TODAY for day in days(value))
    ]
    assert ahead == []


@every_house
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("interviews", "interview_at"),
        ("assessments", "assessed_on"),
        ("plans", "made_on"),
        ("best_interests", "assessed_on"),
        ("notifications", "notified_on"),
        ("tracings", "requested_on"),
        ("case_notes", "noted_at"),
        ("belongings", "deposited_on"),
    ],
)
def test_what_is_done_for_a_person_lies_inside_the_stay(profile: Profile, seed: int, table: str, column: str) -> None:
    found, known = of(profile, seed, table), visits(profile, seed)
    assert found
    for fact in found:
        visit, day = known[stay_of(fact)], days(fact.values[column])[0]
        assert visit.came <= day
        assert visit.exited_at is None or day <= visit.exited_at.date()


@every_house
def test_every_code_is_of_its_list(profile: Profile, seed: int) -> None:
    wrong = set()
    for fact in facts(profile, seed):
        for column, value in fact.values.items():
            name = LISTS.get(column, "")
            several = value if isinstance(value, tuple) else (value,) if value else ()
            wrong |= {(column, one) for one in several if name and one and not codes.is_code(name, one)}
    assert wrong == set()


@every_house
def test_few_facts_are_typed_late(profile: Profile, seed: int) -> None:
    typed = [
        (days(next(value for column, value in fact.values.items() if days(value)))[0], fact.values["recorded_at"])
        for fact in facts(profile, seed)
        if fact.table in ("interviews", "assessments", "plans", "guardians", "notifications")
    ]
    late = [one for one in typed if one[1].date() > one[0]]
    assert 0 < len(late) < len(typed) / 10


@every_house
def test_numbers_follow_one_another_in_order_of_time(profile: Profile, seed: int) -> None:
    for table, column, at in (("interviews", "interview_no", "interview_at"), ("plans", "plan_no", "made_on")):
        rows = sorted((days(one.values[at])[0], one.values[column]) for one in of(profile, seed, table))
        assert [no for _, no in rows] == sorted(no for _, no in rows)


@every_house
def test_what_is_agreed_to_is_whole(profile: Profile, seed: int) -> None:
    for fact in of(profile, seed, "consents"):
        if fact.values["consent_status"] == "donne":
            assert set(fact.values["explained"]) == set(EXPLAINED)
            assert fact.values["consent_mode"] not in WITNESSED or fact.values["witness"]
            assert fact.values["given_by"] == "personne" or fact.values["child_assent"] == "oui"
    said = {(one.values["consent_status"], one.values["consent_mode"]) for one in of(profile, seed, "consents")}
    assert {"donne", "refuse", "retire"} <= {status for status, _ in said}
    assert {"oral_certifie", "signature", "empreinte"} <= {mode for _, mode in said}


@every_house
def test_interviews_are_of_every_kind(profile: Profile, seed: int) -> None:
    found = of(profile, seed, "interviews")
    assert {one.values["interview_state"] for one in found} == {"termine", "arrete"}
    assert {one.values["is_child_variant"] for one in found} == {True, False}
    assert all(one.values["stage"] in stages(one.values["is_child_variant"]) for one in found)
    answers = defaultdict(set)
    for one in of(profile, seed, "indicator_answers"):
        answers[one.values["interview_id"].name].add(one.values["answer"])
    assert {answer for said in answers.values() for answer in said} == {"oui", "non", "ne_sait_pas", "refus"}


@every_house
def test_every_exit_of_a_child_alone_has_its_decision_but_the_two_that_are_to_be_seen(
    profile: Profile, seed: int
) -> None:
    known = visits(profile, seed)
    left = [one for one in of(profile, seed, "exits") if known[stay_of(one)].reason in DECIDED_EXITS]
    alone = [one for one in left if known[stay_of(one)].child_status in ("non_accompagne", "separe", "chef_menage")]
    alone = [one for one in alone if known[stay_of(one)].person.minor(known[stay_of(one)].came)]
    numbers = {one.values["bia_no"]: one for one in of(profile, seed, "best_interests")}
    assert len(alone) > 5
    whole = [one for one in alone if one.values["child_decision_ref"] and one.values["identity_checked"]]
    assert len(alone) - len(whole) == 2
    for one in whole:
        bia = numbers[one.values["child_decision_ref"]]
        assert bia.values["form"] == "complete"
        assert known[stay_of(one)].reason in bia.values["recommended_exits"]
        assert one.names["handed_to"]


@every_house
def test_the_house_is_told_of_too(profile: Profile, seed: int) -> None:
    kinds = {one.values["incident_type"] for one in of(profile, seed, "incidents")}
    themes = {one.values["theme"] for one in of(profile, seed, "activities")}
    assert {"plainte", "eas", "protection_enfant", "donnees", "violence_residents"} <= kinds
    assert {code.code for code in codes.codes("training_theme")} <= themes
    scores = [(one.values["pre_score"], one.values["post_score"]) for one in of(profile, seed, "attendances")]
    assert scores
    assert all(0 <= before < after <= 100 for before, after in scores)
    nights = {one.values["night_of"] for one in of(profile, seed, "roll_calls")}
    assert TODAY - timedelta(days=1) in nights


@every_house
def test_nobody_is_told_of_who_came_by_mistake_or_was_sent_elsewhere(profile: Profile, seed: int) -> None:
    known = visits(profile, seed)
    told = {fact.values["stay_id"].name for fact in facts(profile, seed) if isinstance(fact.values.get("stay_id"), Ref)}
    assert not [no for no in told if known[no].reason in ("erreur_saisie", "non_admis")]


def test_a_young_shelter_has_case_files_too() -> None:
    made = case_file.facts(training.played("bamako", 1, TODAY, 1))
    assert {"interviews", "plans", "roll_calls", "activities"} <= {one.table for one in made}


@every_house
def test_requests_for_a_place_are_of_every_kind_and_some_wait(profile: Profile, seed: int) -> None:
    found = of(profile, seed, "place_requests")
    assert {one.values["request_outcome"] for one in found} == {"attente", "admise", "refusee", "abandonnee"}
    assert [one.values["asked_on"] for one in found if one.values["request_outcome"] == "attente"] == [
        TODAY - timedelta(days=6),
        TODAY - timedelta(days=2),
    ]
    met = {stay_of(one): one.values["decided_on"] for one in found if one.values.get("stay_id")}
    known = visits(profile, seed)
    assert all(known[number].came == day for number, day in met.items())
    counted: dict[str, int] = defaultdict(int)
    for one in of(profile, seed, "place_request_groups"):
        counted[one.values["request_id"].name] += one.values["persons"]
    assert {one.name for one in found} == set(counted)


@every_house
def test_legal_files_stand_on_their_consent_and_one_has_a_hearing_to_come(profile: Profile, seed: int) -> None:
    found, known = of(profile, seed, "legal_steps"), visits(profile, seed)
    agreed = {
        (one.values["person_id"].name, one.values["given_on"])
        for one in of(profile, seed, "consents")
        if one.values["consent_purpose"] == "demarches_justice"
    }
    said = {
        (known[stay_of(one)].code, one.values["done_on"]) for one in found if needs_consent(one.values["legal_step"])
    }
    assert all(any(who == code and (day or TODAY) >= given for code, given in agreed) for who, day in said)
    assert [one.values["legal_step"] for one in found if one.values["done_on"] is None] == ["audience"]
    assert len({who for who, _ in said}) == 2
    assert sum(one.values["legal_step"] == "refus_plainte" for one in found) in (1, 2)
    numbers = [one.values["legal_no"] for one in found]
    assert len(set(numbers)) == len(numbers)


@every_house
def test_returns_are_prepared_and_made(profile: Profile, seed: int) -> None:
    known, found = visits(profile, seed), of(profile, seed, "return_files")
    made = [one for one in found if known[stay_of(one)].reason == "avrr"]
    going = [one for one in found if known[stay_of(one)].exited_at is None]
    assert (len(made) > 2, len(going) in (2, 3), len(made) + len(going)) == (True, True, len(found))
    assert all(one.values["left_on"] == known[stay_of(one)].exited_at.date() for one in made)  # type: ignore[union-attr]
    assert all(one.words["wish"] and one.words["dest_town"] for one in found)
