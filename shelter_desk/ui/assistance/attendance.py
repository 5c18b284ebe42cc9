"""Who was there: a list to tick, with keys, for meals and activities."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import StayId
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.services.service_log import ServiceLine
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.widgets.buttons import Button

ROW = 32


class AttendanceRows(QAbstractListModel):
    """Lines of one day and which of them are ticked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = date.min
        self.lines: list[ServiceLine] = []
        self.ticked: set[StayId] = set()
        self._place_widths: dict[str, int] = {}  # of what is shown, by the font it was measured in

    def show(self, day: date, lines: Sequence[ServiceLine], ticked: Collection[StayId]) -> None:
        """Show these lines, those ticked."""
        self.beginResetModel()
        self.day, self.lines, self._place_widths = day, list(lines), {}
        known = {one.stay.id for one in lines}
        self.ticked = {key for key in ticked if key in known}
        self.endResetModel()

    def place_width(self) -> int:
        """Pixels of the widest code of a bed that is shown."""
        font = tokens.font("small", bold=True).key()
        if font not in self._place_widths:
            metrics = tokens.metrics("small", True)
            widest = max((metrics.horizontalAdvance(choices.place(one)) for one in self.lines), default=0)
            self._place_widths = {font: widest}
        return self._place_widths[font]

    def turn(self, row: int) -> None:
        """Tick, or untick."""
        self.ticked ^= {self.lines[row].stay.id}
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            told = words.text("{code}, present") if line.stay.id in self.ticked else words.text("{code}, absent")
            return told.format(code=line.person.code)
        return None


class AttendanceList(QListView):
    """In columns where there is room: arrows walk, Space or a click ticks, A all, N none; drafts keep the ticks.

    every, nobody: buttons that do the same as the letters, to lay out beside it.
    """

    turned = Signal()

    def __init__(self, rows: AttendanceRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self.every = Button(words.text("Everybody"), "quiet", shortcut_text="A", on_click=partial(self.tick_all, True))
        self.nobody = Button(words.text("Nobody"), "quiet", shortcut_text="N", on_click=partial(self.tick_all, False))
        for button in (self.every, self.nobody):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._delegate = _AttendanceDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(rows)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def tick_all(self, on: bool) -> None:
        """Everybody, or nobody."""
        self.rows.ticked = {line.stay.id for line in self.rows.lines} if on else set()
        self.viewport().update()
        self.turned.emit()

    def _turn(self, index: QModelIndex) -> None:
        if index.isValid() and self.isEnabled():
            self.rows.turn(index.row())
            self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Space:
            self._turn(self.currentIndex())
        elif bare and event.key() in (Qt.Key.Key_A, Qt.Key.Key_N):
            self.tick_all(event.key() == Qt.Key.Key_A)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters act, they do not search."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._turn(self.indexAt(event.position().toPoint()))

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self.scheduleDelayedItemsLayout()

    def draft_value(self) -> Value:
        return [str(key) for key in sorted(self.rows.ticked)]

    def put_draft(self, value: Value) -> None:
        known = {line.stay.id for line in self.rows.lines}
        self.rows.ticked = {StayId(int(key)) for key in value if key.isdecimal()} & known
        self.viewport().update()
        self.turned.emit()


class _AttendanceDelegate(QStyledItemDelegate):
    """Paints a box, the bed, the code, sex and age."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        view = self.parent()
        room = view.viewport().width() if isinstance(view, QListView) else 300
        least = tokens.wide(300)
        return QSize(max(least, room // max(1, room // least)) - 1, tokens.high(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows, view, box = index.model(), self.parent(), option.rect
        if not isinstance(rows, AttendanceRows) or not isinstance(view, QListView):
            return
        line = rows.lines[index.row()]
        is_ticked = line.stay.id in rows.ticked
        at = view.currentIndex() == index
        if at:
            painter.fillRect(box, tokens.color("accent_soft"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, tokens.color("grid"))
        side = tokens.wide(18)
        square = QRect(box.left() + choices.PAD, box.center().y() - side // 2, side, side)
        painter.setPen(tokens.color("ok" if is_ticked else "line2"))
        painter.setBrush(tokens.color("ok_soft" if is_ticked else "surface"))
        painter.drawRoundedRect(square.adjusted(0, 0, -1, -1), 3, 3)
        if is_ticked:
            inset = (side - tokens.wide(16)) // 2
            painter.drawPixmap(square.left() + inset, square.top() + inset, icons.pixmap("check", "ok", 16))
        room = box.adjusted(square.right() + choices.PAD - box.left(), 0, -1, 0)
        about = choices.about(line, rows.day)
        choices.paint_person(painter, room, line, rows.day, about, rows.place_width(), bold=is_ticked)
        if at and view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(tokens.color("accent"))
            for edge in range(2):
                painter.drawRect(box.adjusted(edge, edge, -1 - edge, -1 - edge))
