"""T10 of a month for who keeps the equipment: by category and by donor, and what happened."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from shelter_desk import words
from shelter_desk.domain.equipment.listed import Happened
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.equipment_tables import equipment as tables_of
from shelter_desk.domain.reports.figures import Report
from shelter_desk.domain.reports.tables import Row
from shelter_desk.domain.reports.tables import Table as ReportTable
from shelter_desk.operations import equipment
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.parts import FormFace, focus
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.ui.widgets.table import Column, Rows, Table
from shelter_desk.words import report as said
from shelter_desk.words import shown

CATEGORIES, DONORS, EVENTS = "t10.asset_category", "t10.donor", "events"


class MonthPart(FormFace):
    """The month before is shown first; the arrows go from month to month."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        today = desk.today()
        self.period = Period.month(today.year, today.month).month_before
        self.report: Report | None = None
        self.title = Label("", bold=True)
        self.former = IconButton("previous", words.text("Month before"))
        self.next = IconButton("next", words.text("Month after"))
        options = [
            (CATEGORIES, words.text("By category")),
            (DONORS, words.text("By donor")),
            (EVENTS, words.text("Events")),
        ]
        self.which = Segments(options, accessible_name=words.text("Which table"))
        self.which.choose(CATEGORIES)
        self.table = Table(Rows[Happened]([], self))
        above = QHBoxLayout()
        above.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        above.setSpacing(tokens.SPACE)
        for widget in (self.former, self.title, self.next):
            above.addWidget(widget)
        above.addSpacing(tokens.SPACE_2)
        above.addWidget(self.which)
        above.addStretch(1)
        self._whole = QVBoxLayout(self.listed)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addLayout(above)
        self._whole.addWidget(self.table, 1)
        self.hidden = Label("", size="small", ink="ink2", wrap=True)
        self.hidden.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        self.hidden.hide()
        self._whole.addWidget(self.hidden)
        self.former.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.which.chosen.connect(self._chosen)

    def look(self) -> None:
        self.report = equipment.month(self.desk, self.period)
        self.title.setText(said.period(self.period))
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
        if chosen == EVENTS:
            rows: Rows[Happened] = Rows(_event_columns(), self)
            made = Table(rows)
            rows.show(self.report.happened)
        else:
            table = next(one for one in tables_of(self.report) if one.name == chosen)
            figures: Rows[Row] = Rows(_columns(self.report, table), self)
            made = Table(figures, 24, fits=True)
            figures.show(table.rows)
        self.hidden.hide()
        had_focus = self.table.hasFocus()
        made.arranged.connect(self._tell)
        self._whole.replaceWidget(self.table, made)
        self.table.hide()
        self.table.deleteLater()
        self.table = made
        made.setAccessibleName(words.text("Equipment of the month"))
        if had_focus:
            focus(made)

    @Slot()
    def _tell(self) -> None:
        """Which columns are not shown: nothing but zero stands in them."""
        hidden = ", ".join(self.table.hidden())
        text = words.text("Not shown, for want of room, since all of it is zero: {columns}.")
        self.hidden.setText(text.format(columns=hidden) if hidden else "")
        self.hidden.setVisible(bool(hidden))


def _columns(report: Report, table: ReportTable) -> list[Column[Row]]:
    columns: list[Column[Row]] = [
        Column(said.table(table.name), lambda row: said.label(row.label), bold=True),
    ]
    for place, one in enumerate(table.columns):

        def value(row: Row, place: int = place) -> str:
            ref = row.cells[place]
            return "" if ref is None else said.value(report.value(ref[0], *ref[1]))

        nothing = all(value(row) in ("0", "") for row in table.rows)
        columns.append(Column(said.label(one.label), value, alignment="right", gives_way=int(nothing)))
    return columns


def _event_columns() -> list[Column[Happened]]:
    return [
        Column(words.text("Date"), lambda one: shown.day(one.on), lambda one: one.on),
        Column(words.text("Tag"), lambda one: one.tag_no, lambda one: one.tag_no, bold=True),
        Column(words.text("Designation"), lambda one: one.designation, lambda one: one.designation),
        Column(words.text("Event"), lambda one: words.label("asset_event", one.kind), lambda one: one.kind),
        Column(words.text("Minutes no."), lambda one: one.pv_no),
    ]
