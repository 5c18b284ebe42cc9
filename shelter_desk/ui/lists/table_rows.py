"""Rows of a table: read when they are first seen, sorted by several columns, filtered; fast for tens of thousands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from shelter_desk.domain.codes import each_folded, folded
from shelter_desk.ui.lists.column_filters import ColumnFilter
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.lists.row_painter import CellLook
from shelter_desk.ui.widgets import badge as badges
from shelter_desk.ui.widgets.tips import plain

R = TypeVar("R")
Alignment = Literal["left", "right", "center"]
Sort = tuple[int, Qt.SortOrder]  # a column, and which way
# as numbers: to join two flags takes as long as to paint a cell
_AT = {
    name: int(side | Qt.AlignmentFlag.AlignVCenter)
    for name, side in (
        ("left", Qt.AlignmentFlag.AlignLeft),
        ("right", Qt.AlignmentFlag.AlignRight),
        ("center", Qt.AlignmentFlag.AlignHCenter),
    )
}
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
BY_TEXT: Literal["by text"] = "by text"  # a column sorted by what it says


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[R]):
    """A column: what stands in its head and how a row is read. ink: the token the text is written in.

    badge: the state whose badge the text stands in, never cut; None for a text alone.
    bar: how full the bar at the left of the number is, from 0 to 1, and its token; None for no bar.
    gives_way: 1 for the column that goes first where a table that fits its room has too little of it, 0 for never.
    is_whole: its texts are never cut, as numbers and what a line is called.
    unit: what the numbers count, "" for pieces of whatever the list shows; None where they are not added up.
    taken_as: the column of an import that it is, "" for none.
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
    bar: Callable[[R], tuple[float, str] | None] | None = None
    unit: Callable[[R], str] | str | None = None
    taken_as: str = ""

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
            return _AT[column.alignment]
        if role == Qt.ItemDataRole.ToolTipRole and column.tooltip is not None:
            return plain(column.tooltip(self.row(index.row())))
        return None

    def look(self, place: int, column: int) -> CellLook:
        """All that is painted of a cell."""
        one, row = self.columns[column], self.row(place)
        return CellLook(
            self.cells(place)[column],
            _AT[one.alignment],
            one.bold,
            None if one.ink is None else one.ink(row),
            None if one.badge is None else one.badge(row),
            None if one.bar is None else one.bar(row),
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            wrapped = int(Qt.TextFlag.TextWordWrap.value)
            return _AT[self.columns[section].alignment] | wrapped
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
