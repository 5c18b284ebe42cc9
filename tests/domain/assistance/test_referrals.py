"""The state machine of a referral, and the consents it stands on."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.assistance import referrals
from shelter_desk.domain.assistance.referrals import MINIMUM, NEXT, SERVED, UNSERVED, Consent, NotNext, Referral, State
from shelter_desk.domain.consent import consents
from shelter_desk.domain.consent.consents import EXPLAINED, NoConsent
from shelter_desk.domain.errors import BadDates, InTheFuture, Missing, NotInList
from shelter_desk.domain.ids import ConsentId, PersonId, ReferralId, StayId

TODAY = date(2026, 11, 25)
DRAFT = Referral(ReferralId(1), "R-2026-0001", StayId(1), "sortante", date(2026, 11, 1), "Centre de santé", "brouillon")
GIVEN = Consent(
    ConsentId(1),
    PersonId(1),
    "partage_structure",
    "donne",
    "signature",
    "personne",
    date(2026, 11, 1),
    "Centre de santé",
    explained=EXPLAINED,
    language="bm",
)


def go(*steps: State, one: Referral = DRAFT, on: date = TODAY) -> Referral:
    for step in steps:
        one = referrals.advance(one, step, on, TODAY, feedback_kind="ecrit", outcome=outcome(step))
    return one


def outcome(step: State) -> str:
    return "service_complet" if step == "cloturee" else ""


def test_the_straight_way_leaves_a_day_at_each_step() -> None:
    one = go("emise", "acceptee", "service_recu", "cloturee")
    assert (one.issued_on, one.accepted_on, one.served_on, one.closed_on) == (TODAY,) * 4


def test_a_step_that_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(NotNext):
        go("service_recu")


def test_nothing_follows_a_closed_one() -> None:
    with pytest.raises(NotNext):
        go("emise", "service_recu", "cloturee", "annulee")


def test_no_step_is_dated_tomorrow() -> None:
    with pytest.raises(InTheFuture):
        go("emise", on=TODAY + timedelta(days=1))


def test_no_step_goes_back_before_the_one_before() -> None:
    issued = go("emise")
    with pytest.raises(BadDates):
        go("acceptee", one=issued, on=TODAY - timedelta(days=1))


def test_a_feedback_says_how_it_came() -> None:
    served = go("emise", "service_recu")
    with pytest.raises(Missing):
        referrals.advance(served, "cloturee", TODAY, TODAY, outcome="service_complet")


def test_a_feedback_says_the_result() -> None:
    served = go("emise", "service_recu")
    with pytest.raises(Missing):
        referrals.advance(served, "cloturee", TODAY, TODAY, feedback_kind="ecrit")


def test_the_result_of_the_service_stays_at_the_closing() -> None:
    served = referrals.advance(go("emise"), "service_recu", TODAY, TODAY, outcome="service_partiel")
    closed = referrals.advance(served, "cloturee", TODAY, TODAY, feedback_kind="ecrit")
    assert closed.outcome == "service_partiel"


def test_a_result_of_another_state_is_refused() -> None:
    with pytest.raises(NotInList):
        referrals.advance(go("emise"), "service_recu", TODAY, TODAY, outcome="refus_structure")


def test_a_refusal_carries_its_result() -> None:
    assert go("emise", "refusee_structure").outcome == "refus_structure"


def test_a_late_answer_opens_what_had_none() -> None:
    late = go("emise", "sans_suite", "acceptee")
    assert (late.is_open, late.closed_on, late.outcome) == (True, None, "")


@pytest.mark.parametrize(("urgency", "days"), [("immediate", 1), ("sous_3j", 3), ("normale", 7)])
def test_the_follow_up_comes_by_the_urgency(urgency: str, days: int) -> None:
    assert go("emise", one=replace(DRAFT, urgency=urgency)).follow_up_on == TODAY + timedelta(days=days)


def test_a_day_chosen_for_the_follow_up_stays() -> None:
    chosen = date(2026, 12, 24)
    assert go("emise", one=replace(DRAFT, follow_up_on=chosen)).follow_up_on == chosen


@pytest.mark.parametrize(("before", "late"), [(-1, None), (0, 0), (5, 5)])
def test_it_is_late_from_the_day_of_the_follow_up_on(before: int, late: int | None) -> None:
    one = replace(go("emise"), follow_up_on=TODAY - timedelta(days=before))
    assert one.days_late(TODAY) == late


def test_what_is_served_is_not_late() -> None:
    assert replace(go("emise", "service_recu"), follow_up_on=date(2026, 11, 2)).days_late(TODAY) is None


walks = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 40)), max_size=8)


@given(walks)
def test_a_random_walk_never_leaves_the_table_and_its_days_never_go_back(walk: list[tuple[int, int]]) -> None:
    today, one, on = date(2027, 12, 31), DRAFT, DRAFT.issued_on
    states = list(NEXT)
    for choice, days in walk:
        to, former = states[choice], one
        on = on + timedelta(days=days)
        if to not in NEXT[one.state]:
            with pytest.raises(NotNext):
                referrals.advance(one, to, on, today)
            continue
        one = referrals.advance(one, to, on, today, feedback_kind="ecrit", outcome=outcome(to))
        assert one.state == to
        assert former.state == "brouillon" or one.issued_on == former.issued_on
        known = [day for day in (one.issued_on, one.accepted_on, one.served_on, one.closed_on) if day]
        assert known == sorted(known)


@given(walks)
def test_a_random_walk_ends_when_the_figures_say(walk: list[tuple[int, int]]) -> None:
    """interfaces.md section 4: open until the service, or until a refusal or no response; cancelled counts nowhere."""
    today, one, on = date(2027, 12, 31), DRAFT, DRAFT.issued_on
    for choice, days in walk:
        possible = sorted(NEXT[one.state])
        if possible:
            to = possible[choice % len(possible)]
            on = on + timedelta(days=days)
            one = referrals.advance(one, to, on, today, feedback_kind="ecrit", outcome=outcome(to))
    ended = one.served_on if one.state in SERVED else one.closed_on if one.state in UNSERVED else None
    assert (one.ended_on, one.counts) == (ended, one.state not in ("brouillon", "annulee"))
    assert one.is_open == (one.counts and one.ended_on is None)


@pytest.mark.parametrize(
    ("kind", "purpose"),
    [
        ("oim", "partage_oim"),
        ("police", "partage_autorites"),
        ("justice", "partage_autorites"),
        ("consulat", "partage_consulat"),
        ("sante", "partage_structure"),
        ("x_local", "partage_structure"),
    ],
)
def test_each_kind_of_structure_has_its_purpose(kind: str, purpose: str) -> None:
    assert referrals.purpose_of(kind) == purpose


def allows(*decided: Consent, on: date = TODAY, recipient: str = "Centre de santé", **more: tuple[str, ...]) -> bool:
    return consents.allows(decided, "partage_structure", recipient, on, more.get("data", ()))


def test_a_given_consent_allows() -> None:
    assert allows(GIVEN)


def test_it_allows_nothing_before_its_day() -> None:
    assert not allows(GIVEN, on=date(2026, 10, 31))


def test_it_allows_on_its_last_day() -> None:
    assert allows(replace(GIVEN, valid_until=TODAY))


def test_it_allows_nothing_after_its_last_day() -> None:
    assert not allows(replace(GIVEN, valid_until=TODAY - timedelta(days=1)))


def test_it_allows_nothing_from_the_day_it_is_taken_back() -> None:
    assert not allows(replace(GIVEN, status="retire", withdrawn_on=TODAY))


def test_it_still_allowed_on_the_day_before_it_was_taken_back() -> None:
    assert allows(replace(GIVEN, status="retire", withdrawn_on=TODAY), on=TODAY - timedelta(days=1))


def test_it_is_for_its_recipient_alone() -> None:
    assert not allows(GIVEN, recipient="Commissariat")


def test_capitals_and_spaces_do_not_make_another_recipient() -> None:
    assert allows(GIVEN, recipient="centre  de Santé")


def test_it_is_for_its_purpose_alone() -> None:
    assert not consents.allows([GIVEN], "partage_oim", "Centre de santé", TODAY)


def test_a_later_refusal_ends_it() -> None:
    assert not allows(GIVEN, replace(GIVEN, id=ConsentId(2), status="refuse", given_on=TODAY))


def test_of_two_decisions_of_one_day_the_second_counts() -> None:
    assert allows(replace(GIVEN, status="refuse"), replace(GIVEN, id=ConsentId(2)))


def test_not_asked_takes_nothing_back() -> None:
    assert allows(GIVEN, replace(GIVEN, id=ConsentId(2), status="non_demande", given_on=TODAY))


def test_it_covers_the_minimum_where_it_names_no_data() -> None:
    assert allows(GIVEN, data=MINIMUM)
    assert not allows(GIVEN, data=("code", "nom"))


def test_it_covers_the_data_it_names_and_no_other() -> None:
    named = replace(GIVEN, scope=("code", "nom"))
    assert allows(named, data=("code", "nom"))
    assert consents.why_not(named, TODAY, ("code", "age")) == "etendue"


@pytest.mark.parametrize(
    ("decided", "why"),
    [
        ((), "absent"),
        ((replace(GIVEN, status="non_demande"),), "non_demande"),
        ((replace(GIVEN, status="refuse"),), "refuse"),
        ((replace(GIVEN, status="retire", withdrawn_on=TODAY),), "retire"),
        ((replace(GIVEN, valid_until=date(2026, 11, 2)),), "expire"),
    ],
)
def test_the_refusal_says_why(decided: tuple[Consent, ...], why: str) -> None:
    with pytest.raises(NoConsent) as refused:
        consents.consent_for(decided, "partage_structure", "Centre de santé", TODAY)
    assert refused.value.why == why


@pytest.mark.parametrize("point", EXPLAINED)
def test_a_consent_without_one_of_the_seven_points_is_not_whole(point: str) -> None:
    explained = tuple(one for one in EXPLAINED if one != point)
    with pytest.raises(Missing) as missing:
        consents.check_consent(replace(GIVEN, explained=explained), False, TODAY)
    assert missing.value.field == "explained"


def test_a_refusal_needs_no_explanation_to_be_respected() -> None:
    refused = replace(GIVEN, status="refuse", explained=(), language="", mode="", given_by="")
    consents.check_consent(refused, False, TODAY)
    assert not allows(refused)


@pytest.mark.parametrize("mode", ["oral_certifie", "empreinte"])
def test_what_is_not_signed_has_a_witness(mode: str) -> None:
    with pytest.raises(Missing) as missing:
        consents.check_consent(replace(GIVEN, mode=mode), False, TODAY)
    assert missing.value.field == "witness"


def test_sharing_names_its_recipient() -> None:
    with pytest.raises(Missing) as missing:
        consents.check_consent(replace(GIVEN, recipient=""), False, TODAY)
    assert missing.value.field == "recipient"


@pytest.mark.parametrize("said", ["", "non", "ne_sait_pas"])
def test_a_child_says_yes_too(said: str) -> None:
    with pytest.raises(Missing) as missing:
        consents.check_consent(replace(GIVEN, given_by="tuteur", child_assent=said), True, TODAY)
    assert missing.value.field == "child_assent"


def test_for_a_child_a_representative_is_asked_or_the_reason_is_written() -> None:
    alone = replace(GIVEN, child_assent="oui")
    with pytest.raises(Missing) as missing:
        consents.check_consent(alone, True, TODAY)
    consents.check_consent(alone, True, TODAY, "The guardian is the suspected exploiter")
    assert missing.value.field == "reason"


def test_a_consent_ends_after_it_began() -> None:
    with pytest.raises(BadDates):
        consents.check_consent(replace(GIVEN, valid_until=date(2026, 10, 1)), False, TODAY)


def test_only_what_was_given_is_taken_back() -> None:
    with pytest.raises(NotNext):
        consents.withdrawn(replace(GIVEN, status="refuse"), TODAY, TODAY)


def test_whoever_got_data_has_to_be_told() -> None:
    sent = replace(go("emise"), consent=GIVEN.id)
    assert consents.to_be_told(GIVEN, [sent, replace(sent, id=ReferralId(2))]) == ("Centre de santé",)


def test_nobody_is_told_where_nothing_was_sent() -> None:
    assert consents.to_be_told(GIVEN, [replace(DRAFT, consent=GIVEN.id)]) == ()


def test_an_exception_for_a_child_is_for_minors() -> None:
    with pytest.raises(NotInList):
        consents.check_exception("protection_enfant", "why", False)


def test_an_exception_has_its_reason() -> None:
    with pytest.raises(Missing):
        consents.check_exception("interet_vital", "  ", False)


def test_a_recording_time_is_no_part_of_a_step() -> None:
    recorded = replace(DRAFT, recorded_at=datetime(2026, 11, 1, 9, 30))
    assert go("emise", one=recorded).recorded_at == recorded.recorded_at
