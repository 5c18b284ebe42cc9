"""The old report over the page of the month: its file, its sheet, the cells pointed to beside our figures."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.old_report import Place
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import month_versions, old_report
from shelter_desk.operations.reports.donor_workbooks import Pointed
from shelter_desk.operations.reports.old_report import ComparedCell, OldReport
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableRows
from shelter_desk.ui.reports.drilldown_card import OpenedCard
from shelter_desk.ui.reports.old_report import compared_table
from shelter_desk.ui.reports.old_report.sheet_grid import SheetGrid, shown
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import ElidedLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import reports as report_words

ROWS_SHOWN, LEAST_LINES, LINE = 4, 4, 28
KINDS = "Excel (*.xlsx *.xlsm *.xlsb *.xls *.ods)"


class OldReportForm(QWidget):
    """At the left the sheet with what a cell is compared with, at the right the cells compared and the rows of one."""

    told = Signal(object)  # Told
    closed = Signal()
    left = Signal()
    over = Signal()
    record_wanted = Signal(int)  # PersonId

    def __init__(self, desk: Desk, month: Month) -> None:
        super().__init__()
        self._desk, self._month = desk, month
        self.book: OldReport | None = None
        self.pointed: list[Pointed] = []
        self._offered: list[tuple[str, str]] = []
        self._at: Place | None = None
        self._next: Pointed | None = None  # the line that is shown once the cells are compared
        title = words.text("Compare with the old report: {period}")
        self.title = Label(
            title.format(period=report_words.period(month.report.period)), size="title", bold=True, wrap=True
        )
        self.choose_button = Button(words.text("Choose the Excel file…"), "primary", "import", on_click=self.choose)
        self.file_label = ElidedLabel("", ink="ink2")
        self.problem = Label("", ink="blocked", wrap=True)
        self.problem.hide()
        self._make_sheet()
        self._make_compared()
        self.close_button = Button(words.text("Close"), tall="footer", on_click=self.closed)
        self._lay_out()

    def _make_sheet(self) -> None:
        self.sheet = ChoiceField(words.text("Sheet"))
        self.sheet.setFixedWidth(tokens.wide(200))
        self.sheet.chosen.connect(self._sheet_chosen)
        self.grid = SheetGrid()
        self.grid.walked.connect(self._walk)
        self.grid.pointed.connect(self._ask_figure)
        self.cell_label = Label("", bold=True, wrap=True)
        self.figure = ChoiceField(words.text("Our figure"))
        self.figure.explain("ancien_rapport")
        self.figure.chosen.connect(self._figure_chosen)
        self.compare_button = Button(words.text("Compare this cell"), "primary", "plus", on_click=self.point)

    def _make_compared(self) -> None:
        self.rows: TableRows[ComparedCell] = TableRows(compared_table.columns(self._month), self)
        self.table = TableView(self.rows, LINE, fits=True)
        self.table.setMinimumHeight(tokens.high(LINE) * (LEAST_LINES + 1))
        # as high as there is room beside the rows of one, not as all its lines are
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.setAccessibleName(words.text("Cells compared"))
        self.table.selected.connect(self._show_rows)
        self.counted = Label("", bold=True, wrap=True)
        self.forget_button = Button(words.text("Forget this cell"), "quiet", "close", on_click=self.forget)
        self.forget_button.setEnabled(False)
        self.opened_card = OpenedCard(ROWS_SHOWN)
        self.opened_card.hide()
        self.opened_card.closed.connect(self._close_rows)
        self.opened_card.record_wanted.connect(self.record_wanted)

    def _lay_out(self) -> None:
        head = in_row((self.title, 3), (self.file_label, 1), self.choose_button, spacing=tokens.SPACE_2)
        self.sheet_card = Card()
        hint = words.text("Click a number of the old report, or go to it and press Enter.")
        fill(
            self.sheet_card.body,
            in_row(self.sheet, (Label(hint, size="small", ink="ink2", wrap=True), 1), spacing=tokens.SPACE),
            (self.grid, 1),
            self.cell_label,
            self.figure,
            in_row(STRETCH, self.compare_button),
        )
        self.compared_card = Card()
        fill(self.compared_card.body, (self.table, 1), in_row((self.counted, 1), self.forget_button))
        side, self._work = QWidget(), QWidget()
        in_column((self.compared_card, 1), self.opened_card, within=side, spacing=tokens.SPACE)
        in_row(
            (self.sheet_card, 6), (scrolling(side, only_down=True), 7), within=self._work, spacing=tokens.SPACE_PANEL
        )
        told = words.text(
            "Choose your own Excel report of this month. It is only read; beside each number you point to, the program "
            "shows its own and the rows behind it."
        )
        self.empty = Empty("table", words.text("Your old report beside this one"), told)
        self._either = QStackedWidget(self)
        self._either.addWidget(self.empty)
        self._either.addWidget(self._work)
        foot = QFrame()
        foot.setProperty("role", "footer")
        kept = words.text("Cells are remembered for the next months; the file is not kept.")
        in_row(
            self.close_button,
            Label(kept, size="small", ink="ink2"),
            STRETCH,
            within=foot,
            margins=(tokens.SPACE_3, tokens.SPACE),
            spacing=tokens.SPACE_2,
        )
        body = in_column(
            head,
            self.problem,
            (self._either, 1),
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE),
        )
        in_column((body, 1), foot, within=self, spacing=0)

    def begin(self) -> None:
        """The keys go to the file that is to be chosen."""
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # The file ---------------------------------------------------------------------------------------------------------

    @Slot()
    def choose(self) -> None:
        """Ask for the file."""
        path = files.choose_to_open(self, words.text("The old report"), KINDS)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Read it beside the window."""
        self.choose_button.setEnabled(False)
        self._say("")
        tasks.run(partial(old_report.look, self._desk, path), self._show_book, self._fail)

    def _show_book(self, found: tuple[OldReport, tuple[Pointed, ...]]) -> None:
        self.choose_button.setEnabled(True)
        self.choose_button.set_kind("plain")
        book, pointed = found
        self.book, self.pointed = book, list(pointed)
        self.file_label.setText(book.path.name)
        if not self._offered:
            self._offered = old_report.choices(self._month)
            self.figure.set_choices(self._offered)
        self.sheet.set_choices([(name, name) for name in book.sheets])
        self.sheet.setVisible(len(book.sheets) > 1)
        shown_first = next((name for one in self.pointed if (name := self._sheet_of(one))), None)
        first = next(iter(book.sheets), "")
        self.sheet.choose(shown_first or self._sheet_of((first, "A1", "")) or first)
        self._either.setCurrentWidget(self._work)
        self._show_sheet()
        self.compare()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _sheet_chosen(self, _name: str) -> None:
        self._show_sheet()

    def _show_sheet(self) -> None:
        self._at = None
        self.cell_label.setText("")
        name = self.sheet.value() or ""
        if self.book is not None:
            self.grid.show_sheet(self.book.sheets.get(name, {}))
            read_on = self._sheet_of((name, "A1", ""))
            self.sheet.set_warning(_read_elsewhere(read_on)) if read_on != name else self.sheet.clear()
        self._mark()

    def _mark(self) -> None:
        self.grid.mark(
            {old_report.place_of(one[1]) for one in self.pointed if self._sheet_of(one) == self.sheet.value()}
        )
        self._offer()

    def _sheet_of(self, one: Pointed) -> str:
        return "" if self.book is None else old_report.sheet_of(self.book, one, self._month)

    # Pointing ---------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _walk(self, place: Place) -> None:
        """Say what stands there, and offer the figure that its words mean."""
        self._at = place
        sheet = self.grid.cells.sheet
        told = words.text("Cell {cell}: {value}")
        self.cell_label.setText(
            told.format(cell=old_report.address(place), value=shown(sheet.get(place)) or words.text("empty"))
        )
        known = self._pointed_at(place)
        self.figure.choose(known[2] if known is not None else old_report.guess(sheet, place, self._offered) or None)
        self.figure.clear()
        self._offer()

    def _pointed_at(self, place: Place) -> Pointed | None:
        cell = old_report.address(place)
        return next((one for one in self.pointed if one[1] == cell and self._sheet_of(one) == self.sheet.value()), None)

    def _offer(self) -> None:
        is_read = bool(self._sheet_of((self.sheet.value() or "", "A1", "")))
        is_cell = is_read and self._at is not None and self.grid.cells.sheet.get(self._at) is not None
        self.compare_button.setEnabled(is_cell)
        self.figure.setEnabled(is_cell)

    @Slot(object)
    def _ask_figure(self, place: Place) -> None:
        self._walk(place)
        if self.figure.isEnabled():
            self.figure.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _figure_chosen(self, code: str) -> None:
        if code:
            self.compare_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def point(self) -> None:
        """This cell stands beside this figure, also in the months to come."""
        if self._at is None or not self.figure.take_typed():
            return
        sheet, figure = self.sheet.value(), self.figure.value()
        if sheet is None or figure is None:
            self.figure.set_error(words.text("Choose the figure that this cell is compared with."))
            self.figure.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        former = self._pointed_at(self._at)
        self._next = (sheet, old_report.address(self._at), figure)
        kept = [self._next if one == former else one for one in self.pointed]
        self._keep(kept if former is not None else [*kept, self._next])
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def forget(self) -> None:
        """The cell of the line chosen is compared no more."""
        one = self.table.current()
        if isinstance(one, ComparedCell):
            self._keep([kept for kept in self.pointed if kept != one.pointed])
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, pointed: list[Pointed]) -> None:
        try:
            old_report.remember(self._desk, pointed)
        except ShelterDeskError as error:
            self._next = None
            self._fail(error)
            return
        self._say("")
        self.pointed = pointed
        self._mark()
        self.compare()

    # What differs -----------------------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Put every cell beside our figure again."""
        if self.book is not None:
            job = partial(old_report.compare, self._month, self.book, list(self.pointed))
            tasks.run(job, self._show_compared, self._fail)

    def _show_compared(self, found: tuple[ComparedCell, ...]) -> None:
        if [one.pointed for one in found] != self.pointed:
            return  # compared again meanwhile
        shown_one = self._next or getattr(self.table.current(), "pointed", None)
        self._next = None
        self.rows.show(found)
        none = words.text("No cell yet: click the first number.")
        self.counted.setText(compared_table.counted(found) if found else none)
        place = next((at for at, one in enumerate(self.rows.rows()) if one.pointed == shown_one), -1)
        if place < 0:
            place = next((at for at, one in enumerate(self.rows.rows()) if one.difference), -1)
        if place >= 0:
            self.table.go_to(place)
        self._show_rows(self.table.current())

    @Slot(object)
    def _show_rows(self, one: ComparedCell | None) -> None:
        """The rows behind our figure, where it differs or has any."""
        self.forget_button.setEnabled(one is not None)
        opened = None if one is None else compared_table.explained(self._month, one)
        self.opened_card.setVisible(opened is not None)
        if opened is not None:
            self.opened_card.show_figure(opened)

    @Slot()
    def _close_rows(self) -> None:
        self.opened_card.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self, changes: Changes) -> None:
        """Something was written meanwhile, as in a record that a row led to: the figures are computed again."""
        if changes != Changes():
            period = self._month.report.period.whole
            tasks.run(partial(month_versions.month, self._desk, period), self._show_month, self._fail)

    def _show_month(self, month: Month) -> None:
        self._month = month
        self.rows.columns = compared_table.columns(month)
        self.compare()

    # ------------------------------------------------------------------------------------------------------------------

    def _fail(self, error: ShelterDeskError) -> None:
        self.choose_button.setEnabled(True)
        self._say(sentence(error))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _read_elsewhere(sheet: str) -> str:
    """Why the sheet shown is not that which is compared. sheet: that one, "" for none."""
    if not sheet:
        return words.text("This sheet is of another month than the report: choose another sheet or another file.")
    return words.text("Its cells are read on “{sheet}”, the sheet of the month shown.").format(sheet=sheet)
