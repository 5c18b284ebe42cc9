"""The page of what left: over the page of reports, or by itself for who reads closed months alone."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Page
from shelter_desk.ui.sending.cases_export import CasesExport
from shelter_desk.ui.sending.registers_export import RegistersExport
from shelter_desk.ui.sending.sendings_part import SendingsPart
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row


class SendingsPage(Page):
    """leads_back: there is a page under it."""

    back_wanted = Signal()
    send_again_wanted = Signal(object)  # Sending
    concerns = Changes(reports=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, leads_back: bool = False) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self._leads_back = leads_back
        self.part = SendingsPart(desk)
        self.part.asked_as = "reports/sendings"
        self.part.told.connect(self.told)
        self.part.send_again_wanted.connect(self.send_again_wanted)
        self.part.draft_found.connect(self.draft_found)
        self.back = IconButton("previous", words.text("Back to the report"), on_click=self.back_wanted)
        if not leads_back:
            self.back.hide()  # never shown by hand: it would open as a window of its own, and take the keys
        self.registers = RegistersExport(desk, self)
        self.registers.told.connect(self.told)
        told = words.text("Export the registers…")
        self.registers_button = Button(told, "plain", "document", on_click=self.registers.ask)
        self.cases = CasesExport(desk, self)
        self.cases.told.connect(self.told)
        self.cases_button = Button(words.text("Cases for IOM (HTCDS)…"), "plain", "document", on_click=self.cases.ask)
        if not desk.may(Permission.REGISTERS_EXPORT):
            self.registers_button.hide()
            self.cases_button.hide()
        head = in_row(
            self.back,
            Label(words.text("Sendings"), size="title", bold=True),
            Label(words.text("what left the house"), ink="ink2"),
            STRETCH,
            self.cases_button,
            self.registers_button,
            self.part.print_button,
            spacing=tokens.SPACE_2,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, 0),
        )
        in_column(head, (self.part, 1), within=self, spacing=0)

    def refresh(self) -> None:
        self.part.look_again()

    def is_editing(self) -> bool:
        return self.part.is_editing()

    def resume(self, draft: Draft) -> None:
        self.part.resume(draft)

    def set_first(self) -> None:
        """Put the focus where reading begins."""
        self.part.set_first()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page has nothing to type into itself: it hands the focus on."""
        super().focusInEvent(event)
        self.part.set_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._leads_back and event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
            return
        super().keyPressEvent(event)
