"""One voucher beside the list: what it moved, who signed, and what can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import issuing, vouchers
from shelter_desk.operations.stock.stock import StockPaper
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.detail_view import DetailView
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, printing
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats


class VoucherView(DetailView):
    """Facts, lines and buttons; a request can be approved, issued or turned down."""

    issue_wanted = Signal(object)  # Voucher of a request

    def __init__(self, desk: Desk, paper: StockPaper) -> None:
        super().__init__(desk)
        self.paper = paper
        self.body.setSpacing(tokens.SPACE)
        one = paper.voucher
        if paper.taken_back_by:
            self.body.addWidget(Badge(words.text("taken back by {no}").format(no=paper.taken_back_by), "held"))
        if one.same_hands:
            self.add(Alert(words.text("One person stands in two places on this voucher."), "attention", True))
        self.add(FactList([fact for fact in self._facts() if fact[1]]))
        self.add(*(Label(text, wrap=True) for text in self._lines()), self.acts)
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
        one, may = self.paper.voucher, self._desk.may(Permission.STOCK_EDIT)
        waits = one.kind == "demande" and one.status == "brouillon"
        if waits and one.approved_by is None and self._desk.may(Permission.STOCK_APPROVE):
            self.button("approve", words.text("Approve"), "check")
        if waits and may:
            self.button("issue", words.text("Give it out…"), "send")
            self.button("turn_down", words.text("Turn down…"), "close")
        self.button("print", words.text("Print…"), "print")
        self.button("pdf", words.text("PDF…"), "save")
        if may and one.id and self.paper.moves and one.kind != "contrepassation" and not self.paper.taken_back_by:
            self.button("take_back", words.text("Take the voucher back…"), "undo")

    def do(self, act: str) -> None:
        if act == "issue":
            self.issue_wanted.emit(self.paper.voucher)
        elif act == "approve":
            self._do(lambda: issuing.approve(self._desk, self.paper.voucher.id), words.text("Request approved."))
        elif act == "turn_down":
            self.turn_down()
        elif act == "take_back":
            self.take_back()
        else:
            send = printing.print_it if act == "print" else printing.save
            self.tell(self.attempt(lambda: send(self, printing.voucher(self.paper), self.paper.voucher.voucher_no)))

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
            self._do(lambda: issuing.turn_down(self._desk, self.paper.voucher.id, reason), told)

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
            self._do(lambda: vouchers.take_back(self._desk, self.paper.voucher.id, reason), told)

    def _do(self, act: Callable[[], object], told: str) -> None:
        def done() -> Told:
            act()
            return Told("ok", told)

        self.do_at_once(done)
