"""The form with name and password; after a wrong try it counts down before the next one."""

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.password_field import PasswordField
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row

if TYPE_CHECKING:
    from shelter_desk.domain.errors import WrongPassword


class SignIn(QWidget):
    """The form of the unlock screen; after a wrong try it counts down before the next one."""

    wanted = Signal(str, str)  # name, password
    recovery_wanted = Signal()

    def __init__(self, user: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = LineField(words.text("Name"))
        self.name.line.setProperty("tall", "footer")
        self.name.set_text(user)
        self.password = PasswordField(words.text("Password"))
        self.password.line.setProperty("tall", "footer")
        self.open_button = Button(words.text("Open"), kind="primary", tall="footer", on_click=self.open)
        self.name.line.returnPressed.connect(self._next)
        self.password.line.returnPressed.connect(self.open)
        told = words.text("Use the recovery key")
        self.recovery_button = Button(told, kind="quiet", icon="key", on_click=self.recovery_wanted)
        self._left, self._others_elsewhere = 0, False
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tick)
        in_column(
            Label(words.text("Open"), size="title", bold=True),
            Label(words.text("Type your name and your password."), ink="ink2"),
            self.name,
            self.password,
            self.open_button,
            in_row(self.recovery_button, STRETCH),
            within=self,
            spacing=tokens.SPACE_2,
        )

    def is_typed(self) -> bool:
        """Whether somebody has begun."""
        return bool(self.password.text()) or self.name.line.isModified() or not self.open_button.isEnabled()

    def set_first(self) -> None:
        """Put the focus where typing begins."""
        field = self.password.line if self.name.text() else self.name.line
        field.setFocus()

    @Slot()
    def _next(self) -> None:
        if self.password.text():
            self.open()
        else:
            self.password.line.setFocus(QtCore.Qt.FocusReason.TabFocusReason)

    @Slot()
    def open(self) -> None:
        """Ask to be let in; nothing happens while it counts down or works."""
        if not self.open_button.isEnabled():
            return
        empty = next((field for field in (self.name, self.password) if not field.text()), None)
        if empty is not None:
            empty.set_error(words.text("This is empty."))
            empty.setFocus()
            return
        self.name.clear()
        self.wanted.emit(self.name.text(), self.password.text())

    def set_busy(self, busy: bool) -> None:
        """While the password is tried."""
        self.open_button.setEnabled(not busy and self._left == 0)
        self.open_button.setText(words.text("Opening…") if busy else words.text("Open"))
        self.name.line.setReadOnly(busy)
        self.password.line.setReadOnly(busy)
        if busy:
            self.password.clear()

    def refuse(self, error: "WrongPassword") -> None:
        """Say that it was wrong, select it, and count the seconds to wait."""
        self._others_elsewhere = error.others_elsewhere
        self.wait(error.wait)
        self.set_busy(False)
        self.password.refuse(_refusal(self._left, self._others_elsewhere))

    def wait(self, seconds: float) -> None:
        """Let nobody try before that; 0 is at once."""
        self._left = round(seconds)
        if self._left:
            self.open_button.setEnabled(False)
            self.password.set_error(_refusal(self._left, self._others_elsewhere))
            self._second.start()

    @Slot()
    def tick(self) -> None:
        """One second less."""
        self._left = max(0, self._left - 1)
        self.password.set_error(_refusal(self._left, self._others_elsewhere))
        if not self._left:
            self._second.stop()
            self.open_button.setEnabled(True)

    def forget(self) -> None:
        """Empty the password."""
        self.password.line.clear()
        self.password.clear()


def _refusal(seconds: int, others_elsewhere: bool) -> str:
    if seconds < 1 and others_elsewhere:
        return words.text(
            "Wrong name or password. After a reinstallation an account needs a new password: ask the manager."
        )
    if seconds < 1:
        return words.text("Wrong name or password.")
    return words.count("Wrong name or password. Wait {n} second.", "Wrong name or password. Wait {n} seconds.", seconds)
