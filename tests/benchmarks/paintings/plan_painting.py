"""The yardstick of the plan of beds: the same cards and tiles, texts and states, by one widget in one paintEvent."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.beds.plan import BedPlan
from shelter_desk.ui.beds.tiles import CardLook
from shelter_desk.ui.widgets.bed_tile import TileLook

SIDE, HEAD = 8, 12
ICON = 16
GROUNDS = {"free": "#e3f1e9", "to_clean": "#e3f1e9", "absence": "#dff0f4", "held": "#dff0f4", "out": "#f3f2ef"}
EDGES = {"free": "#1a6a42", "to_clean": "#1a6a42", "absence": "#0a5f75", "held": "#0a5f75", "extra": "#8a5100"}
SHAPES = {"free": "circle-check", "to_clean": "broom", "held": "bookmark", "out": "octagon"}
DASHED = frozenset({"free", "to_clean", "extra"})
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class _Dress:
    """Fonts, their measures and the two inks, made once as any painting would."""

    text: QFont
    small: QFont
    strong: QFont
    small_strong: QFont
    measures: QFontMetrics
    small_measures: QFontMetrics
    ink: QColor
    quiet: QColor


class OnePainting(QWidget):
    """The cards and tiles of a plan where the plan has them, painted the plain way; only those in sight."""

    def __init__(self, plan: BedPlan, above: int) -> None:
        """above: pixels over the plan, where the page has its head."""
        super().__init__()
        top = QPoint(0, above)
        self._cards = [(card.look, card.geometry().translated(top)) for card in plan.cards]
        self._tiles = [
            (tile.look, tile.geometry().translated(card.pos() + top)) for card in plan.cards for tile in card.tiles
        ]
        small, strong = tokens.font("small"), tokens.font(bold=True)
        self._dress = _Dress(
            tokens.font(),
            small,
            strong,
            tokens.font("small", bold=True),
            QFontMetrics(strong),
            QFontMetrics(small),
            tokens.color("ink"),
            tokens.color("ink2"),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#f3f2ef"))
        for card, box in self._cards:
            if box.intersects(event.rect()):
                self._card(painter, card, box)
        for tile, box in self._tiles:
            if box.intersects(event.rect()):
                self._tile(painter, tile, box)

    def _card(self, painter: QPainter, card: CardLook, box: QRect) -> None:
        self._box(painter, box, "#ffffff", QPen(QColor("#dad9d3")), 8)
        line = QRect(box.left() + 16, box.top() + HEAD, box.width() - 32, 20)
        width = self._dress.measures.horizontalAdvance(card.title) + SIDE
        self._write(painter, line, card.title, self._dress.strong, self._dress.ink)
        self._write(painter, line.adjusted(width, 0, 0, 0), card.for_whom, self._dress.small, self._dress.quiet)
        self._write(
            painter, line.adjusted(line.width() - 180, 0, 0, 0), card.slept, self._dress.small, self._dress.quiet
        )
        badge = QRect(line.right() - 80, line.top(), 80, 20)
        self._box(painter, badge, "#e9e8e4", QPen(Qt.PenStyle.NoPen), 4)
        self._write(painter, badge, card.badge, self._dress.small_strong, self._dress.quiet)
        if card.badge_icon:
            painter.drawPixmap(badge.topLeft(), icons.pixmap(card.badge_icon, "ink2", ICON))

    def _tile(self, painter: QPainter, tile: TileLook, box: QRect) -> None:
        pen = QPen(QColor(EDGES.get(tile.state, "#bfbeb8")))
        if tile.state in DASHED:
            pen.setDashPattern([3, 2])
        self._box(painter, box, GROUNDS.get(tile.state, "#ffffff"), pen, 4)
        if tile.state == "out":
            painter.fillRect(box, QBrush(QColor("#d3d2cc"), Qt.BrushStyle.BDiagPattern))
        inner = box.adjusted(SIDE, 4, -SIDE, -4)
        first, second = QRect(inner.topLeft(), inner.size()), inner.translated(0, 18)
        first.setHeight(18)
        second.setHeight(20)
        third = second.translated(0, 18)
        dress = self._dress
        self._write(painter, first, tile.bed, dress.small_strong, dress.quiet)
        self._marks(painter, tile, first)
        self._write(painter, second, self._cut(dress.measures, tile.line2, second), dress.strong, dress.ink)
        self._write(painter, third, self._cut(dress.small_measures, tile.line3, third), dress.small, dress.quiet)
        self._write(painter, third.adjusted(third.width() - 16, 0, 0, 0), tile.count, dress.small, dress.quiet)
        if tile.icon:
            painter.drawPixmap(third.right() - 36, third.top(), icons.pixmap(tile.icon, "ink2", ICON))

    def _marks(self, painter: QPainter, tile: TileLook, row: QRect) -> None:
        """The sex or the shape of the state; the mark of a minor."""
        right = row.adjusted(row.width() - 12, 0, 0, 0)
        if tile.mark:
            self._write(painter, right, tile.mark, self._dress.small, self._dress.quiet)
        elif tile.state in SHAPES:
            painter.drawPixmap(right.topLeft(), icons.pixmap(SHAPES[tile.state], "ink2", ICON))
        if tile.minor:
            mark = QRect(right.left() - 32, row.top(), 28, 16)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(mark), 3, 3)
            self._write(painter, mark, "−18", self._dress.small_strong, self._dress.ink)

    @staticmethod
    def _cut(measures: QFontMetrics, text: str, box: QRect) -> str:
        return measures.elidedText(text, Qt.TextElideMode.ElideRight, box.width())

    @staticmethod
    def _box(painter: QPainter, box: QRect, ground: str, pen: QPen, radius: int) -> None:
        painter.setPen(pen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    @staticmethod
    def _write(painter: QPainter, box: QRect, text: str, font: QFont, ink: QColor) -> None:
        if text:
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(box, MIDDLE, text)
