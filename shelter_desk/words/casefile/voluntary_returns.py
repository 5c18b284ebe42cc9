"""The file of a return in words: its steps, where it stands, what is refused."""

from datetime import date

from shelter_desk import words
from shelter_desk.domain.casefile.voluntary_returns import (
    AsylumSought,
    ReturnClosed,
    ReturnFile,
    ReturnGone,
    ReturnOpen,
    ReturnStep,
    StepName,
)
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import Sentences

# columns whose codes are shown by their labels
LISTS = {one: one for one in ("id_document", "travel_fitness", "return_closure")} | {"dest_country": "nationality"}


def actions() -> dict[str, str]:
    """What is done with a file, as the journal says it."""
    return {
        "open_return": words.text("File of a return opened"),
        "return_step": words.text("Step of a return written"),
        "close_return": words.text("File of a return closed"),
        "reopen_return": words.text("File of a return reopened"),
        "return_read": words.text("File of a return read"),
    }


def step(name: StepName) -> str:
    """A step of the checklist."""
    return {
        "informed": words.text("Information on the return given"),
        "consent": words.text("Consent to the return"),
        "child": words.text("Best interests of the child: return allowed"),
        "asylum": words.text("Referral to UNHCR (asylum)"),
        "document": words.text("Travel document"),
        "fit": words.text("Medical opinion on travel"),
        "travel": words.text("Travel planned"),
        "plan": words.text("Reintegration agreed"),
        "kit": words.text("Travel kit given"),
        "left": words.text("Departure"),
        "arrived": words.text("Arrival confirmed"),
        "follow_up": words.text("Follow-up after the arrival"),
    }[name]


def to_do(name: StepName) -> str:
    """What is to be done about a step, as a task says it."""
    return {
        "informed": words.text("explain the return"),
        "consent": words.text("ask the consent to the return"),
        "child": words.text("have the best interests decided"),
        "asylum": words.text("refer to UNHCR first"),
        "document": words.text("get the travel document"),
        "fit": words.text("get the medical opinion on travel"),
        "travel": words.text("plan the travel"),
        "plan": words.text("agree on the reintegration"),
        "kit": words.text("give the travel kit"),
        "left": words.text("write the departure"),
        "arrived": words.text("confirm the arrival"),
        "follow_up": words.text("follow up after the arrival"),
    }[name]


def task(code: str, name: StepName) -> str:
    """A step in the list of what is to be done."""
    return words.text("{code}: return, {what}.").format(code=code, what=to_do(name))


def detail(found: ReturnStep, file: ReturnFile, plan_no: str = "") -> str:
    """What is known of a step besides its day. plan_no: of the plan made with the person."""
    parts: list[str] = []
    if found.name == "document":
        parts += [words.label("id_document", file.document)] if file.document else []
        if file.document_asked_on is not None:
            parts.append(words.text("asked for on {day}").format(day=formats.day(file.document_asked_on)))
    if found.name == "fit" and file.fitness:
        parts.append(words.label("travel_fitness", file.fitness))
        if found.done_on is None and file.fit_on is not None:
            parts.append(words.text("on {day}").format(day=formats.day(file.fit_on)))
    if found.name == "plan" and plan_no:
        parts.append(words.text("see plan {number}").format(number=plan_no))
    if found.name == "travel":
        parts += [file.partner] if file.partner else []
    return " · ".join(parts)


def state(found: ReturnStep, today: date) -> str:
    """How a step stands, on its badge."""
    if found.stopped:
        return words.text("stops the return")
    if found.done_on is not None:
        day = formats.short_day(found.done_on)
        return (
            words.text("for {day}").format(day=day)
            if found.name == "travel"
            else words.text("done on {day}").format(day=day)
        )
    late = found.days_late(today)
    if late:
        return words.count("{n} day late", "{n} days late", late)
    if found.by is not None:
        return words.text("until {day}").format(day=formats.short_day(found.by))
    return words.text("to do")


def columns() -> dict[str, str]:
    """What the columns of a file are called, in forms and in the journal."""
    return {
        "return_no": words.text("Number of the file"),
        "wish_on": words.text("Wish said on"),
        "dest_country": words.text("Country"),
        "dest_town": words.text("Town or region (sealed)"),
        "wish": words.text("What the person says (sealed)"),
        "document_no": words.text("Number of the paper (sealed)"),
        "reintegration": words.text("What was agreed (sealed)"),
        "informed_on": words.text("Informed on"),
        "id_document": words.text("Travel document"),
        "document_asked_on": words.text("Paper asked for on"),
        "document_obtained_on": words.text("Paper obtained on"),
        "fit_on": words.text("Medical opinion on"),
        "travel_fitness": words.text("Fit to travel"),
        "travel_on": words.text("Travel planned on"),
        "kit_on": words.text("Travel kit given on"),
        "reintegration_on": words.text("Reintegration agreed on"),
        "left_on": words.text("Left on"),
        "arrived_on": words.text("Arrival confirmed on"),
        "return_closure": words.text("How it ends"),
    }


SENTENCES: Sentences = {
    ReturnOpen: lambda error: words.text("The file {number} is still open. Close it first.").format(
        number=error.return_no
    ),
    ReturnClosed: lambda error: words.text("The file {number} is closed. Reopen it first.").format(
        number=error.return_no
    ),
    ReturnGone: lambda _: words.text("This file is not there any more: what opened it was taken back."),
    AsylumSought: lambda _: words.text(
        "This person seeks asylum: no contact with a consulate before UNHCR. Refer to UNHCR first."
    ),
}
