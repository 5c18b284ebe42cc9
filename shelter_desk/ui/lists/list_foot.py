"""The foot of every list: how much is listed, what the chosen rows come to, and what can be done with the list."""

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Trouble
from shelter_desk.operations import list_layouts
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.lists import cell_values, list_layout
from shelter_desk.ui.lists.column_filters import ColumnFilter
from shelter_desk.ui.lists.list_intake import ListIntake
from shelter_desk.ui.lists.list_menu import ListMenu
from shelter_desk.ui.lists.list_output import ListOutput
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import ElidedLabel, RuleLine
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import formats

if TYPE_CHECKING:  # popups are not loaded before one opens
    from shelter_desk.ui.lists.columns_popup import ColumnsPopup
    from shelter_desk.ui.lists.filter_popup import FilterPopup

_MOST_SUMS = 2
_KEPT_AFTER = 800  # milliseconds after the last change of a layout
_OUT_OF_SEARCH = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_ROOMY = 720  # pixels at 100 % from which on the buttons have words
_ROOMIER = 940  # and the search is always there


class ListFoot(QWidget):
    """One line below a table; the menu of its rows, the funnels of its head, Ctrl+F.

    search: the field that the page has of its own, which Ctrl+F goes to; None where the foot brings one. filters:
    whether the rows may all be read to be filtered. desk, title: of a list that is exported and printed from here,
    through the gate where it is `of_persons`.
    """

    told = Signal(object)  # Told

    def __init__(
        self,
        table: TableView,
        search: QWidget | None = None,
        *,
        filters: bool = True,
        desk: Desk | None = None,
        title: str = "",
        of_persons: bool = True,
    ) -> None:
        super().__init__()
        self.table, self.rows = table, table.rows
        self._own_search, self._has_filters = search, filters
        self.counted = ElidedLabel("", "small", ink="ink2")
        self.clear_button = Button(words.text("Show all lines"), "quiet", on_click=self.clear)
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.text("Search (Ctrl+F)"))
        self.search.setAccessibleName(words.text("Search in the list"))
        self.search.setFixedWidth(tokens.wide(160))
        self.search.textChanged.connect(self.rows.search)
        self.search.installEventFilter(self)
        self.copy_button = Button(words.text("Copy"), "quiet", "table", on_click=self.copy)
        self.columns_button = Button(words.text("Columns"), "quiet", "settings", on_click=self.open_columns)
        self.output = None if desk is None else ListOutput(self, desk, title, of_persons=of_persons)
        outward = [] if self.output is None else self._outward(self.output)
        self.buttons = {one.text(): one for one in (self.copy_button, *outward, self.columns_button)}
        self.line = in_row(
            (self.counted, 1), self.clear_button, self.search, *self.buttons.values(), spacing=tokens.SPACE_HALF
        )
        self.line.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        in_column(RuleLine(), self.line, within=self, spacing=0)
        self.intake: ListIntake | None = None
        self.menu = ListMenu(self)
        table.menu_wanted.connect(self.menu.open)
        self.popup: FilterPopup | None = None
        self.columns: ColumnsPopup | None = None
        if filters:
            table.head.offer_filters()
            table.head.filter_wanted.connect(self.open_filter)
        table.head.menu_wanted.connect(self.menu.open_head)
        table.installEventFilter(self)
        self.rows.turned.connect(self.tell)
        table.selectionModel().selectionChanged.connect(self.tell)
        if filters:
            QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.begin_search)
        self._keeping = QTimer(self, singleShot=True, interval=_KEPT_AFTER)
        self._keeping.timeout.connect(self.keep_layout)
        self._desk: Desk | None = None
        self._fit()
        self.tell()

    def _outward(self, output: ListOutput) -> list[Button]:
        printing = Button(words.text("Print…"), "quiet", "print", on_click=output.print_it)
        if not output.may_export:
            return [printing]
        return [Button(words.text("Export…"), "quiet", "save", on_click=output.export), printing]

    # What is remembered -----------------------------------------------------------------------------------------------

    def remember(self, desk: Desk, name: str) -> None:
        """Lay the list of that name out as the person at the desk left it, and keep how they leave it."""
        if self._desk is not None or not name:
            return
        self._desk, self._name = desk, name
        self._kept = dict(list_layouts.find(desk, name))
        if self._kept:
            list_layout.lay(self.table, self._kept)
        self.rows.turned.connect(self._keeping.start)
        self.table.laid_by_hand.connect(self._keeping.start)

    @Slot()
    def keep_layout(self) -> None:
        """Keep how the list is laid out, where that is another way than it was."""
        self._keeping.stop()
        told = list_layout.kept(self.table)
        if self._desk is None or told == self._kept or not self._desk.database.is_open:
            return
        with suppress(Trouble):  # the list is not worth a word about a full disk; what is typed next says it
            list_layouts.keep(self._desk, self._name, told)
            self._kept = told

    def hideEvent(self, event: QHideEvent) -> None:
        if self._keeping.isActive():
            self.keep_layout()
        super().hideEvent(event)

    @Slot()
    def open_columns(self) -> None:
        """Which columns are shown, to be chosen above the button."""
        from shelter_desk.ui.lists.columns_popup import ColumnsPopup

        made = self.columns = ColumnsPopup(self.table, self)
        made.adjustSize()
        corner = self.columns_button.mapToGlobal(QPoint(self.columns_button.width(), 0))
        made.open_at(corner - QPoint(made.width(), made.height()), self)
        made.list.setCurrentRow(0)
        made.list.setFocus(Qt.FocusReason.PopupFocusReason)

    # What is listed ---------------------------------------------------------------------------------------------------

    @Slot()
    def tell(self) -> None:
        """Say how much is listed, or what is chosen."""
        is_narrowed = bool(self.rows.filters or self.rows.searched)
        chosen = self.table.chosen_places()
        self.counted.setText(" · ".join(self._of_chosen(chosen) if len(chosen) > 1 else self._of_listed()))
        self.counted.set_ink("accent" if len(chosen) > 1 or is_narrowed else "ink2")
        self.clear_button.setVisible(is_narrowed)

    def said_of_list(self) -> str:
        """How much of the list is there, how it is filtered and sorted."""
        chosen = self.table.chosen_places()
        if len(chosen) > 1:
            return words.count("{n} line chosen", "{n} lines chosen", len(chosen))
        return " · ".join(self._of_listed())

    def _of_listed(self) -> list[str]:
        listed = words.count("{n} line", "{n} lines", self.rows.rowCount())
        if self.rows.rowCount() < self.rows.given:
            listed = words.text("{lines} of {all}").format(lines=listed, all=formats.number(self.rows.given))
        told = [listed]
        filters = len(self.rows.filters) + bool(self.rows.searched)
        if filters:
            told.append(words.count("{n} filter", "{n} filters", filters))
        sorts = [_small(self.rows.columns[column].heading) for column, _way in self.rows.sorts]
        if sorts:
            by = words.text(", then ").join(sorts)
            told.append(words.text("sorted by {columns}").format(columns=by))
        return told

    def _of_chosen(self, places: Sequence[int]) -> list[str]:
        told = [words.count("{n} line chosen", "{n} lines chosen", len(places))]
        columns = [self.rows.columns[at] for at in self.table.shown_columns()]
        of_units = [(at, one) for at, one in enumerate(self.rows.columns) if one in columns and one.unit is not None]
        for at, column in of_units[:_MOST_SUMS]:
            text = self._sum(places, at, column)
            if text:
                told.append(text)
        return told

    def _sum(self, places: Sequence[int], at: int, column: TableColumn[Any]) -> str:
        """What the cells of a column come to, "" where their units differ or something else stands there."""
        total, decimals, units = Decimal(0), 0, set()
        for place in places:
            text = self.rows.cells(place)[at]
            if text in ("", formats.NONE):
                continue
            found = cell_values.number(text)
            if found is None:
                return ""
            number = found[0]
            total += number
            decimals = max(decimals, -int(number.normalize().as_tuple().exponent))
            units.add(
                column.unit if isinstance(column.unit, str) else column.unit and column.unit(self.rows.row(place))
            )
        if len(units) != 1:
            return ""
        amount = f"{formats.number(total, decimals)} {units.pop()}".strip()
        return words.text("{what}: {amount}").format(what=column.heading.partition(",")[0], amount=amount)

    # Filters and search -----------------------------------------------------------------------------------------------

    @Slot()
    def clear(self) -> None:
        """Every line again."""
        self.rows.filters.clear()
        self.search.clear()
        self.rows.searched = ()
        self.rows.list_again()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def begin_search(self) -> None:
        """The keys go to the search."""
        field = self.search if self._own_search is None else self._own_search
        field.show()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+Down in the list offers its filters; Escape empties the search, Enter and Down lead into the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if watched is self.search and event.key() in _OUT_OF_SEARCH:
            if event.key() == Qt.Key.Key_Escape:
                self.search.clear()
            self._go_to_list()
            self._fit()
            return True
        asks = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if watched is self.table and self.can_filter and asks:
            self.menu.open_filters()
            return True
        return super().eventFilter(watched, event)

    def _go_to_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.rows.rowCount() and not self.table.currentIndex().isValid():
            self.table.go_to(0)

    @property
    def can_filter(self) -> bool:
        """Whether the head has funnels."""
        return self._has_filters

    @Slot(int)
    def open_filter(self, column: int) -> None:
        """What of that column is listed, to be chosen below its heading."""
        from shelter_desk.ui.lists.filter_popup import FilterPopup

        one = self.rows.columns[column]
        known, offered = self.rows.filters.get(column), self.rows.offered(column)
        self.popup = FilterPopup(one.heading, offered, known, one.counts, self)
        self.popup.chosen.connect(partial(self.filter, column))
        head = self.table.head
        place = QPoint(head.sectionViewportPosition(column), head.height())
        self.popup.open_at(head.viewport().mapToGlobal(place), self.table)
        self.popup.set_first()

    def filter(self, column: int, wanted: ColumnFilter) -> None:
        """List only what that filter leaves; the row that was chosen stays chosen where it is listed."""
        current = self.table.current()
        self.rows.filter(column, wanted)
        place = next((at for at, one in enumerate(self.rows.rows()) if one is current), None)
        if place is not None:
            self.table.go_to(place)

    # What is done -----------------------------------------------------------------------------------------------------

    def places(self) -> list[int]:
        """The places of the rows chosen where they are several, or not every row may be read; else of all listed."""
        chosen = self.table.chosen_places()
        return chosen if len(chosen) > 1 or not self._has_filters else list(range(self.rows.rowCount()))

    @Slot()
    def copy(self) -> None:
        """The rows on the clipboard, for half a minute, with their headings."""
        self.table.copy(self.places())

    # Room -------------------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        icons = len(self.buttons) * tokens.wide(46)
        return QSize(icons + 2 * tokens.SPACE_2 + tokens.wide(60), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Words on the buttons and the search, as far as there is room."""
        has_words = self.width() >= tokens.wide(_ROOMY)
        for text, button in self.buttons.items():
            button.setText(text if has_words else "")
            button.setAccessibleName(text)
            button.setToolTip("" if has_words else text)
            button.updateGeometry()
        is_used = bool(self.search.text()) or self.search.hasFocus()
        is_roomy = self.width() >= tokens.wide(_ROOMIER)
        self.search.setVisible(self._own_search is None and self._has_filters and (is_roomy or is_used))


def _small(heading: str) -> str:
    """A heading inside a sentence: small unless it is a short form as `PV`."""
    return heading if heading[1:2].isupper() else heading[:1].lower() + heading[1:]
