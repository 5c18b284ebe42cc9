"""A list of persons or things in rows of two lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.widgets import badge
from shelter_desk.ui.widgets.badge import State
from shelter_desk.ui.widgets.marks import draw_minor, minor_width
from shelter_desk.ui.widgets.tips import plain

LINE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class TwoLine:
    """What a row says. badge_icon: the state's own shape unless another is named, "" for none.

    heading: what stands above it where a group begins, in a list whose rows differ in height. faint: nothing can be
    done with it.
    """

    code: str
    second: str = ""
    sex: str = ""
    minor: bool = False
    badge: str = ""
    badge_state: State = "neutral"
    badge_icon: str | None = None
    tooltip: str = ""
    heading: str = ""
    faint: bool = False


class TwoLineRows(QStringListModel):
    """Rows given by a page and how each is said; each is read once, when it is first seen.

    Qt keeps one empty text a row, and so counts by itself: a view asks for the count of rows twice a row to lay itself
    out, which takes longer in Python than all the rest of a first paint.
    """

    def __init__(self, line: Callable[[Any], TwoLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._rows: list[Any] = []
        self._lines: list[TwoLine | None] = []

    def show(self, rows: Sequence[Any]) -> None:
        """Show these rows, in this order."""
        self._rows = list(rows)
        self._lines = [None] * len(self._rows)
        self.setStringList([""] * len(self._rows))

    def row(self, place: int) -> Any:
        """The row shown at that place."""
        return self._rows[place]

    def place(self, wanted: Callable[[Any], bool]) -> int | None:
        """Where the first row of which that is true stands."""
        return next((place for place, row in enumerate(self._rows) if wanted(row)), None)

    def line(self, place: int) -> TwoLine:
        """What the row there says."""
        line = self._lines[place]
        if line is None:
            line = self._lines[place] = self._line(self._rows[place])
        return line

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are chosen, never edited or dragged."""
        return QAbstractListModel.flags(self, index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return line.code
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(part for part in (line.heading, line.code, line.sex, line.second, line.badge) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(line.tooltip) or None
        return None


class TwoLineList(QListView):
    """A list of two-line rows of 48 pixels: arrows move and choose, Enter or a double click opens."""

    chosen = Signal(object)  # the row the focus is on, None when there is none
    opened = Signal(object)  # the row

    def __init__(self, rows: TwoLineRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self.setItemDelegate(TwoLineDelegate(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(rows)
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(self._double_clicked)

    def current(self) -> Any:
        """The row the focus is on, None when there is none."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def go_to(self, place: int) -> None:
        """Choose the row there and bring it into sight."""
        self.setCurrentIndex(self.rows.index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, index: QModelIndex, _former: QModelIndex) -> None:
        self.chosen.emit(self.rows.row(index.row()) if index.isValid() else None)

    @Slot(QModelIndex)
    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows.row(index.row()))


class TwoLineDelegate(QStyledItemDelegate):
    """Paints a row: bold code, sex and −18, grey second line, badge at right."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(LINE)
        above = _heading_high() if isinstance(line, TwoLine) and line.heading else 0
        return QSize(200, tokens.high(20) + tokens.high(28) + above)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        line = index.data(LINE)
        if not isinstance(line, TwoLine):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.heading:
            box = _heading(painter, box, line.heading)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, tokens.color("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, tokens.color("page"))
        painter.setPen(tokens.color("grid"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(tokens.SPACE_PANEL, 4, -tokens.SPACE_PANEL, -5)
        taken = _badge(painter, inner, line)
        _texts(painter, inner, taken, line)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens.color("accent"))
            for inset in (0.5, 1.5):
                painter.drawRect(QRectF(box).adjusted(inset, inset, -inset - 0.5, -inset - 0.5))
        painter.restore()


def _heading_high() -> int:
    return tokens.high(24)


def _heading(painter: QPainter, box: QRect, text: str) -> QRect:
    """Paint what stands above a group; what is left for the row."""
    above = QRect(box.left(), box.top(), box.width(), _heading_high())
    painter.fillRect(above, tokens.color("page"))
    painter.setPen(tokens.color("ink2"))
    painter.setFont(tokens.font("small", bold=True))
    inner = above.adjusted(tokens.SPACE_PANEL, 0, -tokens.SPACE_PANEL, 0)
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), text)
    return box.adjusted(0, above.height(), 0, 0)


def _badge(painter: QPainter, inner: QRect, line: TwoLine) -> int:
    """Paint the badge at the right end; how much room it takes."""
    if not line.badge:
        return 0
    shape = badge.ICONS[line.badge_state] if line.badge_icon is None else line.badge_icon
    size = badge.size(line.badge, shape)
    left, top = inner.right() - size.width() + 1, inner.center().y() - size.height() // 2 + 1
    badge.paint(painter, QRect(QPoint(left, top), size), line.badge, line.badge_state, shape)
    return size.width() + tokens.SPACE


def _texts(painter: QPainter, inner: QRect, taken: int, line: TwoLine) -> None:
    half, high = inner.height() // 2 + 1, tokens.high(16)
    strong, small = tokens.metrics(bold=True), tokens.metrics("small")
    painter.setPen(tokens.color("ink3" if line.faint else "ink"))
    painter.setFont(tokens.font(bold=True))
    above = QRect(inner.left(), inner.top(), inner.width() - taken, half)
    code = strong.elidedText(line.code, Qt.TextElideMode.ElideRight, above.width())
    painter.drawText(above, int(Qt.AlignmentFlag.AlignVCenter), code)
    left = inner.left() + strong.horizontalAdvance(code) + tokens.SPACE
    painter.setPen(tokens.color("ink2"))
    if line.sex:
        painter.setFont(tokens.font("small"))
        painter.drawText(QRect(left, inner.top(), 40, half), int(Qt.AlignmentFlag.AlignVCenter), line.sex)
        left += small.horizontalAdvance(line.sex) + 6
    if line.minor:
        draw_minor(painter, QRect(left, inner.top() + (half - high) // 2, minor_width(), high))
    painter.setPen(tokens.color("ink2"))
    painter.setFont(tokens.font("small"))
    below = QRect(inner.left(), inner.top() + half, inner.width() - taken, inner.height() - half)
    shown = small.elidedText(line.second, Qt.TextElideMode.ElideRight, below.width())
    painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), shown)
