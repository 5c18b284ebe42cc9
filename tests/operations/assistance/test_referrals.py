"""Referrals as they are kept: R-15, R-16, R-17, R-29, every step with its journal line and its undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from shelter_desk.domain.assistance.referrals import MINIMUM, NotNext, State
from shelter_desk.domain.consent.consents import NoConsent
from shelter_desk.domain.errors import BadDates, InTheFuture, Missing, NoSuch, NotAllowed, NotInList, ShelterDeskError
from shelter_desk.domain.plausible_dates import TooLongAgo
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import partners, referral_sheets, referrals
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.file import journal
from shelter_desk.system import clock
from tests.operations.referral_scene import (
    CLINIC,
    PAIN,
    POLICE,
    UNHCR,
    agree,
    agree_to_recording,
    become,
    desk,
    given,
    issued,
    line,
    resident,
    state,
    wish,
)
from tests.operations.shelter import admit

__all__ = ["desk", "resident"]


def last_action(desk: Desk) -> str:
    with desk.reading() as connection:
        return list(journal.lines(connection))[-1].action


def test_a_draft_has_a_number_of_its_own_and_the_minimum_of_data(desk: Desk, resident: Admitted) -> None:
    made = referrals.draft(desk, wish(resident))
    one = line(desk, made.id).referral
    assert (made.number, one.data_shared) == (f"R-{clock.today().year}-0001", MINIMUM)


def test_numbers_go_on(desk: Desk, resident: Admitted) -> None:
    referrals.draft(desk, wish(resident))
    assert referrals.draft(desk, wish(resident)).number.endswith("0002")


@pytest.mark.parametrize(
    ("without", "field"),
    [
        ({"service_wanted": ()}, "service_wanted"),
        ({"reason_code": ""}, "referral_reason"),
        ({"urgency": ""}, "referral_urgency"),
        ({"data_shared": ()}, "data_shared"),
        ({"partner": ""}, "partner"),
    ],
)
def test_a_draft_says_what_it_is_about(desk: Desk, resident: Admitted, without: dict[str, Any], field: str) -> None:
    with pytest.raises(Missing) as missing:
        referrals.draft(desk, replace(wish(resident), **without))
    assert missing.value.field == field


def test_a_structure_has_to_be_in_the_directory(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(NoSuch):
        referrals.draft(desk, wish(resident, "Inconnue"))


def test_codes_are_those_of_the_lists(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(NotInList):
        referrals.draft(desk, replace(wish(resident), service_wanted=("magie",)))


def test_a_draft_is_written_anew(desk: Desk, resident: Admitted) -> None:
    key = referrals.draft(desk, wish(resident)).id
    referrals.change(desk, key, replace(wish(resident), urgency="immediate"))
    assert line(desk, key).referral.urgency == "immediate"


def test_what_is_issued_is_not_written_anew(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(NotNext):
        referrals.change(desk, issued(desk, resident), wish(resident))


def test_a_draft_is_undone(desk: Desk, resident: Admitted) -> None:
    made = referrals.draft(desk, wish(resident))
    undo(desk, made.done)
    assert referrals.line(desk, made.id) is None


# R-16 and R-17 --------------------------------------------------------------------------------------------------------


def refused_to_issue(desk: Desk, resident: Admitted, **more: Any) -> type[ShelterDeskError] | str:
    key = referrals.draft(desk, wish(resident)).id
    try:
        referrals.issue(desk, key, clock.today(), **more)
    except NoConsent as error:
        return error.why
    except ShelterDeskError as error:
        return type(error)
    return state(desk, key)


def test_nothing_is_sent_without_consent(desk: Desk, resident: Admitted) -> None:
    assert refused_to_issue(desk, resident) == "absent"


def test_a_consent_for_another_structure_does_not_do(desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person, UNHCR)
    assert refused_to_issue(desk, resident) == "absent"


def test_a_consent_for_another_purpose_does_not_do(desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person, CLINIC, "partage_oim")
    assert refused_to_issue(desk, resident) == "absent"


def test_a_consent_of_somebody_else_does_not_do(desk: Desk, resident: Admitted) -> None:
    agree(desk, admit(desk, "1B").person)
    assert refused_to_issue(desk, resident) == "absent"


def test_a_consent_for_this_structure_does(desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person)
    assert refused_to_issue(desk, resident) == "emise"


def test_a_consent_taken_back_does_not_do(desk: Desk, resident: Admitted) -> None:
    consents.withdraw(desk, agree(desk, resident.person), clock.today())
    assert refused_to_issue(desk, resident) == "retire"


def test_a_consent_taken_back_is_not_passed_by_an_earlier_day(desk: Desk, resident: Admitted) -> None:
    agreed = consents.record(desk, given(resident.person, on=clock.today() - timedelta(days=9))).consent
    consents.withdraw(desk, agreed, clock.today() - timedelta(days=2))
    key, before = referrals.draft(desk, wish(resident)).id, clock.today() - timedelta(days=3)
    with pytest.raises(NoConsent) as refused:
        referrals.issue(desk, key, before)
    referrals.issue(desk, key, before, "interet_vital", "envoyée le jour même, notée après la coupure")
    kept = line(desk, key).referral
    assert (refused.value.why, kept.state, kept.issued_on, kept.consent) == ("retire", "emise", before, None)


def test_a_consent_of_today_sends_nothing_yesterday(desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person)
    key = referrals.draft(desk, wish(resident)).id
    with pytest.raises(NoConsent):
        referrals.issue(desk, key, clock.today() - timedelta(days=1))
    assert state(desk, key) == "brouillon"


def test_one_of_two_consents_taken_back_ends_the_later_one_too(desk: Desk, resident: Admitted) -> None:
    older = consents.record(desk, given(resident.person, on=clock.today() - timedelta(days=9))).consent
    newer = consents.record(desk, given(resident.person, on=clock.today() - timedelta(days=5))).consent
    sent = referrals.draft(desk, wish(resident)).id
    referrals.issue(desk, sent, clock.today() - timedelta(days=4))
    told = consents.withdraw(desk, older, clock.today() - timedelta(days=1)).to_tell
    assert (line(desk, sent).referral.consent, told) == (newer, (CLINIC,))
    assert refused_to_issue(desk, resident) == "retire"
    agree(desk, resident.person)
    assert refused_to_issue(desk, resident) == "emise"


def test_nothing_is_sent_before_the_person_was_ever_here(desk: Desk, resident: Admitted) -> None:
    key = referrals.draft(desk, wish(resident)).id
    with pytest.raises(TooLongAgo):
        referrals.issue(desk, key, date(2019, 5, 1), "interet_vital", "par erreur")
    assert state(desk, key) == "brouillon"


def test_a_consent_that_ran_out_yesterday_does_not_do(desk: Desk, resident: Admitted) -> None:
    yesterday = clock.today() - timedelta(days=1)
    consents.record(desk, replace(given(resident.person, on=yesterday), valid_until=yesterday))
    assert refused_to_issue(desk, resident) == "expire"


def test_a_consent_that_runs_out_today_does(desk: Desk, resident: Admitted) -> None:
    consents.record(desk, replace(given(resident.person), valid_until=clock.today()))
    assert refused_to_issue(desk, resident) == "emise"


def test_more_data_than_agreed_is_not_sent(desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person)
    key = referrals.draft(desk, replace(wish(resident), data_shared=("code", "nom"))).id
    with pytest.raises(NoConsent) as refused:
        referrals.issue(desk, key, clock.today())
    assert refused.value.why == "etendue"


def test_the_referral_keeps_the_consent_it_stands_on(desk: Desk, resident: Admitted) -> None:
    key = issued(desk, resident)
    assert line(desk, key).referral.consent == consents.of(desk, resident.person).all[0].id


def test_the_police_has_a_purpose_of_its_own(desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person, POLICE, "partage_structure")
    key = referrals.draft(desk, wish(resident, POLICE)).id
    with pytest.raises(NoConsent) as refused:
        referrals.issue(desk, key, clock.today())
    assert refused.value.purpose == "partage_autorites"


def test_vital_interest_goes_without_consent_by_the_manager(desk: Desk, resident: Admitted) -> None:
    key = referrals.draft(desk, wish(resident)).id
    referrals.issue(desk, key, clock.today(), "interet_vital", "Inconsciente, urgence")
    one = line(desk, key).referral
    assert (one.state, one.exception, one.exception_reason) == ("emise", "interet_vital", "Inconsciente, urgence")


def test_an_exception_without_reason_is_refused(desk: Desk, resident: Admitted) -> None:
    assert refused_to_issue(desk, resident, exception="interet_vital") is Missing


def test_an_exception_is_not_for_the_case_worker(desk: Desk, resident: Admitted) -> None:
    become(desk, Role.CASE_WORKER)
    assert refused_to_issue(desk, resident, exception="interet_vital", reason="Urgence") is NotAllowed


def test_the_protection_of_a_child_is_no_exception_for_an_adult(desk: Desk, resident: Admitted) -> None:
    assert refused_to_issue(desk, resident, exception="protection_enfant", reason="x") is NotInList


def test_the_protection_of_a_child_is_one_for_a_child(desk: Desk) -> None:
    child = admit(desk, "3A", age=12)
    assert refused_to_issue(desk, child, exception="protection_enfant", reason="Tuteur en cause") == "emise"


def test_the_transport_of_a_referral_is_one_of_its_list(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(NotInList):
        referrals.draft(desk, replace(wish(resident), transport_escort="moto"))


def test_the_line_says_what_stands_in_the_way(desk: Desk, resident: Admitted) -> None:
    key = referrals.draft(desk, wish(resident)).id
    before = line(desk, key).why_not
    agree(desk, resident.person)
    assert (before, line(desk, key).why_not) == ("absent", None)


# R-15 -----------------------------------------------------------------------------------------------------------------


def test_a_summary_needs_the_consent_to_recording(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(NoConsent):
        referrals.draft(desk, replace(wish(resident), summary=PAIN))


def test_a_referral_without_summary_helps_whoever_refuses_the_recording(desk: Desk, resident: Admitted) -> None:
    consents.record(desk, replace(given(resident.person, "", "enregistrement_donnees"), status="refuse"))
    assert issued(desk, resident) > 0


def test_a_summary_is_sealed_and_read_on_demand(desk: Desk, resident: Admitted) -> None:
    agree_to_recording(desk, resident.person)
    key = referrals.draft(desk, replace(wish(resident), summary=PAIN)).id
    with desk.reading() as connection:
        kept = connection.exec_driver_sql("SELECT summary_shared FROM referrals").scalar_one()
    assert (PAIN.encode() in kept, referral_sheets.summary(desk, key)) == (False, PAIN)


def test_reading_a_summary_is_written_to_the_journal(desk: Desk, resident: Admitted) -> None:
    agree_to_recording(desk, resident.person)
    referral_sheets.summary(desk, referrals.draft(desk, replace(wish(resident), summary=PAIN)).id)
    assert last_action(desk) == "summary_read"


def test_a_summary_that_was_not_opened_stays(desk: Desk, resident: Admitted) -> None:
    agree_to_recording(desk, resident.person)
    key = referrals.draft(desk, replace(wish(resident), summary=PAIN)).id
    referrals.change(desk, key, wish(resident), keeps_summary=True)
    assert referral_sheets.summary(desk, key) == PAIN


def test_a_summary_goes_with_the_keys_of_the_identity(desk: Desk, resident: Admitted) -> None:
    agree_to_recording(desk, resident.person)
    key = referrals.draft(desk, replace(wish(resident), summary=PAIN)).id
    with desk.writing("test", referrals.TOPICS) as writing:
        writing.connection.exec_driver_sql("UPDATE profiles SET protection_seal = NULL")
    assert referral_sheets.summary(desk, key) == ""


# Steps ----------------------------------------------------------------------------------------------------------------

STEPS: dict[str, State] = {
    "refer_accept": "acceptee",
    "refer_serve": "service_recu",
    "refer_refused": "refusee_structure",
    "refer_declined": "refusee_personne",
    "refer_no_answer": "sans_suite",
    "refer_cancel": "annulee",
}


@pytest.mark.parametrize("action", STEPS)
def test_a_step_is_written_with_its_line_of_the_journal(desk: Desk, resident: Admitted, action: str) -> None:
    key, reached = issued(desk, resident), STEPS[action]
    done = referrals.advance(desk, key, reached, clock.today())
    assert (state(desk, key), last_action(desk), done.subject) == (reached, action, resident.code)


@pytest.mark.parametrize("action", STEPS)
def test_a_step_is_undone(desk: Desk, resident: Admitted, action: str) -> None:
    key = issued(desk, resident)
    undo(desk, referrals.advance(desk, key, STEPS[action], clock.today()))
    assert state(desk, key) == "emise"


def test_a_referral_is_closed_with_its_feedback(desk: Desk, resident: Admitted) -> None:
    key = issued(desk, resident)
    referrals.advance(desk, key, "service_recu", clock.today())
    referrals.advance(desk, key, "cloturee", clock.today(), "service_partiel", "telephone")
    one = line(desk, key).referral
    assert (one.state, one.feedback_kind, one.outcome) == ("cloturee", "telephone", "service_partiel")


def test_a_feedback_of_no_list_is_refused(desk: Desk, resident: Admitted) -> None:
    key = issued(desk, resident)
    referrals.advance(desk, key, "service_recu", clock.today())
    with pytest.raises(NotInList):
        referrals.advance(desk, key, "cloturee", clock.today(), "service_complet", "pigeon")


def test_a_step_in_the_future_is_refused(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(InTheFuture):
        referrals.advance(desk, issued(desk, resident), "acceptee", clock.today() + timedelta(days=1))


def test_a_step_before_the_sending_is_refused(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(BadDates):
        referrals.advance(desk, issued(desk, resident), "acceptee", clock.today() - timedelta(days=1))


def test_what_waits_too_long_stands_among_the_overdue(desk: Desk, resident: Admitted) -> None:
    key = issued(desk, resident, days=10)
    assert [(one.referral.id, one.days_late) for one in referrals.overdue(desk)] == [(key, 3)]


def test_asked_again_later_it_is_not_overdue(desk: Desk, resident: Admitted) -> None:
    key = issued(desk, resident, days=10)
    referrals.ask_again_on(desk, key, clock.today() + timedelta(days=2))
    assert referrals.overdue(desk) == []


def test_a_draft_waits_for_nothing(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(NotNext):
        referrals.ask_again_on(desk, referrals.draft(desk, wish(resident)).id, clock.today())


def test_the_board_shows_the_overdue_first(desk: Desk, resident: Admitted) -> None:
    late = issued(desk, resident, days=10)
    draft = referrals.draft(desk, wish(resident)).id
    assert [one.referral.id for one in referrals.board(desk)] == [late, draft]


def test_those_who_are_referred_here_need_no_consent_of_ours(desk: Desk, resident: Admitted) -> None:
    made = referrals.receive(desk, wish(resident, UNHCR), clock.today())
    one = line(desk, made.id)
    assert (one.referral.direction, one.referral.state, one.why_not) == ("entrante", "emise", None)


def test_an_incoming_referral_is_not_dated_tomorrow(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(InTheFuture):
        referrals.receive(desk, wish(resident, UNHCR), clock.today() + timedelta(days=1))


# Rights ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
@pytest.mark.parametrize("asked", [referrals.board, referrals.overdue, partners.partners])
def test_referrals_are_shown_to_those_who_assist_alone(desk: Desk, asked: Callable[[Desk], object], role: Role) -> None:
    become(desk, role)
    with pytest.raises(NotAllowed):
        asked(desk)


def test_a_case_worker_issues_a_referral(desk: Desk, resident: Admitted) -> None:
    become(desk, Role.CASE_WORKER)
    assert state(desk, issued(desk, resident)) == "emise"
