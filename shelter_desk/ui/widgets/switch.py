"""A switch: on or off, at once."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from shelter_desk.ui import tokens

_WIDE, _HIGH, _GAP = 36, 20, 8  # pixels where the text is not enlarged


class Switch(QCheckBox):
    """A check box drawn as a switch: Space and a click turn it."""

    def __init__(self, text: str, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setChecked(on)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        label = tokens.metrics().horizontalAdvance(self.text())
        return QSize(tokens.wide(_WIDE) + (_GAP + label if label else 0), tokens.high(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high = tokens.wide(_WIDE), tokens.wide(_HIGH)
        on, able = self.isChecked(), self.isEnabled()
        track = QRectF(0.5, (self.height() - high) / 2 + 0.5, wide - 1, high - 1)
        painter.setPen(tokens.color("accent" if on and able else "line2"))
        painter.setBrush(tokens.color("accent" if on and able else ("sunken" if not able else "surface")))
        painter.drawRoundedRect(track, high / 2 - 0.5, high / 2 - 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("on_accent" if on and able else "line2"))
        side = high - 6.0
        left = wide - side - 3 if on else 3.0
        painter.drawEllipse(QRectF(left, (self.height() - side) / 2, side, side))
        painter.setPen(tokens.color("ink" if able else "ink3"))
        painter.setFont(tokens.font())
        room = QRect(wide + _GAP, 0, self.width() - wide - _GAP, self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.text())
