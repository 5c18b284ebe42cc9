"""The undertaking of confidentiality, accepted once before the shelter opens to somebody."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ClockWrong, ShelterDeskError
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import clock_check
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card, fact
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, scrolling
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class Promises(QWidget):
    """The undertaking, a sentence a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        promises = (
            ("home", words.text("What I see here stays here.")),
            ("eye-off", words.text("I take no photo of the screen and copy no name on paper.")),
            ("hand", words.text("I give no name by phone, by message or on WhatsApp.")),
            ("person", words.text("I look only at what my work asks for; each name I read is recorded.")),
            ("lock", words.text("I lock the program when I leave the desk.")),
            ("key", words.text("My password is mine alone: I lend it to nobody.")),
            ("clock", words.text("All this still holds after I have left this work.")),
        )
        in_column(*(fact(icon, "accent", told) for icon, told in promises), within=self, spacing=tokens.SPACE)


class UndertakingPage(QWidget):
    """Between unlocking and the frame: accept, or refuse and the shelter is locked again."""

    accepted = Signal()
    refused = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._desk = desk
        accept = words.text("I accept")
        self.accept_button = Button(accept, kind="primary", icon="check", tall="footer", on_click=self.accept)
        self.refuse_button = Button(words.text("Refuse"), icon="lock", tall="footer", on_click=self.refused)
        self.trouble = Alert("", "blocked")
        self.trouble.hide()
        self.clock_button = Button(words.text("The hour is right"), icon="clock", on_click=self._accept_clock)
        self.clock_button.hide()
        card = Card()
        card.setFixedWidth(tokens.wide(620))
        hello = words.text(
            "{name}, you enter here for the first time. The people here are in danger if they are named."
        )
        refusing = words.text("Refusing locks the shelter.")
        row = in_row(
            (Label(refusing, size="small", ink="ink2", wrap=True), 1),
            self.refuse_button,
            self.accept_button,
            spacing=tokens.SPACE,
        )
        column = in_column(
            Label(words.text("Undertaking of confidentiality"), size="title", bold=True, wrap=True),
            Label(hello.format(name=desk.user_name), ink="ink2", wrap=True),
            Promises(),
            self.trouble,
            (self.clock_button, 0, Qt.AlignmentFlag.AlignLeft),
            row,
            spacing=tokens.SPACE_2,
            margins=(tokens.SPACE_2, tokens.SPACE),
        )
        card.body.addLayout(column)
        middle = in_column(STRETCH, in_row(STRETCH, card, STRETCH), STRETCH, margins=None)
        in_column(scrolling(middle), within=self)

    def set_first(self) -> None:
        """Nothing is accepted by an Enter too many: the focus begins on refusing."""
        self.refuse_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def accept(self) -> None:
        """Keep that it was accepted, or say why that cannot be kept."""
        try:
            user_accounts.undertake(self._desk)
        except ShelterDeskError as error:
            self.trouble.sentence.setText(sentence(error))
            self.trouble.show()
            self.clock_button.setVisible(isinstance(error, ClockWrong))
            return
        self.accepted.emit()

    @Slot()
    def _accept_clock(self) -> None:
        clock_check.accept(self._desk)
        self.clock_button.hide()
        self.accept()
