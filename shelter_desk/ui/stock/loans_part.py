"""What was lent and is still out: brought back or lost, line by line."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.vouchers import BroughtBack
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock, vouchers
from shelter_desk.operations.stock.stock import Loan
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.table import TableColumn, TableRows, TableView
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts
from shelter_desk.ui.tabbed_page import FormFace, focus
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats


class LoansPart(FormFace):
    """Choose lines, then bring them back or say that they are lost. The exit of a resident asks for the same."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._may = desk.may(Permission.STOCK_EDIT)
        self.counted = Label(size="small", ink="ink2")
        self.rows: TableRows[Loan] = TableRows(self._columns())
        self.rows.setParent(self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(words.text("Loans that are out"))
        self.table.opened.connect(self._opened)
        self.back_button = Button(words.text("Brought back…"), "primary", "undo")
        self.lost_button = Button(words.text("Lost…"), "danger", "leave")
        self.back_button.clicked.connect(self.bring_back)
        self.lost_button.clicked.connect(self.lose)
        self.empty = Empty(
            "swap",
            words.text("Nothing is lent"),
            words.text("What is lent on an issue slip stands here until it comes back."),
        )
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE)
        head.addWidget(self.counted, 1)
        for button in (self.lost_button, self.back_button):
            head.addWidget(button)
        self.lay_list(head, self.table, self.empty)

    def refresh(self) -> None:
        found = stock.loans(self.desk)
        self.rows.show(found)
        self.show_found(found)
        for button in (self.lost_button, self.back_button):
            button.setVisible(self._may and bool(found))
        self.counted.setText(words.count("{n} loan is out", "{n} loans are out", len(found)) if found else "")

    def set_first(self) -> None:
        if self.rows.rowCount():
            focus(self.table)
            if not self.table.currentIndex().isValid():
                self.table.go_to(0)

    @Slot(object)
    def _opened(self, _loan: Loan) -> None:
        self.bring_back()

    @Slot()
    def bring_back(self) -> None:
        """All of the chosen line comes back to its lot."""
        loan = self._chosen()
        if loan is None:
            return
        text = words.text("{n} of {item} come back from {who}, to the lot they were taken from.")
        told = text.format(n=amounts.bare(loan.out), item=loan.item.designation, who=loan.move.third_party)
        state = ask.ask(
            self,
            words.text("Is it brought back?"),
            told,
            words.text("Brought back"),
            field_label=words.text("Condition"),
        )
        if state is not None:
            line = BroughtBack(loan.move.id, loan.out)
            self._do(lambda: vouchers.give_back(self.desk, self.desk.today(), [line], state).subject)

    @Slot()
    def lose(self) -> None:
        """It does not come back: it is written off, with a reason."""
        loan = self._chosen()
        if loan is None:
            return
        text = words.text("{n} of {item} are written off as lost by {who}.")
        told = text.format(n=amounts.bare(loan.out), item=loan.item.designation, who=loan.move.third_party)
        reason = ask.ask(
            self,
            words.text("Is it lost?"),
            told,
            words.text("Write off"),
            danger=True,
            field_label=words.text("Reason"),
            required=True,
        )
        if reason:
            line = BroughtBack(loan.move.id, loan.out)
            self._do(lambda: vouchers.lose_loan(self.desk, self.desk.today(), [line], reason).subject)

    def _chosen(self) -> Loan | None:
        found = self.table.current()
        return found if isinstance(found, Loan) and self._may else None

    def _do(self, act: Callable[[], str]) -> None:
        try:
            number = act()
        except ShelterDeskError as error:
            self.fail(error)
            return
        self.told.emit(Told("ok", words.text("Voucher {number} is written.").format(number=number)))
        self.look_again()
        self.set_first()

    def _columns(self) -> list[TableColumn[Loan]]:
        today = self.desk.today()
        return [
            TableColumn(
                words.text("With"), lambda one: one.move.third_party, lambda one: one.move.third_party, bold=True
            ),
            TableColumn(words.text("Item"), lambda one: one.item.designation, lambda one: one.item.designation),
            TableColumn(
                words.text("Still out"), lambda one: amounts.said(one.out, one.item), lambda one: one.out, "right"
            ),
            TableColumn(
                words.text("Since"), lambda one: formats.day(one.move.moved_on), lambda one: str(one.move.moved_on)
            ),
            TableColumn(
                words.text("For"),
                lambda one: words.count("{n} day", "{n} days", (today - one.move.moved_on).days),
                lambda one: str(one.move.moved_on),
                "right",
            ),
            TableColumn(words.text("Voucher"), lambda one: one.move.voucher_no, lambda one: one.move.voucher_no),
            TableColumn(words.text("Said at the exit"), lambda one: one.note, gives_way=1),
        ]
