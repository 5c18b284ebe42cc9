"""Which columns a list shows, and in which order."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.filter_popup import ListPopup
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row

_COLUMN = int(Qt.ItemDataRole.UserRole)
_HIGHEST = 15  # lines seen at once


class ColumnList(QListWidget):
    """The columns, dragged or moved with Alt and the arrows; the first one stays where it is, and is always shown."""

    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setAccessibleName(words.text("Columns"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self.turned)
        self.model().rowsMoved.connect(self._moved)

    @Slot()
    def _moved(self) -> None:
        QTimer.singleShot(0, self, self.turned.emit)  # the list is in the midst of it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if not step or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        row = self.currentRow()
        if row > 0 and 0 < row + step < self.count():
            self.blockSignals(True)
            item = self.takeItem(row)
            self.insertItem(row + step, item)
            self.blockSignals(False)
            self.setCurrentRow(row + step)
            self.turned.emit()


class ColumnsPopup(ListPopup):
    """Every tick and every move is seen in the table at once."""

    def __init__(self, table: TableView, parent: QWidget) -> None:
        super().__init__(words.text("Columns"), parent)
        self._table = table
        self.counted = Label("", "small", ink="ink2")
        self.list = ColumnList()
        told = words.text("Drag, or Alt+↑ ↓. Order, widths, sorting and filters are kept for you.")
        self.restore_button = Button(words.text("Restore (columns)"), on_click=self.restore)
        in_column(
            in_row((self.title, 1), self.counted),
            self.list,
            Label(told, "small", ink="ink2", wrap=True),
            in_row(self.restore_button, STRETCH, self.close_button),
            within=self,
            spacing=tokens.SPACE,
            margins=tokens.SPACE_PANEL,
        )
        self._fill()
        self.list.turned.connect(self._turn)

    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        for column in self._table.order():
            item = QListWidgetItem(self._table.rows.columns[column].heading)
            item.setData(_COLUMN, column)
            more = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled
            item.setFlags(usual | more if column else usual)
            shown = column not in self._table.left_out
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        lines = min(self.list.count(), _HIGHEST)
        self.list.setFixedHeight(tokens.high(30) * lines + 6)
        self.list.blockSignals(False)
        self._count()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _count(self) -> None:
        ticked = sum(one.checkState() == Qt.CheckState.Checked for one in self._items())
        self.counted.setText(words.text("{n} of {all}").format(n=ticked, all=self.list.count()))

    @Slot()
    def _turn(self) -> None:
        items = self._items()
        order = [one.data(_COLUMN) for one in items]
        left_out = {one.data(_COLUMN) for one in items if one.checkState() != Qt.CheckState.Checked} - {0}
        if order[0] != 0:
            order = [0, *(one for one in order if one)]
        self._table.order_columns(order, left_out)
        self._table.laid_by_hand.emit()
        if order != [one.data(_COLUMN) for one in items]:
            self._fill()
        self._count()

    @Slot()
    def restore(self) -> None:
        """The columns as the page has them."""
        self._table.restore_columns()
        self._fill()
