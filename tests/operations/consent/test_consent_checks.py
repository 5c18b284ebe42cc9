"""Calls, searches and follow-ups stand on a consent; without it the manager alone excepts one, with a reason (6.3)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.consent.consents import Exemption, NoConsent
from shelter_desk.domain.errors import Missing, NotAllowed, NotInList
from shelter_desk.domain.ids import ConsentId, ExitId, ServiceId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.exits import Exit, ExitRecord
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import minors, plans, tracing
from shelter_desk.operations.consent import consent_checks, consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import timeline
from shelter_desk.operations.stays import exits, stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.words import timeline as timeline_words
from tests.operations.assessment_scene import line, plan
from tests.operations.minor_scene import desk, girl, wanted
from tests.operations.referral_scene import agree_to, agree_to_recording
from tests.operations.shelter import admit, days_ago

__all__ = ["desk", "girl"]
VITAL = Exemption("interet_vital", "opération cette nuit")
CHILD = Exemption("protection_enfant", "le juge n’est pas encore saisi")


@pytest.fixture
def woman(desk: Desk) -> Admitted:
    return admit(desk, "1A", days=60)


@pytest.fixture
def gone(desk: Desk, woman: Admitted) -> Admitted:
    """Somebody who left three days ago."""
    stays.leave(desk, woman.stay, days_ago(3), "autonomie", "mali_autre")
    return woman


def call(someone: Admitted, **more: object) -> Service:
    made = Service(ServiceId(0), "", clock.today(), someone.stay, "pro_contact_fam")
    return replace(made, **more)  # type: ignore[arg-type]


def given(desk: Desk, someone: Admitted) -> list[str]:
    return [one.status for ones in assistance.of_stays(desk, [someone.stay]).values() for one in ones]


@pytest.mark.parametrize("kind", ["pro_contact_fam", "pro_rrf", "psy_mediation_fam", "fop_suivi_post"])
def test_a_contact_is_written_with_a_consent_alone(desk: Desk, woman: Admitted, kind: str) -> None:
    with pytest.raises(NoConsent):
        assistance.give(desk, [call(woman, service_type=kind)])
    assert given(desk, woman) == []
    agree_to(desk, woman.person, "suivi_apres_sortie" if kind.startswith("fop") else "contact_famille")
    assistance.give(desk, [call(woman, service_type=kind)])
    assert given(desk, woman) == ["fait"]


def test_what_is_planned_is_asked_for_once_it_is_held(desk: Desk, woman: Admitted) -> None:
    assistance.give(desk, [call(woman, status="prevu")])
    (planned,) = assistance.of_stays(desk, [woman.stay])[woman.stay]
    with pytest.raises(NoConsent):
        assistance.hold(desk, [planned.id])
    assistance.refused(desk, [planned.id])
    assert given(desk, woman) == ["refuse"]


def test_the_manager_excepts_a_call_with_a_reason_that_stays_with_the_consents(desk: Desk, woman: Admitted) -> None:
    for wrong, error in ((Exemption("interet_vital", " "), Missing), (CHILD, NotInList)):
        with pytest.raises(error):
            assistance.give(desk, [call(woman)], exempt=wrong)
    done = assistance.give(desk, [call(woman)], exempt=VITAL)
    (kept,) = consents.of(desk, woman.person).exceptions
    assert (kept.purpose, kept.exception, kept.reason, kept.by) == (
        "contact_famille",
        "interet_vital",
        "opération cette nuit",
        desk.user,
    )
    told = [
        timeline_words.describe(one.event) for one in timeline.of(desk, woman.person) if one.event.what == "exception"
    ]
    assert told == [("Without consent: Family contact", "Vital interest: a life is in danger")]
    undo(desk, done)
    assert (consents.of(desk, woman.person).exceptions, given(desk, woman)) == ((), [])


def test_a_case_worker_makes_no_exception(desk: Desk, woman: Admitted) -> None:
    desk.role = Role.CASE_WORKER
    with pytest.raises(NotAllowed):
        assistance.give(desk, [call(woman)], exempt=VITAL)
    assert given(desk, woman) == []


def test_an_action_done_by_a_call_asks_as_well(desk: Desk, woman: Admitted) -> None:
    agree_to_recording(desk, woman.person)
    plans.make(desk, replace(plan(woman), actions=(line(),)))
    action = plans.of(desk, woman.person)[0].plan.actions[0]
    with pytest.raises(NoConsent):
        plans.advance(desk, action.id, "fait", clock.today(), service=call(woman))
    assert plans.of(desk, woman.person)[0].plan.actions[0].state == action.state


def test_a_search_that_was_excepted_goes_on_and_excepts_nothing_else(desk: Desk, girl: Admitted) -> None:
    made = tracing.trace(desk, wanted(girl.stay), exempt=CHILD)
    desk.role = Role.CASE_WORKER
    tracing.step(desk, made.id, clock.today(), "appel de la tante")
    other = Service(ServiceId(0), "", clock.today(), girl.stay, "pro_contact_fam")
    with pytest.raises(NoConsent):
        assistance.give(desk, [other])
    assert (len(consents.of(desk, girl.person).exceptions), minors.of(desk, girl.person).contact) == (1, "absent")


def test_a_refusal_after_the_exception_stops_the_search(
    desk: Desk, girl: Admitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tracing.trace(desk, wanted(girl.stay), exempt=CHILD)
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    refusal = Consent(ConsentId(0), girl.person, "contact_famille", "refuse", "", "", desk.today())
    consents.record(desk, refusal)
    with pytest.raises(NoConsent):
        tracing.step(desk, made.id, desk.today(), "appel")
    assert tracing.why_stopped(desk, made.id, desk.today()) == "refuse"


@pytest.mark.parametrize(("said", "why"), [("oui", None), ("non", "refuse"), ("", "absent")])
def test_what_the_exit_says_of_the_follow_up_counts(desk: Desk, gone: Admitted, said: str, why: str | None) -> None:
    exits.complete(desk, gone.stay, ExitRecord(Exit(ExitId(0), gone.stay, follow_up_consent=said)))
    assert consent_checks.standing(desk, gone.stay, "suivi_apres_sortie", clock.today()) == why
    if why is None:
        exits.plan_follow_up(desk, gone.stay, clock.today(), "visite")
    else:
        with pytest.raises(NoConsent):
            exits.plan_follow_up(desk, gone.stay, clock.today(), "visite")


def test_a_consent_taken_back_after_the_exit_ends_what_the_exit_said(desk: Desk, gone: Admitted) -> None:
    exits.complete(desk, gone.stay, ExitRecord(Exit(ExitId(0), gone.stay, follow_up_consent="oui")))
    consents.withdraw(desk, agree_to(desk, gone.person, "suivi_apres_sortie"), clock.today())
    with pytest.raises(NoConsent):
        exits.plan_follow_up(desk, gone.stay, clock.today(), "visite")


def test_a_follow_up_that_was_excepted_is_held_under_the_same_exception(desk: Desk, gone: Admitted) -> None:
    exits.plan_follow_up(desk, gone.stay, clock.today(), "visite", VITAL)
    (planned,) = exits.of(desk, gone.person).follow_ups[gone.stay]
    desk.role = Role.CASE_WORKER
    exits.hold_follow_up(desk, planned.id, clock.today(), "va_bien")
    assert [one.held_on for one in exits.of(desk, gone.person).follow_ups[gone.stay]] == [clock.today()]
    assert len(consents.of(desk, gone.person).exceptions) == 1
