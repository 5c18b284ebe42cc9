"""What leaves the store with a service that stands for it: chosen beside the line, or asked of the store."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import DONE
from shelter_desk.domain.errors import BadNumber
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.items import THOUSAND, units
from shelter_desk.operations.assistance import service_from_stock
from shelter_desk.operations.assistance.service_from_stock import Thing
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats
from shelter_desk.words.reports import stock_names

NOTHING = ""
LIKELY = ("prevu", DONE)


class StoreLink(QWidget):
    """The kits and items that stand for the service chosen; not there where the store has none of them."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._things, self._kind = desk, dict[str, Thing](), ""
        self._is_ours, self._status = True, str(DONE)
        self.thing = ChoiceField(words.text("From the store"), [])
        self.thing.setFixedWidth(tokens.wide(380))
        self.amount = LineField(words.text("Quantity from the store"))
        self.amount.setFixedWidth(tokens.wide(150))
        self.hint = Label("", size="small", ink="ink2", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_2)
        row.addWidget(self.thing)
        row.addWidget(self.amount)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_HALF)
        whole.addLayout(row)
        whole.addWidget(self.hint)
        self.thing.chosen.connect(self._thing_chosen)
        self.hide()

    def show_kind(self, service_type: str) -> None:
        """Offer what stands for that service; the first one that the store has is chosen."""
        if service_type == self._kind:
            return
        self._kind = service_type
        found = service_from_stock.things(self._desk, service_type) if service_type else ()
        self._things = {one.key: one for one in found}
        self.thing.set_choices([*((one.key, _said(one)) for one in found), (NOTHING, words.text("Nothing of it"))])
        there = [one.key for one in found if one.in_store >= THOUSAND]
        self.thing.choose(next(iter(there or self._things), NOTHING))
        self.amount.set_text("1")
        self._show()

    def show_line(self, is_ours: bool, status: str) -> None:
        """Nothing leaves the store for what a partner gives, or for what was not given."""
        self._is_ours, self._status = is_ours, status
        self._show()

    def chosen_thing(self) -> Thing | None:
        """What leaves the store, None for nothing."""
        return None if self.isHidden() else self._things.get(self.thing.value() or NOTHING)

    def chosen_amount(self) -> int:
        """In thousandths. Raises BadNumber."""
        try:
            return round(float(self.amount.text().replace(",", ".")) * THOUSAND)
        except (ValueError, OverflowError):
            raise BadNumber("quantity_out", self.amount.text()) from None

    @property
    def is_issued(self) -> bool:
        """True where a slip is written at once, not a request."""
        return self._status == DONE and self._desk.may(Permission.STOCK_EDIT)

    @Slot(str)
    def _thing_chosen(self, _key: str) -> None:
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._things) and self._is_ours and self._status in LIKELY)
        one = self._things.get(self.thing.value() or NOTHING)
        self.amount.setVisible(one is not None)
        self.hint.setText(self._hint(one))
        self.changed.emit()

    def _hint(self, one: Thing | None) -> str:
        if one is None:
            return words.text("Nothing leaves the store: it came from elsewhere, or its slip is written already.")
        if self.is_issued:
            return words.text("The slip of the store is written with the line.")
        if self._status == DONE:
            return words.text("The store is asked for the slip, of the day of this line.")
        return words.text("The store is asked for it; the line counts once the store issues it.")


def _said(one: Thing) -> str:
    """`Kit d'hygiène · 12 en stock`."""
    left = formats.number(units(one.in_store), 0 if one.in_store % THOUSAND == 0 else 1)
    unit = stock_names.unit(one.unit, one.in_store) if one.unit else ""
    return words.text("{name} · {left} in store").format(name=one.name, left=f"{left} {unit}".strip())
