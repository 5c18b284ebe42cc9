"""The vouchers of a month, the requests that wait on top; beside them one: what it moved, who signed, what is done."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.ids import VoucherId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.vouchers import Voucher
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import issuing, stock, vouchers
from shelter_desk.operations.stock.stock import StockPaper
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.asked_words import ask_words
from shelter_desk.ui.forms.late_reason import asking_late
from shelter_desk.ui.lists.detail_view import DetailView
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.lists.turning_bars import MonthBar
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, printing
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words.reports.stock_names import voucher_kind


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
        may = desk.may(Permission.STOCK_EDIT)
        waits = one.kind == "demande" and one.status == "brouillon"
        if waits and one.approved_by is None and desk.may(Permission.STOCK_APPROVE):
            self.button("approve", words.text("Approve"), "check")
        if waits and may:
            self.button("issue", words.text("Give it out…"), "send")
            self.button("turn_down", words.text("Turn down…"), "close")
        self.button("print", words.text("Print the voucher…"), "print")
        self.button("pdf", words.text("PDF…"), "save")
        if may and one.id and paper.moves and one.kind != "contrepassation" and not paper.taken_back_by:
            self.button("take_back", words.text("Take the voucher back…"), "undo")

    def _facts(self) -> list[tuple[str, str]]:
        one, actual_on = self.paper.voucher, self.paper.actual_on
        return [
            (words.text("Day"), formats.day(one.voucher_on)),
            (words.text("Real day"), "" if actual_on is None else formats.day(actual_on)),
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
            number = self.paper.voucher.voucher_no
            told = self.attempt(lambda: send(self, printing.voucher(self.paper), number))
            self.tell(printed(self._desk, "voucher", told, number))

    def turn_down(self) -> None:
        """Issue nothing of it, with a reason."""
        reason = ask_words(
            self,
            self._desk,
            words.text("Turn the request down?"),
            words.text("Nothing goes out. Who asked sees the reason."),
            words.text("Turn down"),
            words.text("Reason"),
        )
        if reason:
            told = words.text("Request turned down.")
            self._do(lambda: issuing.turn_down(self._desk, self.paper.voucher.id, reason), told)

    def take_back(self) -> None:
        """Write the contrary of all of it."""
        reason = ask_words(
            self,
            self._desk,
            words.text("Take voucher {no} back?").format(no=self.paper.voucher.voucher_no),
            words.text("A contrary voucher dated today is written. Services it stood for are taken out."),
            words.text("Take back"),
            words.text("Reason"),
            required=False,
            danger=True,
        )
        if reason is not None:
            told = words.text("Voucher taken back.")
            back = partial(vouchers.take_back, self._desk, self.paper.voucher.id, reason)
            self._do(lambda: asking_late(self, self._desk, back), told)

    def _do(self, act: Callable[[], object], told: str) -> None:
        def done() -> Told:
            act()
            return Told("ok", told)

        self.do_at_once(done)


class VouchersPart(ListRoom[Voucher]):
    """A table a month, the latest first; Enter opens one beside it."""

    takes = ("journal_stock", "mouvements")
    view: VoucherView | None

    def __init__(self, desk: Desk) -> None:
        empty = Empty(
            "document",
            words.text("No voucher this month"),
            words.text("Each entry, issue, return and loss has its voucher, numbered without gaps."),
        )
        super().__init__(desk, _columns(), words.text("Vouchers of the month"), empty)
        self._may = desk.may(Permission.STOCK_EDIT)
        self.month = MonthBar(desk.today())
        self.month.changed.connect(self._turned)
        verb = words.text("Issue slip…") if self._may else words.text("Ask the store…")
        self.new_button = self.begin_button(verb, "send", may=desk.may(Permission.STOCK_REQUEST))
        self.lay_out(head_row(self.month, right=[self.new_button]))

    def ask(self) -> Sequence[Voucher]:
        waiting = stock.requests(self.desk)
        known = {one.id for one in waiting}
        return [*waiting, *(one for one in stock.papers(self.desk, self.month.period()) if one.id not in known)]

    def key_of(self, line: Voucher) -> int:
        return line.id

    @Slot()
    def _turned(self) -> None:
        self.panel.dismiss()
        self.look_again()

    def first_of_head(self) -> QWidget:
        return self.month.before

    def form_of(self, line: Voucher | None) -> tuple[SlipForm, str] | None:
        """A slip, a request for who has no store, or the slip that a request asks for."""
        form = SlipForm(self.desk, asks=not self._may, request=line)
        return form, f"slip/{'' if line is None else line.id}"

    def line_of(self, key: str) -> Voucher | None:
        """A request that was answered meanwhile is none any more."""
        return next((one for one in stock.requests(self.desk) if str(one.id) == key), None)

    # One voucher ------------------------------------------------------------------------------------------------------

    def view_of(self, line: Voucher) -> VoucherView:
        paper = stock.paper(self.desk, line.id) if line.id else stock.old_paper(self.desk, line)
        return self._view(paper)

    def _view(self, paper: StockPaper) -> VoucherView:
        made = VoucherView(self.desk, paper)
        made.issue_wanted.connect(self.edit)
        self.panel.name_it(paper.voucher.voucher_no, voucher_kind(paper.voucher.kind))
        return made

    def open_again(self, _key: int) -> None:
        if self.view is not None:
            self.open_line(self.view.paper.voucher)

    def open_at(self, at: str) -> None:
        """That voucher beside the list, of whatever month."""
        if at.isdecimal():
            self.open_voucher(VoucherId(int(at)))

    def open_voucher(self, key: VoucherId) -> None:
        """Show that one beside the list."""
        made = self.attempt(lambda: self._view(stock.paper(self.desk, key)))
        if made is not None:
            self.show_beside(made, key)


def _columns() -> list[TableColumn[Voucher]]:
    return [
        TableColumn(words.text("Voucher"), lambda one: one.voucher_no, BY_TEXT, bold=True),
        TableColumn(words.text("Kind"), lambda one: voucher_kind(one.kind), lambda one: one.kind),
        TableColumn(words.text("Day"), lambda one: formats.day(one.voucher_on), lambda one: (one.voucher_on, one.id)),
        TableColumn(
            words.text("State"), _state, BY_TEXT, badge=lambda one: "held" if one.status != "valide" else "neutral"
        ),
        TableColumn(
            words.text("For what"),
            lambda one: words.label("issue_purpose", one.purpose) if one.purpose else "",
            BY_TEXT,
            gives_way=3,
        ),
        TableColumn(words.text("For or from"), lambda one: one.third_party, lambda one: one.third_party.casefold()),
        TableColumn(
            words.text("Lines"), lambda one: str(len(one.lines)), lambda one: len(one.lines), "right", gives_way=2
        ),
        TableColumn(words.text("Reason"), lambda one: one.reason, gives_way=1),
    ]


def _state(one: Voucher) -> str:
    if one.kind == "demande" and one.status == "brouillon":
        return words.text("waits, approved") if one.approved_by is not None else words.text("waits")
    return {
        "brouillon": words.text("waits"),
        "valide": words.text("done"),
        "annule": words.text("turned down") if one.kind == "demande" else words.text("taken back"),
    }[one.status]
