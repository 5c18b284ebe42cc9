"""The name and the password of the day of a backup."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.password_field import PasswordField
from shelter_desk.ui.widgets.buttons import Button


class BackupPassword(QWidget):
    """Two fields, the way to the recovery key, and the verb."""

    wanted = Signal(str, str)  # name, password
    key_wanted = Signal()
    left = Signal()

    def __init__(self, user: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = LineField(words.text("Name"))
        self.name.set_text(user)
        self.password = PasswordField(words.text("Password of that day"))
        self.name.line.returnPressed.connect(self.password.line.setFocus)
        self.password.line.returnPressed.connect(self.open)
        self.key_button = Button(words.text("Use the recovery key"), kind="quiet", icon="key")
        self.key_button.clicked.connect(self.key_wanted)
        self.back_button = Button(words.text("Back"), icon="previous", tall="footer")
        self.back_button.clicked.connect(self.left)
        self.open_button = Button(words.text("Open this backup"), kind="primary", tall="footer")
        self.open_button.clicked.connect(self.open)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE)
        row.addWidget(self.back_button)
        row.addWidget(self.key_button)
        row.addStretch(1)
        row.addWidget(self.open_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_2)
        for field in (self.name, self.password):
            field.setMaximumWidth(tokens.wide(420))
            whole.addWidget(field)
        whole.addLayout(row)

    def set_first(self) -> None:
        """Put the focus where typing begins."""
        field = self.password if self.name.text() else self.name
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """While the backup is opened and counted."""
        for button in (self.open_button, self.back_button, self.key_button):
            button.setEnabled(not busy)

    @Slot()
    def open(self) -> None:
        """Ask to open it, once both are typed."""
        if not self.open_button.isEnabled():
            return
        for field, typed in ((self.name, self.name.text()), (self.password, self.password.text())):
            field.clear()
            if not typed:
                field.set_error(words.text("This is empty."))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.wanted.emit(self.name.text(), self.password.text())

    def refuse(self) -> None:
        """Name or password is wrong, it is not said which."""
        self.password.refuse(words.text("Wrong name or password."))
