"""What the colours and signs of the tiles mean."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.marks import MinorMark


class Legend(QWidget):
    """One line of signs, each with its word; it goes on below where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row = Flow(tokens.SPACE_PANEL, tokens.SPACE_PANEL, middle=True)
        self.setLayout(row)
        for sign, word in (
            (_Swatch("circle-check", "ok", "ok_soft", dashed=True), words.text("Free")),
            (_Swatch("absence", "held", "held_soft"), words.text("Bed kept")),
            (_Swatch("octagon", "ink2", "page"), words.text("Out of use")),
            (IconLabel("triangle", "attention", 16), words.text("Alert")),
            (MinorMark(), words.text("Minor")),
            (IconLabel("baby", "ink2", 16), words.text("Baby")),
        ):
            pair = QWidget()
            inside = QHBoxLayout(pair)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(tokens.SPACE_HALF)
            inside.addWidget(sign)
            inside.addWidget(Label(word, size="small", ink="ink2"))
            row.addWidget(pair)

    def heightForWidth(self, width: int) -> int:
        return max(self._row.heightForWidth(width), tokens.high(20))


class _Swatch(QWidget):
    """A little tile with the shape of its state."""

    def __init__(self, shape: str, ink: str, ground: str, dashed: bool = False) -> None:
        super().__init__()
        self._shape, self._ink, self._ground, self._dashed = shape, ink, ground, dashed
        self.setFixedSize(tokens.wide(20), tokens.wide(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(tokens.color(self._ink), 1)
        if self._dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(tokens.color(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        side = tokens.wide(16)
        place = (self.width() - side) // 2
        painter.drawPixmap(place, place, icons.pixmap(self._shape, self._ink, 16))
