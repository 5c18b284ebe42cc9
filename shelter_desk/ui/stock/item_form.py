"""An article of the catalogue: its one unit, the packs it comes in, what makes it low.

The packs that an item comes in: carton of 24, bag of 50; as many as there are.
"""

import json
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import BadNumber, RuleBroken
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.stock.items import Item, Pack
from shelter_desk.domain.stock.refusals import ItemMoved
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.stock import stock_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, lists
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.layouts import in_column


class PackLine(QWidget):
    """One pack and what it holds; without a unit it is none."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.unit = ChoiceField(words.text("Also comes as"), [("", words.text("no pack")), *code_lists.of("unit")], "")
        self.content = LineField(words.text("Content of one pack"))
        row = Flow(line_gap=tokens.SPACE_HALF)
        for field, width in ((self.unit, 190), (self.content, 200)):
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.setLayout(row)
        self.unit.chosen.connect(self.changed)
        self.content.changed.connect(self.changed)

    def pack(self) -> Pack | None:
        """What was typed. Raises BadNumber for a content that is none."""
        unit = self.unit.value()
        if not unit:
            return None
        factor = amounts.typed(self.content.text())
        if not factor:
            raise BadNumber("pack_factor", self.content.text())
        return Pack(unit, factor)


class PacksField(QWidget):
    """A line for each pack, and a button for another one."""

    changed = Signal()

    def __init__(self, packs: Sequence[Pack]) -> None:
        super().__init__()
        self.lines: list[PackLine] = []
        self.more_button = Button(words.text("Another pack"), "plain", "plus", on_click=self._another)
        self._column = QVBoxLayout()
        self._column.setSpacing(tokens.SPACE_HALF)
        whole = in_column(self._column, within=self, spacing=tokens.SPACE_HALF)
        whole.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._show([(pack.unit, amounts.bare(pack.factor)) for pack in packs])

    def _show(self, kept: Sequence[tuple[str, str]]) -> None:
        while len(self.lines) < max(1, len(kept)):
            self._add()
        for at, line in enumerate(self.lines):
            unit, content = kept[at] if at < len(kept) else ("", "")
            line.unit.choose(unit)
            line.content.set_text(content)

    def _add(self) -> PackLine:
        line = PackLine()
        line.changed.connect(self.changed)
        self.lines.append(line)
        self._column.addWidget(line)
        return line

    @Slot()
    def _another(self) -> None:
        self._add().unit.setFocus(Qt.FocusReason.OtherFocusReason)

    def packs(self) -> tuple[Pack, ...]:
        """Those typed. Raises BadNumber, said beside the content, also for a pack that stands there twice."""
        found: dict[str, Pack] = {}
        for line in self.lines:
            line.content.clear()
            try:
                pack = line.pack()
            except BadNumber:
                line.content.set_error(words.text("Write how much one pack holds."))
                raise
            if pack is not None and pack.unit in found:
                line.content.set_error(words.text("This pack stands here twice."))
                raise BadNumber("pack_factor", line.content.text())
            if pack is not None:
                found[pack.unit] = pack
        return tuple(found.values())

    def draft_value(self) -> Value:
        """What is typed, line by line."""
        return [json.dumps([line.unit.value() or "", line.content.text()]) for line in self.lines]

    def put_draft(self, value: Value) -> None:
        """Show it again."""
        self._show([tuple(json.loads(one)) for one in value] if isinstance(value, list) else [])


class ItemForm(ActForm):
    """One item. item: the one to change, None for a new one."""

    def __init__(self, desk: Desk, item: Item | None) -> None:
        super().__init__(
            desk, words.text("New item") if item is None else item.designation, words.text("Save"), "check"
        )
        one = item or Item(ItemId(0), "", "", "", "")
        self._item = one
        self.code = LineField(words.text("Item code"), required=True, key="item_code", text=one.code)
        self.name = LineField(words.text("Name"), required=True, key="designation", text=one.designation)
        self.category = CodeField(words.text("Category"), "stock_category", one.category or None, required=True)
        self.unit = CodeField(words.text("Unit"), "unit", one.unit or None, required=True)
        self.least = LineField(words.text("Alert level"), key="min_level")
        self.most = LineField(words.text("Maximum"), key="max_level")
        self.lead = NumberField(words.text("Delivery time"), unit=words.text("days"), key="lead_time_days")
        self.norm = LineField(words.text("Need of a person for thirty nights"), key="norm")
        self.service = lists.service_given(one.service_type)
        self.packs = PacksField(one.packs)
        self.expires = QCheckBox(words.text("It expires: lot and date are asked for"))
        self.restricted = QCheckBox(words.text("Restricted: medicines, fuel; each slip is approved"))
        self.lendable = QCheckBox(words.text("It is lent and comes back"))
        self.active = QCheckBox(words.text("Still kept in stock"))
        self._show(one)
        self.row((self.code, 120), (self.name, 320), (self.category, 220), (self.unit, 180))
        self.add(self.packs)
        self.row((self.least, 120), (self.most, 120), (self.lead, 140))
        self.row((self.service, 320), (self.norm, 240))
        self.explain(words.text("What was counted in packs before keeps the content that a pack had then."))
        self.add(self.expires, self.lendable, self.restricted, self.active)
        self.first = self.code

    def _show(self, one: Item) -> None:
        for field, amount in ((self.least, one.min_level), (self.most, one.max_level), (self.norm, one.norm)):
            field.set_text("" if amount is None else amounts.bare(amount))
        self.lead.set_number(one.lead_time_days)
        for box, on in (
            (self.expires, one.has_expiry),
            (self.restricted, one.restricted),
            (self.lendable, one.lendable),
            (self.active, one.is_active),
        ):
            box.setChecked(on)

    def act(self) -> Told:
        item = Item(
            self._item.id,
            self.code.text(),
            self.name.text(),
            self.category.code(),
            self.unit.code(),
            _amount(self.least, "min_level"),
            _amount(self.most, "max_level"),
            self.lead.number(),
            self.expires.isChecked(),
            self.restricted.isChecked(),
            self.lendable.isChecked(),
            self.service.code(),
            _amount(self.norm, "norm"),
            self.active.isChecked(),
            self.packs.packs(),
        )
        stock_catalogue.keep_item(self.desk, item)
        return Told("ok", words.text("{item} is saved.").format(item=item.designation))

    def refuse(self, error: RuleBroken) -> None:
        """A pack has said itself what is wrong with it."""
        if not (isinstance(error, BadNumber) and error.field == "pack_factor"):
            super().refuse(error)

    def field_of(self, error: RuleBroken) -> Field | None:
        """What does not change any more is said beside it."""
        return self.fields.get(error.field) if isinstance(error, ItemMoved) else super().field_of(error)


def _amount(field: LineField, column: str) -> int | None:
    """Thousandths, None where nothing is typed. Raises BadNumber."""
    if not field.text():
        return None
    return amounts.read(field.text(), column)
