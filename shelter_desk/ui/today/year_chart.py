"""The occupancy of twelve months as one line."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.today.today import MonthRate
from shelter_desk.ui import tokens
from shelter_desk.ui.charts import WalkedChart
from shelter_desk.words import formats


class YearChart(WalkedChart):
    """A line over a soft ground; the fullest month and the last one are marked with their rates."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.text("Occupancy of the last 12 months"), parent)
        self.months: list[MonthRate] = []  # those shown, oldest first

    def count(self) -> int:
        return len(self.months)

    def show_months(self, months: Sequence[MonthRate]) -> None:
        """Show these months, oldest first."""
        self.months = list(months)
        self._began_anew()

    def sentence(self, place: int) -> str:
        """What a month says: `juillet 2026 : 82,6 %`."""
        month = self.months[place]
        told = words.text("{month}: not known") if month.rate is None else words.text("{month}: {rate} %")
        return told.format(month=formats.month(month.first), rate=formats.rate(month.rate))

    def month(self) -> MonthRate | None:
        """The month the keys are on."""
        return self.months[self._at] if self._at is not None else None

    def sizeHint(self) -> QSize:
        return QSize(tokens.wide(320), tokens.high(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.wide(200), tokens.high(110))

    def _plot(self) -> QRectF:
        small = tokens.metrics("small")
        left = small.horizontalAdvance("000") + 12
        above = small.height() + 4
        return QRectF(left, above, self.width() - left - 8, self.height() - above - small.height() - 8)

    def _spot(self, place: int) -> QPointF:
        plot = self._plot()
        step = plot.width() / max(1, len(self.months) - 1)
        return QPointF(plot.left() + step * place, self._height_of(self.months[place].rate or 0))

    def _place_at(self, x: float) -> int | None:
        step = self._plot().width() / max(1, len(self.months) - 1)
        place = round((x - self._plot().left()) / step)
        return place if 0 <= place < len(self.months) else None

    def _height_of(self, rate: float) -> float:
        """The scale ends at 100, or above where more slept here than there are beds."""
        plot, highest = self._plot(), max((month.rate or 0 for month in self.months), default=0)
        return plot.bottom() - plot.height() * rate / max(100.0, -(-highest // 50) * 50)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(tokens.font("small"))
        self._paint_scale(painter, {rate: self._height_of(rate) for rate in (0, 50, 100)})
        for run in self._runs():
            self._paint_run(painter, run)
        self._paint_letters(painter)
        for place, room in self.rates():
            painter.setPen(QPen(tokens.color("accent"), 2))
            painter.setBrush(tokens.color("surface"))
            painter.drawEllipse(self._spot(place), 4, 4)
            painter.setFont(tokens.font("small", bold=True))
            painter.setPen(tokens.color("ink"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), self._said(place))

    def _runs(self) -> list[list[int]]:
        """Months that follow each other without a gap."""
        runs: list[list[int]] = [[]]
        for place, month in enumerate(self.months):
            if month.rate is not None:
                runs[-1].append(place)
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run]

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
        for place, month in enumerate(self.months):
            room = QRectF(self._spot(place).x() - 12, self.height() - high, 24, high)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), formats.month_name(month.first)[:1].upper())

    def _marked(self) -> list[int]:
        """The fullest month and the last one known; the one the keys are on instead of the fullest."""
        known = [place for place, month in enumerate(self.months) if month.rate is not None]
        if not known:
            return []
        fullest = max(known, key=lambda place: self.months[place].rate or 0)
        walked = self._at if self._at in known and self.hasFocus() else None
        return sorted({fullest if walked is None else walked, known[-1]})

    def _said(self, place: int) -> str:
        month = self.months[place]
        return words.text("{month} {rate} %").format(
            month=formats.month_name(month.first), rate=formats.rate(month.rate)
        )

    def rates(self) -> list[tuple[int, QRectF]]:
        """Each marked month, and where its rate is written: at its spot, or above the scale, never upon the line."""
        found: list[tuple[int, QRectF]] = []
        for place in reversed(self._marked()):
            rooms = self._rooms(place, found[0][1] if found else QRectF())
            taken = [room.adjusted(-6, 0, 6, 0) for _, room in found]
            free = (
                room
                for room in rooms
                if not any(room.intersects(one) for one in taken) and not self._is_crossed(room.adjusted(-2, -1, 2, 1))
            )
            found.append((place, next(free, rooms[-1])))
        return found

    def _rooms(self, place: int, taken: QRectF) -> list[QRectF]:
        """Above and below the spot; above the scale, where the line never is; there beside what is taken."""
        bold, spot = tokens.metrics("small", True), self._spot(place)
        wide, high = bold.horizontalAdvance(self._said(place)), bold.height()
        left = max(self._plot().left(), min(spot.x() - wide / 2, self.width() - wide - 2.0))
        tops = (max(0.0, spot.y() - high - 6), spot.y() + 8, 0.0)
        beside = taken.left() - wide - 8 if taken.left() > wide else taken.right() + 8
        rooms = [QRectF(left, top, wide, high) for top in tops]
        return [*(room for room in rooms if room.bottom() < self._plot().bottom()), QRectF(beside, 0.0, wide, high)]

    def _is_crossed(self, room: QRectF) -> bool:
        """Whether the line, or a spot of a marked month, runs through that room."""
        for run in self._runs():
            for first, second in pairwise(self._spot(place) for place in run):
                left, right = max(first.x(), room.left()), min(second.x(), room.right())
                if left > right:
                    continue
                slope = (second.y() - first.y()) / (second.x() - first.x())
                ends = sorted(first.y() + slope * (x - first.x()) for x in (left, right))
                if ends[0] <= room.bottom() and ends[1] >= room.top():
                    return True
        around = [QRectF(spot.x() - 5, spot.y() - 5, 10, 10) for spot in map(self._spot, self._marked())]
        return any(room.intersects(one) for one in around)
