"""At the exit, what the store lent: each loan comes back, is lost, or stays out with a reason."""

from collections.abc import Collection, Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.stays.exits import BACK, LOST, STILL_OUT, LoanEnd
from shelter_desk.operations.stock.stock import Loan
from shelter_desk.ui import tokens
from shelter_desk.ui.exits.still_lent import item, named
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.refusals.errors import sentence

END, REASON = "loan_end", "loan_reason"


class LoanRow(QWidget):
    """One loan: what becomes of it, and why where it does not come back."""

    def __init__(self, stay: StayId, code: str, loan: Loan) -> None:
        super().__init__()
        self.stay, self.loan = stay, loan
        ends = (
            (BACK, words.text("Brought back")),
            (LOST, words.text("Lost, it will not come back")),
            (STILL_OUT, words.text("Not brought back yet")),
        )
        self.end = ChoiceField(named(code, item(loan), loan.move.moved_on), ends, required=True)
        self.why = LineField(words.text("Why, without a name"), required=True, open_words=True)
        self.end.setFixedWidth(tokens.wide(320))
        self.why.setFixedWidth(tokens.wide(380))
        row = Flow()
        row.add(self.end, self.why)
        self.setLayout(row)
        self.end.chosen.connect(self.show_why)
        self.show_why()

    @Slot()
    def show_why(self) -> None:
        """Asked of what does not come back."""
        self.why.setVisible(self.end.value() in (LOST, STILL_OUT))

    def lacking(self) -> Field | None:
        """What is not answered yet."""
        if not self.end.value():
            return self.end
        return self.why if self.end.value() != BACK and not self.why.text().strip() else None


class StoreBack(QWidget):
    """All loans of those who leave; nothing is shown where the store lent nothing.

    loans: with the stay it is of, and the code of the person where it is one of the family.
    """

    def __init__(self, loans: Iterable[tuple[StayId, str, Loan]]) -> None:
        super().__init__()
        self.rows = [LoanRow(*one) for one in loans]
        self.fields: dict[str, Field] = {}
        self.drafted: dict[str, QWidget] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE)
        whole.addWidget(
            Label(words.text("Lent by the store: say what becomes of it"), size="small", bold=True, ink="ink2")
        )
        for one in self.rows:
            whole.addWidget(one)
            self.fields |= {f"{END}/{one.loan.move.id}": one.end, f"{REASON}/{one.loan.move.id}": one.why}
            self.drafted |= {f"{END}/{one.loan.move.move_no}": one.end, f"{REASON}/{one.loan.move.move_no}": one.why}
        self.hide()  # shown once it has a place

    def show_for(self, leaving: Collection[StayId]) -> None:
        """Those of who leaves."""
        for one in self.rows:
            one.setVisible(one.stay in leaving)
        self.setVisible(any(one.stay in leaving for one in self.rows))

    def ends(self, of: StayId) -> tuple[LoanEnd, ...]:
        """What was answered of that stay. Raises Missing."""
        mine = [one for one in self.rows if one.stay == of]
        for one in mine:
            if (lacks := one.lacking()) is not None:
                raise Missing(END if lacks is one.end else REASON)
        return tuple(
            LoanEnd(one.loan.move.id, one.end.value() or "", "" if one.why.isHidden() else one.why.text())
            for one in mine
        )

    def lacking(self) -> Field | None:
        """The first answer that is missing, beside which it is said."""
        asked = (one for one in self.rows if not one.isHidden())
        return next((lacks for one in asked if (lacks := one.lacking()) is not None), None)

    def says(self, error: RuleBroken) -> bool:
        """Say it beside the answer that is missing, where it is about one."""
        lacks = self.lacking() if isinstance(error, Missing) and error.field in (END, REASON) else None
        if lacks is None:
            return False
        lacks.set_error(sentence(error))
        lacks.setFocus()
        return True

    def refilled(self) -> None:
        """Show what hangs on the answers."""
        for one in self.rows:
            one.show_why()
