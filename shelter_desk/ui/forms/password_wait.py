"""The seconds to wait after wrong passwords, counted below the field of the password."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QAbstractButton

from shelter_desk import words
from shelter_desk.domain.errors import WrongPassword
from shelter_desk.ui.forms.password_field import PasswordField


class PasswordWait(QObject):
    """Until they are over, the button that tries the password is off.

    say: what is wrong, and how many seconds are left; 0 is none. seconds: left of wrong ones typed elsewhere.
    """

    def __init__(
        self, field: PasswordField, button: QAbstractButton, say: Callable[[int], str], seconds: float = 0
    ) -> None:
        super().__init__(field)
        self._field, self._button, self._say = field, button, say
        self._left = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tick)
        self.begin(seconds)

    @property
    def is_on(self) -> bool:
        """True while nobody may try."""
        return self._left > 0

    def refuse(self, error: WrongPassword) -> None:
        """Say that it was wrong, select it, and count the seconds to wait."""
        self.begin(error.wait)
        self._field.refuse(self._say(self._left))

    def begin(self, seconds: float) -> None:
        """Let nobody try before that; 0 is at once."""
        self._left = round(seconds)
        if self._left:
            self._button.setEnabled(False)
            self._field.set_error(self._say(self._left))
            self._second.start()

    @Slot()
    def tick(self) -> None:
        """One second less."""
        self._left = max(0, self._left - 1)
        self._field.set_error(self._say(self._left))
        if not self._left:
            self._second.stop()
            self._button.setEnabled(True)


def not_yours(seconds: int) -> str:
    """For one's own password."""
    if not seconds:
        return words.text("This is not your password.")
    return words.count(
        "This is not your password. Wait {n} second.", "This is not your password. Wait {n} seconds.", seconds
    )
