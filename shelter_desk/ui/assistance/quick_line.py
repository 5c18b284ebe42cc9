"""One line in three strokes: a bed or a code, a service by its first letters, Enter."""

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.services.service_catalogue import ServiceKind
from shelter_desk.operations.services.service_log import ServiceLine
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.forms import away_warning
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
from shelter_desk.ui.locking.clipboard import may_hold_a_name
from shelter_desk.ui.page import Page
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import ElidedLabel
from shelter_desk.ui.widgets.layouts import in_column, in_row

MOST = 10
_NOT = 9  # the rank of what is not meant
_WORD = re.compile(r"[^\W_]+")


def meant(kinds: Sequence[ServiceKind], typed: str) -> list[ServiceKind]:
    """The kinds that a text may mean, nearest first; all in order of the list where nothing is typed."""
    parts = [codes.folded(part) for part in _WORD.findall(typed)]
    if not parts:
        return list(kinds)
    ranked = [(_rank(kind, parts, codes.folded(typed)), place) for place, kind in enumerate(kinds)]
    return [kinds[place] for rank, place in sorted(ranked) if rank < _NOT]


def _rank(kind: ServiceKind, parts: Sequence[str], whole: str) -> int:
    label = kind.label(words.language())
    names = [codes.folded(word) for word in _WORD.findall(label)]
    if whole == codes.folded(label) or whole == codes.folded(kind.code):
        return 0
    if codes.folded(label).startswith(whole):
        return 1
    if all(any(name.startswith(part) for name in names) for part in parts):
        return 2
    above = codes.folded(words.label("service_type", kind.parent)) if kind.parent else ""
    if above.startswith(whole):
        return 3
    return 4 if len(whole) > 2 and whole in codes.folded(label) else _NOT


