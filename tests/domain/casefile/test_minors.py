"""What a child alone needs and by when, who turns 18, and how a search goes on (R-07 to R-11, R-22)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.casefile import minors
from shelter_desk.domain.casefile.minors import (
    AlreadyValidated,
    BestInterests,
    BestInterestsWords,
    Guardian,
    MinorDue,
    Notification,
    Option,
    Tracing,
    TracingStopped,
)
from shelter_desk.domain.errors import BadDates, Missing, SecondPersonNeeded
from shelter_desk.domain.ids import BestInterestsId, GuardianId, NotificationId, PersonId, StayId, TracingId, UserId
from shelter_desk.domain.residents.residents import UNKNOWN_BIRTH, Birth, majority
from shelter_desk.domain.stays.stays import Stay

ADMITTED = datetime(2026, 11, 1, 15)
FIRST = ADMITTED.date()
CHILD = Birth(date(2012, 5, 1))
STAY = Stay(StayId(1), "2026-0001", PersonId(1), ADMITTED, "premiere", "transit", child_status="non_accompagne")
BIA = BestInterests(
    BestInterestsId(1),
    "EIS-2026-0001",
    STAY.id,
    "admission",
    "courte",
    FIRST + timedelta(2),
    "faite",
    UserId(2),
    assessor_trained=True,
    next_review=FIRST + timedelta(30),
)
SAID = BestInterestsWords("souhaite rester", "reste au centre")
TRACING = Tracing(TracingId(1), "RRF-2026-0001", STAY.id, "en_cours", child_consents=True, requested_on=FIRST)


def due(need: str, *found: object) -> MinorDue:
    guardians = [one for one in found if isinstance(one, Guardian)]
    assessed = [one for one in found if isinstance(one, BestInterests)]
    told = [one for one in found if isinstance(one, Notification)]
    return next(one for one in minors.dues(STAY, guardians, assessed, told) if one.need == need)


def guardian(status: str, **days: date) -> Guardian:
    return Guardian(GuardianId(1), STAY.person, status, days.get("asked"), started_on=days.get("started"))


@pytest.mark.parametrize(
    ("need", "days"), [("service", 2), ("guardian_asked", 2), ("guardian", 15), ("bia_short", 3), ("bia_full", 14)]
)
def test_each_need_has_its_last_day(need: str, days: int) -> None:
    assert due(need).by == FIRST + timedelta(days)


@given(st.integers(0, 40))
def test_a_need_is_overdue_from_the_day_after_its_last_one(days: int) -> None:
    today = FIRST + timedelta(days)
    assert [one.is_overdue(today) for one in minors.dues(STAY, [], [], [])] == [days > n for n in (2, 2, 3, 14, 15)]


def test_a_request_settles_the_first_line_of_the_guardian_alone() -> None:
    asked = guardian("demande_faite", asked=FIRST)
    assert (due("guardian_asked", asked).done_on, due("guardian", asked).done_on) == (FIRST, None)


@pytest.mark.parametrize("status", ["designe", "provisoire", "non_requis"])
def test_a_guardian_named_for_good_or_for_now_or_not_needed_settles_both_lines(status: str) -> None:
    named = guardian(status, started=FIRST)
    assert {due(need, named).done_on for need in ("guardian_asked", "guardian")} == {FIRST}


def test_a_refused_guardian_settles_nothing() -> None:
    assert due("guardian", guardian("refuse", asked=FIRST)).done_on is None


def test_a_whole_assessment_also_stands_for_the_short_one() -> None:
    whole = replace(BIA, form="complete")
    assert {due(need, whole).done_on for need in ("bia_short", "bia_full")} == {BIA.assessed_on}


def test_a_short_assessment_leaves_the_whole_one_due() -> None:
    assert due("bia_full", BIA).done_on is None


@pytest.mark.parametrize(("service", "settles"), [("service_social", True), ("justice", True), ("oim", False)])
def test_only_the_competent_service_settles_the_notification(service: str, settles: bool) -> None:
    told = Notification(NotificationId(1), STAY.id, FIRST, service)
    assert (due("service", told).done_on == FIRST) is settles


@pytest.mark.parametrize("status", ["non_accompagne", "separe", "chef_menage"])
def test_children_without_their_parents_are_alone(status: str) -> None:
    assert minors.is_alone(CHILD, replace(STAY, child_status=status), FIRST)


def test_an_accompanied_child_is_not_alone() -> None:
    assert not minors.is_alone(CHILD, replace(STAY, child_status="accompagne"), FIRST)


def test_a_child_whose_situation_nobody_wrote_is_alone_unless_somebody_came_along() -> None:
    unwritten = replace(STAY, child_status="")
    with_mother = replace(unwritten, head=StayId(9))
    assert (minors.is_alone(CHILD, unwritten, FIRST), minors.is_alone(CHILD, with_mother, FIRST)) == (True, False)


def test_an_adult_is_never_alone_in_this_sense() -> None:
    assert not minors.is_alone(Birth(date(2000, 1, 1)), STAY, FIRST)


def test_an_unknown_age_is_protected_where_the_situation_is_a_childs() -> None:
    assert minors.is_alone(UNKNOWN_BIRTH, STAY, FIRST)


def test_somebody_who_turned_eighteen_during_the_stay_was_a_minor() -> None:
    assert minors.was_minor(Birth(date(2008, 11, 10)), STAY)


def test_an_adult_of_unknown_age_is_no_minor() -> None:
    assert not minors.was_minor(UNKNOWN_BIRTH, replace(STAY, child_status="sans_objet"))


def test_a_minor_with_somebody_in_their_care_heads_a_family() -> None:
    baby = replace(STAY, id=StayId(2), head=STAY.id)
    assert (minors.heads_a_family(STAY, [STAY, baby]), minors.heads_a_family(STAY, [STAY])) == (True, False)


@pytest.mark.parametrize(
    ("days", "step"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, 0), (-20, 0)]
)
def test_the_birthday_is_watched_at_sixty_thirty_and_seven_days(days: int, step: int | None) -> None:
    born = Birth(date(2008, 12, 1))
    found = minors.birthday(born, "non_accompagne", date(2026, 12, 1) - timedelta(days))
    assert (None if found is None else found.step) == step


def test_an_adult_whose_situation_was_settled_is_not_watched_any_more() -> None:
    assert minors.birthday(Birth(date(2008, 12, 1)), "sans_objet", date(2026, 12, 2)) is None


def test_somebody_born_on_the_29th_of_february_turns_on_1_march() -> None:
    assert majority(Birth(date(2008, 2, 29))) == date(2026, 3, 1)


@pytest.mark.parametrize("paper", ["cni_nina", "passeport", "laissez_passer", "carte_consulaire", "attestation_hcr"])
def test_each_paper_of_identity_proves_it(paper: str) -> None:
    assert minors.papers_missing((paper,)) == ("birth",)


@pytest.mark.parametrize(
    ("held", "lacking"),
    [((), ("birth", "identity")), (("acte_naissance",), ("identity",)), (("passeport", "jugement_suppletif"), ())],
)
def test_papers_are_told_that_are_missing_at_eighteen(held: tuple[str, ...], lacking: tuple[str, ...]) -> None:
    assert minors.papers_missing(held) == lacking


@pytest.mark.parametrize(
    ("bia", "said", "field"),
    [
        (replace(BIA, assessor_trained=False), SAID, "assessor_trained"),
        (BIA, replace(SAID, child_view=" "), "child_view"),
        (BIA, replace(SAID, recommendation=""), "recommendation"),
        (replace(BIA, next_review=None), SAID, "next_review"),
        (replace(BIA, trigger=""), SAID, "bia_trigger"),
        (BIA, replace(SAID, options=(Option("", "pour"),)), "options"),
    ],
)
def test_an_assessment_is_refused_without(bia: BestInterests, said: BestInterestsWords, field: str) -> None:
    with pytest.raises(Missing) as refused:
        minors.check_assessment(bia, said)
    assert refused.value.field == field


def test_a_review_does_not_come_before_the_assessment() -> None:
    refused = []
    for days in (-1, 0, 1):
        try:
            minors.check_assessment(replace(BIA, next_review=BIA.assessed_on + timedelta(days)), SAID)
        except BadDates as error:
            refused.append((days, error.start.date()))
    assert refused == [(-1, BIA.assessed_on)]


def test_another_director_validates() -> None:
    assert minors.validated(BIA, UserId(1), FIRST, False, "").validated_by == 1


def test_the_assessor_does_not_validate_where_there_is_another_director() -> None:
    with pytest.raises(SecondPersonNeeded):
        minors.validated(BIA, UserId(2), FIRST, False, "personne d’autre")


def test_the_only_director_says_why_nobody_else_validates() -> None:
    with pytest.raises(Missing) as refused:
        minors.validated(BIA, UserId(2), FIRST, True, " ")
    assert refused.value.field == "alone_reason"
    assert minors.validated(BIA, UserId(2), FIRST, True, "seule").validated_on == FIRST


def test_nothing_is_validated_twice() -> None:
    with pytest.raises(AlreadyValidated):
        minors.validated(replace(BIA, validated_by=UserId(1)), UserId(1), FIRST, False, "")


def test_the_refusal_of_the_child_stops_the_search() -> None:
    stopped = minors.stepped(TRACING, "refus_enfant", FIRST)
    with pytest.raises(TracingStopped):
        minors.stepped(stopped, "", FIRST)
    assert stopped.child_consents is False


@pytest.mark.parametrize("status", ["reunifie", "echec", "refus_enfant", "non_demande"])
def test_a_search_that_ended_takes_no_step(status: str) -> None:
    with pytest.raises(TracingStopped):
        minors.stepped(replace(TRACING, status=status), "en_cours", FIRST)


def test_each_stage_keeps_its_day() -> None:
    located = minors.stepped(TRACING, "famille_localisee", FIRST)
    verified = minors.stepped(located, "famille_verifiee", FIRST + timedelta(3))
    home = minors.stepped(verified, "reunifie", FIRST + timedelta(9))
    assert (home.located_on, home.verified_on, home.reunified_on) == (FIRST, FIRST + timedelta(3), FIRST + timedelta(9))
