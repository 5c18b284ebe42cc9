"""What can be done with the rows of a list: the menu of the right button and of the Menu key."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from shelter_desk import words
from shelter_desk.ui import icons
from shelter_desk.ui.lists.column_filters import ColumnFilter
from shelter_desk.ui.lists.table_rows import DOWN, UP
from shelter_desk.ui.locking.clipboard import private

if TYPE_CHECKING:
    from shelter_desk.ui.lists.list_foot import ListFoot

_COPY = "Ctrl+C"
_LONGEST = 32  # letters of a cell in the menu


class ListMenu(QObject):
    """Made anew each time: it says what the cell under the mouse holds."""

    def __init__(self, foot: "ListFoot") -> None:
        super().__init__(foot)
        self._foot = foot
        self.menu: QMenu | None = None

    @Slot(QPoint, int)
    def open(self, at: QPoint, column: int) -> None:
        """Of the rows chosen. at: on the screen; column: of the cell, -1 for none."""
        self.menu = self.made(column)
        self.menu.popup(at)

    def made(self, column: int) -> QMenu:
        """The menu of the rows chosen."""
        table, menu = self._foot.table, QMenu(self._foot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = len(table.chosen_places())
        has_current = table.currentIndex().isValid()
        opening = menu.addAction(words.text("Open"))
        opening.setEnabled(has_current)
        opening.triggered.connect(lambda: table.opened.emit(table.current()))
        menu.addSeparator()
        lines = words.count("Copy {n} line, with the headings", "Copy {n} lines, with the headings", chosen)
        copying = menu.addAction(icons.icon("table"), "\t".join((lines, _COPY)))
        copying.setEnabled(chosen > 0)
        copying.triggered.connect(partial(table.copy, table.chosen_places()))
        text = self._cell(column)
        if text:
            menu.addAction(words.text("Copy the cell")).triggered.connect(partial(self._copy_cell, text))
        if self._foot.can_filter:
            self._add_filters(menu, column, text)
        self._add_output(menu, len(self._foot.places()))
        if self._foot.intake is not None:
            menu.addSeparator()
            menu.addActions(self._foot.intake.actions)
        return menu

    def _add_output(self, menu: QMenu, lines: int) -> None:
        output = self._foot.output
        if output is None:
            return
        menu.addSeparator()
        if output.may_export:
            exporting = words.count("Export {n} line…", "Export {n} lines…", lines)
            menu.addAction(icons.icon("save"), exporting).triggered.connect(output.export)
        printing = words.count("Print {n} line…", "Print {n} lines…", lines)
        menu.addAction(icons.icon("print"), printing).triggered.connect(output.print_it)

    def _add_filters(self, menu: QMenu, column: int, text: str) -> None:
        menu.addSeparator()
        if text:
            said = shortened(text)
            kept, left = ColumnFilter(only=frozenset({text})), self._without(column, text)
            keep = words.text("Keep “{text}” only").format(text=said)
            menu.addAction(icons.icon("filter"), keep).triggered.connect(partial(self._foot.filter, column, kept))
            leave = words.text("Leave out “{text}”").format(text=said)
            menu.addAction(icons.icon("minus"), leave).triggered.connect(partial(self._foot.filter, column, left))
        self._fill_filters(menu.addMenu(words.text("Filter by")))
        sorting = menu.addMenu(words.text("Sort by"))
        for at in self._foot.table.shown_columns():
            if self._foot.rows.can_sort(at):
                sorting.addAction(self._heading(at)).triggered.connect(partial(self._sort, at))
        if self._foot.rows.filters or self._foot.rows.searched:
            menu.addAction(words.text("Show all lines")).triggered.connect(self._foot.clear)

    def _without(self, column: int, text: str) -> ColumnFilter:
        """The filter of that column, and that text left out besides."""
        known = self._foot.rows.filters.get(column, ColumnFilter())
        only = None if known.only is None else known.only - {text}
        return replace(known, only=only, without=known.without | {text} if only is None else known.without)

    def _fill_filters(self, menu: QMenu) -> None:
        for at in self._foot.table.shown_columns():
            if self._heading(at):
                menu.addAction(self._heading(at)).triggered.connect(partial(self._foot.open_filter, at))

    def open_filters(self) -> None:
        """The headings, to choose by keyboard the one whose filter opens."""
        self.menu = QMenu(self._foot)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_filters(self.menu)
        head = self._foot.table.head
        self.menu.popup(head.mapToGlobal(head.rect().bottomLeft()))

    @Slot(QPoint, int)
    def open_head(self, at: QPoint, column: int) -> None:
        """Of one heading."""
        self.menu = QMenu(self._foot)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows = self._foot.rows
        if rows.can_sort(column):
            self.menu.addAction(icons.icon("up"), words.text("Sort upwards")).triggered.connect(
                partial(rows.sort_by, [(column, UP)])
            )
            self.menu.addAction(icons.icon("down"), words.text("Sort downwards")).triggered.connect(
                partial(rows.sort_by, [(column, DOWN)])
            )
            self.menu.addAction(words.text("Sort by this too")).triggered.connect(partial(rows.sort_also, column))
        if self._heading(column):
            filtering = self.menu.addAction(icons.icon("filter"), words.text("Filter…"))
            filtering.triggered.connect(partial(self._foot.open_filter, column))
        if column:
            self.menu.addAction(words.text("Hide this column")).triggered.connect(partial(self._hide, column))
        self.menu.addAction(words.text("Columns")).triggered.connect(self._foot.open_columns)
        self.menu.popup(at)

    def _hide(self, column: int) -> None:
        table = self._foot.table
        gone = {at for at in range(len(table.rows.columns)) if table.isColumnHidden(at)}
        table.order_columns(table.order(), gone | {column})
        table.laid_by_hand.emit()

    def _heading(self, column: int) -> str:
        return self._foot.rows.columns[column].heading

    def _sort(self, column: int) -> None:
        """By that column, the other way where it is sorted by it."""
        rows = self._foot.rows
        rows.sort(column, DOWN if rows.sorts[:1] == [(column, UP)] else UP)

    def _cell(self, column: int) -> str:
        """What the cell of the current row says in that column."""
        index = self._foot.table.currentIndex()
        return self._foot.rows.cells(index.row())[column] if index.isValid() and column >= 0 else ""

    def _copy_cell(self, text: str) -> None:
        QGuiApplication.clipboard().setMimeData(private(text))


def shortened(text: str) -> str:
    """A cell as it stands in a menu."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
