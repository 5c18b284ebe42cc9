"""One voucher beside the list: what it moved, who signed, and what can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import issuing, vouchers
from shelter_desk.operations.stock.stock import StockPaper
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, printing
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence


class VoucherView(QWidget):
    """Facts, lines and buttons; a request can be approved, issued or turned down."""

    told = Signal(object)  # Told
    acted = Signal()
    issue_wanted = Signal(object)  # Voucher of a request

    def __init__(self, desk: Desk, paper: StockPaper) -> None:
        super().__init__()
        self.desk, self.paper = desk, paper
        self.buttons: dict[str, Button] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE)
        one = paper.voucher
        if paper.taken_back_by:
            whole.addWidget(Badge(words.text("taken back by {no}").format(no=paper.taken_back_by), "held"))
        if one.same_hands:
            whole.addWidget(Alert(words.text("One person stands in two places on this voucher."), "attention", True))
        whole.addWidget(FactList([fact for fact in self._facts() if fact[1]]))
        for text in self._lines():
            whole.addWidget(Label(text, wrap=True))
        self._row = Flow(tokens.SPACE, tokens.SPACE)
        whole.addLayout(self._row)
        self._make_buttons()

    def _facts(self) -> list[tuple[str, str]]:
        one = self.paper.voucher
        return [
            (words.text("Day"), formats.day(one.voucher_on)),
            (words.text("For what"), words.label("issue_purpose", one.purpose) if one.purpose else ""),
            (words.text("For or from"), one.third_party),
            (words.text("Reference"), one.reference),
            (words.text("Reason"), one.reason),
            (words.text("Asked for by"), self.paper.requested_by),
            (words.text("Approved by"), self.paper.approved_by),
            (words.text("Written by"), self.paper.issued_by),
        ]

    def _lines(self) -> list[str]:
        text = words.text("{n}: {item} ({lot})")
        found = [
            text.format(
                n=amounts.said(move.amount, self.paper.items[move.item]),
                item=self.paper.items[move.item].designation,
                lot=amounts.lot(move.lot),
            )
            for move in self.paper.moves
        ]
        asked = words.text("{n}: {item}")
        return found or [
            asked.format(
                n=amounts.said(line.asked, self.paper.items[line.item]), item=self.paper.items[line.item].designation
            )
            for line in self.paper.voucher.lines
        ]

    def _make_buttons(self) -> None:
        one, may = self.paper.voucher, self.desk.may(Permission.STOCK_EDIT)
        waits = one.kind == "demande" and one.status == "brouillon"
        if waits and one.approved_by is None and self.desk.may(Permission.STOCK_APPROVE):
            self._button("approve", words.text("Approve"), "check", self.approve)
        if waits and may:
            self._button("issue", words.text("Give it out…"), "send", self._issue)
            self._button("turn_down", words.text("Turn down…"), "close", self.turn_down)
        self._button("print", words.text("Print…"), "print", self.print_it)
        self._button("pdf", words.text("PDF…"), "save", self.save)
        if may and one.id and self.paper.moves and one.kind != "contrepassation" and not self.paper.taken_back_by:
            self._button("take_back", words.text("Take the voucher back…"), "undo", self.take_back)

    def _button(self, name: str, text: str, icon: str, slot: object) -> None:
        button = Button(text, icon=icon)
        button.clicked.connect(slot)
        self.buttons[name] = button
        self._row.add(button)

    def set_first(self) -> None:
        """The keys go to the first button."""
        next(iter(self.buttons.values())).setFocus()

    @Slot()
    def _issue(self) -> None:
        self.issue_wanted.emit(self.paper.voucher)

    @Slot()
    def approve(self) -> None:
        """Let the store issue it."""
        self._do(lambda: issuing.approve(self.desk, self.paper.voucher.id), words.text("Request approved."))

    @Slot()
    def turn_down(self) -> None:
        """Issue nothing of it, with a reason."""
        reason = ask.ask(
            self,
            words.text("Turn the request down?"),
            words.text("Nothing goes out. Who asked sees the reason."),
            words.text("Turn down"),
            field_label=words.text("Reason"),
            required=True,
        )
        if reason:
            told = words.text("Request turned down.")
            self._do(lambda: issuing.turn_down(self.desk, self.paper.voucher.id, reason), told)

    @Slot()
    def take_back(self) -> None:
        """Write the contrary of all of it."""
        reason = ask.ask(
            self,
            words.text("Take voucher {no} back?").format(no=self.paper.voucher.voucher_no),
            words.text("A contrary voucher dated today is written. Services it stood for are taken out."),
            words.text("Take back"),
            danger=True,
            field_label=words.text("Reason"),
        )
        if reason is not None:
            told = words.text("Voucher taken back.")
            self._do(lambda: vouchers.take_back(self.desk, self.paper.voucher.id, reason), told)

    def _do(self, act: Callable[[], object], told: str) -> None:
        try:
            act()
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        self.told.emit(Told("ok", told))
        self.acted.emit()

    @Slot()
    def print_it(self) -> None:
        """On paper, or as a PDF where there is no printer."""
        self._say(lambda: printing.print_it(self, printing.voucher(self.paper), self.paper.voucher.voucher_no))

    @Slot()
    def save(self) -> None:
        """As a PDF."""
        self._say(lambda: printing.save(self, printing.voucher(self.paper), self.paper.voucher.voucher_no))

    def _say(self, act: Callable[[], str]) -> None:
        try:
            told = act()
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        if told:
            self.told.emit(Told("ok", told))
