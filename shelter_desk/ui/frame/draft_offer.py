"""What somebody typed and did not save, offered to them in the line of messages."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from shelter_desk import words
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.sending import unread_passwords
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.widgets.message_bar import MessageBar


class DraftOffer(QObject):
    """One draft at a time, the newest first: go on with it, or throw it away. go_on: opens the form it fills.

    A password that nobody read comes before all others, and is not thrown away unseen.
    """

    def __init__(self, desk: Desk, bar: MessageBar, go_on: Callable[[Draft], None]) -> None:
        super().__init__(bar)
        self._desk, self._bar, self._go_on = desk, bar, go_on
        self._offered: Draft | None = None

    def refresh(self) -> None:
        """Offer the newest draft of the person at the desk, if there is one."""
        mine = sorted(drafts.mine(self._desk), key=lambda one: not _is_password(one))
        if mine:
            self.offer(mine[0])

    def offer_password(self) -> None:
        """Offer what was shown as the window was covered."""
        waiting = next(filter(_is_password, drafts.mine(self._desk)), None)
        if waiting is not None:
            self.offer(waiting)

    @Slot(object)
    def offer(self, draft: Draft) -> None:
        """Offer this one."""
        self._offered = draft
        if _is_password(draft):
            self._bar.say("attention", drafting.sentence(draft), words.text("Show"), self._continue)
            return
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


def _is_password(draft: Draft) -> bool:
    return unread_passwords.of_draft(draft) is not None