class KindLine(QLineEdit):
    """Arrows go through the list, Enter takes, Escape closes it; a click only writes the name."""

    entered = Signal(object)  # Kind, by Enter
    picked = Signal(object)  # Kind, by a click

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: list[ServiceKind] = []
        self._found: list[ServiceKind] = []
        self.setPlaceholderText(placeholder)
        self.list = QListWidget(self)
        self.list.setProperty("role", "popup")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.hide()
        self.list.itemClicked.connect(self._clicked)
        self.textEdited.connect(self._typed)

    def set_kinds(self, kinds: Sequence[ServiceKind]) -> None:
        """What can be found."""
        self._kinds = list(kinds)

    def kind(self) -> ServiceKind | None:
        """What is meant now: the row chosen in the list, else the nearest to what is typed."""
        if not self.text().strip():
            return None
        if not self.list.isHidden() and 0 <= self.list.currentRow() < len(self._found):
            return self._found[self.list.currentRow()]
        return next(iter(meant(self._kinds, self.text())), None)

    def take_letter(self, letter: str) -> None:
        """Begin with a letter that was typed elsewhere."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setText(letter)
        self._typed(letter)

    @Slot(str)
    def _typed(self, typed: str) -> None:
        self._show(meant(self._kinds, typed) if typed.strip() else [])

    def _show(self, found: Sequence[ServiceKind]) -> None:
        self._found = list(found)
        self.list.clear()
        if not found:
            self.list.hide()
            return
        for kind in found:
            self.list.addItem(QListWidgetItem(kind.label(words.language())))
        self.list.setCurrentRow(0)
        self._place()
        self.list.show()
        self.list.raise_()

    def _place(self) -> None:
        around: QWidget | None = self
        while around is not None and not isinstance(around, Page) and around.parentWidget() is not None:
            around = around.parentWidget()
        if around is None:
            return
        if self.list.parentWidget() is not around:
            self.list.setParent(around)
        row = max(self.list.sizeHintForRow(0), tokens.high(24))
        longest = max(tokens.metrics().horizontalAdvance(kind.label(words.language())) for kind in self._found)
        wide = min(max(self.width(), longest + 40), around.width() - 16)
        high = row * min(len(self._found), MOST) + 6
        place = self.mapTo(around, QPoint(0, self.height() + 2))
        place.setX(max(8, min(place.x(), around.width() - wide - 8)))
        self.list.setGeometry(place.x(), place.y(), wide, min(high, max(row, around.height() - place.y() - 8)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, step = event.key(), {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            kind = self.kind()
            if kind is not None:
                self._write(kind)
                self.entered.emit(kind)
        elif key == Qt.Key.Key_Escape and not self.list.isHidden():
            self.list.hide()
        elif key in step and self.list.isHidden():
            self._show(meant(self._kinds, self.text()))
        elif key in step:
            self.list.setCurrentRow((self.list.currentRow() + step[Qt.Key(key)]) % self.list.count())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._show(meant(self._kinds, self.text()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        kind = self.kind()
        if kind is not None and not self.list.isHidden():
            self._write(kind)
        self.list.hide()

    def _write(self, kind: ServiceKind) -> None:
        self.setText(kind.label(words.language()))
        self.list.hide()

    @Slot(QListWidgetItem)
    def _clicked(self, item: QListWidgetItem) -> None:
        kind = self._found[self.list.row(item)]
        self._write(kind)
        self.picked.emit(kind)


class QuickLine(QWidget):
    """Enter in the first field goes to the second, Enter in the second writes the line; below stands who is meant."""

    wanted = Signal(object, object, float)  # Line, Kind, quantity

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._day = desk, desk.today()
        self._lines: Sequence[ServiceLine] = ()
        self.line: ServiceLine | None = None
        self.person = LineField(words.text("Bed or code"), placeholder=words.text("1A, or 7K3-QMX-E"))
        may_hold_a_name(self.person.line)
        self.person.setFixedWidth(tokens.wide(170))
        self.kind = KindLine(words.text("First letters of the service"))
        self.kind_field = Field(words.text("Service"), self.kind)
        self.kind_field.setMinimumWidth(tokens.wide(210))
        self.quantity = NumberField(words.text("Quantity"), 1, 9999)
        self.quantity.setFixedWidth(tokens.wide(76))
        self.quantity.set_number(1)
        self.button = Button(words.text("Write the line"), "primary", "check", on_click=self.go)
        self.told = ElidedLabel(size="small", ink="ink2")
        low = Qt.AlignmentFlag.AlignBottom
        fields = (self.person, 0, low), (self.kind_field, 1, low), (self.quantity, 0, low), (self.button, 0, low)
        in_column(in_row(*fields, spacing=tokens.SPACE), self.told, within=self, spacing=2)
        self.person.changed.connect(self._look_for)
        self.person.line.returnPressed.connect(self._to_kind)
        self.kind.entered.connect(self.go)
        self.quantity.line.returnPressed.connect(self.go)
        self._say()

    def show_sheet(self, day: date, lines: Sequence[ServiceLine]) -> None:
        """Beds are those of that day. lines: its sheet."""
        self._day, self._lines = day, lines
        self._look_for(self.person.text())

    def clear(self) -> None:
        """Ready for the next line."""
        self.person.set_text("")
        self.kind.clear()
        self.kind.list.hide()
        self.quantity.set_number(1)

    @Slot(str)
    def _look_for(self, typed: str) -> None:
        found = assistance.found(self._desk, typed, self._lines)
        self.line = choices.meant(found, typed)
        self._say(len(found))

    def _say(self, many: int = 0) -> None:
        typed, line = self.person.text(), self.line
        away = "" if line is None else away_warning.of_stay(self._desk, line.stay.id, self._day)
        if line is not None:
            who = choices.about(line, self._day)
            told = words.text("{code} · {who}").format(code=line.person.code, who=away or who)
        elif many > 1:
            told = words.count("{n} person found: type more.", "{n} persons found: type more.", many)
        elif typed:
            told = words.text("Nobody has this bed or code.")
        else:
            told = words.text("Bed or code, Enter, first letters of the service, Enter.")
        self.told.setText(told)
        nobody = typed and line is None and many == 0
        self.told.set_ink("blocked" if nobody else "attention" if away else "ink2")

    @Slot()
    def _to_kind(self) -> None:
        if self.line is not None:
            self.kind.setFocus(Qt.FocusReason.TabFocusReason)
            self.kind.selectAll()

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
