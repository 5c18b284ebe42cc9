"""What services of a month cost: by donor as the report has it, or line by line with its receipt, found by typing."""

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.codes import folded
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.listing import ListedTable, ListHeading, Value
from shelter_desk.domain.reports.figures import NOT_RECORDED
from shelter_desk.domain.reports.layout.care_tables import cost_by_donor
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t06_services import COST
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.operations.assistance import costs
from shelter_desk.operations.assistance.costs import CostLine, Costs
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.list_foot import ListFoot
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn, TableRows
from shelter_desk.ui.month_view import MonthFace, figures
from shelter_desk.ui.page import Told
from shelter_desk.ui.sending import gate, password_shown
from shelter_desk.ui.sending.gate import GateDialog
from shelter_desk.ui.sending.password_shown import PasswordShown
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_row
from shelter_desk.words import formats
from shelter_desk.words.reports import reports as report_words

DONORS, LINES = "donors", "lines"


class CostsPart(MonthFace):
    """The arrows go from month to month; the search narrows the lines, and their total follows."""

    def __init__(self, desk: Desk) -> None:
        self.name = words.text("Costs of services")
        super().__init__(desk, [(LINES, words.text("Line by line")), (DONORS, words.text("By donor"))])
        self.costs: Costs | None = None
        self.gate: GateDialog | None = None
        self.password: PasswordShown | None = None
        self._catalogue = service_catalogue.all_kinds(desk)
        self.search = LineField(words.text("Search"), placeholder=words.text("Receipt, person, service, donor…"))
        self.search.setFixedWidth(tokens.wide(300))
        self.told_total = Label("", bold=True, wrap=True)
        self.export_button = Button(words.text("Export the list…"), "plain", "document", on_click=self.export)
        if not desk.may(Permission.REPORT_EXPORT):
            self.export_button.hide()
        around = tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE
        bar = in_row(self.search, (self.told_total, 1), self.export_button, spacing=tokens.SPACE_2, margins=around)
        self._whole.insertLayout(1, bar)
        self.search.changed.connect(self._searched)
        self.which.chosen.connect(self._tell_total)

    def compute(self) -> Report:
        self.costs = costs.month(self.desk, self.period)
        return self.costs.report

    def made(self, report: Report, chosen: str) -> TableView:
        self._tell_total()
        if chosen == DONORS:
            return figures(report, next(iter(cost_by_donor(report)), None), words.text("Donor"), self)
        rows: TableRows[CostLine] = TableRows(self._columns(), self)
        table = TableView(rows, fits=True)
        rows.show(self.found())
        return table

    def foot_of(self, table: TableView, _chosen: str) -> ListFoot:
        return ListFoot(table, self.search.line)  # the list is exported above, with its total

    def found(self) -> list[CostLine]:
        """The lines that say every word typed."""
        wanted = [folded(word) for word in self.search.text().split()]
        lines = self.costs.lines if self.costs is not None else ()
        return [one for one in lines if all(word in self._told(one) for word in wanted)]

    def _told(self, one: CostLine) -> str:
        of = one.service
        texts = (of.receipt_no, one.person_code, self._named(one), self._donor(one), of.partner, of.service_no)
        return " ".join(folded(text) for text in texts)

    def _named(self, one: CostLine) -> str:
        return choices.named(self._catalogue.get(one.service.service_type), one.service.service_type)

    def _donor(self, one: CostLine) -> str:
        return report_words.label(("donor", one.service.donor or NOT_RECORDED))

    def _columns(self) -> list[TableColumn[CostLine]]:
        return [
            TableColumn(
                words.text("Date"), lambda one: formats.day(one.service.service_on), lambda one: one.service.service_on
            ),
            TableColumn(words.text("Person"), lambda one: one.person_code, BY_TEXT, bold=True),
            TableColumn(words.text("Service"), self._named, BY_TEXT),
            TableColumn(
                words.text("Provided by"),
                lambda one: one.service.partner or words.label("provider_kind", one.service.provider_kind),
                BY_TEXT,
            ),
            TableColumn(words.text("Donor"), self._donor, BY_TEXT),
            TableColumn(words.text("Receipt no."), lambda one: one.service.receipt_no, BY_TEXT),
            TableColumn(words.text("Service no."), lambda one: one.service.service_no, gives_way=1),
            TableColumn(
                words.text("Cost, XOF"),
                lambda one: formats.number(one.service.cost_xof or 0),
                lambda one: one.service.cost_xof or 0,
                alignment="right",
                unit="XOF",
            ),
        ]

    @Slot()
    def _tell_total(self) -> None:
        """How much the lines listed cost, and the whole month where they are a part of it."""
        if self.costs is None:
            return
        found, whole = self.found(), report_words.value(self.costs.report.value(COST))
        if len(found) == len(self.costs.lines) or self.which.value() == DONORS:
            text = words.text("{lines}: {total} XOF, as in table T6 of the report")
            lines = words.count("{n} line", "{n} lines", len(self.costs.lines))
            self.told_total.setText(text.format(lines=lines, total=whole))
            return
        text, lines = (
            words.text("{lines}: {total} XOF of {whole} XOF"),
            words.count("{n} line", "{n} lines", len(found)),
        )
        amount = formats.number(sum(one.service.cost_xof or 0 for one in found))
        self.told_total.setText(text.format(lines=lines, total=amount, whole=whole))

    @Slot(str)
    def _searched(self, _typed: str) -> None:
        if self.which.value() != LINES:
            self.which.choose(LINES)
            self._show()
            return
        self.table.rows.show(self.found())
        self._tell_total()

    # What leaves ------------------------------------------------------------------------------------------------------

    @Slot()
    def export(self) -> None:
        """Write the list shown, as it is sorted and narrowed, where the person says."""
        if self.costs is not None:
            title = words.text("To whom do the costs go?")
            self.gate = gate.ask(self, self.desk, title, self._write, level=NOMINAL, purpose="bailleur")

    def _write(self, answers: GateAnswers) -> None:
        if self.costs is None:
            return
        name = words.text("costs-{month}.xlsx").format(month=report_words.in_file_name(self.costs.report.period))
        path = files.choose_to_save(self, words.text("Costs of services"), name, "Excel (*.xlsx)")
        if path is None:
            return
        try:
            password = costs.export(self.desk, self.costs.report.period, [self.listed_now()], path, answers)
        except ShelterDeskError as error:
            self.fail(error)
        else:
            self.told.emit(Told("ok", words.text("The list is in {file}.").format(file=path.name)))
            if password:
                self.password = password_shown.show(self, self.desk, password)

    def listed_now(self) -> ListedTable:
        """What is displayed: columns, rows in their order, the total."""
        rows, columns, report = self.table.rows, self.table.rows.columns, self.report
        title = words.text("Costs of services, {month}").format(month=self.title.text())
        notes, inner_note = [self.told_total.text()], ""
        total: tuple[Value, ...] = ()
        amounts: list[Value] = []
        if self.which.value() == LINES:
            amounts = [one.service.cost_xof or 0 for one in rows.rows()]
            inner_note = words.text("Internal: codes of persons, keep this list in the shelter.")
            total = (
                words.text("Total"),
                *([None] * (len(columns) - 2)),
                sum(one.service.cost_xof or 0 for one in rows.rows()),
            )
        elif report is not None:
            values = (report.value(key, *dims) for key, dims in (one.cells[0] for one in rows.rows()))
            amounts = [value if isinstance(value, int) else None for value in values]
        cells: tuple[tuple[Value, ...], ...] = tuple(
            (*rows.cells(place)[:-1], amount) for place, amount in enumerate(amounts)
        )
        wide = {words.text("Service"): 34, words.text("Donor"): 24}
        number = words.text("Service no.")  # two recipients would join their lists by it
        headings = tuple(ListHeading(one.heading, wide.get(one.heading, 16), one.heading == number) for one in columns)
        return ListedTable(words.text("Costs"), title, headings, cells, tuple(notes), total, inner_note)
