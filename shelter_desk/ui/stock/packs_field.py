"""The packs that an item comes in: carton of 24, bag of 50; as many as there are (F61)."""

import json
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import BadNumber
from shelter_desk.domain.stock.items import Pack
from shelter_desk.operations.drafts import Value
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.stock import amounts, lists
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.flow import Flow


class PackLine(QWidget):
    """One pack and what it holds; without a unit it is none."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.unit = ChoiceField(words.text("Also comes as"), [("", words.text("no pack")), *lists.of("unit")], "")
        self.content = LineField(words.text("Content of one pack"))
        row = Flow(line_gap=tokens.SPACE_HALF)
        for field, width in ((self.unit, 190), (self.content, 200)):
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.setLayout(row)
        self.unit.chosen.connect(self._typed)
        self.content.changed.connect(self._typed)

    @Slot()
    def _typed(self) -> None:
        self.changed.emit()

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
        self.more_button = Button(words.text("Another pack"), "plain", "plus")
        self.more_button.clicked.connect(self._another)
        self._column = QVBoxLayout()
        self._column.setSpacing(tokens.SPACE_HALF)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_HALF)
        whole.addLayout(self._column)
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
