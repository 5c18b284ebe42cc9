"""The occupancy of twelve months as one line."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from shelter_desk import words
from shelter_desk.operations.today import MonthRate
from shelter_desk.ui import tokens
from shelter_desk.words import shown


class YearChart(QWidget):
    """A line over a soft ground; the fullest month and the last one are marked with their rates.

    Arrows walk through the months and say each; the mouse says the one it is on.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: list[MonthRate] = []
        self._at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words.text("Occupancy of the last 12 months"))

    def show_months(self, months: Sequence[MonthRate]) -> None:
        """Show these months, oldest first."""
        self._months = list(months)
        self._at = None
        self.setAccessibleDescription("\n".join(self.sentence(place) for place in range(len(self._months))))
        self.update()

    def sentence(self, place: int) -> str:
        """What a month says: `juillet 2026 : 82,6 %`."""
        month = self._months[place]
        if month.rate is None:
            return words.text("{month}: not known").format(month=shown.month(month.first))
        return words.text("{month}: {rate} %").format(month=shown.month(month.first), rate=shown.rate(month.rate))

    def months(self) -> list[MonthRate]:
        """The months shown, oldest first."""
        return list(self._months)

    def month(self) -> MonthRate | None:
        """The month the keys are on."""
        return self._months[self._at] if self._at is not None else None

    def sizeHint(self) -> QSize:
        return QSize(tokens.wide(320), tokens.high(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.wide(200), tokens.high(110))

    def _top(self) -> float:
        """The end of the scale: 100, or more where more slept here than there are beds."""
        highest = max((month.rate or 0 for month in self._months), default=0)
        return max(100.0, -(-highest // 50) * 50)

    def _plot(self) -> QRectF:
        small = tokens.metrics("small")
        left = small.horizontalAdvance("000") + 12
        above = small.height() + 4
        return QRectF(left, above, self.width() - left - 8, self.height() - above - small.height() - 8)

    def _spot(self, place: int) -> QPointF:
        plot = self._plot()
        step = plot.width() / max(1, len(self._months) - 1)
        return QPointF(plot.left() + step * place, self._height_of(self._months[place].rate or 0))

    def _height_of(self, rate: float) -> float:
        plot = self._plot()
        return plot.bottom() - plot.height() * rate / self._top()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(tokens.font("small"))
        self._paint_scale(painter)
        for run in self._runs():
            self._paint_run(painter, run)
        self._paint_letters(painter)
        self._paint_marks(painter)

    def _runs(self) -> list[list[int]]:
        """Months that follow each other without a gap."""
        runs: list[list[int]] = [[]]
        for place, month in enumerate(self._months):
            if month.rate is not None:
                runs[-1].append(place)
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run]

    def _paint_scale(self, painter: QPainter) -> None:
        plot = self._plot()
        for value in (0, 50, 100):
            y = round(self._height_of(value)) + 0.5
            painter.setPen(tokens.color("line" if value == 0 else "grid"))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(tokens.color("ink2"))
            room = QRectF(0, y - 10, plot.left() - 8, 20)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(value))

    def _paint_run(self, painter: QPainter, run: list[int]) -> None:
        line = [self._spot(place) for place in run]
        bottom = self._plot().bottom()
        ground = [QPointF(line[0].x(), bottom), *line, QPointF(line[-1].x(), bottom)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("accent_soft"))
        painter.drawPolygon(QPolygonF(ground))
        painter.setPen(QPen(tokens.color("accent"), 2))
        painter.drawPolyline(QPolygonF(line))

    def _paint_letters(self, painter: QPainter) -> None:
        high = tokens.metrics("small").height()
        painter.setPen(tokens.color("ink2"))
        for place, month in enumerate(self._months):
            room = QRectF(self._spot(place).x() - 12, self.height() - high, 24, high)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), shown.month_name(month.first)[:1].upper())

    def _marked(self) -> list[int]:
        """The fullest month and the last one known; the one the keys are on instead of the fullest."""
        known = [place for place, month in enumerate(self._months) if month.rate is not None]
        if not known:
            return []
        fullest = max(known, key=lambda place: self._months[place].rate or 0)
        walked = self._at if self._at in known and self.hasFocus() else None
        return sorted({fullest if walked is None else walked, known[-1]})

    def _paint_marks(self, painter: QPainter) -> None:
        taken = QRectF()
        for place in reversed(self._marked()):
            spot = self._spot(place)
            painter.setPen(QPen(tokens.color("accent"), 2))
            painter.setBrush(tokens.color("surface"))
            painter.drawEllipse(spot, 4, 4)
            taken = self._paint_rate(painter, place, spot, taken)

    def _paint_rate(self, painter: QPainter, place: int, spot: QPointF, taken: QRectF) -> QRectF:
        """The month and its rate above its spot, below it where that room is taken; the room it takes."""
        bold = tokens.metrics("small", True)
        said = words.text("{month} {rate} %").format(
            month=shown.month_name(self._months[place].first), rate=shown.rate(self._months[place].rate)
        )
        wide, high = bold.horizontalAdvance(said), bold.height()
        left = max(self._plot().left(), min(spot.x() - wide / 2, self.width() - wide - 2.0))
        room = QRectF(left, max(0.0, spot.y() - high - 6), wide, high)
        if room.adjusted(-6, 0, 6, 0).intersects(taken):
            room.moveTop(spot.y() + 8)
        painter.setFont(tokens.font("small", bold=True))
        painter.setPen(tokens.color("ink"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), said)
        return room

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._months) - 1
        at = -1 if self._at is None else self._at
        moves = {Qt.Key.Key_Right: at + 1, Qt.Key.Key_Left: at - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if event.key() in moves and self._months:
            self._walk(max(0, min(last, moves[Qt.Key(event.key())])))
        else:
            super().keyPressEvent(event)

    def _walk(self, place: int) -> None:
        self._at = place
        self.update()
        spot = self._spot(place).toPoint() - QPoint(0, 40)
        QToolTip.showText(self.mapToGlobal(spot), self.sentence(place), self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._months:
            step = self._plot().width() / max(1, len(self._months) - 1)
            place = round((event.pos().x() - self._plot().left()) / step)
            if 0 <= place < len(self._months):
                QToolTip.showText(event.globalPos(), self.sentence(place), self)
                return True
        return super().event(event)
