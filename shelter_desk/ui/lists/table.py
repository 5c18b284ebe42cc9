"""A table of rows: sorted by clicks, its columns wide as they need, copied as a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.lists import column_widths
from shelter_desk.ui.lists.column_widths import Width
from shelter_desk.ui.lists.list_header import ListHeader
from shelter_desk.ui.lists.row_painter import RowPainter
from shelter_desk.ui.lists.table_rows import UP, TableRows
from shelter_desk.ui.locking.clipboard import private


class TableView(QTableView):
    """A styled table of `Rows`: Enter or a double click opens a row, Ctrl+C copies the chosen rows with their head.

    row_height: 32, 24 for the report, 40 for the roll call. fits: never wider than its room: heads go over two lines,
    texts are cut with …, then columns give way. Columns that somebody chose (`order_columns`) do not. size: of letters.
    left_out: the columns that somebody chose not to see. widths: those that somebody gave, in pixels at 100 %.
    """

    opened = Signal(object)  # the row
    selected = Signal(object)  # the row the focus is on, None when there is none
    arranged = Signal()  # which columns have room may have changed
    menu_wanted = Signal(QPoint, int)  # where on the screen, and in which column
    laid_by_hand = Signal()  # columns moved, sized or chosen

    def __init__(
        self,
        rows: "TableRows[Any]",
        row_height: int = 32,
        parent: QWidget | None = None,
        *,
        fits: bool = False,
        size: tokens.Size = "text",
    ) -> None:
        super().__init__(parent)
        self._height, self._fits = row_height, fits
        self._widths: list[Width] = []
        self._signs: list[int] = []  # how wide what stands beside each head was when room was given
        self.left_out: set[int] = set()
        self.widths: dict[int, int] = {}
        self.are_chosen = False
        self._row_painter = RowPainter(self, size)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        down = self.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(16)
        down.setDefaultSectionSize(tokens.high(self._height))
        down.hide()
        self.head = ListHeader(rows, self)
        self.setHorizontalHeader(self.head)
        self.setModel(rows)
        self.rows = rows
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        self.head.laid_by_hand.connect(self._keep_widths)
        rows.modelReset.connect(self.fit)
        self.fit()
        self.setSortingEnabled(any(column.sort_key for column in rows.columns))
        rows.turned.connect(self._point)
        self.head.sortIndicatorChanged.connect(self._point)

    @Slot()
    def _point(self) -> None:
        """The arrow stands where the rows are sorted; a column that has no order takes none."""
        column, way = self.rows.sorts[0] if self.rows.sorts else (-1, UP)
        if (self.head.sortIndicatorSection(), self.head.sortIndicatorOrder()) != (column, way):
            blocked = QSignalBlocker(self.head)  # else it sorts by this column alone
            self.head.setSortIndicator(column, way)
            blocked.unblock()
        if self.head.has_filters:
            if self._signs != self._signs_now():
                self._give_room()
            self.head.viewport().update()

    def _signs_now(self) -> list[int]:
        return [self.head.signs_width(place) for place in range(len(self._widths))]

    @Slot()
    def fit(self) -> None:
        """Make each column as wide as its head and its first 200 rows need."""
        self._widths = column_widths.measured(self.rows)
        self._give_room()

    def _give_room(self) -> None:
        """Widths as they are wanted, by who chose them or by what stands there.

        At once: Qt would paint all as it was, then again as it is, and once more for each column that changed.
        """
        self._signs = self._signs_now()
        blocked = QSignalBlocker(self.head)
        if self._fits:
            self._arrange()
        else:
            for place in range(len(self._widths)):
                self.setColumnWidth(place, self._wanted(place).natural)
                if self.left_out or self.are_chosen:
                    self.setColumnHidden(place, place in self.left_out)
        blocked.unblock()
        for one in (self.head, self):
            one.executeDelayedItemsLayout()
        self.updateGeometries()
        self.viewport().update()

    def _wanted(self, place: int) -> Width:
        one, signs = self._widths[place], self.head.signs_width(place)
        if place in self.widths:
            chosen = tokens.wide(self.widths[place])
            return Width(chosen, chosen, 0)
        return Width(one.natural + signs, one.least + signs, 0 if self.are_chosen else one.gives_way)

    def _arrange(self) -> None:
        """Every column that has room, none wider than there is."""
        wanted = {place: self._wanted(place) for place in range(len(self._widths)) if place not in self.left_out}
        shown, lines = column_widths.within(self.viewport().width(), wanted), 1
        for place in range(len(self._widths)):
            self.setColumnHidden(place, place not in shown)
            if place in shown:
                self.setColumnWidth(place, shown[place])
                room = shown[place] - self.head.signs_width(place)
                lines = max(lines, column_widths.lines_of(self.rows.columns[place].heading, room))
        self.arranged.emit()
        high = lines * tokens.metrics("small", True).lineSpacing() + tokens.high(14)
        self.head.setMinimumHeight(high if lines > 1 else 0)

    def hidden(self) -> list[str]:
        """The heads of the columns that gave way."""
        columns = enumerate(self.rows.columns)
        return [one.heading for at, one in columns if self.isColumnHidden(at) and at not in self.left_out]

    def shown_columns(self) -> list[int]:
        """The columns that are seen, from left to right."""
        every = range(len(self.rows.columns))
        return sorted((at for at in every if not self.isColumnHidden(at)), key=self.head.visualIndex)

    def columns_taken(self) -> list[tuple[str, str]]:
        """The headings that are seen, from left to right, and the column of an import that each is."""
        shown = (self.rows.columns[at] for at in self.shown_columns())
        return [(one.heading, one.taken_as) for one in shown]

    def order(self) -> list[int]:
        """All columns, seen or not, from left to right."""
        return [self.head.logicalIndex(at) for at in range(len(self.rows.columns))]

    def order_columns(self, order: Sequence[int], left_out: set[int] | None = None) -> None:
        """Show the columns in that order. left_out: without these; said, no column gives way."""
        for place, column in enumerate(order):
            self.head.moveSection(self.head.visualIndex(column), place)
        if left_out is not None:
            self.are_chosen, self.left_out = True, set(left_out)
        self._give_room()

    def restore_columns(self) -> None:
        """The columns as the page has them."""
        self.widths.clear()
        self.order_columns(range(len(self.rows.columns)), set())
        self.are_chosen = False
        self._give_room()
        self.laid_by_hand.emit()

    @Slot()
    def _keep_widths(self) -> None:
        for column in self.head.sized:
            self.widths[column] = max(1, round(self.columnWidth(column) * 100 / tokens.wide(100)))
        self.laid_by_hand.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self._give_room()

    def current(self) -> Any:
        """The row the focus is on, None when there is none."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def go_to(self, place: int) -> None:
        """Choose the row shown at that place alone, whatever keys are held, and bring it into sight."""
        shown = self.shown_columns()
        index = self.rows.index(place, shown[0] if shown else 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def chosen_places(self) -> list[int]:
        """The places of the rows chosen, from top to bottom."""
        ranges = self.selectionModel().selection().toList()
        return sorted({place for one in ranges for place in range(one.top(), one.bottom() + 1)})

    def as_text(self, places: Sequence[int]) -> str:
        """These rows as a table a spreadsheet takes: tabs between cells, the head first, columns as shown."""
        columns = self.shown_columns()
        lines = [tuple(self.rows.columns[at].heading for at in columns)]
        for place in places:
            cells = self.rows.cells(place)
            lines.append(tuple(cells[at] for at in columns))
        return "\n".join("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in line) for line in lines)

    def copy(self, places: Sequence[int] | None = None) -> None:
        """These rows on the clipboard, for half a minute; the chosen ones where none are said."""
        text = self.as_text(self.chosen_places() if places is None else places)
        QGuiApplication.clipboard().setMimeData(private(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            box = self.visualRect(index)
            at = self.viewport().mapToGlobal(box.bottomLeft() if index.isValid() else QPoint(0, 0))
        else:
            index, at = self.indexAt(self.viewport().mapFromGlobal(event.globalPos())), event.globalPos()
        self.menu_wanted.emit(at, index.column())

    def places_within(self, area: QRect) -> range:
        """The places of the rows that lie in that part of the viewport."""
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return range(0)
        return range(first, (last if last >= 0 else self.rows.rowCount() - 1) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._row_painter.paint(event.rect())

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self.verticalHeader().setDefaultSectionSize(tokens.high(self._height))

    @Slot(QModelIndex)
    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows.row(index.row()))

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, index: QModelIndex, _former: QModelIndex) -> None:
        self.selected.emit(self.rows.row(index.row()) if index.isValid() else None)
        self.viewport().update()
