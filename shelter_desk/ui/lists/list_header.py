"""The head of a list: sorted by a click, also by another column with Shift, filtered by the funnel, moved and sized."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionHeaderV2, QWidget

from shelter_desk.ui import icons, tokens

if TYPE_CHECKING:
    from shelter_desk.ui.lists.table_rows import TableRows

_SIGN = 14  # pixels of an arrow or a funnel
_EDGE = 8  # beside a heading
_GAP = 4  # between a heading and its signs
_NUMBER = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_GRIP = 5  # at the right edge of a heading, where its width is dragged


class ListHeader(QHeaderView):
    """Without filters it is a plain head; `offer_filters` makes the head of a list with its foot.

    sized: the columns whose width was dragged last.
    """

    filter_wanted = Signal(int)  # the column
    menu_wanted = Signal(QPoint, int)  # where on the screen, and of which column
    laid_by_hand = Signal()

    def __init__(self, rows: "TableRows[Any]", parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = rows
        self.has_filters = False
        self.sized: list[int] = []
        self._pressed = -1  # the column whose funnel the mouse went down on
        self._added = -1  # the column that is sorted by too
        self._before: tuple[list[int], list[int]] = [], []
        self._hovered = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setStretchLastSection(True)

    def offer_filters(self) -> None:
        """Show the funnels; columns can be moved, the first one stays where it is."""
        self.has_filters = True
        self.setMouseTracking(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.viewport().update()

    def signs_width(self, column: int) -> int:
        """What arrow and funnel take of a column that is sorted by or filtered beyond the room for one arrow."""
        if not self.has_filters:
            return 0
        sorts = dict(self._rows.sorts)
        wide = tokens.wide(_SIGN)
        return (wide if column in sorts and len(sorts) > 1 else 0) + (wide if column in self._rows.filters else 0)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        if not self.has_filters:
            super().paintSection(painter, rect, column)
            return
        option = QStyleOptionHeaderV2()
        self.initStyleOption(option)
        self.initStyleOptionForIndex(option, column)
        text, option.text = option.text, ""
        option.rect = rect
        option.sortIndicator = QStyleOptionHeaderV2.SortIndicator.None_
        self.style().drawControl(QStyle.ControlElement.CE_HeaderSection, option, painter, self)
        painter.save()
        self._write(painter, rect.adjusted(_EDGE, 0, -_EDGE, -1), column, text)
        painter.restore()

    def _write(self, painter: QPainter, inner: QRect, column: int, text: str) -> None:
        order = next((at for at, (one, _way) in enumerate(self._rows.sorts) if one == column), -1)
        is_filtered = column in self._rows.filters
        side, face = tokens.wide(_SIGN), tokens.metrics("small", True)
        number = str(order + 1) if order >= 0 and len(self._rows.sorts) > 1 else ""
        signs = (side if order >= 0 else 0) + (face.horizontalAdvance(number) + 1 if number else 0)
        has_funnel = is_filtered or face.horizontalAdvance(text) + _GAP + signs + side <= inner.width()
        signs += side if has_funnel else 0
        painter.setFont(tokens.font("small", bold=True))
        painter.setPen(tokens.color("ink2"))
        align = int(self._rows.headerData(column, self.orientation(), Qt.ItemDataRole.TextAlignmentRole))
        room = inner.adjusted(0, 0, -(signs + _GAP) if signs else 0, 0)
        painter.drawText(room, align, text)
        right = inner.right() + 1
        if has_funnel or column == self._hovered:
            box = QRect(right - side, inner.center().y() - side // 2, side, side)
            if not has_funnel:
                painter.fillRect(box.adjusted(-2, -2, 2, 2), tokens.color("surface"))
            drawn = icons.pixmap("filter", "accent" if is_filtered else "ink3", _SIGN - 1)
            painter.drawPixmap(box.topLeft(), drawn)
        if order >= 0:
            left = right - signs if has_funnel or signs else right - side
            way = "up" if self._rows.sorts[order][1] == Qt.SortOrder.AscendingOrder else "down"
            painter.setPen(tokens.color("accent"))
            painter.drawPixmap(QPoint(left, inner.center().y() - side // 2), icons.pixmap(way, "accent", _SIGN - 1))
            if number:
                painter.drawText(QRect(left + side, inner.top(), side, inner.height()), _NUMBER, number)

    def _funnel_at(self, at: QPoint) -> int:
        """The column whose funnel is there, -1 for none."""
        column = self.logicalIndexAt(at)
        if not self.has_filters or column < 0 or not self._rows.columns[column].heading:
            return -1
        right = self.sectionViewportPosition(column) + self.sectionSize(column)
        return column if right - _EDGE - tokens.wide(_SIGN) - 2 <= at.x() < right - _GRIP else -1

    def _laid(self) -> tuple[list[int], list[int]]:
        places = range(self.count())
        return [self.visualIndex(at) for at in places], [self.sectionSize(at) for at in places]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        self._pressed = self._added = -1
        if event.button() == Qt.MouseButton.LeftButton and self.has_filters:
            self._pressed = self._funnel_at(at)
            if self._pressed >= 0:
                return
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._added = self.logicalIndexAt(at)
                return
        self._before = self._laid()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        pressed, added = self._pressed, self._added
        self._pressed = self._added = -1
        if pressed >= 0:
            if self._funnel_at(at) == pressed:
                self.filter_wanted.emit(pressed)
            return
        if added >= 0:
            self._rows.sort_also(added)
            return
        super().mouseReleaseEvent(event)
        (order, sizes), (new_order, new_sizes) = self._before, self._laid()
        last = max((at for at in range(self.count()) if not self.isSectionHidden(at)), key=self.visualIndex, default=-1)
        pairs = enumerate(zip(sizes, new_sizes, strict=False))
        self.sized = [place for place, (old, new) in pairs if old != new and new and place != last]
        if order != new_order or self.sized:
            self.laid_by_hand.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, column: int) -> None:
        if self.has_filters and column != self._hovered:
            self._hovered = column
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        column = self.logicalIndexAt(event.pos())
        if self.has_filters and column >= 0:
            self.menu_wanted.emit(event.globalPos(), column)
