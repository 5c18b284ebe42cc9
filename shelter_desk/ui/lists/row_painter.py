"""How the rows of a table are painted: all of them at once, as a delegate that is asked for each cell takes thrice as
long.
"""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets import badge as badges

if TYPE_CHECKING:
    from shelter_desk.ui.lists.table import TableView

BAR_WIDTH, _BAR_HEIGHT = 56, 8  # pixels at 100 %
_EDGE = 8  # pixels left and right of a text
_MOST_CUT = 4000  # texts whose width is remembered
_RIGHT, _CENTER = Qt.AlignmentFlag.AlignRight.value, Qt.AlignmentFlag.AlignHCenter.value


class CellLook(NamedTuple):
    """What is painted of a cell. ink: None for the usual one; badge, bar: None for a text without."""

    text: str
    alignment: int
    bold: bool
    ink: str | None
    badge: badges.State | None
    bar: tuple[float, str] | None


class RowPainter:
    """Paints rows: selected ground, hairline below, texts cut with …, the ring inside the row that has the focus."""

    def __init__(self, view: "TableView", size: tokens.Size) -> None:
        self._view, self._size = view, size
        self._cut: dict[tuple[str, int, bool, int], tuple[str, int]] = {}

    def paint(self, area: QRect) -> None:
        """Paint what lies in that part of the viewport."""
        view = self._view
        shown = [(at, view.columnViewportPosition(at), view.columnWidth(at)) for at in view.shown_columns()]
        if not shown:
            return
        left, right = shown[0][1], shown[-1][1] + shown[-1][2]
        within = [one for one in shown if one[1] <= area.right() and one[1] + one[2] > area.left()]
        chosen = [(one.top(), one.bottom()) for one in view.selectionModel().selection().toList()]
        focused = view.currentIndex().row() if view.hasFocus() else -1
        painter = QPainter(view.viewport())
        for place in view.places_within(area):
            row = QRect(left, view.rowViewportPosition(place), right - left, view.rowHeight(place))
            if any(top <= place <= bottom for top, bottom in chosen):
                painter.fillRect(row, tokens.color("accent_soft"))
            painter.fillRect(row.left(), row.bottom(), row.width(), 1, tokens.color("grid"))
            for column, x, wide in within:
                inner = QRect(x + _EDGE, row.top(), wide - 2 * _EDGE, row.height())
                self._paint_cell(painter, inner, view.rows.look(place, column))
            if place == focused:
                _ring(painter, row)
        painter.end()

    def _paint_cell(self, painter: QPainter, inner: QRect, look: CellLook) -> None:
        if look.badge is not None:
            _paint_badge(painter, inner, look.text, look.badge)
            return
        if look.bar is not None:
            _paint_bar(painter, inner, *look.bar)
        if not look.text:
            return
        text, wide = self._within(look.text, inner.width(), look.bold)
        left = inner.left()
        if look.alignment & _RIGHT:
            left = inner.right() + 1 - wide
        elif look.alignment & _CENTER:
            left += (inner.width() - wide) // 2
        face = tokens.metrics(self._size, look.bold)
        painter.setFont(tokens.font(self._size, look.bold))
        painter.setPen(tokens.color(look.ink or "ink"))
        painter.drawText(left, inner.top() + (inner.height() - face.height()) // 2 + face.ascent(), text)

    def _within(self, text: str, room: int, bold: bool) -> tuple[str, int]:
        """The text as it has room, on one line, and how wide it is; measured once, as a list is painted often."""
        asked = (text, room, bold, tokens.pixels(self._size))
        found = self._cut.get(asked)
        if found is None:
            if len(self._cut) >= _MOST_CUT:
                self._cut.clear()
            face, line = tokens.metrics(self._size, bold), text.replace("\n", " ")
            wide = face.horizontalAdvance(line)
            if wide > room:
                line = face.elidedText(line, Qt.TextElideMode.ElideRight, room)
                wide = face.horizontalAdvance(line)
            found = self._cut[asked] = line, wide
        return found


def _paint_badge(painter: QPainter, inner: QRect, text: str, state: badges.State) -> None:
    shape = badges.ICONS[state]
    room = QRect(inner.topLeft(), badges.size(text, shape))
    room.moveTop(inner.top() + (inner.height() - room.height()) // 2)
    badges.paint(painter, room & inner, text, state, shape)


def _paint_bar(painter: QPainter, inner: QRect, share: float, ink: str) -> None:
    """A bar at the left of the cell, filled as far as the share; the number stands at the right of it."""
    high, wide = tokens.high(_BAR_HEIGHT), tokens.wide(BAR_WIDTH)
    whole = QRect(inner.left(), inner.top() + (inner.height() - high) // 2, wide, high)
    painter.fillRect(whole, tokens.color("sunken"))
    filled = max(1, round(wide * min(share, 1.0))) if share > 0 else 0
    painter.fillRect(whole.left(), whole.top(), filled, high, tokens.color(ink))


def _ring(painter: QPainter, row: QRect) -> None:
    shade = tokens.color("accent")
    painter.fillRect(row.left(), row.top(), row.width(), 2, shade)
    painter.fillRect(row.left(), row.bottom() - 1, row.width(), 2, shade)
    painter.fillRect(row.left(), row.top(), 2, row.height(), shade)
    painter.fillRect(row.right() - 1, row.top(), 2, row.height(), shade)
