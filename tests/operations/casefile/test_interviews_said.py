"""What an interview says besides its answers: consents as records of their own, urgent needs at the stay."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.consent.consents import EXPLAINED, RECORDING, NoConsent
from shelter_desk.domain.errors import Missing
from shelter_desk.operations.casefile import interviews
from shelter_desk.operations.casefile.interviews import InterviewOutcome
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from tests.operations.interview_scene import asked, desk, girl, woman
from tests.operations.referral_scene import given

__all__ = ["desk", "girl", "woman"]
ALL = InterviewOutcome("donne", "refuse", ("soins", "repos"))


def decided(desk: Desk, person: Admitted) -> dict[str, str]:
    return {one.purpose: one.status for one in reversed(consents.of(desk, person.person).all)}


def of(desk: Desk, person: Admitted, purpose: str) -> Consent:
    (found,) = (one for one in consents.of(desk, person.person).all if one.purpose == purpose)
    return found


def agreed(desk: Desk, person: Admitted, **told: object) -> Interview:
    """A session in which the consent was asked, kept once."""
    one = interviews.begin(desk, asked(person.stay, consent_interview="donne", **told)).interview
    return replace(one, stage=3, consent_anonymous_stats="refuse")


def test_decisions_become_records_in_the_same_act(desk: Desk, woman: Admitted) -> None:
    done = interviews.keep(desk, agreed(desk, woman), said=ALL)
    assert decided(desk, woman) == {
        "entretien_depistage": "donne",
        RECORDING: "donne",
        "stats_anonymes": "refuse",
        "contact_famille": "refuse",
    }
    undo(desk, done)
    assert decided(desk, woman) == {}


def test_a_record_says_how_when_by_whom_in_which_language_and_who_certifies(desk: Desk, woman: Admitted) -> None:
    yesterday = clock.now() - timedelta(days=1)
    interviews.keep(desk, replace(agreed(desk, woman), interview_at=yesterday, interpreter_name="Agent C"), said=ALL)
    one = of(desk, woman, "entretien_depistage")
    assert (one.mode, one.given_by, one.given_on, one.language) == (
        "oral_certifie",
        "personne",
        yesterday.date(),
        "bam",
    )
    assert (one.explained, one.witness, one.interpreter, one.child_assent) == (EXPLAINED, desk.user_name, "Agent C", "")


def test_what_stands_is_not_written_twice(desk: Desk, woman: Admitted) -> None:
    consents.record(desk, given(woman.person, "", RECORDING))
    one = agreed(desk, woman)
    for _ in range(2):
        interviews.keep(desk, one, said=ALL)
    interviews.finish(desk, one, said=ALL)
    assert len(consents.of(desk, woman.person).all) == 4


def test_another_answer_is_another_decision(desk: Desk, woman: Admitted) -> None:
    one = agreed(desk, woman)
    interviews.keep(desk, one, said=ALL)
    interviews.keep(desk, replace(one, consent_anonymous_stats="donne"), said=ALL)
    found = [each.status for each in consents.of(desk, woman.person).all if each.purpose == "stats_anonymes"]
    assert sorted(found) == ["donne", "refuse"]
    (stands,) = (one for one in consents.of(desk, woman.person).standings if one.purpose == "stats_anonymes")
    assert stands.why_not is None


def test_what_was_not_asked_is_no_decision(desk: Desk, woman: Admitted) -> None:
    interviews.keep(desk, replace(agreed(desk, woman), consent_anonymous_stats="", stage=2))
    assert decided(desk, woman) == {"entretien_depistage": "donne"}


def test_nothing_is_decided_before_the_consent_is_asked(desk: Desk, woman: Admitted) -> None:
    interviews.keep(desk, replace(agreed(desk, woman), stage=1), said=ALL)
    assert decided(desk, woman) == {}


def test_a_refusal_of_the_interview_is_a_record_and_the_only_one(desk: Desk, woman: Admitted) -> None:
    one = interviews.begin(desk, asked(woman.stay)).interview
    interviews.keep(desk, replace(one, stage=2, consent_interview="refuse"), said=ALL)
    assert decided(desk, woman) == {"entretien_depistage": "refuse"}
    assert residents.record(desk, woman.person).stays[0].stay.urgent_needs == ()


def test_who_refuses_the_recording_is_asked_no_further_and_the_refusal_is_kept(desk: Desk, woman: Admitted) -> None:
    refusing = InterviewOutcome(to_record="refuse")
    with pytest.raises(NoConsent):
        interviews.keep(desk, agreed(desk, woman), said=refusing)
    (open_one,) = interviews.of_stay(desk, woman.stay).interviews
    interviews.pause(desk, replace(open_one, stage=2), said=refusing)
    assert decided(desk, woman)[RECORDING] == "refuse"


def test_a_child_gives_its_assent_with_the_guardian_or_the_reason_why_there_is_none(desk: Desk, girl: Admitted) -> None:
    one = replace(agreed(desk, girl), consent_anonymous_stats="", stage=2)
    with pytest.raises(Missing) as missing:
        interviews.keep(desk, one)
    assert (missing.value.field, decided(desk, girl)) == ("no_guardian_reason", {})
    interviews.keep(desk, one, said=InterviewOutcome(reason="parents injoignables"))
    kept = of(desk, girl, "entretien_depistage")
    standing = next(each for each in consents.of(desk, girl.person).standings if each.consent == kept)
    assert (kept.given_by, kept.child_assent, standing.reason) == ("personne", "oui", "parents injoignables")


def test_a_guardian_who_is_there_gives_it_with_the_assent_of_the_child(desk: Desk, girl: Admitted) -> None:
    one = agreed(desk, girl, others_present=("tuteur",))
    interviews.keep(desk, replace(one, consent_anonymous_stats="", stage=2))
    kept = of(desk, girl, "entretien_depistage")
    assert (kept.given_by, kept.child_assent) == ("tuteur", "oui")


def test_urgent_needs_go_to_the_stay_and_are_taken_back_with_the_act(desk: Desk, woman: Admitted) -> None:
    done = interviews.keep(desk, agreed(desk, woman), said=ALL)
    told = residents.record(desk, woman.person).stays[0].stay.urgent_needs
    undo(desk, done)
    assert (told, residents.record(desk, woman.person).stays[0].stay.urgent_needs) == (("soins", "repos"), ())


def test_needs_that_nobody_asked_about_stay_as_they_are(desk: Desk, woman: Admitted) -> None:
    one = agreed(desk, woman)
    interviews.keep(desk, one, said=ALL)
    interviews.keep(desk, one)
    assert residents.record(desk, woman.person).stays[0].stay.urgent_needs == ("soins", "repos")
