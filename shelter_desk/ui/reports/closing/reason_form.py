"""A month that is closed: why it is opened again, or replaced."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.layouts import STRETCH, in_row


class ReasonForm(ActForm):
    """Opening a closed month again, or replacing it: both need a reason. act: what is done with it."""

    over = Signal()

    def __init__(self, desk: Desk, title: str, verb: str, told: str, act: Callable[[str], str]) -> None:
        super().__init__(desk, title, verb, "check")
        self._act = act
        self.explain(told)
        self.reason = LineField(words.text("Reason, without a name"), required=True, open_words=True, key="reason")
        self.reason.setMaximumWidth(tokens.wide(560))
        self.body.addLayout(in_row((self.reason, 1), STRETCH))
        self.acted.connect(self.over)

    def act(self) -> Told:
        if not self.reason.text():
            raise errors.Missing("reason")
        return Told("ok", self._act(self.reason.text()))
