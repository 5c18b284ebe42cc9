"""The list of what is due to go, each line with a box to check."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from shelter_desk import words
from shelter_desk.domain.retention.retention import Clocks, Item
from shelter_desk.operations.residents.retention import Due
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.lists.table import Column, RowDelegate, Rows, Table
from shelter_desk.words import formats
from shelter_desk.words import retention as retention_words

Index = QModelIndex | QPersistentModelIndex
SIDE = 16
WIDEST = "WMW-WMW-W"


class DueRows(Rows[Due]):
    """Rows whose first cell is a box; where an erasure is suspended it cannot be checked."""

    checks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.clocks = Clocks()
        super().__init__(self._columns(), parent)
        self._checked: set[Item] = set()

    def show(self, rows: Sequence[Due]) -> None:
        self._checked &= {one.item for one in rows if not one.is_held}
        super().show(rows)
        self.checks_changed.emit()

    def checked(self) -> list[Due]:
        """Those whose boxes are checked, as sorted now."""
        return [one for one in self.rows() if one.item in self._checked]

    def is_checked(self, one: Due) -> bool:
        """Whether the box of that line is checked."""
        return one.item in self._checked

    def free(self) -> list[Due]:
        """Those whose boxes can be checked."""
        return [one for one in self.rows() if not one.is_held]

    def check(self, some: Sequence[Due], on: bool) -> None:
        """Check these boxes or empty them."""
        items = {one.item for one in some if not one.is_held}
        self._checked = self._checked | items if on else self._checked - items
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
        self.checks_changed.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.column() == 0:
            one = self.row(index.row())
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if self.is_checked(one) else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return words.text("checked") if self.is_checked(one) else words.text("not checked")
        return super().data(index, role)

    def _columns(self) -> list[Column[Due]]:
        return [
            Column("", lambda _: ""),
            Column(words.text("Code"), lambda one: one.code, lambda one: one.code, bold=True),
            Column(words.text("What goes"), _kind, _kind),
            Column(words.text("To erase since"), lambda one: formats.day(one.since), lambda one: one.since),
            Column(words.text("Why now"), self._why, self._why, tooltip=self._why),
            Column(words.text("Suspended"), _why_held, ink=lambda _: "held", tooltip=_why_held),
        ]

    def _why(self, one: Due) -> str:
        was_minor = one.case is not None and one.case.was_minor
        return retention_words.why(one.item.kind, self.clocks, was_closed=one.was_closed, was_minor=was_minor)


def _kind(one: Due) -> str:
    return retention_words.kind(one.item.kind)


def _why_held(one: Due) -> str:
    return " · ".join(map(retention_words.hold, one.holds))


class DueTable(Table):
    """Space or a click on the box checks; with several rows chosen, Space checks them all."""

    def __init__(self, rows: DueRows, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent=parent)
        self._due = rows
        self._boxes = BoxDelegate(self)
        self.setItemDelegate(self._boxes)
        self.setAccessibleName(words.text("To erase, to be approved"))
        self.clicked.connect(self._clicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.dataChanged.connect(self.viewport().update)

    @Slot()
    def fit(self) -> None:
        """Codes are as wide as the widest; reasons take what is left and are cut, whole in their tool tip."""
        super().fit()
        self.setColumnWidth(1, tokens.metrics(bold=True).horizontalAdvance(WIDEST) + 20)
        self.setColumnWidth(self.rows.columnCount() - 1, tokens.wide(100))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._turn([self._due.row(index.row()) for index in self.selectionModel().selectedRows()])
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._turn([self._due.row(index.row())])

    def _turn(self, some: Sequence[Due]) -> None:
        free = [one for one in some if not one.is_held]
        self._due.check(free, not all(self._due.is_checked(one) for one in free))


class BoxDelegate(RowDelegate):
    """Paints the box in the first cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.column() != 0:
            return
        rows = index.model()
        assert isinstance(rows, DueRows)  # noqa: S101 for the type checker: no other table has this delegate
        one = rows.row(index.row())
        side, place = tokens.wide(SIDE), option.rect
        left, top = place.left() + 10, place.top() + (place.height() - side) // 2
        on = rows.is_checked(one)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.color("line3" if one.is_held else "accent" if on else "line2"))
        painter.setBrush(tokens.color("sunken" if one.is_held else "accent" if on else "surface"))
        painter.drawRoundedRect(QRectF(left + 0.5, top + 0.5, side - 1, side - 1), 3, 3)
        if on:
            painter.drawPixmap(QPoint(left, top), icons.pixmap("check", "on_accent", SIDE))
        painter.restore()
