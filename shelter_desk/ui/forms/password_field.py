"""The field for a password, which can be shown and tells when capitals are locked.

The seconds to wait after wrong passwords, counted below the field of the password.
"""

import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import Field, put_inside
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import in_row

if TYPE_CHECKING:
    from shelter_desk.domain.errors import WrongPassword  # the page that unlocks loads no refusals


_KEY = "F4"


class PasswordField(Field):
    """A password: dots, an eye to show it (F4), and a hint while the capitals key is on."""

    def __init__(self, label: str, required: bool = False, parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(label, self.line, required, parent=parent)
        told = words.text("Show the password")
        self.eye = IconButton("eye", told, True, shortcut_text=_KEY, little=True, on_click=self._turn)
        put_inside(self.line, self.eye)
        self.line.installEventFilter(self)

    @cached_property
    def hint(self) -> QWidget:
        """That capitals are locked; made when it is first shown."""
        made = QWidget()
        made.hide()
        in_row(
            IconLabel("caps-lock", "attention", 16),
            (Label(words.text("The capitals key is on."), size="small", ink="attention"), 1),
            within=made,
            spacing=tokens.SPACE_HALF,
        )
        self._whole.addWidget(made)
        return made

    def text(self) -> str:
        """What was typed, spaces included."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put that text in."""
        self.line.setText(text)

    def refuse(self, sentence: str) -> None:
        """Say it was wrong and select it, to be typed over."""
        self.set_error(sentence)
        self.line.selectAll()
        self.line.setFocus()

    @Slot()
    def _turn(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        # even where it can be read, no keyboard learns it; the mode of dots says so by itself
        hints = QtCore.Qt.InputMethodHint
        self.line.setInputMethodHints(self.line.inputMethodHints() | hints.ImhSensitiveData | hints.ImhNoPredictiveText)
        self.eye.set_icon("eye-off" if hidden else "eye")
        name = words.text("Hide the password") if hidden else words.text("Show the password")
        self.eye.setAccessibleName(name)
        self.eye.setToolTip(f"{name} ({_KEY})")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                if event.key() == QtCore.Qt.Key.Key_F4:
                    self._turn()
                    return True
                self._see(event)
            elif event.type() == QEvent.Type.FocusIn:
                self._hint(_caps_lock())
        return super().eventFilter(watched, event)

    def _see(self, event: QKeyEvent) -> None:
        """Learn the state of the key from the system, else from the case of a letter typed."""
        known = _caps_lock()
        letter = event.text()
        if known is None and len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            shift = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
            known = letter.isupper() != shift
        elif known is None and event.key() == QtCore.Qt.Key.Key_CapsLock and "hint" in vars(self):
            known = False
        self._hint(known)

    def _hint(self, on: bool | None) -> None:
        if on or (on is False and "hint" in vars(self)):
            self.hint.setVisible(on)


def _caps_lock() -> bool | None:
    """Whether the capitals key is on, None where the system does not tell."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)
    return None


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

    def refuse(self, error: "WrongPassword") -> None:
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
