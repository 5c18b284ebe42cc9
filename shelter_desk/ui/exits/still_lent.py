"""What a resident still has of the store and of the equipment: told on the record, asked at the exit."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import AssetId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.items import units
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import lending
from shelter_desk.operations.equipment.lending import Lent
from shelter_desk.operations.stock import stock
from shelter_desk.operations.stock.stock import Loan
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats
from shelter_desk.words.refusals.stock_refusals import quantity
from shelter_desk.words.reports.stock_names import unit


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
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_HALF)
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
