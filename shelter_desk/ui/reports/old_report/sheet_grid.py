"""A sheet of a workbook as Excel shows it: letters above, numbers at the left; a cell is walked to and pointed to."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from shelter_desk import words
from shelter_desk.domain.reports.old_report import Place
from shelter_desk.excel.reading.book import letters
from shelter_desk.operations.reports import old_report
from shelter_desk.operations.reports.old_report import Sheet
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.words import formats

ROW, NARROWEST, WIDEST = 24, 44, 230
MOST_ROWS, MOST_COLUMNS = 3000, 120  # of a sheet that are shown
MORE, LEAST_ROWS, LEAST_COLUMNS = 1, 16, 7  # empty ones after the last, as Excel has; a small sheet has these
_LOOKED_AT = 300  # cells by which a column is made as wide as it needs
_DECIMALS = 2
PAD = 6


def shown(cell: object) -> str:
    """A cell as it stands in the grid."""
    if isinstance(cell, datetime):
        return formats.day(cell.date()) if cell.time() == time() else formats.moment(cell)
    if isinstance(cell, date):
        return formats.day(cell)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return " ".join(str(getattr(cell, "text", cell)).split()) if cell is not None else ""
    rounded = round(cell, _DECIMALS)
    decimals = 0 if float(rounded).is_integer() else len(str(rounded).partition(".")[2])
    return formats.number(rounded, decimals).replace("-", "−")


class SheetCells(QAbstractTableModel):
    """The cells of one sheet, empty ones between them included. marked: those that are compared."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet: Sheet = {}
        self.marked: Collection[Place] = ()
        self._size = (0, 0)

    def show(self, sheet: Sheet) -> None:
        """Show that sheet."""
        self.beginResetModel()
        self.sheet = sheet
        last = (max((place[0] for place in sheet), default=0), max((place[1] for place in sheet), default=0))
        rows, columns = max(last[0] + MORE, LEAST_ROWS), max(last[1] + MORE, LEAST_COLUMNS)
        self._size = (min(rows, MOST_ROWS), min(columns, MOST_COLUMNS)) if sheet else (0, 0)
        self.endResetModel()

    def place(self, index: Index) -> Place:
        """Row and column from 1."""
        return index.row() + 1, index.column() + 1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else self._size[0]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else self._size[1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.TextAlignmentRole,
        ):
            return None
        place = self.place(index)
        cell = self.sheet.get(place)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if isinstance(cell, (int, float)) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return shown(cell) or None
        told = words.text("{cell}, compared: {value}") if place in self.marked else words.text("{cell}: {value}")
        return told.format(cell=old_report.address(place), value=shown(cell) or words.text("empty"))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return str(section + 1) if orientation == Qt.Orientation.Vertical else letters(section)


class SheetGrid(QTableView):
    """Arrows, a click or a letter of the head; Enter or a double click points to the cell."""

    walked = Signal(object)  # Place
    pointed = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__()
        self.cells = SheetCells()
        self.cells.setParent(self)
        self._delegate = SheetDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(self.cells)
        self.setAccessibleName(words.text("Cells of the old report"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            head.setHighlightSections(True)
            head.setMinimumSectionSize(16)
        self.doubleClicked.connect(self._point)
        self.selectionModel().currentChanged.connect(self._walked)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show that sheet from its first cell on."""
        self.cells.show(sheet)
        self.fit()
        first = min((place for place in sheet if place[1] <= MOST_COLUMNS), default=None)
        if first is not None:
            self.setCurrentIndex(self.cells.index(first[0] - 1, first[1] - 1))
            self.scrollToTop()

    def mark(self, places: Collection[Place]) -> None:
        """Tint the cells that are compared."""
        self.cells.marked = places
        self.viewport().update()

    def go_to(self, place: Place) -> None:
        """The keys are at that cell, which is brought into sight."""
        index = self.cells.index(place[0] - 1, place[1] - 1)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    @Slot()
    def fit(self) -> None:
        """Columns as wide as their numbers and short words need; long words run over the empty cells beside them."""
        face, wide = tokens.metrics("small"), dict[int, int]()
        by_column: dict[int, int] = {}
        for (row, column), cell in self.cells.sheet.items():
            by_column[column] = by_column.get(column, 0) + 1
            runs_over = isinstance(cell, str) and (row, column + 1) not in self.cells.sheet
            if by_column[column] <= _LOOKED_AT and not runs_over:
                wide[column] = max(wide.get(column, 0), face.horizontalAdvance(shown(cell)) + 14)
        for at in range(self.cells.columnCount()):
            self.setColumnWidth(at, max(tokens.wide(NARROWEST), min(wide.get(at + 1, 0), tokens.wide(WIDEST))))
        self.verticalHeader().setDefaultSectionSize(tokens.high(ROW))

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._point(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _point(self, index: QModelIndex) -> None:
        self.pointed.emit(self.cells.place(index))

    @Slot(QModelIndex, QModelIndex)
    def _walked(self, index: QModelIndex, _former: QModelIndex) -> None:
        self.viewport().update()  # words that run over into the cell left would lack a piece
        if index.isValid():
            self.walked.emit(self.cells.place(index))


class SheetDelegate(QStyledItemDelegate):
    """Paints a cell with its lines, tinted where it is compared, boxed where the keys are."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, cells = self.parent(), index.model()
        if not isinstance(view, SheetGrid) or not isinstance(cells, SheetCells):
            return
        box: QRect = option.rect
        place = cells.place(index)
        if place in cells.marked:
            painter.fillRect(box, tokens.color("accent_soft"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, tokens.color("grid"))
        if not self._run_over(view, cells, place):
            painter.fillRect(box.right(), box.top(), 1, box.height(), tokens.color("grid"))
        text = str(index.data() or "")
        if text:
            painter.setFont(tokens.font("small", bold=place in cells.marked))
            painter.setPen(tokens.color("ink"))
            room = self._room(view, cells, index, box)
            told = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), told)
        if view.currentIndex() == index:
            painter.setPen(QPen(tokens.color("accent" if view.hasFocus() else "line2"), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    def _run_over(self, view: SheetGrid, cells: SheetCells, place: Place) -> bool:
        """Whether words run over the right edge of the cell."""
        row, column = place
        first = next((at for at in range(column, 0, -1) if (row, at) in cells.sheet), 0)
        words_there = cells.sheet.get((row, first))
        if not isinstance(words_there, str) or (row, column + 1) in cells.sheet:
            return False
        face = tokens.metrics("small", (row, first) in cells.marked)
        room = sum(view.columnWidth(at - 1) for at in range(first, column + 1)) - PAD
        return face.horizontalAdvance(shown(words_there)) > room

    def _room(self, view: SheetGrid, cells: SheetCells, index: Index, box: QRect) -> QRect:
        """Words run over the empty cells at their right."""
        room, (row, column) = box.adjusted(PAD, 0, -PAD, 0), cells.place(index)
        if not isinstance(cells.sheet.get((row, column)), str):
            return room
        while column < cells.columnCount() and (row, column + 1) not in cells.sheet:
            room.setRight(room.right() + view.columnWidth(column))
            column += 1
        return room
