"""At the exit, what the shelter keeps of those who leave: each deposit goes back today, or is named."""

from collections.abc import Collection, Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import BelongingsId, PersonId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.exits import Belongings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import exits
from shelter_desk.ui.forms.case_form import column
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats


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
        whole = column(self)
        whole.addWidget(Label(words.text("Handed back at the exit"), size="small", bold=True, ink="ink2"))
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
