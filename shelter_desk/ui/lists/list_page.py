"""A room of the assistance: a list with its head, the one chosen beside it, and the form of one in its place."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui.forms import unsaved
from shelter_desk.ui.forms.drafting import Drafting, keep_all
from shelter_desk.ui.lists.detail_view import DetailView
from shelter_desk.ui.lists.table import TableColumn, TableRows, TableView
from shelter_desk.ui.tabbed_page import PartFace
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.panel import SidePanel

Line = TypeVar("Line")
View = TypeVar("View", bound=DetailView)
Form = TypeVar("Form", bound=QWidget)


class ListRoom(PartFace, Generic[Line, View, Form]):
    """Arrows move in the list, Enter opens a line beside it or in its form; Escape leads back, step by step.

    A room says what it asks for (`ask`), what of it is listed (`listed`), and how one is shown (`view_of`) or typed
    (`form_of`). A form has the signals `told`, `acted`, `closed` and `left`, and `begin`.
    """

    opens_beside = True  # else Enter opens the form of the line

    def __init__(self, desk: Desk, columns: Sequence[TableColumn[Line]], named: str, empty: Empty) -> None:
        super().__init__(desk)
        self.view: View | None = None
        self._shown_key = 0
        self.form: Form | None = None
        self.drafting: Drafting | None = None
        self.rows: TableRows[Line] = TableRows(columns)
        self.rows.setParent(self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(named)
        self.panel = SidePanel()
        self.panel.hide()
        self.empty = empty
        self.table.opened.connect(self._opened if self.opens_beside else self.open_form)
        if self.opens_beside:
            self.table.clicked.connect(self._clicked)
        self.panel.closed.connect(self._panel_closed)
        self.empty.started.connect(self.begin)

    def lay_out(self, head: QWidget) -> None:
        """The head above, list and panel side by side below it."""
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(self.panel)
        self._body = QStackedWidget()
        self._body.addWidget(beside)
        self._body.addWidget(self.empty)
        self._list_face = QWidget()
        column = QVBoxLayout(self._list_face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._body, 1)
        self._faces = QStackedWidget()
        self._faces.addWidget(self._list_face)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._faces)

    # What each room has of its own ------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for everything, and say in the head how much it is."""
        raise NotImplementedError

    def listed(self) -> Sequence[Line]:
        """What of it is listed now."""
        raise NotImplementedError

    def every(self) -> Sequence[Line]:
        """What was asked for, listed or not; where there is none of it the room says what it is for."""
        return self.listed()

    def key_of(self, line: Line) -> int:
        """What tells a line from the others."""
        raise NotImplementedError

    def view_of(self, line: Line) -> View:
        """That line as it is shown beside the list; the panel is named on the way."""
        raise NotImplementedError

    def form_of(self, _line: Line | None) -> tuple[Form, str] | None:
        """The form of a line or of a new one with the name of its draft, None where this role may not."""
        return None

    def listen(self, form: Form, drafting: Drafting) -> None:
        """What the draft has to hear of beyond the editors that stood in the form when it was made."""

    def written(self, form: Form) -> None:
        """What follows once the form is closed."""

    def first_of_head(self) -> QWidget:
        """Where the keys go while nothing is listed and nothing can be begun."""
        return self.table

    # The list ---------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask again and show it again, the chosen one too."""
        chosen = None if self.view is None else self._shown_key
        self.ask()
        self.show_lines()
        if chosen is not None:
            self._open_again(chosen)

    def show_lines(self) -> None:
        """The list as it is filtered now."""
        self.rows.show(self.listed())
        self._body.setCurrentIndex(0 if self.every() else 1)

    def is_editing(self) -> bool:
        return self.form is not None or (self.view is not None and self.view.step() is not None)

    def set_first(self) -> None:
        form: Any = self.form
        if form is not None:
            form.begin()
        elif self.every():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.rows.rowCount() and not self.table.currentIndex().isValid():
                self.table.go_to(0)
        else:
            (self.empty.button or self.first_of_head()).setFocus(Qt.FocusReason.OtherFocusReason)

    # One line ---------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _opened(self, line: Line) -> None:
        self.open_line(line)
        if self.view is not None:
            self.view.set_first()

    @Slot()
    def _clicked(self) -> None:
        line = self.table.current()
        if line is not None:
            self.open_line(line)

    def open_line(self, line: Line) -> None:
        """Show that one beside the list."""
        self.drop_view()
        self.view, self._shown_key = self.view_of(line), self.key_of(line)
        self.view.told.connect(self.told)
        self.view.acted.connect(self._acted)
        self.view.record_wanted.connect(self.record_wanted)
        self.view.draft_found.connect(self.draft_found)
        self.panel.body.addWidget(self.view)
        self.panel.body.addStretch(1)
        self.panel.show()

    def _open_again(self, chosen: int) -> None:
        line = next((one for one in self.every() if self.key_of(one) == chosen), None)
        if line is None:
            self.panel.dismiss()
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.panel.isAncestorOf(focus)
        self.open_line(line)
        place = next((at for at, one in enumerate(self.rows.rows()) if self.key_of(one) == chosen), None)
        if place is not None:
            self.table.go_to(place)
        if had_focus and self.view is not None:
            self.view.set_first()

    def open_at(self, at: str) -> None:
        """That line, by its key, beside the list or in its form."""
        if not self.every():
            self.look_again()
        line = next((one for one in self.every() if str(self.key_of(one)) == at), None)
        if line is None:
            return
        if self.opens_beside:
            self._open_again(self.key_of(line))
        else:
            self.open_form(line)

    def resume_step(self, key: int, act: str, draft: Draft) -> None:
        """Open the step of that line as it was left, where there is still such a step."""
        line = next((one for one in self.every() if self.key_of(one) == key), None)
        if line is None:
            return
        self.open_line(line)
        if self.view is not None and act in self.view.buttons:
            self.view.do(act)
            if self.view.drafting is not None:
                self.view.drafting.resume(draft)

    def drop_view(self) -> None:
        """Nothing beside the list; what is typed into its step is kept."""
        if self.view is not None:
            keep_all(self.desk, self.view)
        self.panel.clear()
        self.view = None

    @Slot()
    def _acted(self) -> None:
        """The commit was told while the step was open; the step goes after its own signal is over."""
        if self.view is not None:
            self.view.forget_step()
        QTimer.singleShot(0, self, self._after_act)

    @Slot()
    def _after_act(self) -> None:
        self.look_again()
        if self.view is not None:
            self.view.set_first()
        elif self.form is None:
            self.set_first()

    @Slot()
    def _panel_closed(self) -> None:
        self.drop_view()
        self.set_first()

    # The form ---------------------------------------------------------------------------------------------------------

    @Slot()
    def begin(self) -> None:
        """The form of a new one."""
        self.open_form(None)

    @Slot(object)
    def open_form(self, line: Line | None) -> None:
        """The form of that line, or of a new one, in place of the list."""
        if self.form is not None:
            return
        try:
            made = self.form_of(line)
        except ShelterDeskError as error:
            self.fail(error)
            return
        if made is None:
            return
        self.form, name = made
        form: Any = self.form
        self.drafting = Drafting(self.desk, self.form, name)
        self.drafting.found.connect(self.draft_found)
        self.listen(self.form, self.drafting)
        form.told.connect(self.told)
        form.acted.connect(self.close_form)
        form.closed.connect(self.close_form)
        form.left.connect(self.leave_form)
        self._faces.addWidget(self.form)
        self._faces.setCurrentWidget(self.form)
        form.begin()
        self.drafting.begin()

    def resume(self, draft: Draft) -> None:
        """Open the form as it was left."""
        self.begin()
        if self.drafting is not None:
            self.drafting.resume(draft)

    @Slot()
    def close_form(self) -> None:
        """Back to the list; the draft goes with the form."""
        if self.drafting is not None:
            self.drafting.forget()
        self._drop_form()

    @Slot()
    def leave_form(self) -> None:
        """Back to the list; what was typed is kept, and said to be."""
        told = unsaved.kept(self.drafting)
        self._drop_form()
        if told is not None:
            self.told.emit(told)

    def _drop_form(self) -> None:
        form, self.form, self.drafting = self.form, None, None
        if form is not None:
            self._faces.setCurrentWidget(self._list_face)
            self._faces.removeWidget(form)
            form.deleteLater()
            self.written(form)
            self.look_again()
            self.set_first()
