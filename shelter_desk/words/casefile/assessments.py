"""Assessments and plans in words: levels, warnings, refusals, what is late."""

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile.assessments import NobodyAndSome
from shelter_desk.domain.casefile.plans import ActionNotNext, PlanClosed, PlanOpen
from shelter_desk.domain.stays.specific_needs import NeedDays
from shelter_desk.words import formats
from shelter_desk.words.refusals import errors as error_words
from shelter_desk.words.refusals.errors import Sentences


def sentence(error: errors.ShelterDeskError) -> str:
    """What to tell the person at the desk, with the names of the fields of these forms."""
    if isinstance(error, errors.Missing) and error.field == "factor_answers":
        return words.text("Nothing is answered yet: answer the factors, the danger or the level of risk.")
    if isinstance(error, errors.Missing) and error.field == "result":
        return words.text("Say in a few words why it is dropped.")
    if isinstance(error, errors.BadDates):
        told = words.text("{day} comes before {first}. Correct the day.")
        return told.format(day=formats.moment(error.end), first=formats.moment(error.start))
    return error_words.sentence(error, labels())


def _need_days(error: NeedDays) -> str:
    told = {
        "future": words.text("{need}: this day has not come yet. Correct the day."),
        "order": words.text("{need}: it cannot end before it was found. Correct the day."),
        "twice": words.text("{need}: it was found before and had not ended then. Correct the day."),
    }[error.why]
    return told.format(need=words.label("specific_need", error.need))


def labels() -> dict[str, str]:
    """What the fields of these forms are called, by machine key."""
    return {
        "assessed_on": words.text("Assessed on"),
        "next_review": words.text("Next review"),
        "made_on": words.text("Made on"),
        "made_with_person": words.text("Made with the person"),
        "domain": words.text("Domain"),
        "objective": words.text("Objective"),
        "action": words.text("Action"),
        "responsible": words.text("Who does it"),
        "due_on": words.text("Due on"),
        "done_on": words.text("Done on"),
        "agreed_on": words.text("Agreed on"),
        "agreed_mode": words.text("Form of the agreement"),
        "closed_on": words.text("Closed on"),
        "close_reason": words.text("Reason of the closing"),
    }


def level(code: str) -> str:
    """A level of factors (field 2.8)."""
    return {
        "individuel": words.text("The person"),
        "menage": words.text("Family and household"),
        "communaute": words.text("Community"),
        "structurel": words.text("Country"),
    }.get(code, code)


def protecting(code: str) -> str:
    """What may protect on that level, asked as a question."""
    return {
        "individuel": words.text("And what helps: a trade, a language, health, courage, money put aside?"),
        "menage": words.text("And what helps: who in the family supports and can be reached?"),
        "communaute": words.text("And what helps: school, care, work, trusted people nearby?"),
        "structurel": words.text("And what helps: papers, laws that are applied, programmes?"),
    }.get(code, code)


def answer(code: str) -> str:
    """An answer in a word, as the grid shows it; "" for what was not looked at."""
    return {
        "risque": words.text("Risk"),
        "protection": words.text("Protects"),
        "neutre": words.text("Neutral"),
        "inconnu": words.text("Not known"),
    }.get(code, words.text("not looked at"))


def warning(code: str) -> str:
    """A warning in one sentence (level W); it stops nothing."""
    return {
        "self_harm": words.text("Do not leave alone; refer now."),
        "measures": words.text("A medium or high risk asks for a safety measure within 24 hours."),
        "no_protection": words.text("Nothing that protects is noted: ask what helps this person, too."),
        "no_level": words.text("Decide the level of risk."),
        "provisional": words.text("Provisional plan: made without the person. Say why, and do it again together."),
        "not_agreed": words.text("The person has not agreed to this plan yet."),
        "no_lines": words.text("This plan has no action yet."),
    }.get(code, code)


def differs(suggested: str) -> str:
    """The hint that the human decision and the matrix are not the same."""
    told = words.text("The matrix suggests: {level}. The decision is yours.")
    return told.format(level=words.label("risk_level", suggested))


def suggests(suggested: str) -> str:
    """What the matrix suggests, before or as the human decides."""
    return words.text("The matrix suggests: {level}.").format(level=words.label("risk_level", suggested))


def late(days: int) -> str:
    """`en retard de 3 jours`; on the day itself it is due."""
    if days == 0:
        return words.text("due today")
    return words.count("{n} day late", "{n} days late", days)


def counted(risks: int, protections: int) -> str:
    """`3 risques, 2 protections`."""
    told = words.text("{risks}, {protections}")
    return told.format(
        risks=words.count("{n} risk", "{n} risks", risks),
        protections=words.count("{n} protection", "{n} protections", protections),
    )


SENTENCES: Sentences = {
    NeedDays: _need_days,
    NobodyAndSome: lambda _: words.text("“None known” is ticked with other sources of danger. Untick one side."),
    PlanOpen: lambda error: words.text("Plan {number} is still open. Revise it, or close it first.").format(
        number=error.plan_no
    ),
    PlanClosed: lambda error: words.text("Plan {number} is closed. Make a new one.").format(number=error.plan_no),
    ActionNotNext: lambda _: words.text("This step is not possible any more. Look at the plan again."),
}
