"""Why a line of the services is taken out, asked before it is; what was typed today goes without a word."""

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.forms.asked_words import ask_words
from shelter_desk.words import formats


def reason_of(parent: QWidget, desk: Desk, service: Service, named: str) -> str | None:
    """The reason, "" where none is asked for, None where the person turns back. named: what the service is called."""
    if not assistance.needs_reason(service, desk.today()):
        return ""
    question = words.text("Take out {service} of {day}?")
    effect = words.text("It counts nowhere from then on. The record keeps it, and it can be brought back there.")
    return ask_words(
        parent,
        desk,
        question.format(service=named, day=formats.day(service.service_on)),
        effect,
        words.text("Take it out"),
        words.text("Reason, without a name"),
    )
