"""The recovery key typed in, and a new password."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.forms.key_groups import KeyGroups
from shelter_desk.ui.forms.password_field import PasswordField
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words.refusals.errors import sentence


class Recover(QWidget):
    """Eight groups, the name of the manager, a new password twice."""

    wanted = Signal(str, str, str)  # key, name, new password
    left = Signal()

    def __init__(self, user: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups = KeyGroups()
        self.key = Field(words.text("Recovery key"), self.groups)
        self.name = LineField(words.text("Your name"), required=True)
        self.name.set_text(user)
        self.password = PasswordField(words.text("New password"), required=True)
        self.again = PasswordField(words.text("New password again"), required=True)
        self.again.line.returnPressed.connect(self.open)
        self.back_button = Button(words.text("Back"), icon="previous", tall="footer", on_click=self.left)
        self.open_button = Button(words.text("Open with the key"), kind="primary", tall="footer", on_click=self.open)
        told = words.text("Type the eight groups from the sheet, then choose a new password.")
        rule = words.text("At least 10 characters. Several words are better than signs.")
        grid = QGridLayout()
        grid.setSpacing(tokens.SPACE_2)
        grid.addWidget(self.password, 0, 0)
        grid.addWidget(self.again, 0, 1)
        in_column(
            Label(words.text("Use the recovery key"), size="title", bold=True),
            Label(told, ink="ink2", wrap=True),
            self.key,
            self.name,
            grid,
            Label(rule, size="small", ink="ink2", wrap=True),
            in_row(self.back_button, STRETCH, self.open_button),
            within=self,
            spacing=tokens.SPACE_2,
        )

    def set_first(self) -> None:
        """Put the focus on the first group."""
        self.groups.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def open(self) -> None:
        """Ask to be let in with the key, once every field makes sense."""
        for field in (self.key, self.name, self.password, self.again):
            field.clear()
        wrong = self._first_wrong()
        if wrong is None:
            self.wanted.emit(self.groups.text(), self.name.text(), self.password.text())
        else:
            refuse(*wrong)

    def _first_wrong(self) -> tuple[Field, str] | None:
        if not self.groups.is_full():
            return self.key, words.text("The key has eight groups of four characters.")
        for field in (self.name, self.password):
            if not field.text():
                return field, words.text("This is empty.")
        if self.again.text() != self.password.text():
            return self.again, words.text("The two passwords differ.")
        return None

    def set_busy(self, busy: bool) -> None:
        """While the key is tried."""
        self.open_button.setEnabled(not busy)
        self.back_button.setEnabled(not busy)

    def refuse(self, error: ShelterDeskError) -> bool:
        """Say what is wrong beside its field; False where no field is to blame."""
        if isinstance(error, errors.WrongRecoveryKey):
            self.key.set_error(words.text("This key does not open these files. Read it again from the sheet."))
            self.groups.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, errors.WeakPassword):
            self.password.refuse(sentence(error))
        else:
            return False
        return True
