"""What pages tell: one sentence in the message bar, and taking back what was just done."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.message_bar import MessageBar
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk, Done


class Messages(QObject):
    """Shows what was told; what can be undone is undone once, with the verb or Ctrl+Z."""

    def __init__(self, desk: "Desk", bar: MessageBar) -> None:
        super().__init__(bar)
        self._desk, self._bar = desk, bar

    def tell(self, told: Told) -> None:
        """Show a sentence; with `done`, offer to take it back."""
        undo = told.undo if told.done is None else self._undoing(told.done, told.sentence)
        if undo is None:
            self._bar.say(told.state, told.sentence)
            return
        self._bar.say(told.state, told.sentence, words.text("Undo"), undo, QKeySequence("Ctrl+Z"))

    def offer(self, told: Told, verb: str, action: Callable[[], None]) -> None:
        """Show a sentence with one thing to do about it."""
        self._bar.say(told.state, told.sentence, verb, action)

    def _undoing(self, done: "Done", what: str) -> Callable[[], None]:
        def undo() -> None:
            from shelter_desk.operations import desk as desks

            try:
                desks.undo(self._desk, done)
            except ShelterDeskError as error:
                self.tell(Told("blocked", sentence(error)))
            else:
                self.tell(Told("ok", words.text("Undone: {what}").format(what=what)))

        return undo
