"""Blank sheets of a case file, in the order of the tabs of a record; a person stands on them by code alone."""

from datetime import date

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.casefile.assessments import ANSWERS, FACTORS, PERSONAL, factors_of
from shelter_desk.ui.today.blank_forms.blank_sheets import (
    BOX,
    GAP,
    LINE,
    LONG,
    Field,
    answers,
    boxes,
    reference,
    sheet,
    table,
    yes_no,
)


def sheets(day: date) -> list[str]:
    """Screening, vulnerability, plan, referral, minor, consent, deposit, exit, activity."""
    asked = [words.label("tip_indicator", one.code) for one in codes.codes("tip_indicator") if one.active]
    five = [words.label("answer5", one.code) for one in codes.codes("answer5") if one.active]
    factors = [words.label(FACTORS, one) for level in PERSONAL for one in factors_of(level)]
    four = [words.label("factor_answer", one) for one in ANSWERS]
    return [
        sheet(words.text("Screening interview"), reference("D", day, 1), _interview()),
        answers(words.text("Screening interview: answers"), reference("D", day, 2), asked, five),
        answers(words.text("Vulnerabilities: what endangers, what protects"), reference("V", day, 1), factors, four),
        sheet(words.text("Vulnerabilities: danger and decision"), reference("V", day, 2), _danger()),
        table(words.text("Assistance plan"), reference("P", day, 1), _plan()),
        sheet(words.text("Referral"), reference("R", day, 1), _referral()),
        sheet(words.text("Sheet of a minor"), reference("E", day, 1), _minor()),
        sheet(words.text("Consent"), reference("C", day, 1), _consent(), is_signed=True),
        sheet(words.text("Receipt for belongings"), reference("B", day, 1), _deposit(), is_signed=True),
        sheet(words.text("Exit"), reference("X", day, 1), _exit()),
        table(words.text("Attendance of an activity or training"), reference("T", day, 1), _attendance()),
    ]


def _interview() -> list[Field]:
    return [
        (words.text("Code of the person"), LINE),
        (words.text("Day, hour, place"), LINE),
        (words.text("Led by"), LINE),
        (words.text("Language, interpreter"), LINE),
        (words.text("Before: rested, cared for, safe, alone"), yes_no()),
        (words.text("Agrees to the interview"), yes_no()),
        (words.text("Agrees that the answers are recorded"), yes_no()),
        (words.text("In danger now"), yes_no()),
        (words.text("Urgent needs"), boxes("urgent_need")),
        (words.text("Means used on the person"), boxes("tip_means")),
        (words.text("Forms of exploitation"), boxes("exploitation_form")),
        (words.text("How long, at which age"), LINE),
        (words.text("Wishes a complaint"), boxes("legal_action_wish")),
        (words.text("Summary: facts told, no names of others"), LONG),
    ]


def _danger() -> list[Field]:
    return [
        (words.text("Code of the person"), LINE),
        (words.text("Assessed on"), LINE),
        (words.text("Concern for a life: suicide or self-harm"), yes_no()),
        (words.text("Source of danger: categories, no names"), boxes("threat_source")),
        (words.text("How likely"), boxes("level3")),
        (words.text("How grave"), boxes("level3")),
        (words.text("Safe to contact the family"), boxes("safety_answer")),
        (words.text("Safe to go out"), boxes("safety_answer")),
        (words.text("Level of risk: your decision"), boxes("risk_level")),
        (words.text("Safety measures"), boxes("safety_measure")),
        (words.text("Next review"), LINE),
    ]


def _plan() -> tuple[str, ...]:
    return (
        words.text("Code"),
        words.text("Domain"),
        words.text("Objective"),
        words.text("Action"),
        words.text("Who does it"),
        words.text("Due on"),
        words.text("Done on"),
    )


def _referral() -> list[Field]:
    return [
        (words.text("Code of the person"), LINE),
        (words.text("Structure"), LINE),
        (words.text("Service asked for"), LINE),
        (words.text("Reason"), boxes("referral_reason")),
        (words.text("Urgency"), boxes("referral_urgency")),
        (words.text("What is shared, and nothing else"), boxes("data_shared")),
        (words.text("Consent in force: number and day"), LINE),
        (words.text("Who goes with the person"), boxes("transport_escort")),
        (words.text("Sent on"), LINE),
        (words.text("Ask again on"), LINE),
        (words.text("Answer of the structure"), LONG),
    ]


def _minor() -> list[Field]:
    return [
        (words.text("Code of the child"), LINE),
        (words.text("Situation of the child"), boxes("child_status")),
        (words.text("Cause of the separation"), boxes("separation_cause")),
        (words.text("Competent service told on, reference"), LINE),
        (words.text("Guardian asked for on"), LINE),
        (words.text("Guardian"), boxes("guardian_status")),
        (words.text("What the child says and wishes"), LONG),
        (words.text("The child agrees that the family is looked for"), yes_no()),
        (words.text("Assessment of best interests on"), LINE),
        (words.text("Recommendation"), LONG),
    ]


def _consent() -> list[Field]:
    """The paper that is signed: what is agreed to, with whom; refusing takes nothing away."""
    told = words.text("Refusing takes nothing away: bed, meals, protection and care stay the same.")
    agreed = GAP.join((f"{BOX} {words.text('I agree')}", f"{BOX} {words.text('I do not agree')}"))
    return [
        (words.text("Code of the person"), LINE),
        (words.text("To know before"), told),
        (words.text("Purpose of the consent"), boxes("consent_purpose")),
        (words.text("Shared with"), LINE),
        (words.text("What is shared, and nothing else"), boxes("data_shared")),
        (words.text("Explained in (language), by"), LINE),
        (words.text("Decision"), agreed),
        (words.text("Given by"), boxes("consent_given_by")),
        (words.text("Valid until; may be taken back at any time"), LINE),
        (words.text("The child’s own yes"), yes_no()),
        (words.text("Day, signature or thumbprint"), LINE),
        (words.text("Certified by, where it was said and not signed"), LINE),
    ]


def _deposit() -> list[Field]:
    return [
        (words.text("Code of the person"), LINE),
        (words.text("Deposited on, received by"), LINE),
        (words.text("What is deposited, thing by thing"), LONG + " " + LONG),
        (words.text("Money: how much, which currency"), LINE),
        (words.text("Signature of the person and of who receives"), LINE),
        (words.text("Handed back on, to"), boxes("handed_back_to")),
        (words.text("Signature of who takes it back"), LINE),
    ]


def _exit() -> list[Field]:
    return [
        (words.text("Code of the person"), LINE),
        (words.text("Day and hour of the exit"), LINE),
        (words.text("Reason"), boxes("exit_reason")),
        (words.text("Destination"), boxes("exit_destination")),
        (words.text("Decided by"), boxes("exit_decided_by")),
        (words.text("Of a child: decision, and the adult who receives (paper seen)"), LINE),
        (words.text("Kit and loans given back"), yes_no()),
        (words.text("Belongings handed back"), yes_no()),
        (words.text("May be called afterwards"), yes_no()),
        (words.text("Noted by"), LINE),
    ]


def _attendance() -> tuple[str, ...]:
    return (
        words.text("Activity, day, led by"),
        words.text("Code"),
        words.text("Present"),
        words.text("Score before"),
        words.text("Score after"),
    )
