"""The one list page: a list with its head, the line chosen beside it or in its place, and the form of a line."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.drafting import keep_all
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists import list_intake
from shelter_desk.ui.lists.detail_view import DetailView
from shelter_desk.ui.lists.list_foot import ListFoot
from shelter_desk.ui.lists.list_intake import PASTE, ListIntake
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.tabbed_page import FormFace, focus
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import framed
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.ui.widgets.panel import SidePanel

Line = TypeVar("Line")
STEP = "step"  # in the name of the draft of a step, before the key of its line and the act


def head_row(
    *left: QWidget, wide: QWidget | None = None, right: Sequence[QWidget] = (), spacing: int = tokens.SPACE
) -> QHBoxLayout:
    """A row: these from the left, one that takes the room there is, the others at the right."""
    return in_row(*left, STRETCH if wide is None else (wide, 1), *right, spacing=spacing)


class ListRoom(FormFace, Generic[Line]):
    """Arrows move in the list, Enter opens a line beside it, over it or in its form; Escape leads back, step by step.

    A room says what it asks for (`ask`), which of it is listed (`filtered`), and how a line is shown (`view_of`) or
    typed (`form_of`).
    """

    opens_beside = True  # else Enter opens the form of the line, or what `enter` says
    chooses_first = False  # whenever the keys come, not only while no line has them
    of_persons = True  # there are persons in its lines, by code: what leaves of it goes through the gate
    hides_head = False  # while there is nothing to list
    takes: tuple[str, ...] = ()  # the lists of an import that are pasted into it, the likeliest first
    edited_as = ""  # which list Excel is given to change it
    list_foot: ListFoot  # once it is laid out
    empty: Empty  # of a room that says what it is for while there is nothing in it
    chips: ChipBar  # of a room that has `filter_by`

    def __init__(
        self,
        desk: Desk,
        columns: Sequence[TableColumn[Line]],
        named: str,
        empty: Empty | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.view: QWidget | None = None  # of the line that is open
        self._shown_key = 0
        self.lines: Sequence[Line] = ()
        self.chip_codes: list[str] = []
        self.rows: TableRows[Line] = TableRows(columns, self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(named)
        self.table.opened.connect(self.enter)
        self.panel = SidePanel()
        self.panel.hide()
        self.panel.closed.connect(self.close_view)
        self._has_empty = empty is not None
        if self.opens_beside:
            self.table.clicked.connect(self._clicked)
        if empty is not None:
            self.empty = empty
            empty.started.connect(self.begin)

    def lay_out(self, above: QLayout, margin: int = tokens.SPACE, below: QWidget | None = None) -> None:
        """The head above, list and panel side by side below it. margin: above and below what stands in the head.

        below: what stands under the list, and where there is none yet.
        """
        above.setContentsMargins(tokens.SPACE_2, margin, tokens.SPACE_2, margin)
        self.head = QWidget()
        self.head.setLayout(above)
        own = getattr(self, "search", None)
        field = own.line if isinstance(own, LineField) else own
        named = self.table.accessibleName()
        self.list_foot = ListFoot(self.table, field, desk=self.desk, title=named, of_persons=self.of_persons)
        self.list_foot.told.connect(self.told)
        if self.takes and list_intake.may_paste(self.desk):
            self._take_rows()
        beside = QWidget()
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        if self._has_empty:
            self._body.addWidget(self.empty)
        listed = framed((self._body, 1), self.list_foot, *([] if below is None else [below]))
        in_row((listed, 1), self.panel, within=beside, spacing=0)
        in_column(self.head, (beside, 1), within=self.listed, spacing=0)

    def _take_rows(self) -> None:
        """Rows of Excel can be pasted, also while there is nothing to list."""
        made = ListIntake(self.listed, self.takes, self.table.columns_taken, self.edited_as)
        made.wanted.connect(self.import_wanted)
        made.edit_wanted.connect(self.excel_wanted)
        made.told.connect(self.told)
        self.list_foot.intake = made
        if self._has_empty:
            paste = Button(words.text("Paste from Excel"), "quiet", "import", PASTE, on_click=made.paste)
            self.empty.add(paste)

    def begin_button(self, text: str, icon: str = "plus", may: bool = True) -> Button:
        """The button of the head that opens the form of a new line, hidden from who may not."""
        made = Button(text, "primary", icon, on_click=self.begin)
        if not may:
            made.hide()
        return made

    def filter_by(self, chips: Sequence[tuple[str, str]], is_in: Callable[[Line, str], bool]) -> ChipBar:
        """Chips by code and text, the first one on; each says how many lines are in it."""
        self.chips = ChipBar([(code, text, None) for code, text in chips], wraps=tokens.is_large())
        self._is_in = is_in
        self.chip_codes = [code for code, _ in chips]
        self.chips.chosen.connect(self.show_lines)
        return self.chips

    def switch(self, chip: str) -> None:
        """The lines of that chip."""
        self.chips.switch(chip)
        self.show_lines()

    # What each room has of its own ------------------------------------------------------------------------------------

    def ask(self) -> Sequence[Line]:
        """Every line, listed or not, in order; where there is none the room says what it is for."""
        raise NotImplementedError

    def filtered(self) -> Sequence[Line]:
        """The lines that the chip leaves; a room with more filters goes on from these."""
        chip = self.chips.on()[:1] if self.chip_codes else []
        return [one for one in self.lines if self._is_in(one, chip[0])] if chip else self.lines

    def key_of(self, line: Line) -> int:
        """What tells a line from the others."""
        raise NotImplementedError

    def view_of(self, line: Line) -> QWidget:
        """That line as it is shown beside the list; the panel is named on the way."""
        raise NotImplementedError

    def form_of(self, _line: Line | None) -> tuple[QWidget, str] | None:
        """The form of a line or of a new one with the name of its draft, None where this role may not."""
        return None

    def first_of_list(self) -> QWidget:
        """Where the keys go while there are lines."""
        return self.table

    def first_of_head(self) -> QWidget | None:
        """Where the keys go while there is none and nothing can be begun, None where they stay."""
        return None

    # The list ---------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask again and show it again, the chosen one too."""
        self.list_foot.remember(self.desk, self.asked_as or type(self).__name__)
        self.lines = self.ask()
        if self.chip_codes:
            counts = {code: sum(self._is_in(one, code) for one in self.lines) for code in self.chip_codes}
            self.chips.set_counts(counts)
        self.show_lines()
        if self.view is not None:
            self.open_again(self._shown_key)

    @Slot()
    def show_lines(self) -> None:
        """The list as it is filtered now."""
        self.rows.show(self.filtered())
        if self._has_empty:
            self._body.setCurrentIndex(0 if self.lines else 1)
        self.list_foot.setVisible(bool(self.lines))
        self.head.setVisible(bool(self.lines) or not self.hides_head)

    def is_editing(self) -> bool:
        return super().is_editing() or (isinstance(self.view, DetailView) and self.view.form is not None)

    def set_first_listed(self) -> None:
        if self.view is not None and self._under is self.view:
            view: Any = self.view
            view.set_first()
        elif self.lines:
            first = self.first_of_list()
            focus(first)
            is_at_none = self.chooses_first or not self.table.currentIndex().isValid()
            if first is self.table and self.rows.rowCount() and is_at_none:
                self.table.go_to(0)
        else:
            focus((self.empty.button if self._has_empty else None) or self.first_of_head())

    def ask_first(self) -> None:
        """Look, where nothing is known of any line yet."""
        if not self.lines:
            self.look_again()

    def line_of(self, key: str) -> Line | None:
        """The line that has that key, None where there is none (any more)."""
        return next((one for one in self.lines if str(self.key_of(one)) == key), None)

    # One line ---------------------------------------------------------------------------------------------------------

    @Slot(object)
    def enter(self, line: Line) -> None:
        """What Enter on a line does."""
        if not self.opens_beside:
            self.edit(line)
            return
        self.open_line(line)
        view: Any = self.view
        if view is not None:
            view.set_first()

    @Slot()
    def _clicked(self) -> None:
        line = self.table.current()
        if line is not None:
            self.open_line(line)

    def open_line(self, line: Line) -> None:
        """Show that one beside the list."""
        made = self.attempt(lambda: self.view_of(line))
        if made is not None:
            self.show_beside(made, self.key_of(line))

    def show_beside(self, view: QWidget, key: int) -> None:
        """That view in the panel, of the line of that key."""
        self.drop_view()
        self.view, self._shown_key = view, key
        if isinstance(view, DetailView):
            view.told.connect(self.told)
            view.acted.connect(self._acted)
            view.record_wanted.connect(self.record_wanted)
            view.draft_found.connect(self.draft_found)
        self.panel.body.addWidget(view)
        self.panel.body.addStretch(1)
        self.panel.show()

    def show_over(self, view: QWidget) -> None:
        """That view in place of the list."""
        self.lay_over(view)
        self.view = view

    def open_again(self, key: int) -> None:
        """The line of that key beside the list, chosen in it; what was open goes where there is no such line."""
        line = self.line_of(str(key))
        if line is None:
            self.panel.dismiss()
            return
        at = QApplication.focusWidget()
        had_focus = at is not None and self.panel.isAncestorOf(at)
        self.open_line(line)
        self.choose(key)
        if had_focus and isinstance(self.view, DetailView):
            self.view.set_first()

    def choose(self, key: int) -> None:
        """Go to the line of that key, where it is listed."""
        place = next((at for at, one in enumerate(self.rows.rows()) if self.key_of(one) == key), None)
        if place is not None:
            self.table.go_to(place)

    def open_at(self, at: str) -> None:
        """That line, by its key, beside the list or in its form."""
        self.ask_first()
        line = self.line_of(at)
        if line is None:
            return
        if self.opens_beside:
            self.open_again(self.key_of(line))
        else:
            self.edit(line)

    def drop_view(self) -> None:
        """Nothing beside the list; what is typed into its step is kept."""
        if self.view is not None:
            keep_all(self.desk, self.view)
        self.panel.clear()
        self.view = None

    @Slot()
    def close_view(self) -> None:
        """The list alone, with the keys."""
        if self.view is not None and self._under is self.view:
            self.take_off()
            self.view = None
            self.look_again()
        self.drop_view()
        self.set_first()

    @Slot()
    def _acted(self) -> None:
        """The commit was told while the step was open; the step goes after its own signal is over."""
        if isinstance(self.view, DetailView):
            self.view.forget_step()
        QTimer.singleShot(0, self, self._after_act)

    @Slot()
    def _after_act(self) -> None:
        self.look_again()
        if isinstance(self.view, DetailView):
            self.view.set_first()
        elif self.form is None:
            self.set_first()

    # The form ---------------------------------------------------------------------------------------------------------

    @Slot()
    def begin(self) -> None:
        """The form of a new one."""
        self.edit(None)

    @Slot(object)
    def edit(self, line: Line | None) -> None:
        """The form of that line, or of a new one, in place of the list."""
        if self.form is not None:
            return
        made = self.attempt(lambda: self.form_of(line))
        if made is not None:
            self.open_form(*made)

    def reopen(self, kind: str, at: str) -> None:
        """The form of the line whose key ends the name of the draft, else of a new one; none of a line that is gone."""
        self.ask_first()
        key = at or kind
        line = self.line_of(key) if key.isdecimal() else None
        if line is not None or not key.isdecimal():
            self.edit(line)

    def resume(self, draft: Draft) -> None:
        """Open the form, or the step of a line, as it was left."""
        kind, _, at = draft.form.removeprefix(f"{self.asked_as}/").partition("/")
        if kind != STEP:
            super().resume(draft)
            return
        key, _, act = at.partition("/")
        line = self.line_of(key)
        if line is None:
            return
        self.open_line(line)
        if isinstance(self.view, DetailView) and act in self.view.buttons:
            self.view.do(act)
            if self.view.drafting is not None:
                self.view.drafting.resume(draft)
