"""A question that asks for words of one's own: a reason, a conclusion, what was done."""

from functools import partial

from PySide6.QtWidgets import QWidget

from shelter_desk.operations.desk import Desk
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.widgets.ask import ask


def ask_words(
    parent: QWidget | None,
    desk: Desk,
    question: str,
    effect: str,
    verb: str,
    label: str,
    required: bool = True,
    danger: bool = False,
) -> str | None:
    """Ask before doing; what was typed, None when closed. The words are watched for what does not belong there (R-34).

    required: the verb stays off until something is typed.
    """
    watching = partial(watch, desk)
    return ask(parent, question, effect, verb, danger, label, required=required, watching=watching)
