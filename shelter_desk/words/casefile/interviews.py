"""Interviews in words: stages, what is read aloud, what is never asked, conditions, the reading, refusals."""

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile import identification
from shelter_desk.domain.casefile.identification import Reading
from shelter_desk.words import referrals as referral_words
from shelter_desk.words.refusals.errors import Sentences

TABLES = ("interviews", "indicator_answers", "victim_statuses")
# the columns of an interview that hold codes of a list, or yes and no
LISTS = {
    "language": "language",
    "others_present": "other_present",
    "consent_interview": "consent_status",
    "consent_anonymous_stats": "consent_status",
    "indicator": "tip_indicator",
    "answer": "answer5",
    "acts": "tip_act",
    "means": "tip_means",
    "exploitation_forms": "exploitation_form",
    "recruitment_methods": "recruitment_method",
    "recruiter_relation": "recruiter_relation",
    "control_methods": "control_method",
    "exploitation_countries": "country",
    "exploitation_regions": "region_ml",
    "assimilated_practices": "assimilated_practice",
    "legal_action_wish": "legal_action_wish",
}
YES_OR_NO = (
    "interviewer_trained",
    "interviewer_sex_ok",
    "interpreter_ok",
    "ready_rested",
    "ready_care",
    "ready_safe",
    "is_child_variant",
    "was_minor_at_facts",
    "immediate_danger",
    "risk_family_reprisal",
)


def sentence(error: errors.ShelterDeskError) -> str:
    """What to tell the person at the desk, with the names of the fields of these forms."""
    if isinstance(error, errors.Missing) and error.field == "review_on":
        return words.text("A presumption is looked at again: choose a day after the decision.")
    return referral_words.sentence(error, labels())


def labels() -> dict[str, str]:
    """What the fields of these forms are called, by machine key."""
    return {
        "victim_status": words.text("Status decided"),
        "decided_on": words.text("Decided on"),
        "status_decided_by": words.text("Decided by"),
        "status_decider": words.text("Who decided: name or function"),
        "status_reason": words.text("Reason of the decision"),
        "contact_wish": words.text("What the person wants"),
        "contact_name": words.text("Name"),
        "stop_reason": words.text("Why it is stopped"),
        "support_on": words.text("Support planned on"),
        "consent_interview": words.text("Agrees to the interview"),
        "interview_at": words.text("Date"),
        "age_at_facts": words.text("Age when it began"),
        "duration_months": words.text("How long"),
    }


def columns() -> dict[str, str]:
    """What the columns of interviews and decisions are called, in the detail of a line of the journal."""
    return {
        **labels(),
        "interview_no": words.text("Interview"),
        "session_no": words.text("Session"),
        "interview_state": words.text("State"),
        "stage": words.text("Stage"),
        "place": words.text("Place of the interview"),
        "interviewer_id": words.text("Interviewer"),
        "interviewer_trained": words.text("Trained interviewer"),
        "interviewer_sex_ok": words.text("Interviewer accepted (woman or man)"),
        "interpreter_name": words.text("Interpreter"),
        "interpreter_ok": words.text("Interpreter accepted, confidentiality signed"),
        "language": words.text("Language"),
        "others_present": words.text("Others present"),
        "ready_rested": words.text("Rested"),
        "ready_care": words.text("Urgent care done"),
        "ready_safe": words.text("Safe"),
        "consent_anonymous_stats": words.text("Agrees to anonymous figures"),
        "is_child_variant": words.text("Variant for children"),
        "indicator": words.text("Question"),
        "answer": words.text("Answer"),
        "acts": words.text("Act: what was said or seen"),
        "means": words.text("Means: what was said or seen"),
        "exploitation_forms": words.text("Forms of exploitation"),
        "recruitment_methods": words.text("How the person was recruited"),
        "recruiter_relation": words.text("Who recruited, for the person"),
        "control_methods": words.text("Methods of control"),
        "exploitation_countries": words.text("Countries of exploitation"),
        "exploitation_regions": words.text("Regions in Mali"),
        "route_points": words.text("Towns of the route"),
        "assimilated_practices": words.text("Assimilated practices"),
        "was_minor_at_facts": words.text("Under 18 when it happened"),
        "immediate_danger": words.text("Immediate danger"),
        "risk_family_reprisal": words.text("Family at risk"),
        "legal_action_wish": words.text("Wants legal action"),
        "summary": words.text("Summary of the facts"),
        "review_on": words.text("To be looked at again on"),
    }


# The stages -----------------------------------------------------------------------------------------------------------


def stage(number: int) -> str:
    """What a stage is called."""
    return (
        words.text("Before"),
        words.text("Welcome"),
        words.text("Consent"),
        words.text("Needs"),
        words.text("Journey"),
        words.text("Promise"),
        words.text("Life and work"),
        words.text("Control"),
        words.text("Fear"),
        words.text("Wishes"),
        words.text("Closing"),
    )[number]


def aloud(number: int, is_child: bool) -> str:
    """What the interviewer sees to, or reads aloud, at that stage (field 7)."""
    return _to_a_child().get(number, _to_an_adult()[number]) if is_child else _to_an_adult()[number]


