"""The search box of the top bar: persons by code, register number, bed or name, never shown; things and pages."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget
from shiboken6 import isValid

from shelter_desk import words
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.rights import Permission
from shelter_desk.ui import opening_names, tasks, tokens
from shelter_desk.ui.forms.fields import put_inside
from shelter_desk.ui.lists.two_line_list import TwoLineList, TwoLineRows
from shelter_desk.ui.locking.clipboard import may_hold_a_name
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import in_column

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.ui.frame.found_lines import Result

Places = Callable[[], Sequence[tuple[str, str]]]  # what can be opened: how it is asked for, and what it is called
MOST, MOST_BESIDE = 8, 5  # persons alone, and beside other things
PAUSE = 150  # milliseconds without a key before it looks
PATIENCE = 8  # pauses that the names are waited for


class SearchBox(QLineEdit):
    """Looks while one types; arrows go through the results, Enter opens what is chosen, Escape closes."""

    person_chosen = Signal(int)  # PersonId
    place_chosen = Signal(str)  # a page, a part of it, or one thing there

    def __init__(self, desk: "Desk", places: Places = list, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._places = desk, places
        self.sees_persons = desk.may(Permission.SEE_BEDS)
        hint = words.text("Person, code, bed…") if self.sees_persons else words.text("Item, thing, page…")
        self.setPlaceholderText(hint)
        self.setAccessibleName(words.text("Search"))
        may_hold_a_name(self)
        key = Label("Ctrl+K")
        key.setProperty("role", "key")
        key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        key.setFixedHeight(tokens.high(20))
        put_inside(self, key)
        self._lens = IconLabel("search", "ink3", 16, self)
        self._lens.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        margins = self.textMargins()
        self.setTextMargins(tokens.wide(24), 0, margins.right(), 0)
        self._rows = TwoLineRows(attrgetter("line"), self)
        self.results = Results(self._rows, self)
        self.results.list.opened.connect(self._open)
        self.results.list.clicked.connect(self._clicked)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._look)
        self._opening: tasks.LongTask | None = None  # of the names
        self._waited = 0  # pauses
        self.textEdited.connect(self._typed)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._lens.move(8, (self.height() - self._lens.height()) // 2)

    @Slot()
    def _typed(self) -> None:
        if self.text().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.results.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The names are opened beside what goes on in the window, which for many takes a second."""
        super().focusInEvent(event)
        if self._opening is None:
            self._waited = 0
            self._opening = opening_names.begin(self._desk, self._opened)

    def _opened(self, _outcome: object) -> None:
        self._opening = None
        if isValid(self) and self.hasFocus() and not self._pause.isActive():
            self.refresh()

    @Slot()
    def _look(self) -> None:
        """Wait for the names, but not behind other long work."""
        if self._opening is None or self._waited == PATIENCE:
            self.refresh()
        else:
            self._waited += 1
            self._pause.start()

    @Slot()
    def refresh(self) -> None:
        """Ask and show what was found."""
        from shelter_desk.operations.residents import global_search, residents
        from shelter_desk.ui.frame.found_lines import of_guide, of_number, results

        self._pause.stop()
        typed = self.text().strip()
        if not typed:
            return
        shown = [of_number(one) for one in global_search.numbered(self._desk, typed)]
        if not shown:
            found = residents.search(self._desk, typed, MOST) if self.sees_persons else []
            persons = residents.lines_of(self._desk, found) if found else []
            things, pages = global_search.things(self._desk, typed), self._places()
            beside = results([], things, pages, typed)
            shown = results(persons[:MOST_BESIDE] if beside else persons, things, pages, typed)
            shown += of_guide(typed, alone=not shown)
        self._rows.show(shown)
        self.results.show_under(self, len(shown))

    def persons(self) -> Sequence[PersonId]:
        """Who is in the list now."""
        return [one.person for one in self.found() if one.person is not None]

    def found(self) -> "list[Result]":
        """What is in the list now."""
        return [self._rows.row(place) for place in range(self._rows.rowCount())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and (self.results.isVisible() or self.text()):
            self._close()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.results.isVisible():
            self.results.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive() or not self.results.isVisible():
                self.refresh()
            else:
                self._open(self.results.list.current())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.results.hide()

    @Slot(object)
    def _open(self, result: "Result | None") -> None:
        if result is None:
            return
        self._close()
        if result.person is not None:
            self.person_chosen.emit(result.person)
        else:
            self.place_chosen.emit(result.place)

    def _clicked(self) -> None:
        self._open(self.results.list.current())

    def _close(self) -> None:
        self._pause.stop()
        self.clear()
        self.results.hide()


class Results(QFrame):
    """The list under the box; the box keeps the focus."""

    _host: QWidget | None = None  # of the class: the filter is asked while the list is taken apart

    def __init__(self, rows: TwoLineRows, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = TwoLineList(rows)
        self.list.setUniformItemSizes(False)  # a group has its heading
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(words.text("Results"))
        self._none = Label(words.text("Nothing was found. Try another spelling, or the code."), ink="ink2", wrap=True)
        self._none.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        in_column(self.list, self._none, within=self, margins=1)

    def show_under(self, box: QWidget, found: int) -> None:
        """Show so many results below that box, the first of them chosen."""
        self.list.setVisible(found > 0)
        self._none.setVisible(found == 0)
        tall = sum(self.list.sizeHintForRow(place) for place in range(found)) + 4
        most = box.window().height() - box.height() - tokens.high(80)
        self.setFixedSize(max(box.width(), tokens.wide(400)), min(tall, most) if found else tokens.high(56))
        self.move(box.mapToGlobal(QPoint(0, box.height() + 4)))
        if found:
            self.list.go_to(0)
        self.show()
        if self._host is not box.window():
            self._host = box.window()
            self._host.installEventFilter(self)

    def step(self, by: int) -> None:
        """Choose the next or the former result."""
        count = self.list.rows.rowCount()
        if count:
            self.list.go_to(max(0, min(count - 1, self.list.currentIndex().row() + by)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list goes when the window moves or leaves."""
        kinds = QEvent.Type
        if watched is self._host and event.type() in (kinds.Move, kinds.Resize, kinds.WindowDeactivate, kinds.Hide):
            self.hide()
        return False
