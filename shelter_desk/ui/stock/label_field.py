"""The line into which a reader types a label, which it ends with Enter; and the labels themselves."""

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.stock import items
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.moves import NO_LOT, Lot
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_catalogue
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.stock import amounts
from shelter_desk.ui.widgets.print import bar_labels
from shelter_desk.ui.widgets.print.bar_labels import BarLabel
from shelter_desk.words.refusals.errors import sentence


class LabelField(LineField):
    """What is read goes out of the line again; what no item is called stays, with a sentence below."""

    read = Signal(object)  # stock_catalogue.LabelRead

    def __init__(self, desk: Desk) -> None:
        super().__init__(words.text("Label, read or typed"), placeholder=words.text("item code"))
        self._desk = desk
        self.line.returnPressed.connect(self._take)

    @Slot()
    def _take(self) -> None:
        if not self.text():
            return
        try:
            found = stock_catalogue.read_label(self._desk, self.text())
        except ShelterDeskError as error:
            self.set_error(sentence(error))
            self.line.selectAll()
            return
        self.clear()
        self.set_text("")
        self.read.emit(found)


def print_labels(parent: QWidget, desk: Desk, keys: Collection[ItemId]) -> str:
    """Labels of these items, lot by lot; what was done in a sentence. Raises DiskFull, ReadOnly."""
    made = [label(item, lot, desk.is_training) for item, lot in stock_catalogue.labels(desk, keys)]
    return bar_labels.print_labels(parent, made)


def label(item: Item, lot: Lot, training: bool) -> BarLabel:
    """What it is, the code as it is read or typed, and what the code does not say of the lot."""
    read = items.label_code(item.code, lot.lot_no)
    rest = lot if read == item.code else replace(lot, lot_no="")
    told = amounts.lot(rest) if lot.lot_no and rest != NO_LOT else words.label("unit", item.unit)
    return BarLabel(read, item.designation, read, words.text("TRAINING") if training else told)