def _to_an_adult() -> tuple[str, ...]:
    return (
        words.text("Private room, water, tissues; urgent care done; rested; interpreter accepted; phone off."),
        words.text(
            "“My name is… I work here. You did nothing wrong by coming. You may choose not to answer, pause or stop.”"
        ),
        words.text(
            "“I ask you questions to know how to help you. It takes about an hour. What you say stays in your file: "
            "only the persons who follow you read it. You may take your yes back at any time. If you say no, nothing "
            "changes: bed, meals and care stay the same.”"
        ),
        words.text("“What do you need today? Do you feel safe here? Are you in pain?”"),
        words.text("“How did the journey start? Who arranged it? Which towns did you pass through?”"),
        words.text("“What were you told? What did you find when you arrived?”"),
        words.text("“Tell me about a day. Who kept the money? Could you go out, phone, stop?”"),
        words.text(
            "“What would have happened had you wanted to leave? Did someone keep your papers? Do you owe money?”"
        ),
        words.text("“Are you afraid of anyone, here or elsewhere? Is your family in danger?”"),
        words.text("“What do you want now? Whom may we contact, and whom must we not contact?”"),
        words.text(
            "Come back to the present, say what comes next, thank; check how the person is; write the notes "
            "afterwards, alone."
        ),
    )


def _to_a_child() -> dict[int, str]:
    return {
        0: words.text(
            "A quiet room with paper, pencils, a game and water. 30 minutes at most. The child chooses who stays: the "
            "guardian or a trusted person."
        ),
        1: words.text(
            "“My name is… I look after the children here. You did nothing wrong. You can play, say no, or stop "
            "whenever you like.”"
        ),
        2: words.text(
            "“I would like to talk with you to know how to help you. You can say yes or no, and change your mind. "
            "Nobody will be cross.”"
        ),
        3: words.text(
            "“Are you hungry, tired, or does it hurt somewhere? Do you feel fine here? Who looks after you?”"
        ),
        4: words.text("“How did you come here? Who was with you? Can you draw the way?”"),
        6: words.text("“Tell me about a day over there, from morning to night. Who looked after you usually?”"),
        8: words.text("“Is there somebody who frightens you? Somebody you miss?”"),
        9: words.text("“What would you like now? Is there somebody you would like to talk to?”"),
        10: words.text("Come back to play, say what happens next, thank. Write the notes afterwards, alone."),
    }


def never(number: int, is_child: bool) -> str:
    """What is never asked or written at that stage, "" where nothing tempts to (field 6.8)."""
    if is_child and number in (4, 6, 8):
        return words.text(
            "Never a question in front of the adult who came along, never a leading one, no detail of violence."
        )
    return {
        3: words.text("Never: a diagnosis, HIV, pregnancy or virginity tests. Write “health need” and refer."),
        4: words.text("Never: names or phones of smugglers, the price, where and when a border was crossed."),
        5: words.text("Never: the name, phone or photo of a recruiter."),
        6: words.text("Never: details of sexual acts, ethnic group, religion, politics, sexual orientation."),
        7: words.text("Never: “Why did you not flee?”, “Did you agree?”. Ask what would have happened."),
        9: words.text("Never a promise of papers, travel or money. Help never depends on a complaint."),
        10: words.text("Never: names of others, intimate details. Facts that help, in the words of the person."),
    }.get(number, "")


# Conditions, reading, states ------------------------------------------------------------------------------------------


def condition(name: str) -> str:
    """One condition that does not stand, and what to do (R-26)."""
    return {
        "untrained": words.text("The interviewer is not trained: let a trained colleague lead it."),
        "interviewer_sex": words.text("Offer the choice of a woman or a man as interviewer."),
        "interpreter": words.text(
            "The interpreter is not accepted yet: ask the person, and have confidentiality signed."
        ),
        "accompanied": words.text("Somebody else is present: speak with the person alone first."),
        "not_rested": words.text("The person is not rested: put the interview off."),
        "no_care": words.text("Urgent care is not done: see to it first."),
        "not_safe": words.text("Safety is not assured: see to it first."),
        "child_alone": words.text("Offer the child a guardian or a trusted person at their side."),
    }[name]


def repeats() -> str:
    """R-27 in a sentence."""
    return words.text("The story was asked twice already: read it instead of asking a third time.")


def advice(reading: Reading) -> str:
    """What the reading suggests. It never decides."""
    if reading.proposal == "presumee":
        return words.text("The parts are there: think of “presumed victim”.")
    if reading.proposal == "non_victime":
        return words.text("No sign of trafficking in the answers: think of “not a victim”.")
    if not reading.signs:
        return words.text("Not enough was asked to say anything.")
    return words.text("Some signs, some parts missing: go on another time, without pressing.")


def part(name: str) -> str:
    """Act, means or purpose."""
    return {"act": words.text("Act"), "means": words.text("Means"), "purpose": words.text("Purpose")}[name]


def state(name: str) -> str:
    """Where a session stands."""
    return {
        "en_cours": words.text("Under way"),
        "pause": words.text("Paused"),
        "arrete": words.text("Stopped"),
        "termine": words.text("Finished"),
    }[name]


def stop_reason(name: str) -> str:
    """Why a session was stopped."""
    return {
        "larmes": words.text("Tears that do not ease"),
        "dissociation": words.text("The person is no longer present (dissociation)"),
        "demande": words.text("The person asks to stop"),
        "arrivee": words.text("Somebody else comes in"),
        "autre": words.text("Another reason"),
        identification.REFUSED: words.text("The person did not wish to be interviewed"),
    }.get(name, name)


SENTENCES: Sentences = {
    identification.NotAgreed: lambda _: words.text(
        "Choose first whether the person agrees to the interview. A no ends it, without consequence."
    ),
    identification.ChildNotSafe: lambda _: words.text(
        "No question about the facts before the child is safe. Tick “Safe”, or pause and see to it."
    ),
    identification.MayNotDecide: lambda error: words.text(
        "{body}: this shelter takes no such decision from there. The list is in the settings."
    ).format(body=words.label("status_decided_by", error.body)),
    identification.InterviewEnded: lambda error: words.text(
        "Interview {number} is ended and stays as it is. Begin another session for what is new."
    ).format(number=error.interview_no),
    identification.InterviewUnderWay: lambda error: words.text(
        "Interview {number} is not ended. Take it up again first."
    ).format(number=error.interview_no),
}
