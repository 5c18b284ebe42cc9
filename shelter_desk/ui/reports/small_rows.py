"""A narrow table of 12 pixels for a side card."""

from typing import Any

from PySide6.QtCore import QEvent, QRect, Qt, Slot
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem

from shelter_desk.ui import tokens
from shelter_desk.ui.lists.table import INK, Index, RowDelegate, Rows, Table

ROW = 28


class SmallTable(Table):
    """Rows of 28: every column as wide as its texts, the last one takes the rest and is cut with …."""

    def __init__(self, rows: "Rows[Any]") -> None:
        super().__init__(rows, ROW)
        self._small = SmallDelegate(self)
        self.setItemDelegate(self._small)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(8)

    def needed(self, place: int) -> int:
        """How wide the head and the first 200 rows of that column are."""
        column = self.rows.columns[place]
        face = tokens.metrics("small", column.bold)
        texts = (self.rows.cells(row)[place] for row in range(min(200, self.rows.rowCount())))
        head = tokens.metrics("small", True).horizontalAdvance(column.heading)
        return max([head + 1, *map(face.horizontalAdvance, texts)]) + 19

    @Slot()
    def fit(self) -> None:
        """Make each column but the last as wide as its head and its rows need."""
        for place in range(len(self.rows.columns) - 1):
            self.setColumnWidth(place, self.needed(place))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self.fit()


class SmallDelegate(RowDelegate):
    """Paints a cell of 12 pixels with its hairline and the ring of the row that has the focus."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows, view = index.model(), self.parent()
        if not isinstance(rows, Rows) or not isinstance(view, SmallTable):
            return
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, tokens.color("accent_soft"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, tokens.color("grid"))
        column = rows.columns[index.column()]
        painter.setFont(tokens.font("small", bold=column.bold))
        painter.setPen(tokens.color(index.data(INK) or "ink"))
        room = box.adjusted(8, 0, -8, 0)
        text = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)
        if view.hasFocus() and view.currentIndex().row() == index.row():
            painter.setPen(QPen(tokens.color("accent"), 2))
            whole = QRect(0, box.top(), view.viewport().width(), box.height()).adjusted(1, 1, -1, -1)
            painter.drawRect(whole)
