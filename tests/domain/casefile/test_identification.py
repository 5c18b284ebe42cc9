"""What the answers of an interview show, under which conditions it may go on, and what makes a decision whole."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain import codes
from shelter_desk.domain.casefile import identification
from shelter_desk.domain.casefile.identification import (
    ChildNotSafe,
    InterviewUnderWay,
    NotAgreed,
    Reading,
    begun,
    check_decision,
    conditions,
    is_repeat,
    read,
    review_due,
    undecided_since,
)
from shelter_desk.domain.casefile.interviews import Answer, Interview
from shelter_desk.domain.errors import BadNumber, InTheFuture, Missing, NotInList
from shelter_desk.domain.ids import InterviewId, StayId, VictimStatusId
from shelter_desk.domain.stays.stays import VictimStatus

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 10)
ALL = tuple(one.code for one in codes.codes("tip_indicator"))
ANSWERS: tuple[Answer, ...] = ("oui", "non", "ne_sait_pas", "refus", "non_demande")
ORDER = ("non_victime", "a_completer", "presumee")


def session(**told: object) -> Interview:
    """One sitting, with what is named."""
    made = Interview(InterviewId(1), "E-2026-0001", StayId(1), 1, NOW, "en_cours", language="bam")
    return replace(made, **told)  # type: ignore[arg-type]


def said(**answers: Answer) -> Interview:
    """A sitting with these answers, by the first three letters of the indicator."""
    return session(indicators={code: answer for code in ALL for key, answer in answers.items() if code.startswith(key)})


def decided(status: str, on: date = TODAY, **told: object) -> VictimStatus:
    made = VictimStatus(VictimStatusId(1), StayId(1), status, on)
    return replace(made, **told)  # type: ignore[arg-type]


# The reading ----------------------------------------------------------------------------------------------------------


def test_act_means_and_purpose_together_suggest_a_presumed_victim() -> None:
    reading = read([said(i01="oui", i07="oui", i14="oui")])
    assert (reading.act, reading.means, reading.purpose, reading.proposal) == (True, True, True, "presumee")


def test_an_adult_without_any_means_is_not_presumed() -> None:
    assert read([said(i01="oui", i14="oui")]).proposal == "a_completer"


@pytest.mark.parametrize("minor", [{"was_minor_at_facts": True}, {"age_at_facts": 17}])
def test_no_means_is_needed_of_who_was_a_minor_at_the_facts(minor: dict[str, object]) -> None:
    reading = read([replace(said(i01="oui", i14="oui"), **minor)])  # type: ignore[arg-type]
    assert (reading.means_needed, reading.proposal) == (False, "presumee")


def test_who_was_eighteen_when_it_began_needs_a_means() -> None:
    assert read([replace(said(i01="oui", i14="oui"), age_at_facts=18)]).means_needed


def test_what_is_ticked_counts_like_a_yes() -> None:
    ticked = session(acts=("transport",), means=("tromperie",), exploitation_forms=("mendicite_forcee",))
    assert read([ticked]).proposal == "presumee"


def test_a_no_to_each_part_suggests_no_victim() -> None:
    assert read([said(i01="non", i07="non", i14="non")]).proposal == "non_victime"


@pytest.mark.parametrize("silence", ["non_demande", "refus", "ne_sait_pas"])
def test_silence_is_no_no(silence: Answer) -> None:
    reading = read([said(i01="non", i07=silence, i14="non")])
    assert (reading.proposal, reading.signs) == ("a_completer", False)


def test_what_was_seen_asks_for_more_questions_and_is_no_part() -> None:
    reading = read([said(i01="non", i07="non", i14="non", i24="oui")])
    assert (reading.proposal, reading.act, reading.means, reading.purpose) == ("a_completer", False, False, False)


def test_assimilated_practices_stand_apart() -> None:
    reading = read([replace(said(i01="non", i07="non", i14="non"), assimilated_practices=("trafic_illicite",))])
    assert (reading.practices, reading.proposal) == (("trafic_illicite",), "non_victime")


def test_the_sessions_of_a_stay_are_read_together() -> None:
    first, second = said(i01="oui", i07="oui"), replace(said(i14="oui", i07="non"), session_no=2)
    reading = read([second, first])
    assert (reading.act, reading.means, reading.purpose) == (True, False, True)


def test_asking_no_more_takes_no_answer_back() -> None:
    first = said(i01="oui", i07="oui", i14="oui")
    assert read([first, session(session_no=2)]).is_whole


def test_every_indicator_belongs_to_a_part_or_is_an_observation() -> None:
    assert {identification.part_of(code) for code in ALL} == {"act", "means", "purpose", "observation"}


interviews = st.builds(
    session,
    indicators=st.dictionaries(st.sampled_from(ALL), st.sampled_from(ANSWERS)),
    acts=st.sampled_from([(), ("accueil",)]),
    means=st.sampled_from([(), ("menace",)]),
    exploitation_forms=st.sampled_from([(), ("autre",)]),
    was_minor_at_facts=st.sampled_from([None, True, False]),
)


@given(interviews, st.sampled_from(ALL))
def test_another_yes_never_weakens_the_reading(one: Interview, indicator: str) -> None:
    more = replace(one, indicators={**one.indicators, indicator: "oui"})
    assert ORDER.index(read([more]).proposal) >= ORDER.index(read([one]).proposal)


@given(interviews)
def test_having_been_a_minor_never_weakens_the_reading_of_signs(one: Interview) -> None:
    def whole(reading: Reading) -> bool:
        return reading.is_whole

    assert whole(read([replace(one, was_minor_at_facts=True)])) >= whole(read([one]))


@given(interviews)
def test_nobody_is_presumed_without_an_act_and_a_purpose(one: Interview) -> None:
    reading = read([one])
    assert reading.proposal != "presumee" or (reading.act and reading.purpose)


# Conditions -----------------------------------------------------------------------------------------------------------

READY = session(interviewer_trained=True, interviewer_sex_ok=True, ready_rested=True, ready_care=True, ready_safe=True)


def test_nothing_is_said_where_every_condition_stands() -> None:
    assert conditions(replace(READY, others_present=("interprete", "tuteur"), interpreter_ok=True)) == ()


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ({"interviewer_trained": False}, "untrained"),
        ({"interviewer_sex_ok": False}, "interviewer_sex"),
        ({"interpreter_name": "M. Keïta"}, "interpreter"),
        ({"others_present": ("interprete",), "interpreter_ok": False}, "interpreter"),
        ({"others_present": ("accompagnant",)}, "accompanied"),
        ({"ready_rested": False}, "not_rested"),
        ({"ready_care": False}, "no_care"),
        ({"ready_safe": False}, "not_safe"),
        ({"is_child_variant": True, "others_present": ("aucune",)}, "child_alone"),
    ],
)
def test_each_condition_that_does_not_stand_is_named_alone(told: dict[str, object], missing: str) -> None:
    assert conditions(replace(READY, **told)) == (missing,)  # type: ignore[arg-type]


def test_a_third_interview_about_the_same_facts_is_one_too_many() -> None:
    asked, not_asked = said(i01="refus"), said(i24="oui")
    assert (is_repeat([asked, not_asked]), is_repeat([asked, asked])) == (False, True)


def test_nobody_goes_beyond_the_consent_without_a_yes() -> None:
    identification.check_stage(replace(READY, stage=2))
    with pytest.raises(NotAgreed):
        identification.check_stage(replace(READY, stage=3))


@pytest.mark.parametrize("unsafe", [{"ready_safe": False}, {"immediate_danger": True}])
def test_a_child_is_asked_about_facts_only_where_it_is_safe(unsafe: dict[str, object]) -> None:
    child = replace(READY, is_child_variant=True, consent_interview="donne", stage=4)
    identification.check_stage(child)
    with pytest.raises(ChildNotSafe):
        identification.check_stage(replace(child, **unsafe))  # type: ignore[arg-type]


def test_the_interview_of_a_child_is_shorter_and_asks_for_no_means() -> None:
    assert set(identification.stages(True)) == set(identification.stages(False)) - {5, 7}


def test_a_refusal_keeps_nothing_but_the_conditions() -> None:
    kept = identification.refused(replace(said(i01="oui"), acts=("transport",), place="Bureau", ready_rested=True))
    assert (kept.indicators, kept.acts, kept.place, kept.ready_rested) == ({}, (), "Bureau", True)
    assert (kept.state, kept.consent_interview, kept.stop_reason) == ("arrete", "refuse", "refus")


def test_a_session_begins_after_the_last_one_is_ended() -> None:
    former = session(session_no=3, state="termine")
    assert begun(session(), [former]).session_no == 4
    with pytest.raises(InterviewUnderWay):
        begun(session(), [replace(former, state="pause")])


def test_a_code_of_no_list_is_refused() -> None:
    with pytest.raises(NotInList):
        identification.check_interview(session(acts=("vente",)))


@pytest.mark.parametrize("told", [{"age_at_facts": -1}, {"duration_months": -3}])
def test_a_number_below_zero_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(BadNumber):
        identification.check_interview(session(**told))


def test_the_language_is_asked() -> None:
    with pytest.raises(Missing):
        identification.check_interview(session(language=""))


# The decision ---------------------------------------------------------------------------------------------------------

WHOLE = decided("identifiee", status_decided_by="justice", status_decider="Juge des enfants")


def test_a_whole_identification_is_taken() -> None:
    check_decision(WHOLE, "Jugement du tribunal.", TODAY)
    assert WHOLE.victim_status == "identifiee"


@pytest.mark.parametrize("status", ["identifiee", "non_victime"])
@pytest.mark.parametrize(
    ("told", "reason", "field"),
    [
        ({"status_decided_by": ""}, "Motif", "status_decided_by"),
        ({"status_decider": " "}, "Motif", "status_decider"),
        ({}, " ", "status_reason"),
    ],
)
def test_body_person_and_reason_are_asked_of_what_binds(
    status: str, told: dict[str, object], reason: str, field: str
) -> None:
    with pytest.raises(Missing) as refused:
        check_decision(replace(WHOLE, victim_status=status, **told), reason, TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize("review", [None, TODAY, TODAY - timedelta(days=1)])
def test_a_presumption_says_when_it_is_looked_at_again(review: date | None) -> None:
    with pytest.raises(Missing) as refused:
        check_decision(decided("presumee", review_on=review), "", TODAY)
    assert refused.value.field == "review_on"


def test_a_decision_of_before_the_admission_is_taken_and_one_to_come_is_not() -> None:
    check_decision(replace(WHOLE, decided_on=TODAY - timedelta(days=400)), "Décision de la brigade.", TODAY)
    with pytest.raises(InTheFuture):
        check_decision(replace(WHOLE, decided_on=TODAY + timedelta(days=1)), "Motif", TODAY)


def test_a_presumption_waits_to_be_looked_at_again_the_day_after_its_review() -> None:
    presumed = decided("presumee", TODAY, review_on=identification.proposed_review(TODAY))
    due = TODAY + timedelta(days=30)
    assert (review_due([presumed], due), review_due([presumed], due + timedelta(days=1))) == (None, due)


def test_another_decision_ends_the_waiting() -> None:
    presumed = decided("presumee", TODAY - timedelta(days=90))
    later = decided("non_victime", TODAY - timedelta(days=1), id=VictimStatusId(2))
    assert review_due([presumed, later], TODAY) is None


def test_an_earlier_day_of_review_goes_before_the_thirty_days_and_a_later_one_does_not() -> None:
    soon = decided("presumee", TODAY - timedelta(days=10), review_on=TODAY - timedelta(days=1))
    far = decided("presumee", TODAY - timedelta(days=40), review_on=TODAY + timedelta(days=5))
    told = review_due([soon], TODAY), review_due([far], TODAY)
    assert told == (soon.review_on, TODAY - timedelta(days=10))


@pytest.mark.parametrize(("days", "waits"), [(7, False), (8, True)])
def test_whole_signs_without_a_decision_are_told_after_seven_days(days: int, waits: bool) -> None:
    asked = replace(said(i01="oui", i07="oui", i14="oui"), interview_at=NOW - timedelta(days=days))
    assert (undecided_since([asked], [], TODAY) is not None) == waits


def test_a_decision_after_the_interview_settles_it() -> None:
    asked = replace(said(i01="oui", i07="oui", i14="oui"), interview_at=NOW - timedelta(days=20))
    assert undecided_since([asked], [decided("presumee", TODAY - timedelta(days=19))], TODAY) is None
