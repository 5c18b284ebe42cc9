"""Small marks painted in tiles, rows and heads."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens

MINOR = "−18"


def minor_width() -> int:
    """The width of the mark of a minor."""
    return tokens.metrics("small", True).horizontalAdvance(MINOR) + 7


def draw_minor(painter: QPainter, box: QRect, ink: str = "ink") -> None:
    """Paint the mark of a minor in that box."""
    painter.setPen(tokens.color(ink))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(tokens.font("small", bold=True))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), MINOR)


class MinorMark(QWidget):
    """The mark of a minor, beside a code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(words.text("minor"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(minor_width(), tokens.high(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_minor(painter, self.rect())


class KeyMark(QWidget):
    """A key as printed on a keyboard, beside what it does."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(max(18, tokens.metrics("small").horizontalAdvance(self._key) + 10), tokens.high(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.color("line3"))
        painter.setBrush(tokens.color("page"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS, tokens.RADIUS)
        painter.setPen(tokens.color("ink2"))
        painter.setFont(tokens.font("small"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._key)
