"""A new password: the field, and the rule said while it is typed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.operations.users import user_accounts
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.password_field import PasswordField
from shelter_desk.ui.widgets.label import IconLabel, Label


class NewPassword(QWidget):
    """Length counts, signs do not; common ones and the name itself are refused while they are typed."""

    entered = Signal()  # Enter

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = PasswordField(label, required=True)
        self.field.line.textChanged.connect(self._look)
        self.field.line.returnPressed.connect(self.entered)
        self._owner = ""
        self._icon = IconLabel("info", "accent", 16)
        self.rule = Label(size="small", ink="ink2", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_HALF)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.rule, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_HALF)
        whole.addWidget(self.field)
        whole.addLayout(row)
        self.setFocusProxy(self.field)
        self._look()

    def text(self) -> str:
        """What was typed."""
        return self.field.text()

    def begin(self) -> None:
        """Empty it."""
        self.field.line.clear()
        self.field.clear()

    @Slot(str)
    def set_owner(self, name: str) -> None:
        """Whose password it is: their name makes it easy to guess."""
        self._owner = name
        self._look()

    def refuse(self, told: str) -> None:
        """Say why it is refused, selected to be typed over."""
        self.field.refuse(told)

    def is_good(self) -> bool:
        """True for one that does; else it says why not."""
        self.field.clear()
        if not self.text():
            self.refuse(words.text("This is empty."))
            return False
        weak = user_accounts.weakness(self.text(), self._owner)
        if weak:
            self.refuse(_refusal(weak))
        return not weak

    @Slot()
    def _look(self) -> None:
        missing = user_accounts.SHORTEST - len(self.text())
        if missing > 0:
            told = words.count(
                "At least 10 characters, {n} more. Length counts, signs do not.",
                "At least 10 characters, {n} more. Length counts, signs do not.",
                missing,
            )
            self._say("info", "accent", told)
        elif user_accounts.weakness(self.text(), self._owner) == "common":
            self._say("triangle", "attention", _refusal("common"))
        else:
            self._say("circle-check", "ok", words.text("Long enough."))

    def _say(self, icon: str, color: str, told: str) -> None:
        self._icon.show_icon(icon, color)
        self.rule.setText(told)


def _refusal(weak: str) -> str:
    if weak == "common":
        return words.text("This password is too easy to guess. Choose several words.")
    return words.text("This password is too short. Choose several words.")
