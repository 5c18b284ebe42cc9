"""Requests for a place in words: what is refused, what the columns are called."""

from collections.abc import Iterable

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.stays.place_requests import Group, PlaceRequest, RequestDecided, RequestGone, TooManyLetters
from shelter_desk.words.refusals import errors as error_words
from shelter_desk.words.refusals.errors import Sentences

# columns whose codes are shown by their labels
LISTS = {one: one for one in ("place_asked", "request_outcome", "request_reason", "age_group")}


def sentence(error: errors.ShelterDeskError) -> str:
    """What to tell the person at the desk, with the names of the fields of these forms."""
    if isinstance(error, errors.NotInList) and error.field == "persons":
        return words.text("A sex and an age stand twice. Keep one line of them.")
    # fields that are called otherwise elsewhere
    own = {"referral_source": words.text("Who asks"), "stay_no": words.text("Stay"), "partner": words.text("Provider")}
    return error_words.sentence(error, columns() | own)


def actions() -> dict[str, str]:
    """What is done with requests, as the journal says it."""
    return {
        "note_request": words.text("Request for a place noted"),
        "correct_request": words.text("Request for a place corrected"),
        "decide_request": words.text("Request for a place decided"),
    }


def columns() -> dict[str, str]:
    """What the columns of a request are called, in forms and in the journal."""
    return {
        "request_no": words.text("Number of the request"),
        "asked_on": words.text("Asked on"),
        "place_asked": words.text("What is asked"),
        "request_outcome": words.text("Outcome of the request"),
        "decided_on": words.text("Decided on"),
        "request_reason": words.text("Reason"),
        "reason_said": words.text("In a few words"),
        "persons": words.text("Persons"),
        "age_group": words.text("Age"),
    }


def persons(request: PlaceRequest) -> str:
    """How many persons, and of what sex where they are of both."""
    n = request.persons
    women, men = request.of_sex("f"), request.of_sex("m")
    told = words.count("{n} person", "{n} persons", n)
    if women and men:
        return words.text("{persons} ({women} F, {men} M)").format(persons=told, women=women, men=men)
    sex = words.text("F") if women else words.text("M")
    return words.text("{persons} ({sex})").format(persons=told, sex=sex)


def groups(request: PlaceRequest) -> str:
    """The persons by sex and age, one after the other."""
    return of_groups(request.groups)


def of_groups(found: Iterable[Group]) -> str:
    """Persons by sex and age, one after the other."""
    told = words.text("{n} {sex} {age}")
    letters = {"f": words.text("F"), "m": words.text("M")}
    return ", ".join(
        told.format(n=one.persons, sex=letters[one.sex], age=words.label("age_group", one.age_group)) for one in found
    )


def reason(request: PlaceRequest) -> str:
    """Why it was refused or given up, "" where it was not."""
    if not request.reason:
        return ""
    about = request.said or request.partner
    label = words.label("request_reason", request.reason)
    return words.text("{reason}: {about}").format(reason=label, about=about) if about else label


def days(n: int) -> str:
    """For how long it has waited."""
    return words.text("since today") if n == 0 else words.count("{n} day", "{n} days", n)


SENTENCES: Sentences = {
    TooManyLetters: lambda error: words.text("Say it in {n} letters at most: no name, no story.").format(n=error.most),
    RequestDecided: lambda error: words.text("Request {number} does not wait any more. Look at the list.").format(
        number=error.request_no
    ),
    RequestGone: lambda _: words.text("This request is not there any more: it was taken back."),
}
