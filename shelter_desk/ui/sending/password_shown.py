"""The password of a closed file: shown once, and printed on the receipt."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import sendings
from shelter_desk.operations.sending.sendings import SentFile
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tokens
from shelter_desk.ui.sending import receipt
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words.refusals.errors import sentence


class PasswordShown(QDialog):
    """Nothing is typed: the password is read off, or printed."""

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
        self.close_button = Button(words.text("Close"), on_click=self.reject)
        told = words.text("It opens the file. It is shown this once and kept nowhere: print it with the receipt.")
        in_column(
            Label(title, bold=True),
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
    def print_receipt(self) -> None:
        """The receipt with the password on it."""
        try:
            told = receipt.print_receipt(self, self._one, self._desk.is_training, self._password)
            self.said.setText(printed(self._desk, "receipt", told, self._one.sending.number))
        except ShelterDeskError as error:
            self.said.setText(sentence(error))


def show(parent: QWidget, desk: Desk, password: str) -> PasswordShown:
    """Over the page: the password of what left last."""
    made = PasswordShown(desk, sendings.sent_files(desk)[0], password, parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # the password goes with it
    made.open()
    return made
