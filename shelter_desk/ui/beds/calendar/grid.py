"""Beds × nights as one painted surface: a cursor that the arrows move, bars that the mouse carries, head and beds kept.

The page decides what a carried bar does; the grid says where it is and shows what it is told to show above the bars.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolTip, QWidget

from shelter_desk.domain.moments import Period
from shelter_desk.ui import tokens
from shelter_desk.ui.beds.calendar import looks, painting
from shelter_desk.ui.beds.calendar.looks import BarLook, CalendarLook, RowLook
from shelter_desk.ui.beds.calendar.painting import CalendarPainter, Places
from shelter_desk.ui.beds.tiles import Verdict

EDGE = 5  # pixels beside the end of a bar at which it is taken
NOTHING = CalendarLook(Period(date(2026, 1, 1), date(2026, 1, 1)), -1)


@dataclass(frozen=True, slots=True)
class Above:
    """What lies above the bars while somebody is moved, by the key of a row; only: the rows that up and down visit."""

    bars: Mapping[str, tuple[BarLook, ...]]
    verdicts: Mapping[str, Verdict]
    only: frozenset[str] = frozenset()


NOTHING_ABOVE = Above({}, {})


class CalendarGrid(QAbstractScrollArea):
    """Rows and nights. A cell is the key of its row and its night."""

    opened = Signal(str, object)  # a click, Enter: key of the row, night
    moved = Signal(str, object)  # the cursor went there
    beyond = Signal(int)  # the cursor left what is shown: -1 to the left, 1 to the right
    turned = Signal(int)  # page up or down: the nights before or after
    lifted = Signal(str, object)  # a bar begins to be dragged from there
    carried = Signal(str, object)  # it is above that cell
    dropped = Signal(str, object)
    edge_lifted = Signal(str, object)  # the end of the bar of somebody here is dragged
    edge_carried = Signal(object)  # it is at the end of that night
    edge_dropped = Signal()
    stretched = Signal(int)  # Shift and an arrow

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = NOTHING
        self.above = NOTHING_ABOVE
        self.today = date.min
        self.row, self.column = 0, 0
        self.can_carry = False
        self.can_stretch = False
        self._pressed: tuple[QPoint, str, date, bool] | None = None  # where, the cell, and whether at the end of a bar
        self._carries = ""  # `bar` or `edge` while the mouse drags one
        self._painter = CalendarPainter(self.look, tokens.color)
        self._picture = QPixmap()
        self._seen: tuple[object, ...] = ()  # what the picture is of
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "none")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setMouseTracking(True)

    # what is shown

    def show_look(self, look: CalendarLook, today: date) -> None:
        """Show these rows and nights; the cursor stays at its row where that is still there."""
        key = self.key()
        self.look, self.today = look, today
        self._painter = CalendarPainter(look, tokens.color)
        self.above = NOTHING_ABOVE
        found = next((n for n, row in enumerate(look.rows) if row.key == key and not row.is_band), None)
        first = next((n for n, row in enumerate(look.rows) if not row.is_band), 0)
        self.row = first if found is None else found
        self.column = min(max(self.column, 0), look.columns - 1)
        self._measure()
        self._say()
        self.viewport().update()

    def show_above(self, above: Above) -> None:
        """Show these above the bars, until other rows are shown."""
        self.above = above
        self._say()
        self.viewport().update()

    def key(self) -> str:
        """The key of the row of the cursor, "" without any."""
        return self.look.rows[self.row].key if self.row < len(self.look.rows) else ""

    def night(self) -> date:
        """The night of the cursor."""
        return self.look.night(self.column)

    def row_of(self, key: str) -> RowLook | None:
        """The row of that key."""
        return next((row for row in self.look.rows if row.key == key), None)

    def at(self, key: str, night: date) -> tuple[BarLook, ...]:
        """What is painted at a cell, from below to above."""
        row, column = self.row_of(key), self.look.column(night)
        bars = (*row.bars, *self.above.bars.get(key, ())) if row is not None else ()
        return tuple(bar for bar in bars if bar.first <= column < bar.after)

    # where things are

    def places(self) -> Places:
        """Where nights and rows stand now."""
        return painting.places(self.horizontalScrollBar().value(), self.viewport().width(), self.look.columns)

    def _top(self, at: Places, row: int) -> int:
        return at.head + row * at.row - self.verticalScrollBar().value()

    def rect_of(self, key: str, night: date) -> QRect:
        """Where a cell is painted, in the viewport."""
        at, column = self.places(), self.look.column(night)
        row = next(n for n, one in enumerate(self.look.rows) if one.key == key)
        return QRect(at.edges[column], self._top(at, row), at.edges[column + 1] - at.edges[column], at.row)

    def cell_at(self, place: QPoint) -> tuple[str, date] | None:
        """The cell at that place of the viewport; None on the head, a band or beside the nights."""
        at = self.places()
        n = (place.y() - at.head + self.verticalScrollBar().value()) // at.row
        column = at.column(place.x())
        if place.y() < at.head or place.x() < at.label or not 0 <= n < len(self.look.rows):
            return None
        row = self.look.rows[n]
        return None if row.is_band or column >= self.look.columns else (row.key, self.look.night(column))

    def _measure(self) -> None:
        at = self.places()
        view = self.viewport().size()
        high = len(self.look.rows) * at.row - (view.height() - at.head)
        wide = at.label + max(0, self.look.columns * painting.least_column()) - view.width()
        self.verticalScrollBar().setRange(0, max(0, high))
        self.verticalScrollBar().setPageStep(max(1, view.height() - at.head))
        self.verticalScrollBar().setSingleStep(at.row)
        self.horizontalScrollBar().setRange(0, max(0, wide))
        self.horizontalScrollBar().setPageStep(max(1, view.width() - at.label))
        self.horizontalScrollBar().setSingleStep(painting.least_column())

    def _see(self) -> None:
        """Bring the cell of the cursor into sight, a band above it too."""
        if not self.look.rows:
            return
        at = self.places()
        top = self._top(at, self.row)
        above = at.row if self.row and self.look.rows[self.row - 1].is_band else 0
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        if top - above < at.head:
            down.setValue(down.value() - (at.head - top + above))
        elif top + at.row > self.viewport().height():
            down.setValue(down.value() + top + at.row - self.viewport().height())
        left, right = at.edges[self.column], at.edges[self.column + 1]
        if left < at.label:
            across.setValue(across.value() - (at.label - left))
        elif right > self.viewport().width():
            across.setValue(across.value() + right - self.viewport().width())

    # the cursor

    def go_to(self, key: str, night: date) -> None:
        """Put the cursor there, in sight."""
        row = next((n for n, one in enumerate(self.look.rows) if one.key == key and not one.is_band), self.row)
        self.row, self.column = row, min(max(self.look.column(night), 0), self.look.columns - 1)
        self._see()
        self._say()
        self.viewport().update()

    def _go(self, row: int, column: int) -> None:
        self.row, self.column = row, column
        self._see()
        self._say()
        self.viewport().update()
        self.moved.emit(self.key(), self.night())

    def _say(self) -> None:
        """The cell of the cursor, for a reader of the screen."""
        row = self.row_of(self.key())
        told = looks.said(row, self.night(), self.today, self.above.verdicts.get(row.target)) if row is not None else ""
        if told != self.accessibleName():
            self.setAccessibleName(told)

    def _next_row(self, way: int) -> int:
        """The next row up or down that may be visited; the same one where there is none."""
        n = self.row + way
        while 0 <= n < len(self.look.rows):
            row = self.look.rows[n]
            if not row.is_band and (not self.above.only or row.key in self.above.only):
                return n
            n += way
        return self.row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if not self.look.rows:
            super().keyPressEvent(event)
        elif key in ways and shift:
            self.stretched.emit(ways[key])
        elif key in ways:
            column = self.column + ways[key]
            if 0 <= column < self.look.columns:
                self._go(self.row, column)
            else:
                self.beyond.emit(ways[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(self._next_row(-1 if key == Qt.Key.Key_Up else 1), self.column)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(self.row, 0 if key == Qt.Key.Key_Home else self.look.columns - 1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.opened.emit(self.key(), self.night())
        else:
            super().keyPressEvent(event)

    # the mouse

    def _edge_at(self, place: QPoint) -> bool:
        """Whether the end of the bar of somebody who is here stands there."""
        cell = self.cell_at(place)
        if cell is None or not self.can_stretch:
            return False
        at, column = self.places(), self.look.column(cell[1])
        for bar in self.row_of(cell[0]).bars if self.row_of(cell[0]) else ():  # type: ignore[union-attr]
            is_last = bar.shape == "planned" or (
                bar.shape == "stay" and not bar.ends and bar.after == self.look.now + 1
            )
            has_end = is_last and bar.after in (column, column + 1) and bar.stay is not None
            if has_end and abs(place.x() - at.edges[bar.after]) <= EDGE:
                return bar.shape == "planned" or not self._is_planned(cell[0], bar)
        return False

    def _is_planned(self, key: str, bar: BarLook) -> bool:
        row = self.row_of(key)
        return row is not None and any(one.shape == "planned" and one.first == bar.after for one in row.bars)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        cell = self.cell_at(place)
        if event.button() != Qt.MouseButton.LeftButton or cell is None:
            return
        self._pressed = place, *cell, self._edge_at(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._carries:
            self._carry(place)
        elif self._pressed is None:
            over = self._edge_at(place)
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)
        elif (place - self._pressed[0]).manhattanLength() >= QApplication.startDragDistance():
            _, key, night, is_edge = self._pressed
            if is_edge:
                self._carries = "edge"
                self.edge_lifted.emit(key, night)
            elif self.can_carry and any(bar.stay is not None for bar in self.at(key, night)):
                self._carries = "bar"
                self.lifted.emit(key, night)
            self._pressed = None
            if self._carries:
                self._carry(place)

    def _carry(self, place: QPoint) -> None:
        at = self.places()
        if place.y() > self.viewport().height() - at.row:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + at.row)
        elif place.y() < at.head + at.row // 2:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - at.row)
        if self._carries == "edge":
            nearest = min(range(len(at.edges)), key=lambda n: abs(at.edges[n] - place.x()))
            self.edge_carried.emit(self.look.night(nearest))
            return
        cell = self.cell_at(place)
        if cell is not None:
            self.go_to(*cell)
            self.carried.emit(*cell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        carries, self._carries = self._carries, ""
        cell = self.cell_at(event.position().toPoint())
        if carries == "edge":
            self.edge_dropped.emit()
        elif carries:
            self.dropped.emit(*(cell or ("", date.min)))
        elif pressed is not None and cell == pressed[1:3]:
            self.go_to(*cell)
            self.moved.emit(*cell)
            self.opened.emit(*cell)

    @property
    def carries(self) -> bool:
        """Whether the mouse drags something."""
        return self._carries != ""

    def let_go(self) -> None:
        """What the mouse carries stays where it was."""
        self._carries, self._pressed = "", None

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self.cell_at(event.pos())
            row = None if cell is None else self.row_of(cell[0])
            told = looks.tip(row, cell[1]) if row is not None and cell is not None else ""
            QToolTip.showText(event.globalPos(), told, self.viewport(), self.rect_of(*cell) if cell else QRect())
            return True
        return super().viewportEvent(event)

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, at, rows = QPainter(self.viewport()), self.places(), self._rows()
        painter.drawPixmap(0, 0, self._kept(at, rows))
        painter.setClipRect(self._room(at))
        for top, row in rows:
            for bar in self.above.bars.get(row.key, ()):
                self._painter.bar(painter, at, bar, top)
        if self.look.rows and not self.above.verdicts:
            self._paint_cursor(painter, at)

    def _rows(self) -> list[tuple[int, RowLook]]:
        """The rows that are seen, with the height each stands at."""
        at = self.places()
        first = max(0, self.verticalScrollBar().value() // at.row)
        last = min(len(self.look.rows), first + (self.viewport().height() - at.head) // at.row + 2)
        return [(self._top(at, n), self.look.rows[n]) for n in range(first, last)]

    def _room(self, at: Places) -> QRect:
        """The nights, without the head and the labels."""
        view = self.viewport()
        bottom = min(view.height(), self._top(at, len(self.look.rows)))
        return QRect(at.label, at.head, view.width() - at.label, bottom - at.head)

    def paint_anew(self) -> None:
        """Keep nothing of the picture."""
        self._seen = ()
        self.viewport().update()

    def _kept(self, at: Places, rows: Sequence[tuple[int, RowLook]]) -> QPixmap:
        """What is seen without the cursor and what is carried, painted anew once something of it is another."""
        view, ratio = self.viewport(), self.devicePixelRatioF()
        seen = (self._painter, at, self.verticalScrollBar().value(), view.size(), ratio)
        if seen != self._seen:
            self._seen, self._picture = seen, QPixmap(view.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(tokens.color("page"))
            painter = QPainter(self._picture)
            self._painter.body(painter, at, rows, self._room(at))
            self._painter.head(painter, at, view.width())
            painter.end()
        return self._picture

    def _paint_cursor(self, painter: QPainter, at: Places) -> None:
        """The cell of the keys: a ring inside it, thin while they go elsewhere."""
        cell = QRect(
            at.edges[self.column],
            self._top(at, self.row),
            at.edges[self.column + 1] - at.edges[self.column],
            at.row,
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.color("accent"), 2 if self.hasFocus() else 1))
        painter.drawRect(cell.adjusted(1, 1, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self._painter = CalendarPainter(self.look, tokens.color)
        self._measure()
        self.viewport().update()
