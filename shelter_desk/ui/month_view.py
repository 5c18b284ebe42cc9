"""The figures of a month for who prepares them: one table at a time, the arrows go from month to month."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.layout.stay_tables import FigureRow, ReportTable
from shelter_desk.domain.reports.report import Report
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.list_foot import ListFoot
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.tabbed_page import FormFace, focus
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.card import framed
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.ui.widgets.segments import Option, Segments
from shelter_desk.words.reports import reports as report_words


class MonthFace(FormFace):
    """The month before is shown first. options: the tables there are, by the names they have in a report."""

    name = ""  # of the table, for who does not see it

    def __init__(self, desk: Desk, options: Sequence[Option]) -> None:
        super().__init__(desk)
        today = desk.today()
        self.period = Period.month(today.year, today.month).month_before
        self.report: Report | None = None
        self.title = Label("", bold=True)
        self.former = IconButton("previous", words.text("Month before"), on_click=self.go_back)
        self.next = IconButton("next", words.text("Month after"), on_click=self.go_on)
        self.which = Segments(options, accessible_name=words.text("Which table"))
        self.which.choose(options[0][0])
        self.table = TableView(TableRows[FigureRow]([], self))
        self.hidden = Label("", size="small", ink="ink2", wrap=True)
        self.hidden.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        self.hidden.hide()
        above = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        above.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        above.add(self.former, self.title, self.next, self.which)
        self.list_foot: QWidget = QWidget()
        self._table_column = in_column((self.table, 1), self.list_foot, self.hidden, spacing=0)
        self._whole = in_column(above, (framed((self._table_column, 1)), 1), within=self.listed, spacing=0)
        self.which.chosen.connect(self._chosen)

    def compute(self) -> Report:
        """The figures of the month; each face has its own."""
        raise NotImplementedError

    def made(self, report: Report, chosen: str) -> TableView:
        """The table of that name; each face has its own."""
        raise NotImplementedError

    def foot_of(self, table: TableView, _chosen: str) -> ListFoot:
        """What stands below the table."""
        return ListFoot(table, desk=self.desk, title=self.listed_title, of_persons=False)

    @property
    def listed_title(self) -> str:
        """What the table is called where it leaves."""
        return words.text("{table}, {month}").format(table=self.name, month=self.title.text())

    def refresh(self) -> None:
        self.report = self.compute()
        self.title.setText(report_words.period(self.report.period))
        self._show()

    def set_first(self) -> None:
        focus(self.table)

    @Slot()
    def go_back(self) -> None:
        """The month before."""
        self.period = self.period.month_before
        self.look_again()

    @Slot()
    def go_on(self) -> None:
        """The month after, no further than this one."""
        after = self.period.last + ONE_DAY
        if after <= self.desk.today():
            self.period = Period.month(after.year, after.month)
            self.look_again()

    @Slot(str)
    def _chosen(self, _code: str) -> None:
        self._show()

    def _show(self) -> None:
        """Another table for other columns: a model keeps its own."""
        if self.report is None:
            return
        chosen = str(self.which.value())
        made = self.made(self.report, chosen)
        foot = self.foot_of(made, chosen)
        foot.told.connect(self.told)
        foot.remember(self.desk, self.asked_as and f"{self.asked_as}/{chosen}")
        self.hidden.hide()
        had_focus = self.table.hasFocus()
        made.arranged.connect(self._tell)
        self._table_column.replaceWidget(self.table, made)
        take_away(self.table)
        self._table_column.replaceWidget(self.list_foot, foot)
        take_away(self.list_foot)
        self.table, self.list_foot = made, foot
        made.setAccessibleName(self.name)
        if had_focus:
            focus(made)

    @Slot()
    def _tell(self) -> None:
        """Which columns are not shown: nothing but zero stands in them."""
        hidden = ", ".join(self.table.hidden())
        text = words.text("Not shown, for want of room, since all of it is zero: {columns}.")
        self.hidden.setText(text.format(columns=hidden) if hidden else "")
        self.hidden.setVisible(bool(hidden))


def figures(report: Report, table: ReportTable | None, title: str, parent: MonthFace) -> TableView:
    """A table of a report as it is shown here; an empty one where there is none."""
    columns: list[TableColumn[FigureRow]] = [
        TableColumn(title, lambda row: report_words.label(row.label, report.names), bold=True)
    ]
    for place, one in enumerate(table.columns if table is not None else ()):

        def value(row: FigureRow, place: int = place) -> str:
            ref = row.cells[place]
            return "" if ref is None else report_words.value(report.value(ref[0], *ref[1]))

        nothing = table is not None and all(value(row) in ("0", "") for row in table.rows)
        columns.append(TableColumn(report_words.label(one.label), value, alignment="right", gives_way=int(nothing)))
    rows: TableRows[FigureRow] = TableRows(columns, parent)
    made = TableView(rows, 24, fits=True)
    rows.show(table.rows if table is not None else ())
    return made
