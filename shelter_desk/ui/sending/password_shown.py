"""The password of a closed file: shown until it was read, and printed on the receipt."""

import logging
from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.sending import sendings, unread_passwords
from shelter_desk.operations.sending.sendings import SentFile
from shelter_desk.operations.sending.unread_passwords import UnreadPassword
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tokens
from shelter_desk.ui.sending import receipt
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.guided_dialog import GuidedDialog
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words.refusals.errors import sentence

_log = logging.getLogger(__name__)


class PasswordShown(GuidedDialog):
    """Nothing is typed: the password is read off, or printed. Where something else than its reader closes it, as a
    lock does, it waits until it is shown again.
    """

    def __init__(self, desk: Desk, one: SentFile, password: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._one, self._password = desk, one, password
        title = words.text("Password of the file")
        self.setWindowTitle(title)
        self.setProperty("role", "question")
        self.setMinimumWidth(tokens.wide(480))
        self.shown = Label(password, size="title", bold=True)
        self.said = Label("", ink="ink2", wrap=True)
        self.print_button = Button(words.text("Print the receipt…"), "primary", "print", on_click=self.print_receipt)
        self.close_button = Button(words.text("Close"), on_click=self.accept)
        told = words.text("It opens the file. Once this is closed it is kept nowhere: print it with the receipt.")
        in_column(
            Label(title, bold=True),
            Label(f"{one.sending.number} · {_called(desk, one)}", size="small", ink="ink2"),
            Label(told, ink="ink2", wrap=True),
            self.shown,
            self.said,
            in_row(self.close_button, STRETCH, self.print_button),
            within=self,
            spacing=tokens.SPACE_2,
            margins=tokens.SPACE_2,
        )
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)  # an Enter too many does not close it

    @Slot()
    def accept(self) -> None:
        """It was read."""
        try:
            unread_passwords.was_read(self._desk, self._password)
        except ShelterDeskError as error:  # it is shown again then
            _log.warning("a password that was read is still kept: %s", type(error).__name__)
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it as the button does."""
        if event.key() == Qt.Key.Key_Escape:
            self.accept()
            return
        super().keyPressEvent(event)

    @Slot()
    def print_receipt(self) -> None:
        """The receipt with the password on it."""
        try:
            told = receipt.print_receipt(self, self._one, self._desk.is_training, self._password)
            self.said.setText(printed(self._desk, "receipt", told, self._one.sending.number))
        except ShelterDeskError as error:
            self.said.setText(sentence(error))


def _called(desk: Desk, one: SentFile) -> str:
    """What the file is called where it was written, as long as its password waits."""
    waiting = {each.sending: each.file_name for each in unread_passwords.mine(desk)}
    return waiting.get(one.sending.id, one.sending.file_name)


def show(parent: QWidget, desk: Desk, password: str) -> PasswordShown:
    """Over the page: the password of what left last."""
    return _show(parent, desk, sendings.sent_files(desk)[0], password)


def show_again(parent: QWidget, desk: Desk, draft: Draft) -> PasswordShown | None:
    """Over the page: one that waits, then the others one by one; None where that draft holds none."""
    one = unread_passwords.of_draft(draft)
    return None if one is None else _show_waiting(parent, desk, [one])


def _show_waiting(parent: QWidget, desk: Desk, waiting: Sequence[UnreadPassword]) -> PasswordShown | None:
    """The first of these that was sent; once it is read the next one that waits then."""
    sent = {one.sending.id: one for one in sendings.sent_files(desk)}
    for one in waiting:
        if one.sending in sent:
            made = _show(parent, desk, sent[one.sending], one.password)
            made.accepted.connect(lambda: _show_waiting(parent, desk, unread_passwords.mine(desk)))
            return made
    return None


def _show(parent: QWidget, desk: Desk, sent: SentFile, password: str) -> PasswordShown:
    made = PasswordShown(desk, sent, password, parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # the password goes with it
    made.open()
    return made
