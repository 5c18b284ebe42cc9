"""Appointments in words: what is to be done, how it stands, what is refused."""

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance import appointments
from shelter_desk.domain.assistance.appointments import STEPS
from shelter_desk.words.refusals import errors as error_words
from shelter_desk.words.refusals.errors import said


def sentence(error: errors.ShelterDeskError) -> str:
    """What to tell the person at the desk, with the names of the fields of these forms."""
    if isinstance(error, errors.Missing) and error.field in labels():
        return words.text("“{field}” is empty. Fill it in.").format(field=labels()[error.field])
    return error_words.sentence(error)


def labels() -> dict[str, str]:
    """What the fields of these forms are called, by machine key."""
    return {
        "what": words.text("What for"),
        "resident": words.text("Resident"),
        "starts_on": words.text("Day"),
        "clock": words.text("Hour"),
    }


@said.register
def _not_planned(error: appointments.NotPlanned) -> str:
    return words.text("This appointment is closed already ({state}). Make another one.").format(
        state=state(error.state)
    )


@said.register
def _gone(_error: appointments.AppointmentGone) -> str:
    return words.text("This appointment is not there any more: what made it was taken back.")


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
