"""A month by the categories of a donor: a table with its totals, and the workbook that the donor gets.

What the page of reports does for donors beside the report: services in their words, their workbooks filled.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.donor_categories import ByCategory, CategoryLine
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import USUAL
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import donor_categories
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.page import Page, Told
from shelter_desk.ui.sending import gate
from shelter_desk.ui.sending.gate import GateDialog
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.guided_dialog import GuidedDialog
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.ui.window_place import widen
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import reports as report_words

TOTAL = "total"


class DonorServices(GuidedDialog):
    """Computes anew for each donor chosen; categories are typed in the settings."""

    told = Signal(object)  # Told
    settings_wanted = Signal()

    def __init__(self, desk: Desk, period: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._period = desk, period
        self.found: ByCategory | None = None
        self.gate: GateDialog | None = None
        title = words.text("Services by a donor’s categories: {month}").format(month=report_words.period(period))
        self.setWindowTitle(title)
        self.setProperty("role", "question")
        widen(self, tokens.wide(860), tokens.high(640))
        offered = [(one.code, words.label("donor", one.code)) for one in codes.codes("donor") if one.active]
        self.donor = ChoiceField(words.text("Donor"), offered)
        self.donor.setFixedWidth(tokens.wide(300))
        self.rows: TableRows[tuple[str, CategoryLine]] = TableRows(self._columns(), self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(title)
        self.note = Label("", size="small", ink="ink2", wrap=True)
        self.settings_button = Button(
            words.text("Categories of this donor…"), "quiet", "pencil", on_click=self._to_settings
        )
        if not desk.may(Permission.SETTINGS_EDIT):
            self.settings_button.hide()
        self.close_button = Button(words.text("Close"), on_click=self.reject)
        self.export_button = Button(words.text("Export for this donor…"), "primary", "document", on_click=self.export)
        if not desk.may(Permission.REPORT_EXPORT):
            self.export_button.hide()
        in_column(
            Label(title, bold=True, wrap=True),
            in_row(self.donor, STRETCH, (self.settings_button, 0, Qt.AlignmentFlag.AlignBottom)),
            (self.table, 1),
            self.note,
            in_row(STRETCH, self.close_button, self.export_button),
            within=self,
            spacing=tokens.SPACE,
            margins=tokens.SPACE_2,
        )
        self.donor.chosen.connect(self._turn)
        self.export_button.setEnabled(False)
        named = donor_categories.donors(desk)
        self.donor.choose(next((code for code, _ in offered if code in named), offered[0][0]))
        self.compute()

    def _columns(self) -> list[TableColumn[tuple[str, CategoryLine]]]:
        return [
            TableColumn(words.text("Category of the donor"), lambda row: row[0], bold=True),
            TableColumn(words.text("Lines"), lambda row: formats.number(row[1].lines), alignment="right"),
            TableColumn(words.text("Quantity"), lambda row: report_words.value(row[1].quantity), alignment="right"),
            TableColumn(words.text("Distinct persons"), lambda row: formats.number(row[1].persons), alignment="right"),
            TableColumn(words.text("Cost, XOF"), lambda row: formats.number(row[1].cost), alignment="right"),
            TableColumn(words.text("paid by this donor"), lambda row: formats.number(row[1].paid), alignment="right"),
        ]

    @Slot(str)
    def _turn(self, _donor: str) -> None:
        self.compute()

    def compute(self) -> None:
        """Ask for the month in the words of the donor chosen."""
        donor = self.donor.value()
        if donor is not None:
            tasks.run(partial(donor_categories.of_month, self._desk, self._period, donor), self.show_found, self._fail)

    def show_found(self, found: ByCategory) -> None:
        """Categories, what has none, the total."""
        if found.donor != self.donor.value():
            return
        self.found = found
        lines = [(donor_categories.name_of(one), one) for one in found.found]
        self.rows.show([*lines, (words.text("Total"), found.total)])
        self.note.setText(
            words.text(
                "Every service of the month, whoever paid: the totals are those of table T6. "
                "A person served in several categories counts once in the total."
            )
        )
        self.export_button.setEnabled(True)

    def _fail(self, error: ShelterDeskError) -> None:
        self.note.setText(sentence(error))

    @Slot()
    def _to_settings(self) -> None:
        self.reject()
        self.settings_wanted.emit()

    @Slot()
    def export(self) -> None:
        """Write the workbook where the person says."""
        if self.found is not None:
            title = words.text("To whom do the services by categories go?")
            self.gate = gate.ask(self, self._desk, title, self._write, level=USUAL, purpose="bailleur")

    def _write(self, answers: GateAnswers) -> None:
        found = self.found
        if found is None:
            return
        name = words.text("services-{donor}-{month}.xlsx")
        name = name.format(donor=found.donor, month=report_words.in_file_name(found.period))
        path = files.choose_to_save(self, donor_categories.title(found), name, "Excel (*.xlsx)")
        if path is None:
            return
        try:
            donor_categories.export(self._desk, found, path, answers)
        except ShelterDeskError as error:
            self.note.setText(sentence(error))
            return
        self.accept()
        self.told.emit(Told("ok", words.text("The services by categories are in {file}.").format(file=path.name)))


class ForDonors(QObject):
    """A button with its menu, and the dialogues that it opens over the page. month: the one shown."""

    def __init__(self, desk: Desk, page: Page, month: Callable[[], Month | None]) -> None:
        super().__init__(page)
        self._desk, self._page, self._month = desk, page, month
        self.dialog: QDialog | None = None
        self.button = Button(words.text("For a donor"))
        self.menu = QMenu(self.button)
        services = self.menu.addAction(words.text("Services by a donor’s categories…"))
        services.triggered.connect(self.open_services)
        if desk.may(Permission.REPORT_EXPORT):
            fill = self.menu.addAction(words.text("Fill a donor’s workbook…"))
            fill.triggered.connect(self.open_filling)
        self.button.setMenu(self.menu)

    @Slot()
    def open_services(self) -> None:
        """The month by the categories of a donor."""
        month = self._month()
        if month is None:
            return
        dialog = DonorServices(self._desk, month.report.period, self._page)
        dialog.told.connect(self._page.told)
        dialog.settings_wanted.connect(self._to_settings)
        self._open(dialog)

    @Slot()
    def open_filling(self) -> None:
        """A workbook of a donor, filled with the month; refused while a control fails, as the export is."""
        month = self._month()
        if month is None:
            return
        if not month.report.holds:
            text = words.text("Nothing is filled: these controls fail, {controls}. Settle them first.")
            self._page.told.emit(Told("blocked", text.format(controls=month.report.failed_ids)))
            return
        from shelter_desk.ui.reports.fill_dialog import FillDialog  # not for the first picture

        dialog = FillDialog(self._desk, month, self._page)
        dialog.told.connect(self._page.told)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.open()

    @Slot()
    def _to_settings(self) -> None:
        self._page.page_wanted.emit("settings/services")
