"""What those who leave have of the house, and what the house keeps of them: asked before an exit is written.

Each thing of the equipment and each deposit goes back today, or is named; each loan of the store comes back, is lost,
or stays out with a reason. What somebody still has is told on the record, too.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import AssetId, BelongingsId, PersonId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.exits import BACK, LOST, STILL_OUT, Belongings, ExitRecord, LoanEnd, nothing_said
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
from shelter_desk.ui.forms.watched_text import watch_inside
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import row_of
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
    return found + [(item(one), since.format(day=formats.day(one.move.happened_on))) for one in of_store(desk, stay)]


def _named(code: str, what: str, day: date) -> str:
    """What it is and since when; whose it is where it is not of the person the form is about."""
    if code:
        return words.text("{code}: {thing}, lent on {day}").format(code=code, thing=what, day=formats.day(day))
    return words.text("{thing}, lent on {day}").format(thing=what, day=formats.day(day))


def _receipt(code: str, one: Belongings) -> str:
    told = words.text("Receipt {number}, deposited on {day}")
    receipt = told.format(number=one.receipt_no, day=formats.day(one.deposited_on))
    return words.text("{code}: {what}").format(code=code, what=receipt) if code else receipt


def _still_lent(names: list[str]) -> str:
    text = words.text("Still with this person: {things}. Tick what comes back today.")
    return text.format(things="; ".join(names))


def _still_here(receipts: list[str]) -> str:
    told = words.text("Still deposited here: {receipts}. Tick what goes back today.")
    return told.format(receipts=", ".join(receipts))


@dataclass(frozen=True, slots=True)
class Owed:
    """What may go back today. text: of its tick; name: of what stays; number: of its tick in a draft."""

    stay: StayId
    key: int
    number: str
    text: str
    name: str


class TicksBack(QWidget):
    """At the exit: a tick for each thing that goes back today, what is not ticked is named. Hidden where nothing is."""

    def __init__(self, owed: Iterable[Owed], title: str, kept: Callable[[list[str]], str], spacing: int) -> None:
        """kept: says what stays where it is. spacing: in pixels."""
        super().__init__()
        self.ticks = [(one, QCheckBox(one.text), one.stay) for one in owed]
        self.kept = Alert("", "attention")
        self._say = kept
        heading = Label(title, size="small", bold=True, ink="ink2")
        in_column(heading, *(tick for _, tick, _ in self.ticks), self.kept, within=self, spacing=spacing)
        for _, tick, _ in self.ticks:
            tick.toggled.connect(self.show_kept)
        self.hide()  # shown once it has a place
        self.show_kept()

    def show_for(self, leaving: Collection[StayId]) -> None:
        """Those of who leaves."""
        for _, tick, stay in self.ticks:
            tick.setVisible(stay in leaving)
        self.setVisible(any(stay in leaving for _, _, stay in self.ticks))
        self.show_kept()

    def back(self, of: StayId) -> list[int]:
        """What goes back of that stay, by id."""
        return [one.key for one, tick, stay in self.ticks if stay == of and tick.isChecked()]

    @Slot()
    def show_kept(self) -> None:
        """Name what stays where it is."""
        kept = [one.name for one, tick, _ in self.ticks if not (tick.isHidden() or tick.isChecked())]
        self.kept.setVisible(bool(kept))
        self.kept.sentence.setText(self._say(kept))


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
        self.end = ChoiceField(_named(code, item(loan), loan.move.happened_on), ends, required=True)
        self.why = LineField(words.text("Why, without a name"), required=True, open_words=True)
        self.setLayout(row_of((self.end, 320), (self.why, 380)))
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
        told = words.text("Lent by the store: say what becomes of it")
        in_column(Label(told, size="small", bold=True, ink="ink2"), *self.rows, within=self, spacing=tokens.SPACE)
        for one in self.rows:
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


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who may leave. code: of the person, "" for the one the form is about."""

    stay: StayId
    person: PersonId
    code: str = ""


class GivenBack(QWidget):
    """Things of the equipment, loans of the store and deposits; nothing is shown of who has none.

    unsaid: only the loans of which nobody said yet what becomes of them.
    """

    def __init__(self, desk: Desk, leaving: Sequence[Leaver], *, unsaid: bool = False) -> None:
        super().__init__()
        self.things = TicksBack(
            (
                Owed(who.stay, one.asset.id, one.asset.tag_no, _named(who.code, thing(one), one.since), thing(one))
                for who in leaving
                for one in things(desk, who.stay)
            ),
            words.text("Lent by the shelter, brought back today"),
            _still_lent,
            tokens.SPACE_HALF,
        )
        loans = [(who.stay, who.code, one) for who in leaving for one in of_store(desk, who.stay)]
        self.lent = StoreBack(loan for loan in loans if not (unsaid and loan[2].note))
        self.deposits = TicksBack(
            (
                Owed(who.stay, one.id, one.receipt_no, _receipt(who.code, one), one.receipt_no)
                for who in leaving
                for one in still_deposited(desk, who.person)
            ),
            words.text("Handed back at the exit"),
            _still_here,
            tokens.SPACE_PANEL,
        )
        self.fields: dict[str, Field] = self.lent.fields
        self.drafted: dict[str, QWidget] = {
            **{f"back/{one.number}": tick for one, tick, _ in self.things.ticks},
            **self.lent.drafted,
            **{f"returned/{one.number}": tick for one, tick, _ in self.deposits.ticks},
        }
        in_column(self.things, self.lent, self.deposits, within=self, spacing=tokens.SPACE_PANEL)
        watch_inside(desk, self)

    def show_for(self, leaving: Collection[StayId]) -> None:
        """Those of who leaves."""
        for one in (self.things, self.lent, self.deposits):
            one.show_for(leaving)
        self.setVisible(not all(one.isHidden() for one in (self.things, self.lent, self.deposits)))

    def refresh(self) -> None:
        """Show what hangs on the answers."""
        for one in self.lent.rows:
            one.show_why()

    def added_to(self, said: ExitRecord) -> ExitRecord:
        """What is told of an exit, with what is answered here of that stay. Raises Missing."""
        stay = said.exit.stay
        deposited = [tick.isChecked() for _, tick, of in self.deposits.ticks if of == stay]
        told = replace(said.exit, valuables_returned=all(deposited)) if deposited else said.exit
        return replace(
            said,
            exit=told,
            returned=tuple(map(BelongingsId, self.deposits.back(stay))),
            brought_back=tuple(map(AssetId, self.things.back(stay))),
            loans=self.lent.ends(stay),
        )

    def of(
        self, leaving: Collection[StayId], added: Callable[[ExitRecord], ExitRecord] = lambda said: said
    ) -> dict[StayId, ExitRecord]:
        """What is told of each of them, where it is anything. added: what is told elsewhere. Raises Missing."""
        nothing = {stay: ExitRecord(nothing_said(stay)) for stay in leaving}
        told = {stay: self.added_to(added(nothing[stay])) for stay in leaving}
        return {stay: said for stay, said in told.items() if said != nothing[stay]}

    def says(self, error: RuleBroken) -> bool:
        """Say it beside the loan without an answer, where it is about one."""
        if not isinstance(error, Missing) or error.field not in (END, REASON):
            return False
        asked = (one.lacking() for one in self.lent.rows if not one.isHidden())
        lacks = next((field for field in asked if field is not None), None)
        if lacks is None:
            return False
        lacks.set_error(sentence(error))
        lacks.setFocus()
        return True
