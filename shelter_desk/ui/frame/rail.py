"""The rail: one entry per page, icon and word."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.label import IconLabel
from shelter_desk.ui.widgets.layouts import STRETCH, in_column

_WIDE, _HIGH = 96, 64


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the rail. number: its key, Ctrl and that digit, the same for every role."""

    key: str
    word: str
    icon: str
    number: int
    at_foot: bool = False


class Rail(QFrame):
    """Entries above and at the foot; arrows move between them, Enter or a click opens."""

    chosen = Signal(str)  # key of the entry

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setFixedWidth(tokens.wide(_WIDE))
        self.entries = {entry.key: RailEntry(entry, self) for entry in entries}
        for entry in self.entries.values():
            entry.clicked.connect(self._clicked)
        head = (IconLabel("home", "#FFFFFF", 24), 0, Qt.AlignmentFlag.AlignHCenter)
        above = [entry for entry in self.entries.values() if not entry.entry.at_foot]
        below = [entry for entry in self.entries.values() if entry.entry.at_foot]
        in_column(tokens.SPACE_PANEL, head, tokens.SPACE_PANEL, *above, STRETCH, *below, within=self, spacing=0)

    def show_chosen(self, key: str) -> None:
        """Mark the page that is open."""
        for name, entry in self.entries.items():
            entry.setChecked(name == key)

    @Slot()
    def _clicked(self) -> None:
        entry = self.sender()
        if isinstance(entry, RailEntry):
            self.chosen.emit(entry.entry.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the entry above or below."""
        entries = list(self.entries.values())
        at = next((place for place, entry in enumerate(entries) if entry.hasFocus()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if at is None or step is None:
            super().keyPressEvent(event)
            return
        entries[max(0, min(len(entries) - 1, at + step))].setFocus(Qt.FocusReason.OtherFocusReason)


class RailEntry(QAbstractButton):
    """One entry; painted, since its ring and bar lie inside it."""

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setText(entry.word)
        self.setCheckable(True)
        self.setProperty("ring", "none")
        key = QKeySequence(f"Ctrl+{entry.number}")
        self.setToolTip(key.toString(QKeySequence.SequenceFormat.NativeText))
        self.setAccessibleName(entry.word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def nextCheckState(self) -> None:
        """The rail says which one is open."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens as Space does; arrows are the rail's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(tokens.wide(_WIDE), tokens.high(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.wide(_WIDE), tokens.metrics("small", bold=True).height() + 2 * tokens.SPACE_HALF)

    def has_icon(self) -> bool:
        """Whether there is room for it above the word; the word stays."""
        return self.height() >= tokens.wide(24) + 4 + tokens.metrics("small", bold=True).height()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.fillRect(self.rect(), tokens.color("rail_selected"))
        if chosen:
            painter.fillRect(0, 0, 4, self.height(), tokens.color("#FFFFFF"))
        ink = "#FFFFFF" if chosen else "rail_text"
        side = tokens.wide(24) + 4 if self.has_icon() else 0
        word = tokens.metrics("small", chosen)
        top = (self.height() - side - word.height()) // 2
        if side:
            painter.drawPixmap((self.width() - side + 4) // 2, top, icons.pixmap(self.entry.icon, ink, 24))
        painter.setPen(tokens.color(ink))
        painter.setFont(tokens.font("small", bold=chosen))
        room = QRectF(0, top + side, self.width(), word.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self.hasFocus():
            for inset in (2.5, 3.5):
                painter.drawRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))
