"""Who approves an act that two persons decide: the second one and the password, or one's own again."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.approvals import Approval, GraveAct
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.vault import approvals, unlocking
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.forms.password_field import PasswordField, PasswordWait, not_yours
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class ApprovalFields(QWidget):
    """To be put above the button of the act. button: off while nobody may try a password."""

    entered = Signal()  # Enter in the password

    def __init__(self, desk: "Desk", act: GraveAct, button: QAbstractButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._act = desk, act
        self.others = approvals.others(desk, act)
        choices = [(str(one.id), one.name) for one in self.others]
        only = choices[0][0] if len(choices) == 1 else None
        self.second = ChoiceField(words.text("Second person"), choices, only, required=True)
        label = words.text("Their password") if self.others else words.text("Your password")
        self.password = PasswordField(label, required=True)
        self.password.line.returnPressed.connect(self.entered)
        not_right = not_theirs if self.others else not_yours
        self.wait = PasswordWait(self.password, button, not_right, unlocking.to_wait(desk.folder))
        self._lay_out()

    def _lay_out(self) -> None:
        told = words.text("Nobody else may decide this: the journal says that one person alone did.")
        if self.others:
            told = words.text("Two persons decide: the second one types the password here. The journal names both.")
            typed = in_row((self.second, 1), (self.password, 1), spacing=tokens.SPACE_2)
        else:
            self.password.setMaximumWidth(tokens.wide(360))
            typed = in_row((self.password, 1), STRETCH)
        top = Qt.AlignmentFlag.AlignTop
        rule = in_row(
            (IconLabel("two-people", "ink2"), 0, top), (Label(told, ink="ink2", wrap=True), 1), spacing=tokens.SPACE
        )
        in_column(rule, typed, within=self, spacing=tokens.SPACE_PANEL)

    def wrong(self) -> tuple[Field, str] | None:
        """The first field that something is missing in, and what."""
        for field in (self.second, self.password):
            field.clear()
        if self.others and not self.second.code():
            return self.second, words.text("Choose who decides with you.")
        if not self.password.text():
            theirs = words.text("The second person types the password here.")
            return self.password, theirs if self.others else words.text("Type your password again.")
        return None

    def taken(self) -> Callable[[], Approval]:
        """What asks for the approval, on another thread since a password is slow to try; the field is emptied."""
        password = self.password.text()
        self.password.set_text("")
        if not self.others:
            return partial(approvals.alone, self._desk, self._act, password)
        name = next(one.name for one in self.others if str(one.id) == self.second.code())
        return partial(approvals.by_two, self._desk, self._act, name, password)

    def refuse(self, error: ShelterDeskError) -> bool:
        """Say beside its field what was wrong with the approval; False for an error of something else."""
        if isinstance(error, errors.WrongPassword):
            self.wait.refuse(error)
        elif isinstance(error, errors.SecondPersonNeeded) and self.others:
            refuse(self.second, sentence(error))
        elif isinstance(error, errors.DeviceSecretMissing | errors.SecondPersonNeeded | errors.ApprovalNeeded):
            refuse(self.password, sentence(error))
        else:
            return False
        return True


def not_theirs(seconds: int) -> str:
    """For the password of the second person."""
    if not seconds:
        return words.text("This is not the password of this person.")
    return words.count(
        "This is not the password of this person. Wait {n} second.",
        "This is not the password of this person. Wait {n} seconds.",
        seconds,
    )
