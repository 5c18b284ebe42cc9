"""Interviews on a real file: begun, kept stage by stage, paused, stopped, refused, finished; read on demand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.casefile.identification import ChildNotSafe, InterviewEnded, InterviewUnderWay, NotAgreed
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.consent.consents import RECORDING, NoConsent
from shelter_desk.domain.errors import InTheFuture, Missing, NotAllowed, NotInList
from shelter_desk.domain.ids import VictimStatusId
from shelter_desk.domain.plausible_dates import TooLongAgo
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import flags, interviews
from shelter_desk.operations.casefile.interviews import InterviewOutcome
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents, sealed_access
from shelter_desk.operations.stays import stays, victim_statuses
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.operations.vault import journal
from shelter_desk.operations.vault.journal import Wanted
from shelter_desk.system import clock
from tests.operations.interview_scene import WHOLE, asked, begun, desk, finished, girl, woman
from tests.operations.referral_scene import given
from tests.operations.shelter import days_ago

__all__ = ["desk", "girl", "woman"]
WHY = InterviewOutcome(reason="parents au pays, injoignables")
SUMMARY = "Dit avoir travaillé deux ans sans salaire."


def stored(desk: Desk, one: Interview) -> Interview:
    found = interviews.interview(desk, one.id)
    assert found is not None
    return found


def actions(desk: Desk, person: Admitted) -> list[str]:
    return [line.action for line in residents.record(desk, person.person).thread]


def services(desk: Desk, person: Admitted) -> list[tuple[str, str]]:
    return [(one.service_type, one.status) for one in assistance.of_stays(desk, [person.stay]).get(person.stay, ())]


def test_an_interview_begins_with_its_number_session_and_who_leads_it(desk: Desk, woman: Admitted) -> None:
    one = begun(desk, woman.stay)
    year = clock.today().year
    assert (one.interview_no, one.session_no, one.interviewer) == (f"E-{year}-0001", 1, desk.user)
    assert stored(desk, one) == one


def test_a_second_one_begins_only_after_the_first_is_ended(desk: Desk, woman: Admitted) -> None:
    one = begun(desk, woman.stay)
    with pytest.raises(InterviewUnderWay):
        begun(desk, woman.stay)
    interviews.finish(desk, one)
    assert begun(desk, woman.stay).session_no == 2


def test_a_girl_gets_the_variant_for_children_and_counts_as_a_minor_at_the_facts(desk: Desk, girl: Admitted) -> None:
    one = begun(desk, girl.stay)
    assert (one.is_child_variant, one.was_minor_at_facts) == (True, True)


def test_everything_typed_is_kept_as_it_is(desk: Desk, woman: Admitted) -> None:
    typed = replace(
        begun(desk, woman.stay),
        stage=8,
        indicators={"i01_tiers_organise": "oui", "i05_promesse_fausse": "refus"},
        acts=("transport", "accueil"),
        means=("tromperie",),
        exploitation_forms=("trav_domestique",),
        recruitment_methods=("placeuse_logeuse",),
        recruiter_relation="famille",
        control_methods=("dette",),
        exploitation_countries=("ML", "DZ"),
        exploitation_regions=("ml_gao",),
        duration_months=14,
        route_points=("Gao", "Tamanrasset"),
        assimilated_practices=("mendicite_organisee",),
        immediate_danger=False,
        risk_family_reprisal=True,
        legal_action_wish="plus_tard",
        interpreter_name="Interprète C",
        interpreter_ok=True,
        others_present=("interprete",),
        age_at_facts=16,
        consent_anonymous_stats="refuse",
    )
    interviews.keep(desk, typed)
    assert stored(desk, typed) == typed


def test_an_answer_taken_back_is_gone(desk: Desk, woman: Admitted) -> None:
    one = replace(begun(desk, woman.stay), stage=4)
    interviews.keep(desk, replace(one, indicators={"i01_tiers_organise": "oui", "i07_papiers": "non"}))
    interviews.keep(desk, replace(one, indicators={"i01_tiers_organise": "non_demande", "i07_papiers": "oui"}))
    assert stored(desk, one).indicators == {"i07_papiers": "oui"}


def test_keeping_can_be_undone(desk: Desk, woman: Admitted) -> None:
    one = replace(begun(desk, woman.stay), stage=4)
    done = interviews.keep(desk, replace(one, indicators={"i01_tiers_organise": "oui"}, acts=("accueil",)))
    undo(desk, done)
    assert (stored(desk, one).indicators, stored(desk, one).acts) == ({}, ())


def test_nothing_is_asked_before_the_person_agrees(desk: Desk, woman: Admitted) -> None:
    one = interviews.begin(desk, asked(woman.stay)).interview
    interviews.keep(desk, replace(one, stage=2))
    with pytest.raises(NotAgreed):
        interviews.keep(desk, replace(one, stage=3))


def test_a_refusal_ends_it_and_keeps_nothing_else(desk: Desk, woman: Admitted) -> None:
    one = begun(desk, woman.stay)
    interviews.keep(desk, replace(one, stage=4, indicators={"i01_tiers_organise": "oui"}), SUMMARY)
    interviews.keep(desk, replace(one, consent_interview="refuse", indicators={"i01_tiers_organise": "oui"}), SUMMARY)
    kept = stored(desk, one)
    assert (kept.state, kept.indicators, kept.stop_reason, kept.place) == ("arrete", {}, "refus", "Bureau 2")
    assert interviews.of_stay(desk, woman.stay).summaries == frozenset()
    assert actions(desk, woman)[0] == "interview_refused"


def test_a_child_is_not_asked_about_facts_before_it_is_safe(desk: Desk, girl: Admitted) -> None:
    one = begun(desk, girl.stay)
    with pytest.raises(ChildNotSafe):
        interviews.keep(desk, replace(one, stage=4), said=WHY)
    interviews.keep(desk, replace(one, stage=4, ready_safe=True), said=WHY)
    assert stored(desk, one).stage == 4


def test_who_refuses_the_recording_is_asked_nothing(desk: Desk, woman: Admitted) -> None:
    one = begun(desk, woman.stay)
    refusal = replace(given(woman.person, "", RECORDING), status="refuse", mode="", given_by="", scope=(), explained=())
    consents.record(desk, refusal)
    with pytest.raises(NoConsent):
        interviews.keep(desk, replace(one, stage=3))


def test_a_paused_interview_goes_on(desk: Desk, woman: Admitted) -> None:
    one = replace(begun(desk, woman.stay), stage=5)
    interviews.pause(desk, one)
    paused = stored(desk, one).state
    interviews.resume(desk, one.id)
    assert (paused, stored(desk, one).state, stored(desk, one).stage) == ("pause", "en_cours", 5)


def test_stopping_plans_support_in_the_same_act(desk: Desk, woman: Admitted) -> None:
    one = replace(begun(desk, woman.stay), stage=6, indicators={"i14_non_paye": "oui"})
    done = interviews.stop(desk, one, "larmes", clock.today() + timedelta(days=1))
    kept = stored(desk, one)
    assert (kept.state, kept.stop_reason, kept.indicators) == ("arrete", "larmes", {"i14_non_paye": "oui"})
    assert services(desk, woman) == [("psy_ecoute", "prevu")]
    undo(desk, done)
    assert (stored(desk, one).state, services(desk, woman)) == ("en_cours", [])


def test_a_stop_without_a_reason_stores_nothing(desk: Desk, woman: Admitted) -> None:
    one = begun(desk, woman.stay)
    with pytest.raises(Missing):
        interviews.stop(desk, one, "", clock.today())
    with pytest.raises(NotInList):
        interviews.stop(desk, one, "fatigue", clock.today())
    assert (stored(desk, one).state, services(desk, woman)) == ("en_cours", [])


def test_support_may_be_declined(desk: Desk, woman: Admitted) -> None:
    interviews.stop(desk, begun(desk, woman.stay), "demande")
    assert services(desk, woman) == []


def test_a_finished_interview_counts_as_a_screening_where_it_is_wished(desk: Desk, woman: Admitted) -> None:
    interviews.finish(desk, begun(desk, woman.stay), counts=True)
    finished(desk, woman.stay)
    assert services(desk, woman) == [("pro_depistage", "fait")]


@pytest.mark.parametrize("ends", ["finish", "stop"])
def test_an_ended_interview_stays_as_it_is(desk: Desk, woman: Admitted, ends: str) -> None:
    one = begun(desk, woman.stay)
    if ends == "finish":
        interviews.finish(desk, one)
    else:
        interviews.stop(desk, one, "demande")
    with pytest.raises(InterviewEnded):
        interviews.keep(desk, replace(one, place="Ailleurs"))
    with pytest.raises(InterviewEnded):
        interviews.resume(desk, one.id)
    assert stored(desk, one).place == "Bureau 2"


def test_number_session_and_interviewer_cannot_be_typed_over(desk: Desk, woman: Admitted) -> None:
    one = begun(desk, woman.stay)
    interviews.keep(desk, replace(one, interview_no="E-1", session_no=9, interviewer=None, is_child_variant=True))
    assert stored(desk, one) == one


def test_an_interview_to_come_is_refused(desk: Desk, woman: Admitted) -> None:
    with pytest.raises(InTheFuture):
        begun(desk, woman.stay, interview_at=clock.now() + timedelta(days=1))


def test_the_summary_is_sealed_and_its_reading_stands_in_the_journal(desk: Desk, woman: Admitted) -> None:
    one = begun(desk, woman.stay)
    interviews.keep(desk, replace(one, stage=10), SUMMARY)
    details = residents.record(desk, woman.person).thread[0].details
    sealed_access.say(desk, woman.code, "suivi")
    assert interviews.of_stay(desk, woman.stay).summaries == {one.id}
    assert (SUMMARY in details, interviews.summary(desk, one.id)) == (False, SUMMARY)
    assert actions(desk, woman)[0] == "interview_read"


def test_a_summary_that_was_not_opened_stays(desk: Desk, woman: Admitted) -> None:
    one = replace(begun(desk, woman.stay), stage=10)
    interviews.keep(desk, one, SUMMARY)
    interviews.finish(desk, one)
    sealed_access.say(desk, woman.code, "suivi")
    assert interviews.summary(desk, one.id) == SUMMARY


def test_the_sessions_of_a_stay_are_read_together(desk: Desk, woman: Admitted) -> None:
    finished(desk, woman.stay, indicators={"i01_tiers_organise": "oui", "i07_papiers": "oui"})
    finished(desk, woman.stay, indicators={"i14_non_paye": "oui"})
    found = interviews.of_stay(desk, woman.stay)
    assert (found.reading.proposal, found.repeats, found.by[desk.user]) == ("presumee", True, "Agent A")


def test_whole_signs_without_a_decision_are_told_until_one_is_recorded(desk: Desk, woman: Admitted) -> None:
    at = days_ago(9)
    one = begun(desk, woman.stay, interview_at=at)
    interviews.finish(desk, replace(one, indicators=WHOLE))
    before = interviews.of_stay(desk, woman.stay).undecided_since
    presumed = VictimStatus(VictimStatusId(0), woman.stay, "presumee", clock.today())
    victim_statuses.decide(desk, replace(presumed, review_on=clock.today() + timedelta(days=30)))
    assert (before, interviews.of_stay(desk, woman.stay).undecided_since) == (at.date(), None)


def test_the_night_reception_does_not_learn_of_an_interview(desk: Desk, woman: Admitted) -> None:
    begun(desk, woman.stay)
    desk.role = Role.RECEPTION
    assert actions(desk, woman) == ["admit"]


def test_an_auditor_reads_that_there_was_an_interview_and_none_of_its_answers(desk: Desk, woman: Admitted) -> None:
    interviews.keep(desk, replace(begun(desk, woman.stay), stage=4, indicators=WHOLE, acts=("transport",)))
    line = journal.numbers(desk, Wanted(actions=("interview_keep",)))[0]
    whole = {one.key for one in journal.detail(desk, line).changed}
    desk.role = Role.AUDITOR
    hidden = journal.detail(desk, line)
    assert {"acts", "indicator", "answer"} <= whole
    assert (hidden.changed, hidden.more) == ((), 5)


def test_a_role_without_the_key_opens_no_summary(desk: Desk, woman: Admitted) -> None:
    one = begun(desk, woman.stay)
    interviews.keep(desk, replace(one, stage=10), SUMMARY)
    desk.protection = None
    with pytest.raises(NotAllowed):
        interviews.summary(desk, one.id)


def test_what_was_sealed_is_gone_with_the_key_of_the_person(desk: Desk, woman: Admitted) -> None:
    one = begun(desk, woman.stay)
    interviews.finish(desk, one, SUMMARY)
    victim_statuses.decide(desk, identified(woman), "Jugement du 12 novembre.")
    (status,) = residents.record(desk, woman.person).stays[0].statuses
    with desk.writing("erase", Changes()) as writing:
        writing.trail.change("profiles", woman.person, {"protection_seal": None})
    sealed_access.say(desk, woman.code, "suivi")
    assert (interviews.summary(desk, one.id), victim_statuses.reason(desk, woman.stay, status.id)) == ("", "")


def test_an_undone_beginning_leaves_nothing(desk: Desk, woman: Admitted) -> None:
    made = interviews.begin(desk, asked(woman.stay, indicators={"i24_traces_violence": "oui"}))
    undo(desk, made.done)
    assert (interviews.interview(desk, made.interview.id), interviews.of_stay(desk, woman.stay).interviews) == (
        None,
        (),
    )


def test_a_former_stay_keeps_its_own_interviews(desk: Desk, woman: Admitted) -> None:
    finished(desk, woman.stay)
    stays.leave(desk, woman.stay, days_ago(1), "autonomie", "mali_autre")
    assert len(interviews.of_stay(desk, woman.stay).interviews) == 1


# The decision ---------------------------------------------------------------------------------------------------------


def identified(person: Admitted) -> VictimStatus:
    made = VictimStatus(VictimStatusId(0), person.stay, "identifiee", clock.today(), "justice")
    return replace(made, status_decider="Juge des enfants", assimilated_practices=("esclavage",))


def test_a_decision_is_kept_with_who_decided_and_its_practices_apart(desk: Desk, woman: Admitted) -> None:
    victim_statuses.decide(desk, identified(woman), "Jugement du 12 novembre.")
    (kept,) = residents.record(desk, woman.person).stays[0].statuses
    assert (kept.status_decider, kept.assimilated_practices) == ("Juge des enfants", ("esclavage",))


def test_the_reason_is_sealed_and_its_reading_stands_in_the_journal(desk: Desk, woman: Admitted) -> None:
    victim_statuses.decide(desk, identified(woman), "Jugement du 12 novembre.")
    record = residents.record(desk, woman.person)
    key = record.stays[0].statuses[0].id
    assert victim_statuses.reasoned(desk, woman.stay) == {key}
    sealed_access.say(desk, woman.code, "suivi")
    opened = victim_statuses.reason(desk, woman.stay, key)
    assert ("Jugement" in record.thread[0].details, opened) == (False, "Jugement du 12 novembre.")
    assert actions(desk, woman)[0] == "reason_read"


def test_a_decision_without_its_reason_stores_nothing(desk: Desk, woman: Admitted) -> None:
    with pytest.raises(Missing):
        victim_statuses.decide(desk, identified(woman))
    assert residents.record(desk, woman.person).stays[0].statuses == ()


def test_the_story_told_in_an_earlier_stay_was_told(desk: Desk, woman: Admitted) -> None:
    for _ in range(2):
        finished(desk, woman.stay, indicators=WHOLE)
    stays.leave(desk, woman.stay, clock.now(), "autonomie", "mali_autre")
    again = Admission(clock.now(), "readmission", "transit", person=woman.person)
    back = stays.admit(desk, again)
    before = interviews.of_stay(desk, back.stay)
    finished(desk, back.stay, indicators=WHOLE)
    found = {one.rule for one in flags.of_person(desk, woman.person)}
    assert (before.repeats, len(before.earlier), "R-27" in found) == (True, 2, True)


def test_no_interview_is_dated_before_the_stay(desk: Desk, woman: Admitted) -> None:
    with pytest.raises(TooLongAgo):
        begun(desk, woman.stay, interview_at=days_ago(61))
    assert interviews.of_stay(desk, woman.stay).interviews == ()


def test_a_decision_of_before_the_stay_stands_and_one_of_another_time_does_not(desk: Desk, woman: Admitted) -> None:
    made = VictimStatus(VictimStatusId(0), woman.stay, "depistage_en_cours", days_ago(400).date())
    victim_statuses.decide(desk, made)
    with pytest.raises(TooLongAgo):
        victim_statuses.decide(desk, replace(made, decided_on=made.decided_on.replace(year=1950, day=1)))
    assert len(residents.record(desk, woman.person).stays[0].statuses) == 1
