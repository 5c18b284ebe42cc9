"""The vouchers of a month, the requests that wait on top; one of them beside the list."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.ids import VoucherId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.vouchers import Voucher
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock
from shelter_desk.operations.stock.stock import StockPaper
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.month_bar import MonthBar
from shelter_desk.ui.lists.table import BY_TEXT, TableColumn
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.stock.voucher_view import VoucherView
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.words import formats
from shelter_desk.words.reports.stock_names import voucher_kind


class VouchersPart(ListRoom[Voucher]):
    """A table a month, the latest first; Enter opens one beside it."""

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
        TableColumn(words.text("State"), _state, BY_TEXT, ink=lambda one: "held" if one.status != "valide" else "ink2"),
        TableColumn(words.text("For what"), _purpose, BY_TEXT, gives_way=3),
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


def _purpose(one: Voucher) -> str:
    return words.label("issue_purpose", one.purpose) if one.purpose else ""
