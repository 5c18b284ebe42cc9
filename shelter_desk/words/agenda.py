"""Appointments in words: what is to be done, how it stands, what is refused."""

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance import appointments
from shelter_desk.domain.assistance.appointments import STEPS
from shelter_desk.words.refusals import errors as error_words
from shelter_desk.words.refusals.errors import Sentences


def sentence(error: errors.ShelterDeskError) -> str:
    """What to tell the person at the desk, with the names of the fields of these forms."""
    return error_words.sentence(error, labels())


def labels() -> dict[str, str]:
    """What the fields of these forms are called, by machine key."""
    return {
        "what": words.text("What for"),
        "resident": words.text("Resident"),
        "starts_on": words.text("Day"),
        "clock": words.text("Hour"),
    }


def state(code: str) -> str:
    """How an appointment stands."""
    return {
        "prevu": words.text("to come"),
        "fait": words.text("held"),
        "manque": words.text("missed"),
        "annule": words.text("cancelled"),
    }[code]


def step(code: str) -> str:
    """A step that an admission asks for."""
    return words.label(STEPS, code)


SENTENCES: Sentences = {
    appointments.NotPlanned: lambda error: words.text(
        "This appointment is closed already ({state}). Make another one."
    ).format(state=state(error.state)),
    appointments.AppointmentGone: lambda _: words.text(
        "This appointment is not there any more: what made it was taken back."
    ),
}
