"""What a resident still has of the store and of the equipment: told on the record, asked at the exit.

At the exit, what the shelter keeps of those who leave: each deposit goes back today, or is named.

At the exit, what the store lent: each loan comes back, is lost, or stays out with a reason.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import AssetId, BelongingsId, PersonId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.exits import BACK, LOST, STILL_OUT, Belongings, LoanEnd
from shelter_desk.domain.stock.items import units
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import lending
from shelter_desk.operations.equipment.lending import Lent
from shelter_desk.operations.stays import exits
from shelter_desk.operations.stock import stock
from shelter_desk.operations.stock.stock import Loan
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.refusals.stock_refusals import quantity
from shelter_desk.words.reports.stock_names import unit


def still_deposited(desk: Desk, person: PersonId) -> list[Belongings]:
    """What the shelter still keeps of a person, the oldest first; nothing where the role does not see it."""
    every = exits.of(desk, person).belongings.values() if desk.may(Permission.CASE_SEE) else ()
    kept = [one for deposits in every for one in deposits if one.returned_on is None]
    return sorted(kept, key=lambda one: (one.deposited_on, one.id))


class DepositsBack(QWidget):
    """A tick for each deposit; nothing is shown where nothing is deposited.

    deposits: with the stay of who leaves, and the code of the person where it is one of the family.
    """

    def __init__(self, deposits: Iterable[tuple[StayId, str, Belongings]]) -> None:
        super().__init__()
        self.ticks = [(one, QCheckBox(_named(code, one)), stay) for stay, code, one in deposits]
        self.kept = Alert("", "attention")
        self.drafted: dict[str, QWidget] = {f"returned/{one.receipt_no}": tick for one, tick, _ in self.ticks}
        whole = in_column(
            Label(words.text("Handed back at the exit"), size="small", bold=True, ink="ink2"),
            within=self,
            spacing=tokens.SPACE_PANEL,
        )
        for _, tick, _ in self.ticks:
            whole.addWidget(tick)
            tick.toggled.connect(self.show_kept)
        whole.addWidget(self.kept)
        self.hide()  # shown once it has a place
        self.show_kept()

    def show_for(self, leaving: Collection[StayId]) -> None:
        """Those of who leaves."""
        for _, tick, stay in self.ticks:
            tick.setVisible(stay in leaving)
        self.setVisible(any(stay in leaving for _, _, stay in self.ticks))
        self.show_kept()

    def back(self, of: StayId) -> tuple[BelongingsId, ...]:
        """What goes back of that stay."""
        return tuple(one.id for one, tick, stay in self.ticks if stay == of and tick.isChecked())

    def is_whole(self, of: StayId) -> bool | None:
        """Whether everything of that stay goes back; None where nothing is deposited."""
        mine = [tick.isChecked() for _, tick, stay in self.ticks if stay == of]
        return all(mine) if mine else None

    @Slot()
    def show_kept(self) -> None:
        """Name what stays here."""
        kept = [one.receipt_no for one, tick, _ in self.ticks if not (tick.isHidden() or tick.isChecked())]
        self.kept.setVisible(bool(kept))
        told = words.text("Still deposited here: {receipts}. Tick what goes back today.")
        self.kept.sentence.setText(told.format(receipts=", ".join(kept)))


def _named(code: str, one: Belongings) -> str:
    told = words.text("Receipt {number}, deposited on {day}")
    receipt = told.format(number=one.receipt_no, day=formats.day(one.deposited_on))
    return words.text("{code}: {what}").format(code=code, what=receipt) if code else receipt


def of_store(desk: Desk, stay: StayId) -> Sequence[Loan]:
    """What is out of the store; nothing where the role does not see it."""
    return stock.still_out(desk, stay) if desk.may(Permission.STOCK_SEE) else ()


def things(desk: Desk, stay: StayId) -> Sequence[Lent]:
    """What is out of the equipment; nothing where the role does not see it."""
    return lending.of_stay(desk, stay) if desk.may(Permission.STOCK_SEE) else ()


def thing(one: Lent) -> str:
    """`LIT-0004 Matelas`."""
    return words.text("{tag} {thing}").format(tag=one.asset.tag_no, thing=one.asset.designation)


def item(one: Loan) -> str:
    """`Couverture, 2 pièces`."""
    text, name = words.text("{item}, {n} {unit}"), one.item.designation
    return text.format(item=name, n=quantity(units(one.out)), unit=unit(one.item.unit, one.out))


def lines(desk: Desk, stay: StayId) -> list[tuple[str, str]]:
    """Everything this stay still has, and since when, for the record."""
    since = words.text("lent on {day}")
    found = [(thing(one), since.format(day=formats.day(one.since))) for one in things(desk, stay)]
    return found + [(item(one), since.format(day=formats.day(one.move.moved_on))) for one in of_store(desk, stay)]


def named(code: str, what: str, day: date) -> str:
    """What it is and since when; whose it is where it is not of the person the form is about."""
    if code:
        return words.text("{code}: {thing}, lent on {day}").format(code=code, thing=what, day=formats.day(day))
    return words.text("{thing}, lent on {day}").format(thing=what, day=formats.day(day))


class ThingsBack(QWidget):
    """At the exit: a tick for each thing that comes back today; what is not ticked is named.

    lent: with the stay it is of, and the code of the person where it is one of the family.
    """

    def __init__(self, lent: Iterable[tuple[StayId, str, Lent]]) -> None:
        super().__init__()
        self.ticks = [(one, QCheckBox(named(code, thing(one), one.since)), stay) for stay, code, one in lent]
        self.kept = Alert("", "attention")
        self.drafted: dict[str, QWidget] = {f"back/{one.asset.tag_no}": tick for one, tick, _ in self.ticks}
        whole = in_column(within=self, spacing=tokens.SPACE_HALF)
        whole.addWidget(
            Label(words.text("Lent by the shelter, brought back today"), size="small", bold=True, ink="ink2")
        )
        for _, tick, _ in self.ticks:
            whole.addWidget(tick)
            tick.toggled.connect(self.show_kept)
        whole.addWidget(self.kept)
        self.hide()  # shown once it has a place
        self.show_kept()

    def show_for(self, leaving: Collection[StayId]) -> None:
        """Those of who leaves."""
        for _, tick, stay in self.ticks:
            tick.setVisible(stay in leaving)
        self.setVisible(any(stay in leaving for _, _, stay in self.ticks))
        self.show_kept()

    def back(self, of: StayId) -> tuple[AssetId, ...]:
        """What comes back of that stay."""
        return tuple(one.asset.id for one, tick, stay in self.ticks if stay == of and tick.isChecked())

    @Slot()
    def show_kept(self) -> None:
        """Name what stays with those who leave."""
        out = [thing(one) for one, tick, _ in self.ticks if not (tick.isHidden() or tick.isChecked())]
        self.kept.setVisible(bool(out))
        text = words.text("Still with this person: {things}. Tick what comes back today.")
        self.kept.sentence.setText(text.format(things="; ".join(out)))


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
        whole = in_column(within=self, spacing=tokens.SPACE)
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

    def refresh(self) -> None:
        """Show what hangs on the answers."""
        for one in self.rows:
            one.show_why()
