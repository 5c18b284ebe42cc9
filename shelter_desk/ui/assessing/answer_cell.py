"""One answer of a row, or one cell of the matrix: a radio button painted as a box with a word and a sign."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QScrollArea, QSizePolicy, QWidget

from shelter_desk.ui import icons, tokens

CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class AnswerCell(QRadioButton):
    """A word, and a sign once it is chosen. stepped: arrows, as rows down and columns right; Delete says `cleared`.

    state: the colours of a badge that it has once chosen. tinted: it has its ground before, too.
    """

    stepped = Signal(int, int)
    cleared = Signal()
    typed = Signal(str)  # any other sign, in small letters

    def __init__(
        self, word: str, state: str, sign: str, name: str, tinted: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(word, parent)
        self._state, self._sign, self._tinted = state, sign, tinted
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        label = tokens.metrics(bold=True).horizontalAdvance(self.text())
        return QSize(label + tokens.wide(16) + 26, tokens.high(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, typed = event.key(), event.text().casefold()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        step = next((step for arrow, step in _STEPS.items() if arrow == key), None)
        if step is not None and plain:
            self.stepped.emit(*step)
        elif key in CLEARING:
            self.cleared.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.typed.emit("\n")
        elif typed.strip() and typed.isprintable() and plain:  # Escape and Backspace have a text too
            self.typed.emit(typed)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        bring_into_sight(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, neutral = self.isChecked(), self._state == "neutral"
        ground = ("sunken" if neutral else f"{self._state}_soft") if on or self._tinted else "surface"
        edge = "accent" if on else ("line3" if self.isEnabled() else "line")
        width = 2 if on else 1
        painter.setPen(QPen(tokens.color(edge), width))
        painter.setBrush(tokens.color(ground))
        inset = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), tokens.RADIUS, tokens.RADIUS
        )
        self._write(painter, ("ink" if neutral else self._state) if on else "ink2")

    def _write(self, painter: QPainter, ink: str) -> None:
        on, side = self.isChecked(), tokens.wide(16)
        drawn = side + 4 if on else 0
        label = tokens.metrics(bold=on).horizontalAdvance(self.text())
        left = max(4, (self.width() - label - drawn) // 2)
        if on:
            place = QPoint(left, (self.height() - side) // 2)
            painter.drawPixmap(place, icons.pixmap(self._sign, ink, 16))
        painter.setPen(tokens.color(ink))
        painter.setFont(tokens.font(bold=on))
        room = QRect(left + drawn, 0, self.width() - left - drawn, self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.text())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if tokens.redressed(event):
            self.updateGeometry()


def stop_at(cells: list[AnswerCell], here: AnswerCell) -> None:
    """Let Tab stop at that cell alone of these."""
    for cell in cells:
        strong = cell is here
        cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if strong else Qt.FocusPolicy.ClickFocus)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the page around it so far that it is seen whole."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(widget, tokens.SPACE_2, tokens.high(48))
