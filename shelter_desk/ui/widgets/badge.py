"""A badge: a state, never clickable, always with its icon or its word."""

from typing import Literal

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from shelter_desk.ui import icons, tokens

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
    """A state in a word. icon: the state's own shape unless another is named; "" for none."""

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
        text = tokens.metrics("small", bold=True).horizontalAdvance(self.text())
        drawn = tokens.wide(16) + (4 if self.text() else 0) if self._shape() else 0
        return QSize(text + drawn + 12, tokens.high(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _shape(self) -> str | None:
        return ICONS[self._state] if self._icon is None else self._icon

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink, ground = inks(self._state)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color(ground))
        painter.drawRoundedRect(QRectF(self.rect()), tokens.RADIUS, tokens.RADIUS)
        left, shape = 6, self._shape()
        if shape:
            side = tokens.wide(16)
            painter.drawPixmap(QPoint(left, (self.height() - side) // 2), icons.pixmap(shape, ink, 16))
            left += side + 4
        painter.setPen(tokens.color(ink))
        painter.setFont(tokens.font("small", bold=True))
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text())
