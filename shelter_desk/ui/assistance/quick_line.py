"""One line in three strokes: a bed or a code, a service, Enter."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.services.service_catalogue import Kind
from shelter_desk.operations.services.service_log import Line
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.assistance.kind_line import KindLine
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
from shelter_desk.ui.locking.clipboard import may_hold_a_name
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import ElidedLabel


class QuickLine(QWidget):
    """Enter in the first field goes to the second, Enter in the second writes the line; below stands who is meant."""

    wanted = Signal(object, object, float)  # Line, Kind, quantity

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._day = desk, desk.today()
        self.line: Line | None = None
        self.person = LineField(words.text("Bed or code"), placeholder=words.text("1A, or 7K3-QMX-E"))
        may_hold_a_name(self.person.line)
        self.person.setFixedWidth(tokens.wide(170))
        self.kind = KindLine(words.text("First letters of the service"))
        self.kind_field = Field(words.text("Service"), self.kind)
        self.kind_field.setMinimumWidth(tokens.wide(210))
        self.quantity = NumberField(words.text("Quantity"), 1, 9999)
        self.quantity.setFixedWidth(tokens.wide(76))
        self.quantity.set_number(1)
        self.button = Button(words.text("Write the line"), "primary", "check")
        self.told = ElidedLabel(size="small", ink="ink2")
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE)
        for widget, stretch in ((self.person, 0), (self.kind_field, 1), (self.quantity, 0), (self.button, 0)):
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignBottom)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(row)
        whole.addWidget(self.told)
        self.person.changed.connect(self._look_for)
        self.person.line.returnPressed.connect(self._to_kind)
        self.kind.entered.connect(self._entered)
        self.quantity.line.returnPressed.connect(self.go)
        self.button.clicked.connect(self.go)
        self._say()

    def show_day(self, day: date) -> None:
        """Beds are those of that day."""
        self._day = day
        self._look_for(self.person.text())

    def clear(self) -> None:
        """Ready for the next line."""
        self.person.set_text("")
        self.kind.clear()
        self.kind.close_list()
        self.quantity.set_number(1)

    @Slot(str)
    def _look_for(self, typed: str) -> None:
        found = assistance.found(self._desk, typed, self._day)
        exact = [one for one in found if one.bed_code.casefold() == typed.strip().casefold()]
        meant = exact or (found if len(found) == 1 else ())
        self.line = next(iter(meant), None)
        self._say(len(found))

    def _say(self, many: int = 0) -> None:
        typed, line = self.person.text(), self.line
        if line is not None:
            who = choices.about(line, self._day)
            told = words.text("{code} · {who}").format(code=line.person.code, who=who)
        elif many > 1:
            told = words.count("{n} person found: type more.", "{n} persons found: type more.", many)
        elif typed:
            told = words.text("Nobody has this bed or code.")
        else:
            told = words.text("Bed or code, Enter, first letters of the service, Enter.")
        self.told.setText(told)
        self.told.set_ink("blocked" if typed and line is None and many == 0 else "ink2")

    @Slot()
    def _to_kind(self) -> None:
        if self.line is not None:
            self.kind.setFocus(Qt.FocusReason.TabFocusReason)
            self.kind.selectAll()

    @Slot(object)
    def _entered(self, _kind: Kind) -> None:
        self.go()

    @Slot()
    def go(self) -> None:
        """Ask for the line, or go where something is missing."""
        kind, quantity = self.kind.kind(), self.quantity.number()
        if self.line is None:
            self.person.setFocus(Qt.FocusReason.OtherFocusReason)
        elif kind is None:
            self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        elif quantity is None:
            self.quantity.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.wanted.emit(self.line, kind, float(quantity))
