"""Of somebody who refuses the recording the file stays minimal, whoever writes, and the care goes on (R-15, 6.3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.casefile.minors import Relative
from shelter_desk.domain.consent.consents import RECORDING, NoConsent
from shelter_desk.domain.ids import ConsentId, ServiceId, VictimStatusId
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import best_interests, flags, interviews, tracing
from shelter_desk.operations.casefile.interviews import InterviewOutcome
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import victim_statuses
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from tests.operations.interview_scene import WHOLE, asked
from tests.operations.minor_scene import SAID, alone, desk, wanted, whole_assessment
from tests.operations.referral_scene import agree_to
from tests.operations.shelter import admit

__all__ = ["desk"]


def says(desk: Desk, whom: Admitted, status: str) -> None:
    explained = ("but", "usages", "statistique", "acces", "duree", "retrait", "refus")
    said = Consent(ConsentId(0), whom.person, RECORDING, status, "signature", "tuteur", clock.today())
    consents.record(desk, replace(said, explained=explained, language="bam", child_assent="oui"))


@pytest.fixture
def girl(desk: Desk) -> Admitted:
    made = alone(desk)
    says(desk, made, "refuse")
    return made


def decided(whom: Admitted, **said: object) -> VictimStatus:
    status = VictimStatus(VictimStatusId(0), whom.stay, "identifiee", clock.today(), "police_gendarmerie")
    return replace(status, status_decider="Brigade", **said)  # type: ignore[arg-type]


def presumed(whom: Admitted, **said: object) -> VictimStatus:
    later = clock.today() + timedelta(days=30)
    return decided(whom, victim_status="presumee", review_on=later, **said)


def with_note(desk: Desk, whom: Admitted) -> None:
    care = Service(ServiceId(0), "", clock.today(), whom.stay, "psy_ecoute")
    assistance.give(desk, [care], "a raconté la route")


def note_later(desk: Desk, whom: Admitted) -> None:
    assistance.give(desk, [Service(ServiceId(0), "", clock.today(), whom.stay, "psy_ecoute")])
    (kept,) = assistance.of_stays(desk, [whom.stay])[whom.stay]
    assistance.change(desk, kept, "a raconté la route")


WAYS: dict[str, Callable[[Desk, Admitted], object]] = {
    "forms": lambda desk, whom: victim_statuses.decide(desk, presumed(whom, exploitation_forms=("sex_distance",))),
    "practices": lambda desk, whom: victim_statuses.decide(desk, presumed(whom, assimilated_practices=("esclavage",))),
    "reason": lambda desk, whom: victim_statuses.decide(desk, decided(whom), "a raconté la route"),
    "note of a service": with_note,
    "note added later": note_later,
    "best interests": lambda desk, whom: best_interests.assess(desk, whole_assessment(whom.stay), SAID),
    "tracing": lambda desk, whom: tracing.trace(desk, wanted(whom.stay), [Relative("Sira D.", "mere")]),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_refused_recording_blocks_every_way_to_write_more(desk: Desk, girl: Admitted, way: str) -> None:
    with pytest.raises(NoConsent) as refused:
        WAYS[way](desk, girl)
    assert (refused.value.purpose, refused.value.why) == (RECORDING, "refuse")


def test_decision_and_care_go_on_without_the_narrative(desk: Desk, girl: Admitted) -> None:
    victim_statuses.decide(desk, decided(girl))
    assistance.give(desk, [Service(ServiceId(0), "", clock.today(), girl.stay, "psy_ecoute")])
    tracing.trace(desk, replace(wanted(girl.stay, yes=False), separation_place="", separation_causes=()))
    statuses = residents.record(desk, girl.person).stays[0].statuses
    assert [one.victim_status for one in statuses] == ["identifiee"]
    assert "R-15" not in {one.rule for one in flags.of_person(desk, girl.person)}


def test_no_answer_of_an_interview_is_written_without_a_yes_to_the_recording(desk: Desk) -> None:
    woman = admit(desk, "1A")
    one = interviews.begin(desk, asked(woman.stay, consent_interview="donne")).interview
    answered = replace(one, stage=5, indicators=WHOLE)
    for end in (interviews.keep, interviews.finish):
        with pytest.raises(NoConsent) as refused:
            end(desk, answered)
        assert refused.value.why == "absent"
    interviews.finish(desk, answered, said=InterviewOutcome(to_record="donne"))
    assert interviews.of_stay(desk, woman.stay).interviews[0].state == "termine"


def test_an_interview_stops_when_the_recording_is_taken_back_and_nothing_is_added(desk: Desk) -> None:
    woman = admit(desk, "1A")
    one = interviews.begin(desk, asked(woman.stay, consent_interview="donne")).interview
    interviews.keep(desk, replace(one, stage=3), said=InterviewOutcome(to_record="donne"))
    kept = next(each for each in consents.of(desk, woman.person).all if each.purpose == RECORDING)
    consents.withdraw(desk, kept.id, clock.today())
    interviews.stop(desk, replace(one, stage=5, indicators=WHOLE), "demande", None, "a tout raconté")
    stopped = interviews.of_stay(desk, woman.stay)
    (session,) = stopped.interviews
    assert (session.state, dict(session.indicators), stopped.summaries) == ("arrete", {}, frozenset())


@pytest.mark.parametrize("way", ["forms", "reason", "note of a service", "tracing"])
def test_what_was_written_before_a_refusal_is_flagged(desk: Desk, way: str) -> None:
    child = alone(desk)
    agree_to(desk, child.person, "contact_famille", child=True)
    WAYS[way](desk, child)
    says(desk, child, "refuse")
    assert "R-15" in {one.rule for one in flags.of_person(desk, child.person)}
