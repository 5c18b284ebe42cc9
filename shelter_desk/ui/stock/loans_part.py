"""What was lent and is still out: brought back or lost, line by line."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.vouchers import BroughtBack
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.stock import stock, vouchers
from shelter_desk.operations.stock.stock import Loan
from shelter_desk.ui.forms.asked_words import ask_words
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, written
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats


class LoansPart(ListRoom[Loan]):
    """Choose lines, then bring them back or say that they are lost. The exit of a resident asks for the same."""

    opens_beside = False

    def __init__(self, desk: Desk) -> None:
        self._may = desk.may(Permission.STOCK_EDIT)
        empty = Empty(
            "swap",
            words.text("Nothing is lent"),
            words.text("What is lent on an issue slip stands here until it comes back."),
        )
        super().__init__(desk, _columns(desk.today()), words.text("Loans that are out"), empty)
        self.counted = Label(size="small", ink="ink2")
        self.back_button = Button(words.text("Brought back…"), "primary", "undo", on_click=self.bring_back)
        self.lost_button = Button(words.text("Lost…"), "danger", "leave", on_click=self.lose)
        self.lay_out(head_row(wide=self.counted, right=[self.lost_button, self.back_button]))

    def ask(self) -> Sequence[Loan]:
        found = stock.loans(self.desk)
        for button in (self.lost_button, self.back_button):
            button.setVisible(self._may and bool(found))
        self.counted.setText(words.count("{n} loan is out", "{n} loans are out", len(found)) if found else "")
        return found

    @Slot(object)
    def enter(self, _line: Loan) -> None:
        self.bring_back()

    @Slot()
    def bring_back(self) -> None:
        """All of the chosen line comes back to its lot."""
        loan = self._chosen()
        if loan is None:
            return
        text = words.text("{n} of {item} come back from {who}, to the lot they were taken from.")
        question, verb = words.text("Is it brought back?"), words.text("Brought back")
        state = ask_words(self, self.desk, question, _told(text, loan), verb, words.text("Condition"), required=False)
        if state is not None:
            self._do(lambda line: vouchers.give_back(self.desk, self.desk.today(), [line], state), loan, is_undone=True)

    @Slot()
    def lose(self) -> None:
        """It does not come back: it is written off, with a reason."""
        loan = self._chosen()
        if loan is None:
            return
        text = words.text("{n} of {item} are written off as lost by {who}.")
        reason = ask_words(
            self,
            self.desk,
            words.text("Is it lost?"),
            _told(text, loan),
            words.text("Write off"),
            words.text("Reason"),
            danger=True,
        )
        if reason:
            self._do(lambda line: vouchers.lose_loan(self.desk, self.desk.today(), [line], reason), loan)

    def _chosen(self) -> Loan | None:
        found = self.table.current()
        return found if isinstance(found, Loan) and self._may else None

    def _do(self, act: Callable[[BroughtBack], Done], loan: Loan, is_undone: bool = False) -> None:
        """is_undone: one voucher is its contrary; what is lost has two, taken back one by one."""
        done = self.attempt(lambda: act(BroughtBack(loan.move.id, loan.out)))
        if done is not None:
            text = words.text("Voucher {number} is written.").format(number=done.subject)
            self.told.emit(written.told(self.desk, done, text) if is_undone else Told("ok", text))
            self.look_again()
            self.set_first()


def _told(text: str, loan: Loan) -> str:
    return text.format(n=amounts.bare(loan.out), item=loan.item.designation, who=loan.move.third_party)


def _columns(today: date) -> list[TableColumn[Loan]]:
    return [
        TableColumn(words.text("With"), lambda one: one.move.third_party, BY_TEXT, bold=True),
        TableColumn(words.text("Item"), lambda one: one.item.designation, BY_TEXT),
        TableColumn(words.text("Still out"), lambda one: amounts.said(one.out, one.item), lambda one: one.out, "right"),
        TableColumn(
            words.text("Since"), lambda one: formats.day(one.move.happened_on), lambda one: str(one.move.happened_on)
        ),
        TableColumn(
            words.text("For"),
            lambda one: words.count("{n} day", "{n} days", (today - one.move.happened_on).days),
            lambda one: str(one.move.happened_on),
            "right",
        ),
        TableColumn(words.text("Voucher"), lambda one: one.move.voucher_no, BY_TEXT),
        TableColumn(words.text("Said at the exit"), lambda one: one.note, gives_way=1),
    ]
