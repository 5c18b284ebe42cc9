"""Tables of rows: fast for tens of thousands, sorted by a click, copied as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets import badge as badges
from shelter_desk.ui.widgets.tips import plain

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Alignment = Literal["left", "right", "center"]
_AT = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}
BY_TEXT: Literal["by text"] = "by text"  # a column sorted by what it says
INK = int(Qt.ItemDataRole.UserRole) + 1
BADGE = INK + 1
_MEASURED = 200  # rows looked at to size the columns
_LONGEST = 24  # of them whose texts are measured, those of the most letters
_LEAST_TEXT = 96  # pixels of a text that is cut


class Width(NamedTuple):
    """How wide a column would be, how wide it is at least, and when it gives way."""

    natural: int
    least: int
    gives_way: int


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[R]):
    """A column: what stands in its head and how a row is read. ink: the token the text is written in.

    badge: the state whose badge the text stands in, never cut; None for a text alone.
    gives_way: 1 for the column that goes first where a table that fits its room has too little of it, 0 for never.
    is_whole: its texts are never cut, as numbers and what a line is called.
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


class TableRows(QAbstractTableModel, Generic[R]):
    """Rows given by a page; each is read once, when it is first seen. The order chosen holds for what is given later.

    order: the column they are sorted by, -1 where they stand as they were given, and which way.
    """

    def __init__(self, columns: Sequence[TableColumn[R]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.order = -1, Qt.SortOrder.AscendingOrder
        self._given: list[R] = []
        self._rows: list[R] = []
        self._cells: list[tuple[str, ...] | None] = []

    def show(self, rows: Sequence[R]) -> None:
        """Show these rows, in the order chosen, in this one where none is."""
        self.beginResetModel()
        self._given = list(rows)
        self._rows = [self._given[place] for place in self._ordered(self._given)]
        self._cells = [None] * len(self._rows)
        self.endResetModel()

    def row(self, place: int) -> R:
        """The row shown at that place."""
        return self._rows[place]

    def rows(self) -> list[R]:
        """All rows, as sorted now."""
        return list(self._rows)

    def cells(self, place: int) -> tuple[str, ...]:
        """The texts of that row."""
        cells = self._cells[place]
        if cells is None:
            row = self._rows[place]
            cells = self._cells[place] = tuple(column.value(row) for column in self.columns)
        return cells

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(index.row())[index.column()]
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_AT[column.alignment] | Qt.AlignmentFlag.AlignVCenter)
        if role == BADGE and column.badge is not None:
            return column.badge(self._rows[index.row()])
        if role == INK and column.ink is not None:
            return column.ink(self._rows[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole and column.tooltip is not None:
            return plain(column.tooltip(self._rows[index.row()]))
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

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by that column where it can be, -1 for the order given; what was chosen stays chosen."""
        if column >= 0 and self._key_of(column) is None:
            return
        self.order = column, order
        self.layoutAboutToBeChanged.emit()
        former = self.persistentIndexList()
        at = {id(row): place for place, row in enumerate(self._rows)}
        unsorted = column < 0 and len(at) == len(self._rows)
        new_order = [at[id(row)] for row in self._given] if unsorted else self._ordered(self._rows)
        moved = {old: new for new, old in enumerate(new_order)}
        self._rows = [self._rows[place] for place in new_order]
        self._cells = [self._cells[place] for place in new_order]
        self.changePersistentIndexList(former, [self.index(moved[index.row()], index.column()) for index in former])
        self.layoutChanged.emit()

    def _key_of(self, column: int) -> Callable[[R], Any] | None:
        if not 0 <= column < len(self.columns):
            return None
        one = self.columns[column]
        return one.value if one.sort_key == BY_TEXT else one.sort_key

    def _ordered(self, rows: list[R]) -> list[int]:
        """The places of these rows, in the order chosen."""
        column, way = self.order
        key = self._key_of(column)
        if key is None:
            return list(range(len(rows)))
        return sorted(range(len(rows)), key=lambda place: key(rows[place]), reverse=way == Qt.SortOrder.DescendingOrder)


class TableView(QTableView):
    """A styled table of `Rows`: Enter or a double click opens a row, Ctrl+C copies the chosen rows with their head.

    row_height: 32, 24 for the report, 40 for the roll call. fits: never wider than its room: heads go over two lines,
    texts are cut with …, then columns give way.
    """

    opened = Signal(object)  # the row
    selected = Signal(object)  # the row the focus is on, None when there is none
    arranged = Signal()  # which columns have room may have changed

    def __init__(
        self, rows: "TableRows[Any]", row_height: int = 32, parent: QWidget | None = None, *, fits: bool = False
    ) -> None:
        super().__init__(parent)
        self._height, self._fits = row_height, fits
        self._widths: list[Width] = []
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
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setSortIndicatorClearable(True)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.setStretchLastSection(True)
        self.setModel(rows)
        self.rows = rows
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        rows.modelReset.connect(self.fit)
        self.fit()
        self.setSortingEnabled(any(column.sort_key for column in rows.columns))
        self.horizontalHeader().sortIndicatorChanged.connect(self._point)

    @Slot()
    def _point(self) -> None:
        """The arrow stands where the rows are sorted; a column that has no order takes none."""
        head, (column, way) = self.horizontalHeader(), self.rows.order
        if (head.sortIndicatorSection(), head.sortIndicatorOrder()) != (column, way):
            head.setSortIndicator(column, way)

    @Slot()
    def fit(self) -> None:
        """Make each column as wide as its head and its first 200 rows need."""
        head, text, strong = tokens.metrics("small", True), tokens.metrics(), tokens.metrics(bold=True)
        seen = [self.rows.cells(place) for place in range(min(_MEASURED, self.rows.rowCount()))]
        widths = []
        for place, column in enumerate(self.rows.columns):
            face = strong if column.bold else text
            longest = sorted({cells[place] for cells in seen}, key=lambda one: (len(one), one))[-_LONGEST:]
            cell = max((face.horizontalAdvance(t) for t in longest), default=0)
            if column.badge is not None:
                cell = max((badges.size(t, badges.ICONS["ok"]).width() for t in longest), default=0)
            width = min(max(head.horizontalAdvance(column.heading) + 20, cell) + 20, tokens.wide(420))
            self.setColumnWidth(place, width)
            words = max((head.horizontalAdvance(word) for word in column.heading.split()), default=0)
            whole = column.is_whole or column.alignment == "right" or column.bold or column.badge is not None
            text_least = cell if whole else min(cell, tokens.wide(_LEAST_TEXT))
            widths.append(Width(width, min(width, max(words, text_least) + 20), column.gives_way))
        self._widths = widths
        if self._fits:
            self._arrange()

    def _arrange(self) -> None:
        """Every column that has room, none wider than there is."""
        room = self.viewport().width()
        shown = dict(enumerate(self._widths))
        for place in sorted((at for at, one in shown.items() if one.gives_way), key=lambda at: shown[at].gives_way):
            if sum(one.least for one in shown.values()) <= room:
                break
            del shown[place]
        spare = max(0, room - sum(one.least for one in shown.values()))
        wanted = sum(one.natural - one.least for one in shown.values())
        share = min(1.0, spare / wanted) if wanted else 1.0
        head, lines = tokens.metrics("small", True), 1
        for place in range(len(self._widths)):
            self.setColumnHidden(place, place not in shown)
            if place in shown:
                width = shown[place].least + int((shown[place].natural - shown[place].least) * share)
                self.setColumnWidth(place, width)
                box = QRect(0, 0, max(1, width - 12), 1000)
                flags = int(Qt.TextFlag.TextWordWrap.value)
                high = head.boundingRect(box, flags, self.rows.columns[place].heading).height()
                lines = max(lines, -(-high // head.lineSpacing()))
        self.arranged.emit()
        self.horizontalHeader().setMinimumHeight(lines * head.lineSpacing() + tokens.high(14) if lines > 1 else 0)

    def hidden(self) -> list[str]:
        """The heads of the columns that gave way."""
        return [column.heading for at, column in enumerate(self.rows.columns) if self.isColumnHidden(at)]

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
        self.scrollTo(self.rows.index(place, 0))

    def as_text(self) -> str:
        """The chosen rows as a table a spreadsheet takes: tabs between cells, the head first."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        lines = [tuple(column.heading for column in self.rows.columns), *(self.rows.cells(place) for place in chosen)]
        return "\n".join("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in line) for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

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


class RowDelegate(QStyledItemDelegate):
    """Paints a cell: selected ground, hairline below, text cut with …, the ring inside the row that has the focus."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60, tokens.high(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, tokens.color("accent_soft"))
        painter.setPen(tokens.color("grid"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(8, 0, -8, 0)
        if (badged := index.data(BADGE)) is not None:
            _paint_badge(painter, inner, str(index.data() or ""), badged)
        else:
            self._paint_text(painter, inner, index)
        view = self.parent()
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex().row() == index.row():
            _ring(painter, box, index.column() == 0, index.column() == index.model().columnCount() - 1)

    def _paint_text(self, painter: QPainter, inner: QRect, index: Index) -> None:
        model = index.model()
        column = model.columns[index.column()] if isinstance(model, TableRows) else None
        painter.setFont(tokens.font(bold=bool(column and column.bold)))
        painter.setPen(tokens.color(index.data(INK) or "ink"))
        shown = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), shown)


def _paint_badge(painter: QPainter, inner: QRect, text: str, state: badges.State) -> None:
    shape = badges.ICONS[state]
    room = QRect(inner.topLeft(), badges.size(text, shape))
    room.moveTop(inner.top() + (inner.height() - room.height()) // 2)
    painter.save()
    badges.paint(painter, room & inner, text, state, shape)
    painter.restore()


def _ring(painter: QPainter, box: QRect, first: bool, last: bool) -> None:
    shade = tokens.color("accent")
    painter.fillRect(box.left(), box.top(), box.width(), 2, shade)
    painter.fillRect(box.left(), box.bottom() - 1, box.width(), 2, shade)
    if first:
        painter.fillRect(box.left(), box.top(), 2, box.height(), shade)
    if last:
        painter.fillRect(box.right() - 1, box.top(), 2, box.height(), shade)
