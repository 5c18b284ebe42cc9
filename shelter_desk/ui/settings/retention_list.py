"""The list of those whose names are due to go, each with a box to check."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import PersonId
from shelter_desk.operations.retention import Due
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.table import Column, RowDelegate, Rows, Table
from shelter_desk.words import shown

Index = QModelIndex | QPersistentModelIndex
SIDE = 16
WIDEST = "WMW-WMW-W"


class DueRows(Rows[Due]):
    """Rows whose first cell is a box; where an erasure is suspended it cannot be checked."""

    checks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_columns(), parent)
        self._checked: set[PersonId] = set()

    def show(self, rows: Sequence[Due]) -> None:
        self._checked &= {one.case.person for one in rows if not one.is_held}
        super().show(rows)
        self.checks_changed.emit()

    def checked(self) -> list[Due]:
        """Those whose boxes are checked, as sorted now."""
        return [one for one in self.rows() if one.case.person in self._checked]

    def is_checked(self, one: Due) -> bool:
        """Whether the box of that person is checked."""
        return one.case.person in self._checked

    def free(self) -> list[Due]:
        """Those whose boxes can be checked."""
        return [one for one in self.rows() if not one.is_held]

    def check(self, some: Sequence[Due], on: bool) -> None:
        """Check these boxes or empty them."""
        persons = {one.case.person for one in some if not one.is_held}
        self._checked = self._checked | persons if on else self._checked - persons
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


def _columns() -> list[Column[Due]]:
    return [
        Column("", lambda _: ""),
        Column(words.text("Code"), lambda one: one.case.code, lambda one: one.case.code, bold=True),
        Column(words.text("Case closed on"), lambda one: shown.day(one.closed_on), lambda one: one.closed_on),
        Column(words.text("To erase since"), lambda one: shown.day(one.since), lambda one: one.since),
        Column(words.text("Minor at the exit"), lambda one: words.text("yes") if one.case.was_minor else ""),
        Column(words.text("Suspended"), _why_held, ink=lambda _: "held", tooltip=_why_held),
    ]


def _why_held(one: Due) -> str:
    return " · ".join(hold.reason for hold in one.case.holds)


class DueTable(Table):
    """Space or a click on the box checks; with several rows chosen, Space checks them all."""

    def __init__(self, rows: DueRows, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent=parent)
        self._due = rows
        self._boxes = BoxDelegate(self)
        self.setItemDelegate(self._boxes)
        self.setAccessibleName(words.text("Identities to erase"))
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
