"""Offers in the message bar what somebody was typing before a lock or a cut."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from shelter_desk import words
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.widgets.message_bar import MessageBar


class DraftOffer(QObject):
    """One draft at a time, the newest first: go on with it, or throw it away. go_on: opens the form it fills."""

    def __init__(self, desk: Desk, bar: MessageBar, go_on: Callable[[Draft], None]) -> None:
        super().__init__(bar)
        self._desk, self._bar, self._go_on = desk, bar, go_on
        self._offered: Draft | None = None

    def refresh(self) -> None:
        """Offer the newest draft of the person at the desk, if there is one."""
        mine = drafts.mine(self._desk)
        if mine:
            self.offer(mine[0])

    @Slot(object)
    def offer(self, draft: Draft) -> None:
        """Offer this one."""
        self._offered = draft
        discard = (words.text("Discard"), self._discard)
        self._bar.say("held", drafting.sentence(draft), words.text("Continue"), self._continue, other=discard)

    def _continue(self) -> None:
        draft = self._taken()
        if draft is None:
            return
        self._go_on(draft)
        again = self._taken()  # the form opened and found it too
        if again is not None and again.form == draft.form:
            self._bar.clear()

    def _discard(self) -> None:
        draft = self._taken()
        if draft is not None:
            drafting.write(self._desk, (draft.form, None))
            self.refresh()

    def _taken(self) -> Draft | None:
        offered, self._offered = self._offered, None
        return offered
