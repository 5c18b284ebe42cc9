"""What is refused: said in the message bar, or beside the field it is about."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, SignalInstance

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.page import Told
from shelter_desk.words.refusals import errors


@contextmanager
def refusals_told(
    told: SignalInstance, sentence: Callable[[ShelterDeskError], str] = errors.sentence
) -> Iterator[None]:
    """End the block at the first refusal and emit it as a Told; what follows the block is done all the same."""
    try:
        yield
    except ShelterDeskError as error:
        told.emit(Told("blocked", sentence(error)))


def refuse(field: Field, told: str) -> None:
    """Say it beside the field and go there."""
    field.set_error(told)
    field.setFocus(Qt.FocusReason.OtherFocusReason)
