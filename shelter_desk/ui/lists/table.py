"""Tables of rows: fast for tens of thousands, sorted by clicks, filtered, copied as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPoint,
    QSignalBlocker,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from shelter_desk.domain.codes import each_folded, folded
from shelter_desk.ui import tokens
from shelter_desk.ui.lists import column_widths
from shelter_desk.ui.lists.column_filters import ColumnFilter
from shelter_desk.ui.lists.column_widths import Width
from shelter_desk.ui.lists.list_header import ListHeader
from shelter_desk.ui.lists.row_delegate import BADGE, BOLD, INK, Index, RowDelegate
from shelter_desk.ui.locking.clipboard import private
from shelter_desk.ui.widgets import badge as badges
from shelter_desk.ui.widgets.tips import plain

R = TypeVar("R")
Alignment = Literal["left", "right", "center"]
Sort = tuple[int, Qt.SortOrder]  # a column, and which way
_AT = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
BY_TEXT: Literal["by text"] = "by text"  # a column sorted by what it says


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[R]):
    """A column: what stands in its head and how a row is read. ink: the token the text is written in.

    badge: the state whose badge the text stands in, never cut; None for a text alone.
    gives_way: 1 for the column that goes first where a table that fits its room has too little of it, 0 for never.
    is_whole: its texts are never cut, as numbers and what a line is called.
    unit: what the numbers count, "" for pieces of whatever the list shows; None where they are not added up.
    """

    heading: str
    value: Callable[[R], str]
    sort_key: Callable[[R], Any] | Literal["by text"] | None = None
    alignment: Alignment = "left"
    bold: bool = False
    ink: Callable[[R], str | None] | None = None
    tooltip: Callable[[R], str] | None = None
    gives_way: int = 0
    is_whole: bool = False
    badge: Callable[[R], badges.State | None] | None = None
    unit: Callable[[R], str] | str | None = None

    @property
    def counts(self) -> bool:
        """Whether numbers stand in it."""
        return self.alignment == "right"


class TableRows(QAbstractTableModel, Generic[R]):
    """Rows given by a page; each is read once, when it is first seen. Order and filters hold for what is given later.

    sorts: the columns they are sorted by, the first before all; none where they stand as they were given.
    filters: by column. searched: folded words that each row listed says.
    """

    turned = Signal()  # other rows, another order or another filter

    def __init__(self, columns: Sequence[TableColumn[R]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.sorts: list[Sort] = []
        self.filters: dict[int, ColumnFilter] = {}
        self.searched: tuple[str, ...] = ()
        self._given: list[R] = []
        self._places: list[int] = []  # of the rows listed, among those given
        self._cells: list[tuple[str, ...] | None] = []  # of those given
        self._said: dict[int, str] = {}

    def show(self, rows: Sequence[R]) -> None:
        """List these rows, as far as the filters leave them, in the order chosen, in this one where none is."""
        self.beginResetModel()
        self._given = list(rows)
        self.forget_cells()
        self._places = self._ordered(self._held())
        self.endResetModel()
        self.turned.emit()

    def forget_cells(self) -> None:
        """Read each row again when it is next seen."""
        self._cells = [None] * len(self._given)
        self._said = {}

    @property
    def given(self) -> int:
        """How many rows there are, listed or not."""
        return len(self._given)

    def row(self, place: int) -> R:
        """The row shown at that place."""
        return self._given[self._places[place]]

    def rows(self) -> list[R]:
        """All rows listed, as sorted now."""
        return [self._given[place] for place in self._places]

    def cells(self, place: int) -> tuple[str, ...]:
        """The texts of that row."""
        return self._cells_of(self._places[place])

    def _cells_of(self, at: int) -> tuple[str, ...]:
        cells = self._cells[at]
        if cells is None:
            row = self._given[at]
            cells = self._cells[at] = tuple(column.value(row) for column in self.columns)
        return cells

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(index.row())[index.column()]
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_AT[column.alignment] | Qt.AlignmentFlag.AlignVCenter)
        if role == BOLD:
            return column.bold
        if role == BADGE and column.badge is not None:
            return column.badge(self.row(index.row()))
        if role == INK and column.ink is not None:
            return column.ink(self.row(index.row()))
        if role == Qt.ItemDataRole.ToolTipRole and column.tooltip is not None:
            return plain(column.tooltip(self.row(index.row())))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            wrapped = int(Qt.TextFlag.TextWordWrap.value)
            return int(_AT[self.columns[section].alignment] | Qt.AlignmentFlag.AlignVCenter) | wrapped
        return None

    # Order ------------------------------------------------------------------------------------------------------------

    def can_sort(self, column: int) -> bool:
        """Whether the rows can be sorted by that column."""
        return self._key_of(column) is not None

    def sort(self, column: int, order: Qt.SortOrder = UP) -> None:
        """Sort by that column alone where it can be, -1 for the order given; what was chosen stays chosen."""
        if column < 0 or self.can_sort(column):
            self.sort_by([] if column < 0 else [(column, order)])

    def sort_also(self, column: int) -> None:
        """Sort by that column after those chosen; by it the other way where it is one, then no longer."""
        ways = dict(self.sorts)
        if not self.can_sort(column):
            return
        if ways.get(column) == DOWN:
            del ways[column]
        else:
            ways[column] = DOWN if column in ways else UP
        self.sort_by(list(ways.items()))

    def sort_by(self, sorts: Sequence[Sort]) -> None:
        """Sort by these columns; what was chosen stays chosen."""
        self.sorts = list(sorts)
        self.layoutAboutToBeChanged.emit()
        former = self.persistentIndexList()
        places = [self._places[index.row()] for index in former]
        self._places = self._ordered(sorted(self._places))
        if former:
            moved = {place: at for at, place in enumerate(self._places)}
            new = [self.index(moved[place], index.column()) for place, index in zip(places, former, strict=True)]
            self.changePersistentIndexList(former, new)
        self.layoutChanged.emit()
        self.turned.emit()

    def _key_of(self, column: int) -> Callable[[R], Any] | None:
        if not 0 <= column < len(self.columns):
            return None
        one = self.columns[column]
        return one.value if one.sort_key == BY_TEXT else one.sort_key

    def _ordered(self, places: list[int]) -> list[int]:
        """These places among the rows given, in the order chosen."""
        for column, way in reversed(self.sorts):
            key = self._key_of(column)
            if key is not None:
                keys = {place: key(self._given[place]) for place in places}
                places = sorted(places, key=keys.__getitem__, reverse=way == DOWN)
        return places

    # Filters ----------------------------------------------------------------------------------------------------------

    def filter(self, column: int, wanted: ColumnFilter | None) -> None:
        """List only the rows that this one and the other filters leave; None takes the filter of that column away."""
        self.filters.pop(column, None)
        if wanted is not None and not wanted.holds_all:
            self.filters[column] = wanted
        self.list_again()

    def search(self, typed: str) -> None:
        """List only the rows that say each of these words somewhere."""
        words = tuple(folded(word) for word in typed.split())
        if words != self.searched:
            self.searched = words
            self.list_again()

    def list_again(self) -> None:
        """List what the filters leave now."""
        self.beginResetModel()
        self._places = self._ordered(self._held())
        self.endResetModel()
        self.turned.emit()

    def offered(self, column: int) -> dict[str, int]:
        """The texts of that column and how many rows say each, as far as the other filters leave them, in order."""
        found: dict[str, int] = {}
        places = self._held(but=column)
        key = self._key_of(column)
        if key is not None:
            of = key
            places = sorted(places, key=lambda place: of(self._given[place]))
        for place in places:
            text = self._text(place, column)
            found[text] = found.get(text, 0) + 1
        return found if key is not None else dict(sorted(found.items(), key=lambda one: folded(one[0])))

    def _held(self, but: int = -1) -> list[int]:
        """The places that the filters leave. but: of all columns but that one."""
        places = list(range(len(self._given)))
        for column, one in self.filters.items():
            if column != but and column < len(self.columns):
                counts = self.columns[column].counts
                places = [at for at in places if one.holds(self._text(at, column), counts=counts)]
        if self.searched:
            said = self._words(places)
            places = [at for at in places if all(word in said[at] for word in self.searched)]
        return places

    def _text(self, at: int, column: int) -> str:
        cells = self._cells[at]
        return self.columns[column].value(self._given[at]) if cells is None else cells[column]

    def _words(self, places: Sequence[int]) -> dict[int, str]:
        """What each of these rows says, folded."""
        unread = [at for at in places if at not in self._said]
        if unread:
            self._said.update(zip(unread, each_folded(map(self._cells_of, unread)), strict=True))
        return self._said


class TableView(QTableView):
    """A styled table of `Rows`: Enter or a double click opens a row, Ctrl+C copies the chosen rows with their head.

    row_height: 32, 24 for the report, 40 for the roll call. fits: never wider than its room: heads go over two lines,
    texts are cut with …, then columns give way. Columns that somebody chose (`order_columns`) do not.
    left_out: the columns that somebody chose not to see. widths: those that somebody gave, in pixels at 100 %.
    """

    opened = Signal(object)  # the row
    selected = Signal(object)  # the row the focus is on, None when there is none
    arranged = Signal()  # which columns have room may have changed
    menu_wanted = Signal(QPoint, int)  # where on the screen, and in which column
    laid_by_hand = Signal()  # columns moved, sized or chosen

    def __init__(
        self, rows: "TableRows[Any]", row_height: int = 32, parent: QWidget | None = None, *, fits: bool = False
    ) -> None:
        super().__init__(parent)
        self._height, self._fits = row_height, fits
        self._widths: list[Width] = []
        self.left_out: set[int] = set()
        self.widths: dict[int, int] = {}
        self.are_chosen = False
        self._delegate = RowDelegate(self)
        self.setItemDelegate(self._delegate)
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
            self._give_room()
            self.head.viewport().update()

    @Slot()
    def fit(self) -> None:
        """Make each column as wide as its head and its first 200 rows need."""
        self._widths = column_widths.measured(self.rows)
        self._give_room()

    def _give_room(self) -> None:
        """Widths as they are wanted, by who chose them or by what stands there."""
        if self._fits:
            self._arrange()
            return
        for place in range(len(self._widths)):
            self.setColumnWidth(place, self._wanted(place).natural)
            if self.left_out or self.are_chosen:
                self.setColumnHidden(place, place in self.left_out)

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
            self._arrange()

    def current(self) -> Any:
        """The row the focus is on, None when there is none."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def go_to(self, place: int) -> None:
        """Choose the row shown at that place and bring it into sight."""
        self.selectRow(place)
        self.scrollTo(self.rows.index(place, self.shown_columns()[0] if self.shown_columns() else 0))

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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.verticalHeader().setDefaultSectionSize(tokens.high(self._height))

    @Slot(QModelIndex)
    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows.row(index.row()))

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, index: QModelIndex, _former: QModelIndex) -> None:
        self.selected.emit(self.rows.row(index.row()) if index.isValid() else None)
        self.viewport().update()
