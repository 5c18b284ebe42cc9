"""Lines of a voucher: an item, how much of it in which unit, and from which lot."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.stock.items import THOUSAND, Item
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.stock import stock_counts
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import Choice, ChoiceBox
from shelter_desk.ui.stock import amounts, lists
from shelter_desk.ui.tabbed_page import focus
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.label import Ink, Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import formats

FIRST_EXPIRED = "first"


class LotBox(ChoiceBox):
    """Lots there are, the one that expires first on top. What was chosen by hand stays, in a draft too.

    wide: 0 for its own width. proposes: the store may choose the lots itself, and does unless a person did.
    """

    def __init__(self, wide: int = 0, *, proposes: bool) -> None:
        self._first: list[Choice] = [(FIRST_EXPIRED, words.text("expires first"))] if proposes else []
        super().__init__(self._first, FIRST_EXPIRED if proposes else None)
        self.setAccessibleName(words.text("Lot"))
        self.view().setMinimumWidth(tokens.wide(460))  # number, day, donor and grant are read whole
        if wide:
            self.setFixedWidth(tokens.wide(wide))
        self.known: dict[str, tuple[Lot, int]] = {}
        self._item: ItemId | None = None
        self._of_draft: list[str] = []

    def offer(self, item: Item, lots: Sequence[tuple[Lot, int]]) -> bool:
        """These lots, with how much there is of each; True for another item, of which nothing of before is kept."""
        is_other, self._item = item.id != self._item, item.id
        if not is_other and tuple(self.known.values()) == tuple(lots):
            return False
        kept = self._of_draft or ([] if is_other else self.said())
        self.known = {str(at): one for at, one in enumerate(lots)}
        text = words.text("{lot}: {n}")
        told = [(at, text.format(lot=amounts.lot(lot), n=amounts.bare(n))) for at, (lot, n) in self.known.items()]
        self.set_choices([*self._first, *told])
        self._choose(kept)
        return is_other

    def lot(self) -> Lot | None:
        """The lot chosen by hand."""
        found = self.known.get(self.value() or "")
        return None if found is None else found[0]

    def choose_lot(self, lot: Lot) -> None:
        """That lot, where it is one of them."""
        self._choose(_said(lot))

    def choose_number(self, lot_no: str) -> None:
        """The lot of that number that expires first, where it is one of them."""
        found = next((lot for lot, _ in self.known.values() if lot.lot_no.casefold() == lot_no.casefold()), None)
        if found is not None:
            self.choose_lot(found)
            self.chosen.emit(self.value() or "")

    def said(self) -> list[str]:
        """The lot chosen by hand as a draft keeps it; nothing where the store chooses."""
        lot = self.lot()
        return [] if lot is None else _said(lot)

    def put(self, said: Value) -> None:
        """Choose the lot of a draft, as soon as it is among those there are."""
        self._of_draft = list(said)
        self._choose(self._of_draft)

    def _choose(self, said: list[str]) -> None:
        place = next((at for at, (lot, _) in self.known.items() if _said(lot) == said), None)
        if place is not None:
            self._of_draft = []
        self.choose(place or (FIRST_EXPIRED if self._first else "0" if self.known else None))


def _said(lot: Lot) -> list[str]:
    return [lot.lot_no, "" if lot.expiry_on is None else lot.expiry_on.isoformat(), lot.donor, lot.grant]


def since_count(desk: Desk, item: Item, day: date, *, goes: bool) -> str:
    """The warning that the counters found a movement of that day done already, "" where nobody counted since."""
    counted = stock_counts.last_day(desk, item.id)
    if counted is None or day >= counted:
        return ""
    if goes:
        text = words.text("Counted on {day}: what had gone by then was seen. This would take it off a second time.")
    else:
        text = words.text("Counted on {day}: what had come by then was seen. This would add it a second time.")
    return text.format(day=formats.day(counted))


Chosen = str  # the number of an item, or `kit:` and a code
Beside = QLineEdit | QCheckBox | LotBox  # what stands at the right and belongs into a draft
Heads = tuple[tuple[str, int], ...]  # what stands above the fields at the right, and how wide each is
_QUANTITY, _UNIT = 90, 150


@dataclass(frozen=True, slots=True)
class Typed:
    """One line as it was typed. amount: in thousandths of the unit of the item; pack: how it was counted."""

    chosen: Chosen
    amount: int
    pack: str = ""
    pack_factor: int | None = None


class ItemLine(QWidget):
    """Item, quantity, unit; what a form adds stands at the right, and a sentence below."""

    changed = Signal()
    gone = Signal()
    entered = Signal()

    def __init__(self, choices: Iterable[Choice], items: Mapping[str, Item], extra: QWidget | None = None) -> None:
        super().__init__()
        self._items, self.extra = items, extra
        self.item = ChoiceBox(list(choices))
        self.item.setAccessibleName(words.text("Item"))
        self.item.setMinimumWidth(tokens.wide(240))
        self.quantity = QLineEdit()
        self.quantity.setAccessibleName(words.text("Quantity"))
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.quantity.setFixedWidth(tokens.wide(_QUANTITY))
        self.unit = ChoiceBox([])
        self.unit.setAccessibleName(words.text("Unit"))
        self.unit.setFixedWidth(tokens.wide(_UNIT))
        self.remove = IconButton("minus", words.text("Take this line out"), bare=True, on_click=self.gone)
        self.below = Label(size="small", ink="ink2", wrap=True)
        self.below.hide()
        extras, large = [] if extra is None else [extra], tokens.is_large()  # then there is no room at the right
        beside = [] if large else extras
        row = in_row((self.item, 1), self.quantity, self.unit, *beside, self.remove, spacing=tokens.SPACE)
        in_column(row, *(extras if large else []), self.below, within=self, spacing=tokens.SPACE_HALF)
        self.item.chosen.connect(self._chosen)
        self.quantity.textChanged.connect(self.changed)
        self.unit.chosen.connect(self.changed)
        self.quantity.installEventFilter(self)
        for _, one in self._beside():
            _typing(one).connect(self.changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.quantity and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self.entered.emit()
                return True
        return super().eventFilter(watched, event)

    @property
    def known(self) -> Item | None:
        """The item chosen, None for none or a kit."""
        return self._items.get(self.item.value() or "")

    def choose(self, chosen: Chosen) -> None:
        """Choose it as a person does."""
        self.item.choose(chosen)
        self._chosen(chosen)

    @Slot(str)
    def _chosen(self, code: str) -> None:
        item, is_kit = self.known, code.startswith(lists.KIT)
        kit = [("", words.label("unit", "kit"))] if is_kit else []
        self.unit.set_choices(lists.units(item) if item is not None else kit)
        self.unit.choose("" if item is not None or is_kit else None)
        self.unit.setEnabled(item is not None)
        if self.extra is not None:
            self.extra.setEnabled(not is_kit)
        self.changed.emit()

    def draft(self) -> str:
        """What is typed into the line, and the lot that was chosen by hand."""
        beside = {name: typed for name, one in self._beside() if (typed := _typed_into(one))}
        return json.dumps([self.item.value() or "", self.quantity.text(), self.unit.value() or "", beside])

    def put(self, draft: str) -> None:
        """Show what was typed."""
        chosen, quantity, unit, beside = json.loads(draft)
        if chosen:
            self.choose(chosen)
        self.quantity.setText(quantity)
        self.unit.choose(unit)
        for name, one in self._beside():
            if isinstance(one, QLineEdit):
                one.setText(beside.get(name, ""))
            elif isinstance(one, LotBox):
                one.put(beside.get(name, []))
            else:
                one.setChecked(bool(beside.get(name)))

    def _beside(self) -> list[tuple[str, Beside]]:
        if isinstance(self.extra, LotBox):
            return [("lot", self.extra)]
        found = vars(self.extra).items() if self.extra is not None else ()
        return [(name, one) for name, one in found if isinstance(one, Beside)]

    def say(self, text: str, ink: Ink = "ink2") -> None:
        """A sentence below the line, none where it is empty."""
        self.below.setText(text)
        self.below.set_ink(ink)
        self.below.setVisible(bool(text))

    def typed(self) -> Typed | None:
        """What was typed, None while the line is empty. Raises Missing where the item or a number lacks."""
        chosen, written = self.item.value(), self.quantity.text().strip()
        if not chosen and not written:
            return None
        if not chosen:
            raise Missing("item_code")
        if not written:
            raise Missing("quantity")
        amount = amounts.read(written, "quantity")
        item, pack = self.known, self.unit.value() or ""
        factor = item.factor_of(pack) if item is not None and pack else None
        return Typed(chosen, amount if factor is None else amount * factor // THOUSAND, pack, factor)


def _typing(one: Beside) -> SignalInstance:
    if isinstance(one, QLineEdit):
        return one.textChanged
    return one.chosen if isinstance(one, LotBox) else one.toggled


def _typed_into(one: Beside) -> Value:
    if isinstance(one, QLineEdit):
        return one.text()
    if isinstance(one, LotBox):
        return one.said()
    return "yes" if one.isChecked() else ""


def _heads(line: ItemLine, beside: Heads) -> QWidget:
    """What each field below is; a field that has no room beside the others says it itself."""
    made = QWidget()
    row = in_row(within=made, spacing=tokens.SPACE)
    item = Label(line.item.accessibleName(), size="small", bold=True, ink="ink2")
    item.setMinimumWidth(tokens.wide(240))
    row.addWidget(item, 1)
    for text, width in ((line.quantity.accessibleName(), _QUANTITY), (line.unit.accessibleName(), _UNIT), *beside):
        head = Label(text, size="small", bold=True, ink="ink2")
        head.setFixedWidth(tokens.wide(width))
        row.addWidget(head)
    row.addSpacing(tokens.SPACE + line.remove.sizeHint().width())
    return made


class ItemLines(QWidget):
    """As many lines as are needed: Enter in a quantity begins the next one.

    extra: makes what stands at the right; heads: what is written above it.
    """

    changed = Signal()

    def __init__(
        self,
        choices: list[Choice],
        items: Iterable[Item],
        extra: Callable[[], QWidget] | None = None,
        heads: Heads = (),
    ) -> None:
        super().__init__()
        self._choices, self._items, self._extra = choices, {str(one.id): one for one in items}, extra
        self.lines: list[ItemLine] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(tokens.SPACE)
        self.add_button = Button(words.text("Another line"), icon="plus", shortcut_text=words.text("Enter"))
        self.add_button.clicked.connect(self._another)
        add = self.add_button, 0, Qt.AlignmentFlag.AlignLeft
        whole = in_column(self._column, add, within=self, spacing=tokens.SPACE)
        self.heads = _heads(self.add(), () if tokens.is_large() else heads)
        whole.insertWidget(0, self.heads)

    def add(self) -> ItemLine:
        """One more line at the end."""
        line = ItemLine(self._choices, self._items, self._extra() if self._extra is not None else None)
        line.changed.connect(self.changed)
        line.gone.connect(self._gone)
        line.entered.connect(self._another)
        self.lines.append(line)
        self._column.addWidget(line)
        line.show()
        return line

    @Slot()
    def _another(self) -> None:
        line = next((one for one in self.lines if not one.item.value()), None) or self.add()
        focus(line.item)

    @Slot()
    def _gone(self) -> None:
        line = self.sender()
        if isinstance(line, ItemLine) and len(self.lines) > 1:
            self.lines.remove(line)
            line.hide()
            line.deleteLater()
            focus(self.lines[-1].item)
            self.changed.emit()

    def draft_value(self) -> Value:
        """Every line that holds something."""
        return [one.draft() for one in self.lines if one.item.value() or one.quantity.text()]

    def put_draft(self, value: Value) -> None:
        """Show these lines in place of those there are."""
        kept = value if isinstance(value, list) else []
        for line in self.lines[max(1, len(kept)) :]:
            self.lines.remove(line)
            line.hide()
            line.deleteLater()
        for at, draft in enumerate(kept):
            (self.lines[at] if at < len(self.lines) else self.add()).put(draft)
        self.changed.emit()

    def set_first(self) -> None:
        """The first line that is empty."""
        focus(next((one for one in self.lines if not one.item.value()), self.lines[0]).item)

    def typed(self) -> list[tuple[ItemLine, Typed]]:
        """The lines filled in. Raises Missing."""
        return [(line, one) for line in self.lines if (one := line.typed()) is not None]
