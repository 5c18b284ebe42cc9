"""The lines of a count as they are typed: counted, counted again where it differs, and why."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shelter_desk import words
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.stock.counting import StockCountLine
from shelter_desk.operations.stock.stock_counts import BlindSheet, CountEntry
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.stock import amounts

COUNTED, EXPECTED, DIFFERENCE, RECOUNT, CAUSE = range(3, 8)  # after item, lot and unit
_NUMBERS = (COUNTED, EXPECTED, DIFFERENCE, RECOUNT)


class CountRows(QAbstractTableModel):
    """Blind until every line is counted; then what was expected, the difference, and what it asks for."""

    written = Signal(object)  # Entry
    read = Signal(str)  # a label typed by a reader, where a number was expected

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: BlindSheet | None = None
        self._lines: Sequence[StockCountLine] = ()
        self.may_write = False

    def show(self, sheet: BlindSheet) -> None:
        """Show that count as it stands; the place that is chosen stays, and what is being typed on another line too."""
        before, lines = self._lines, sheet.count.lines
        if self._sheet is None or self._sheet.is_blind != sheet.is_blind or len(before) != len(lines):
            self.beginResetModel()
            self._sheet, self._lines = sheet, lines
            self.endResetModel()
            return
        self._sheet, self._lines = sheet, lines
        for at, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        if parent.isValid() or self._sheet is None:
            return 0
        return COUNTED + 1 if self._sheet.is_blind else CAUSE + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if self.is_typed(index) else plain

    def is_typed(self, index: Index) -> bool:
        """Whether something is typed there now."""
        if self._sheet is None or not self.may_write or not self._sheet.count.is_open:
            return False
        line = self._lines[index.row()]
        if index.column() == COUNTED:
            return self._sheet.is_blind
        if index.column() == RECOUNT:
            return line.id in self._sheet.again or line.recount is not None
        return index.column() == CAUSE and line.id in self._sheet.differences

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._sheet is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(self._sheet, self._lines[index.row()], index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.BackgroundRole and self.is_typed(index):
            text = self._text(self._sheet, self._lines[index.row()], index.column())
            return tokens.color("surface" if text else "attention_soft")
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == DIFFERENCE:
            key = self._lines[index.row()].id
            return tokens.color("blocked" if key in self._sheet.differences or key in self._sheet.again else "ok")
        return None

    def _text(self, sheet: BlindSheet, line: StockCountLine, column: int) -> str:
        item = sheet.items[line.item]
        if column in (COUNTED, RECOUNT):
            amount = line.counted if column == COUNTED else line.recount
            return "" if amount is None else amounts.bare(amount)
        if column in (EXPECTED, DIFFERENCE) and line.id in sheet.again:
            return words.text("again") if column == DIFFERENCE else ""
        if column == EXPECTED:
            return amounts.bare(sheet.expected.get(line.id, 0))
        if column == DIFFERENCE:
            return amounts.signed(sheet.differences.get(line.id, 0))
        if column == CAUSE:
            return words.label("count_cause", line.cause) if line.cause else ""
        return (item.designation, amounts.lot(line.lot), words.label("unit", item.unit))[column]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            words.text("Item"),
            words.text("Lot"),
            words.text("Unit"),
            words.text("Counted"),
            words.text("Theoretical"),
            words.text("Difference"),
            words.text("Counted again"),
            words.text("Cause"),
        )[section]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.is_typed(index):
            return False
        line = self._lines[index.row()]
        entry = CountEntry(line.id, line.counted, line.recount, line.cause, line.comment)
        text = str(value or "").strip()
        amount = amounts.typed(text)
        if index.column() == CAUSE:
            entry = replace(entry, cause=text)
        elif text and amount is None:
            self.read.emit(text)
            return False
        elif index.column() == COUNTED:
            entry = replace(entry, counted=amount)
        else:
            entry = replace(entry, recount=amount)
        self.written.emit(entry)
        return True

    def place_of(self, item: ItemId, lot_no: str) -> int | None:
        """The line of that lot, else the first line of the item that is not counted, else its first line."""
        mine = [at for at, line in enumerate(self._lines) if line.item == item]
        of_lot = [at for at in mine if lot_no and self._lines[at].lot.lot_no.casefold() == lot_no.casefold()]
        empty = [at for at in mine if self._lines[at].counted is None]
        return next(iter((*of_lot, *empty, *mine)), None)

    def next_empty(self, after: int) -> int | None:
        """The next line that is not counted, from the top again; None where all are."""
        order = [*range(after + 1, len(self._lines)), *range(after + 1)]
        return next((at for at in order if self._lines[at].counted is None), None)


class CountTable(QTableView):
    """Typing begins at once; Enter writes the number and goes to the line below."""

    def __init__(self, rows: CountRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self.setProperty("role", "sheet")
        self.rows = rows
        self._sent_to: int | None = None
        self.setItemDelegateForColumn(CAUSE, CauseDelegate(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.high(32))
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(words.text("Sheet of the count"))
        rows.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Columns as wide as what stands in them."""
        lot = 460 if self.rows.columnCount() == COUNTED + 1 else 320  # blind, there is more room
        for column, wide in enumerate((210, lot, 105, 90, 95, 115, 110, 170)[: self.rows.columnCount()]):
            self.setColumnWidth(column, tokens.wide(wide))
        self.horizontalHeader().setStretchLastSection(self.rows.columnCount() > COUNTED + 1)

    def go_to(self, row: int, column: int = COUNTED) -> None:
        """Choose that cell and bring it into sight."""
        index = self.rows.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def send_to(self, row: int) -> None:
        """A reader named that line: its own Enter goes no line further."""
        self._sent_to = row
        QTimer.singleShot(0, self, self._go)  # the editor goes first

    @Slot()
    def _go(self) -> None:
        if self._sent_to is not None:
            self.go_to(self._sent_to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An editor lets Enter through once it has asked to be written: it goes first, then the table moves on."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not self.currentIndex().isValid():
            super().keyPressEvent(event)
        elif self.state() == QAbstractItemView.State.EditingState:
            QTimer.singleShot(0, self, self._below)
        elif self.currentIndex().column() == CAUSE and self.rows.is_typed(self.currentIndex()):
            self.edit(self.currentIndex())
        else:
            self._below()

    @Slot()
    def _below(self) -> None:
        if self._sent_to is not None:
            self._go()
            self._sent_to = None
            return
        at = self.currentIndex()
        if at.row() + 1 < self.rows.rowCount():
            self.go_to(at.row() + 1, at.column())


class CauseDelegate(QStyledItemDelegate):
    """The causes of a difference as a list."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        made = QComboBox(parent)
        for code, label in code_lists.of("count_cause"):
            made.addItem(label, code)
        made.activated.connect(self._chosen)
        return made

    @Slot(int)
    def _chosen(self, _place: int) -> None:
        """What was chosen is written at once."""
        editor = self.sender()
        if isinstance(editor, QComboBox):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findText(str(index.data() or ""))))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)
