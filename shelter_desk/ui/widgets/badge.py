"""A badge: a state, always with its icon or its word; and the button that looks like one."""

from typing import Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.tips import plain

State = Literal["ok", "attention", "blocked", "held", "neutral", "accent"]
ICONS: dict[State, str | None] = {
    "ok": "circle-check",
    "attention": "triangle",
    "blocked": "octagon",
    "held": "bookmark",
    "neutral": None,
    "accent": None,
}


def inks(state: State) -> tuple[str, str]:
    """The tokens of the text and of the ground of that state."""
    if state == "neutral":
        return "ink2", "sunken"
    return state, f"{state}_soft"


class Badge(QLabel):
    """A state in a word, never clickable. icon: the state's own shape unless another is named; "" for none."""

    def __init__(
        self, text: str, state: State = "neutral", icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._state, self._icon = state, icon

    def say(self, text: str, state: State, icon: str | None = None) -> None:
        """Another state from now on."""
        self._state, self._icon = state, icon
        self.setText(text)
        self.updateGeometry()
        self.update()

    def state(self) -> State:
        """The state shown."""
        return self._state

    def sizeHint(self) -> QSize:
        return size(self.text(), self._shape())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _shape(self) -> str | None:
        return ICONS[self._state] if self._icon is None else self._icon

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint(QPainter(self), self.rect(), self.text(), self._state, self._shape())


class BadgeButton(QAbstractButton):
    """A badge that leads to where what it says is settled; Space and Enter do it too."""

    def __init__(self, text: str, state: State, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setToolTip(plain(sentence))
        self.setAccessibleName(text)
        self.setAccessibleDescription(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._state = state

    def state(self) -> State:
        """The state shown."""
        return self._state

    def sizeHint(self) -> QSize:
        return size(self.text(), ICONS[self._state])

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self.rect(), self.text(), self._state, ICONS[self._state])
        if self.underMouse() or self.isDown():
            painter.setPen(tokens.color(inks(self._state)[0]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS, tokens.RADIUS)


def size(text: str, shape: str | None) -> QSize:
    """How large a badge is. shape: the name of its icon, none where empty."""
    wide = tokens.metrics("small", bold=True).horizontalAdvance(text)
    drawn = tokens.wide(16) + (4 if text else 0) if shape else 0
    return QSize(wide + drawn + 12, tokens.high(20))


def paint(painter: QPainter, room: QRect, text: str, state: State, shape: str | None) -> None:
    """Paint a badge that fills the room, and leave the painter as it was."""
    ink, ground = inks(state)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color(ground))
    painter.drawRoundedRect(QRectF(room), tokens.RADIUS, tokens.RADIUS)
    left = room.left() + 6
    if shape:
        side = tokens.wide(16)
        painter.drawPixmap(QPoint(left, room.top() + (room.height() - side) // 2), icons.pixmap(shape, ink, 16))
        left += side + 4
    painter.setPen(tokens.color(ink))
    painter.setFont(tokens.font("small", bold=True))
    painter.drawText(room.adjusted(left - room.left(), 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), text)
    painter.restore()
