"""The vouchers of a month, the requests that wait on top; one of them beside the list."""

from datetime import date, timedelta

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import VoucherId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.vouchers import Voucher
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock
from shelter_desk.operations.stock.stock import StockPaper
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.table import TableColumn, TableRows, TableView
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.stock.voucher_view import VoucherView
from shelter_desk.ui.tabbed_page import FormFace, focus
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import SidePanel
from shelter_desk.words import formats
from shelter_desk.words.reports.stock_names import voucher_kind


class VouchersPart(FormFace):
    """A table a month, the latest first; Enter opens one beside it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._month = desk.today().replace(day=1)
        self.view: VoucherView | None = None
        self._may = desk.may(Permission.STOCK_EDIT)
        self.before = IconButton("previous", words.text("Month before"))
        self.after = IconButton("next", words.text("Month after"))
        self.month = Label("", bold=True)
        self.new_button = Button(
            words.text("Issue slip…") if self._may else words.text("Ask the store…"), "primary", "send"
        )
        self.rows: TableRows[Voucher] = TableRows(_columns())
        self.rows.setParent(self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(words.text("Vouchers of the month"))
        self.panel = SidePanel()
        self.panel.hide()
        self.empty = Empty(
            "document",
            words.text("No voucher this month"),
            words.text("Each entry, issue, return and loss has its voucher, numbered without gaps."),
        )
        self.before.clicked.connect(self._back)
        self.after.clicked.connect(self._on)
        self.new_button.clicked.connect(self.issue)
        self.table.opened.connect(self._opened)
        self.table.clicked.connect(self._clicked)
        self.panel.closed.connect(self._closed)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE)
        for widget in (self.before, self.month, self.after):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.new_button)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(self.panel)
        self.lay_list(head, beside, self.empty)
        self.new_button.setVisible(self.desk.may(Permission.STOCK_REQUEST))

    def refresh(self) -> None:
        first = self._month
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self.month.setText(formats.month_title(first))
        waiting = stock.requests(self.desk)
        known = {one.id for one in waiting}
        found = [one for one in stock.papers(self.desk, Period(first, last)) if one.id not in known]
        self.rows.show([*waiting, *found])
        self.show_found(self.rows.rowCount())
        if self.view is not None:
            self._open_any(self.view.paper.voucher)

    def _turn(self, day: date) -> None:
        self._month = day.replace(day=1)
        self.panel.dismiss()
        self.look_again()

    @Slot()
    def _back(self) -> None:
        self._turn(self._month - timedelta(days=1))

    @Slot()
    def _on(self) -> None:
        self._turn(self._month + timedelta(days=31))

    def set_first(self) -> None:
        if self.form is not None:
            self.form.begin()
        elif self.rows.rowCount():
            focus(self.table)
            if not self.table.currentIndex().isValid():
                self.table.go_to(0)
        else:
            focus(self.before)

    @Slot()
    def issue(self) -> None:
        """A slip, or a request for who has no store."""
        self._open_slip(None)

    @Slot(object)
    def _issue_request(self, request: Voucher) -> None:
        self._open_slip(request)

    def reopen(self, kind: str, at: str) -> None:
        """A request that was answered meanwhile opens nothing."""
        request = next((one for one in stock.requests(self.desk) if str(one.id) == at), None)
        if kind == "slip" and (not at or request is not None):
            self._open_slip(request)

    def _open_slip(self, request: Voucher | None) -> None:
        try:
            form = SlipForm(self.desk, asks=not self._may, request=request)
            self.open_form(form, f"slip/{'' if request is None else request.id}")
        except ShelterDeskError as error:
            self.fail(error)

    # One voucher ------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _opened(self, voucher: Voucher) -> None:
        self._open_any(voucher)
        if self.view is not None:
            self.view.set_first()

    @Slot()
    def _clicked(self) -> None:
        voucher = self.table.current()
        if voucher is not None:
            self._open_any(voucher)

    def _open_any(self, voucher: Voucher) -> None:
        if voucher.id:
            self.open_voucher(voucher.id)
            return
        try:
            self._show_paper(stock.old_paper(self.desk, voucher))
        except ShelterDeskError as error:
            self.fail(error)

    def open_at(self, at: str) -> None:
        """That voucher beside the list."""
        if at.isdecimal():
            self.open_voucher(VoucherId(int(at)))

    def open_voucher(self, key: VoucherId) -> None:
        """Show that one beside the list."""
        try:
            self._show_paper(stock.paper(self.desk, key))
        except ShelterDeskError as error:
            self.fail(error)

    def _show_paper(self, paper: StockPaper) -> None:
        self.panel.clear()
        self.view = VoucherView(self.desk, paper)
        self.view.told.connect(self.told)
        self.view.acted.connect(self._acted)
        self.view.issue_wanted.connect(self._issue_request)
        self.panel.name_it(paper.voucher.voucher_no, voucher_kind(paper.voucher.kind))
        self.panel.body.addWidget(self.view)
        self.panel.body.addStretch(1)
        self.panel.show()

    @Slot()
    def _acted(self) -> None:
        QTimer.singleShot(0, self, self._after_act)

    @Slot()
    def _after_act(self) -> None:
        """The view goes after its own signal is over."""
        self.look_again()
        if self.view is not None:
            self.view.set_first()

    @Slot()
    def _closed(self) -> None:
        self.panel.clear()
        self.view = None
        self.set_first()


def _columns() -> list[TableColumn[Voucher]]:
    return [
        TableColumn(words.text("Voucher"), lambda one: one.voucher_no, lambda one: one.voucher_no, bold=True),
        TableColumn(words.text("Kind"), lambda one: voucher_kind(one.kind), lambda one: one.kind),
        TableColumn(words.text("Day"), lambda one: formats.day(one.voucher_on), lambda one: (one.voucher_on, one.id)),
        TableColumn(words.text("State"), _state, _state, ink=lambda one: "held" if one.status != "valide" else "ink2"),
        TableColumn(words.text("For what"), _purpose, _purpose, gives_way=3),
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
