"""How a row of a table is painted."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets import badge as badges

Index = QModelIndex | QPersistentModelIndex
INK = int(Qt.ItemDataRole.UserRole) + 1
BADGE = INK + 1
BOLD = BADGE + 1
BAR = BOLD + 1
BAR_WIDTH, _BAR_HEIGHT = 56, 8  # pixels at 100 %
_SELECTED = QStyle.StateFlag.State_Selected.value  # as a number: to ask a flag takes longer than to paint a line


class CellLook(NamedTuple):
    """What is painted of a cell. ink: None for the usual one; badge, bar: None for a text without."""

    text: str
    alignment: int
    bold: bool
    ink: str | None
    badge: badges.State | None
    bar: tuple[float, str] | None


class RowDelegate(QStyledItemDelegate):
    """Paints a cell: selected ground, hairline below, text cut with …, the ring inside the row that has the focus."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60, tokens.high(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        if option.state.value & _SELECTED:
            painter.fillRect(box, tokens.color("accent_soft"))
        painter.setPen(tokens.color("grid"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(8, 0, -8, 0)
        look = self.look(index)
        if look.badge is not None:
            _paint_badge(painter, inner, look.text, look.badge)
        else:
            if look.bar is not None:
                _paint_bar(painter, inner, *look.bar)
            _paint_text(painter, inner, look)
        view = self.parent()
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex().row() == index.row():
            shown = [at for at in range(index.model().columnCount()) if not view.isColumnHidden(at)]
            shown.sort(key=view.horizontalHeader().visualIndex)
            _ring(painter, box, index.column() == shown[0], index.column() == shown[-1])

    def look(self, index: Index) -> CellLook:
        """What is painted of that cell: of the rows of a list at once, of any other model part by part."""
        whole = getattr(index.model(), "look", None)
        if whole is not None:
            found: CellLook = whole(index.row(), index.column())
            return found
        return CellLook(
            str(index.data() or ""),
            int(index.data(Qt.ItemDataRole.TextAlignmentRole)),
            bool(index.data(BOLD)),
            index.data(INK),
            index.data(BADGE),
            index.data(BAR),
        )


def _paint_text(painter: QPainter, inner: QRect, look: CellLook) -> None:
    if not look.text:
        return
    painter.setFont(tokens.font(bold=look.bold))
    painter.setPen(tokens.color(look.ink or "ink"))
    shown = tokens.metrics(bold=look.bold).elidedText(look.text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, look.alignment, shown)


def _paint_badge(painter: QPainter, inner: QRect, text: str, state: badges.State) -> None:
    shape = badges.ICONS[state]
    room = QRect(inner.topLeft(), badges.size(text, shape))
    room.moveTop(inner.top() + (inner.height() - room.height()) // 2)
    painter.save()
    badges.paint(painter, room & inner, text, state, shape)
    painter.restore()


def _paint_bar(painter: QPainter, inner: QRect, share: float, ink: str) -> None:
    """A bar at the left of the cell, filled as far as the share; the number stands at the right of it."""
    high, wide = tokens.high(_BAR_HEIGHT), tokens.wide(BAR_WIDTH)
    whole = QRect(inner.left(), inner.top() + (inner.height() - high) // 2, wide, high)
    painter.fillRect(whole, tokens.color("sunken"))
    filled = max(1, round(wide * min(share, 1.0))) if share > 0 else 0
    painter.fillRect(whole.left(), whole.top(), filled, high, tokens.color(ink))


def _ring(painter: QPainter, box: QRect, first: bool, last: bool) -> None:
    shade = tokens.color("accent")
    painter.fillRect(box.left(), box.top(), box.width(), 2, shade)
    painter.fillRect(box.left(), box.bottom() - 1, box.width(), 2, shade)
    if first:
        painter.fillRect(box.left(), box.top(), 2, box.height(), shade)
    if last:
        painter.fillRect(box.right() - 1, box.top(), 2, box.height(), shade)
