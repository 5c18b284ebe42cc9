"""A rule speaks against a place: the manager writes why it is set aside, or gives up."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds.panel_views import ActFace
from shelter_desk.ui.forms.fields import TextField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.words import room_rules


class ReasonFace(ActFace):
    """The sentences of the rules, a reason, and the act once more with it. again: does it with that reason."""

    def __init__(
        self, desk: Desk, title: str, secondary: str, broken: Sequence[str], verb: str, again: Callable[[str], Told]
    ) -> None:
        super().__init__(desk, title, secondary, verb, "check")
        self._again = again
        self.reason = TextField(words.text("Reason"), required=True, lines=3)
        self.fields = {"reason": self.reason}
        self.add(*(Alert(room_rules.warning(rule), "attention") for rule in dict.fromkeys(broken)))
        hint = words.text("The reason is kept with the bed and counted in the report.")
        self.reason.set_warning(hint)
        watch(desk, self.reason)
        self.add(self.reason)

    def set_first(self) -> None:
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> Told:
        if not self.reason.text():
            raise Missing("reason")
        return self._again(self.reason.text())
