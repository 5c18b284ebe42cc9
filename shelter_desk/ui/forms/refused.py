"""What a page says where something is refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import SignalInstance

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.ui.page import Told
from shelter_desk.words.refusals import errors


@contextmanager
def refusal_told(told: SignalInstance, sentence: Callable[[ShelterDeskError], str] = errors.sentence) -> Iterator[None]:
    """Do what is inside; where it is refused leave it there, and say why through that signal."""
    try:
        yield
    except ShelterDeskError as error:
        told.emit(Told("blocked", sentence(error)))
