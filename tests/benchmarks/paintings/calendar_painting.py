"""The yardstick of the calendar of beds: the same bars and words, by one widget in one plain paintEvent."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.beds.calendar.grid import CalendarGrid
from shelter_desk.ui.beds.calendar.looks import BarLook

GROUNDS = {"stay": "#e6ebf8", "open": "#eef1fa", "away": "#ffffff", "out": "#f3f2ef", "planned": "#ffffff"}
EDGES = {"stay": "#6f86c6", "away": "#0a5f75", "out": "#80838b", "planned": "#80838b"}
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class PlainCalendar(QWidget):
    """Rows, nights and bars where the grid has them, painted the plain way."""

    def __init__(self, grid: CalendarGrid, corner: QPoint) -> None:
        """corner: where the grid begins on its page."""
        super().__init__()
        self._look, self._at, self._corner = grid.look, grid.places(), corner
        self._thin, self._strong, self._quiet = tokens.font("small"), tokens.font("small", True), tokens.color("ink2")
        self._measures, self._bold = QFontMetrics(self._thin), QFontMetrics(self._strong)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, at = QPainter(self), self._at
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#f3f2ef"))
        painter.translate(self._corner)
        high = at.head + len(self._look.rows) * at.row
        painter.fillRect(QRect(0, 0, at.edges[-1], high), QColor("#ffffff"))
        for n, edge in enumerate(at.edges[:-1]):
            painter.setPen(QColor("#e8e7e2"))
            painter.drawLine(edge, at.head, edge, high)
            self._write(painter, f"L {self._look.night(n).day}", edge + 4, at.head - at.row, bold=True)
        for n, row in enumerate(self._look.rows):
            top = at.head + n * at.row
            if row.is_band:
                painter.fillRect(QRect(0, top, at.edges[-1], at.row), QColor("#e9e8e4"))
            self._write(painter, row.title, 8, top, bold=True)
            self._write(painter, row.note, 200, top)
            painter.setPen(QColor("#e8e7e2"))
            painter.drawLine(0, top + at.row - 1, at.edges[-1], top + at.row - 1)
            for bar in row.bars:
                self._bar(painter, bar, at.box(bar.first, bar.after, top))

    def _bar(self, painter: QPainter, bar: BarLook, box: QRect) -> None:
        pen = QPen(QColor(EDGES.get(bar.shape, "#ffffff")))
        if bar.shape == "planned":
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(QColor(GROUNDS.get(bar.shape, "#ffffff")))
        painter.drawRoundedRect(QRectF(box), 4, 4)
        if bar.shape in ("away", "out"):
            painter.fillRect(box, QBrush(QColor(EDGES[bar.shape]), Qt.BrushStyle.BDiagPattern))
        left = box.left() + 6
        if bar.icon:
            painter.drawPixmap(left, box.top() + 2, icons.pixmap(bar.icon, "held", 16))
            left += 20
        for text, bold in ((bar.strong, True), (bar.mark, False), (bar.note, False)):
            measures = self._bold if bold else self._measures
            if text and left + measures.horizontalAdvance(text) < box.right():
                self._write(painter, text, left, box.top() - 2, bold=bold)
                left += measures.horizontalAdvance(text) + 4

    def _write(self, painter: QPainter, text: str, left: int, top: int, *, bold: bool = False) -> None:
        if text:
            painter.setFont(self._strong if bold else self._thin)
            painter.setPen(self._quiet)
            painter.drawText(QRect(left, top, 300, self._at.row), MIDDLE, text)
