"""The filter of one column: texts to tick, found by typing, and between which numbers or days."""

from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from shelter_desk import words
from shelter_desk.domain.codes import folded
from shelter_desk.domain.errors import UnknownDay
from shelter_desk.system import clock
from shelter_desk.ui import tokens
from shelter_desk.ui.lists import cell_values
from shelter_desk.ui.lists.column_filters import ColumnFilter
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import ElidedLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

Bound = date | Decimal
_MOST = 500  # texts offered at once; the search finds the others
_TEXT = int(Qt.ItemDataRole.UserRole)


class ListPopup(QFrame):
    """A card that opens at a list, inside the screen; Escape or a click beside it closes it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.setFixedWidth(tokens.wide(290))
        self.title = ElidedLabel(title, bold=True)
        self.close_button = Button(words.text("Close"), "primary", on_click=self.close)

    def open_at(self, place: QPoint, around: QWidget) -> None:
        """Show it there on the screen of `around`, moved so far that it is seen whole."""
        self.adjustSize()
        room = around.screen().availableGeometry()
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        place.setY(max(room.top(), min(place.y(), room.bottom() - self.height())))
        self.move(place)
        self.show()


class FilterPopup(ListPopup):
    """offered: the texts of the column with how many rows say each. counts: numbers stand in it.

    Each tick and each letter of a bound that is one says `chosen`.
    """

    chosen = Signal(object)  # ColumnFilter

    def __init__(
        self, heading: str, offered: dict[str, int], known: ColumnFilter | None, counts: bool, parent: QWidget
    ) -> None:
        super().__init__(words.text("Filter: {column}").format(column=heading), parent)
        self._offered, self._counts = offered, counts
        known = known or ColumnFilter()
        self._ticked = {
            one for one in offered if one not in known.without and (known.only is None or one in known.only)
        }
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.text("Search among {n}").format(n=formats.number(len(offered))))
        self.search.setAccessibleName(words.text("Search in the column"))
        self.every = QCheckBox(words.text("Everything"))
        self.every.setTristate(False)
        self.list = QListWidget()
        self.list.setAccessibleName(words.text("What is listed"))
        self.list.setFixedHeight(tokens.high(224))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.least, self.most = QLineEdit(self._said(known.least)), QLineEdit(self._said(known.most))
        self.problem = Label("", "small", ink="blocked", wrap=True)
        self.problem.hide()
        self.drop_button = Button(words.text("Remove the filter"), on_click=self.drop)
        self._lay_out()
        self._fill()
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self.keep_found)
        self.every.clicked.connect(self._tick_all)
        self.list.itemChanged.connect(self._tick)
        for field in (self.least, self.most):
            field.textChanged.connect(self._tell)

    def _lay_out(self) -> None:
        self._is_range = self._counts or any(cell_values.day(one) is not None for one in self._offered)
        bounds = QWidget()
        for field, text in ((self.least, words.text("From (filter)")), (self.most, words.text("To (filter)"))):
            field.setPlaceholderText(text)
            field.setAccessibleName(text)
        in_row((self.least, 1), (self.most, 1), within=bounds, spacing=tokens.SPACE)
        bounds.setVisible(self._is_range)
        foot = in_row(self.drop_button, STRETCH, self.close_button)
        parts = (self.title, bounds, self.problem, self.search, self.every, self.list, foot)
        in_column(*parts, within=self, spacing=tokens.SPACE, margins=tokens.SPACE_PANEL)

    def set_first(self) -> None:
        """The keys go to the search, or to the bounds of what is mostly asked so."""
        (self.least if self._is_range else self.search).setFocus(Qt.FocusReason.PopupFocusReason)

    def _found(self) -> list[str]:
        wanted = folded(self.search.text())
        return [one for one in self._offered if wanted in folded(one)]

    @Slot()
    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for text in self._found()[:_MOST]:
            told = words.text("{text} ({n})").format(text=text or words.text("(empty)"), n=self._offered[text])
            item = QListWidgetItem(told)
            item.setData(_TEXT, text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if text in self._ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.every.setChecked(self._ticked.issuperset(self._found()))

    @Slot(QListWidgetItem)
    def _tick(self, item: QListWidgetItem) -> None:
        text = item.data(_TEXT)
        (self._ticked.add if item.checkState() == Qt.CheckState.Checked else self._ticked.discard)(text)
        self.every.setChecked(self._ticked.issuperset(self._found()))
        self._tell()

    @Slot(bool)
    def _tick_all(self, on: bool) -> None:
        found = self._found()
        self._ticked = self._ticked.union(found) if on else self._ticked.difference(found)
        self._fill()
        self._tell()

    @Slot()
    def keep_found(self) -> None:
        """Only what the search found."""
        if self.search.text():
            self._ticked = set(self._found())
            self._fill()
            self._tell()

    @Slot()
    def drop(self) -> None:
        """Every row again, and no filter."""
        self.chosen.emit(ColumnFilter())
        self.close()

    @Slot()
    def _tell(self) -> None:
        self.problem.hide()
        try:
            least, most = self._bound(self.least.text()), self._bound(self.most.text())
        except UnknownDay as error:
            self._refuse(sentence(error))
            return
        except InvalidOperation:
            self._refuse(words.text("This is not a number."))
            return
        left = self._offered.keys() - self._ticked
        short = len(left) < len(self._ticked)  # what is new meanwhile is listed where few were taken away
        only = None if not left or short else frozenset(self._ticked)
        self.chosen.emit(ColumnFilter(only, frozenset(left) if left and short else frozenset(), least, most))

    def _refuse(self, told: str) -> None:
        self.problem.setText(told)
        self.problem.show()

    def _bound(self, typed: str) -> Bound | None:
        """Raises UnknownDay, InvalidOperation."""
        plain = "".join(typed.split())
        if not plain:
            return None
        if not self._counts:
            return formats.read_day(plain, clock.today())
        return Decimal(plain.replace(",", "."))

    @staticmethod
    def _said(bound: Bound | None) -> str:
        if bound is None:
            return ""
        if isinstance(bound, Decimal):
            return formats.number(bound, max(0, -int(bound.normalize().as_tuple().exponent)))
        return formats.day(bound)
