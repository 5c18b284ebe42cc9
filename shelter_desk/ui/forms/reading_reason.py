"""Why something sealed is opened: five reasons, a digit each; asked once for each record until the desk is locked."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.residents.residents import ReasonMissing
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import sealed_access
from shelter_desk.operations.residents.sealed_access import IN_WORDS, REASONS
from shelter_desk.ui import tokens
from shelter_desk.ui.locking.asked import asking
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.guided_dialog import GuidedDialog
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column


class ReadingReason(GuidedDialog):
    """1 to 5, or Enter for the first; the last asks for words, and Enter ends it. Escape opens nothing."""

    def __init__(self, subject: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = ""
        self.setWindowTitle(words.text("Why do you open it?"))
        self.setModal(True)
        self.setProperty("role", "question")
        self.setMinimumWidth(tokens.wide(420))
        self.buttons: dict[str, Button] = {}
        self.told = QLineEdit()
        self.told.setAccessibleName(words.text("What is checked"))
        self.told.setPlaceholderText(words.text("What is checked"))
        self.told.hide()
        self.told.returnPressed.connect(self._end)
        effect = words.text("The journal keeps it. Asked once for {code} until the desk is locked.")
        whole = in_column(
            Label(words.text("Why do you open it?"), bold=True),
            Label(effect.format(code=subject), ink="ink2", wrap=True),
            within=self,
            spacing=tokens.SPACE,
            margins=tokens.SPACE_2,
        )
        for place, one in enumerate(codes.codes(REASONS), start=1):
            button = Button(words.label(REASONS, one.code), shortcut_text=str(place))
            button.setProperty("reason", one.code)
            button.setAutoDefault(True)
            button.clicked.connect(self._clicked)
            self.buttons[one.code] = button
            whole.addWidget(button)
        whole.addWidget(self.told)
        self.close_button = Button(words.text("Close"), "quiet", on_click=self.reject)
        whole.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        next(iter(self.buttons.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, reason: str) -> None:
        """Take this reason; the one that is told in words asks for them."""
        self.reason = reason
        if reason != IN_WORDS:
            self.accept()
            return
        self.told.show()
        self.adjustSize()
        self.told.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _clicked(self) -> None:
        self.choose(str(self.sender().property("reason")))

    @Slot()
    def _end(self) -> None:
        if self.told.text().strip():
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = event.key() - Qt.Key.Key_1
        if 0 <= at < len(self.buttons):
            self.choose(list(self.buttons)[at])
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self.told.isHidden():
            super().keyPressEvent(event)


Answer = tuple[str, str]


def _show(dialog: ReadingReason) -> Answer | None:
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    return dialog.reason, dialog.told.text() if dialog.reason == IN_WORDS else ""


_answer: list[Callable[[ReadingReason], Answer | None]] = [_show]


def answer_with(answering: Callable[[ReadingReason], Answer | None] | None) -> None:
    """Tests: answer from now on with this; None shows the dialog again."""
    _answer[0] = answering or _show


def may_open(parent: QWidget | None, desk: Desk, subject: str) -> bool:
    """Ask why where it was not said yet; False when the person at the desk turns back."""
    if sealed_access.is_said(desk, subject):
        return True
    dialog = ReadingReason(subject, parent)
    try:
        with asking():
            answer = _answer[0](dialog)
    finally:
        dialog.deleteLater()
    if answer is None:
        return False
    sealed_access.say(desk, subject, *answer)
    return True


def must_open(parent: QWidget | None, desk: Desk, subject: str) -> None:
    """The same for a form that cannot open without. Raises ReasonMissing when the person at the desk turns back."""
    if not may_open(parent, desk, subject):
        raise ReasonMissing(subject)
