"""The page of reports for who reads less than the month: an auditor the closed versions as a partner is given them, a
storekeeper the tables of the store, which are signed there.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.visas import VisaStanding
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations, month_versions, reports
from shelter_desk.operations.reports.month_versions import ClosedVersion
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.lists.two_line_list import TwoLine, TwoLineList, TwoLineRows
from shelter_desk.ui.page import Page, Told
from shelter_desk.ui.reports.comments_card import CommentsCard
from shelter_desk.ui.reports.controls import ControlsTable
from shelter_desk.ui.reports.synthesis_part import BelowHeadlines
from shelter_desk.ui.reports.table_sheet import CONTROLS, SYNTHESIS, TABLES, ReportTab, ReportTabs, tab_of
from shelter_desk.ui.reports.visas_card import VisasCard
from shelter_desk.ui.sending.over_page import SendingsOver
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, keep_room
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import cover as cover_words
from shelter_desk.words.reports import reports as report_words
from shelter_desk.words.reports import synthesis as synthesis_words

OF_STORE = ("t10", "t11")
MONTHS = 6  # that a storekeeper is offered, the last one that is over first
LIST = 290


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What is shown of the line that was chosen. visas: of the tables that are signed here."""

    row: ClosedVersion | Period
    report: Report
    visas: tuple[VisaStanding, ...] = ()


class ReadingPage(Page):
    """A list of months, and the tables of the one that is chosen; nothing is exported, nothing opens the rows."""

    concerns = Changes(reports=True, stock=True, assets=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self.reads_closed = desk.may(Permission.REPORT_SEE_FROZEN)
        offered = (SYNTHESIS, *TABLES, CONTROLS) if self.reads_closed else OF_STORE
        self.rows = TwoLineRows(self._line)
        self.list = TwoLineList(self.rows)
        self.list.setAccessibleName(words.text("Months"))
        self.list.setFixedWidth(tokens.wide(LIST))
        self.tabs = ReportTabs(offered)
        self.sheet = ReportTab()
        self.below = BelowHeadlines()
        self.sheet.tell(self.below)
        self.controls = ControlsTable()
        self.comments = CommentsCard(desk)
        self.visas = VisasCard(desk)
        self.about = Label(ink="ink2", wrap=True)
        self.nothing = Label(words.text("No month is closed yet. Once one is, it is read here."), wrap=True)
        self.shown: ReadReport | None = None
        self._either = QStackedWidget()
        self.sendings = SendingsOver(desk, self, self._either, self._leave_sendings)
        self.sendings_button = Button(words.text("Sendings"), icon="list", on_click=self.sendings.show)
        self.sendings_button.setVisible(self.reads_closed)
        self._lay_out()
        self.list.chosen.connect(self._ask)
        self.tabs.chosen.connect(self._fill)
        self.visas.told.connect(self.told)

    def _lay_out(self) -> None:
        told = words.text("Closed months, as a partner is given them: small numbers are hidden.")
        if not self.reads_closed:
            told = words.text("The tables of the store, as the report of the month has them: look at them, and sign.")
        left = in_column((self.list, 1), self.visas, spacing=tokens.SPACE_PANEL)
        self._body = QWidget()
        within = in_column(self.about, self.tabs, RuleLine(), spacing=tokens.SPACE, within=self._body)
        within.addWidget(self.sheet, 1)
        within.addWidget(self.controls, 1)
        within.addWidget(self.comments)
        self._months = QWidget()
        in_column(
            in_row(Label(words.text("Activity report"), size="title", bold=True), STRETCH, self.sendings_button),
            Label(told, ink="ink2", wrap=True),
            self.nothing,
            (in_row(left, (self._body, 1), spacing=tokens.SPACE_2), 1),
            within=self._months,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL),
        )
        self._either.addWidget(self._months)
        in_column((self._either, 1), within=self, spacing=0)
        keep_room(self._body)
        self._body.hide()

    def _line(self, row: ClosedVersion | Period) -> TwoLine:
        if isinstance(row, Period):
            return TwoLine(report_words.period(row), report_words.days(row))
        version, period = row.version, row.version.period
        state = words.text("cancelled version") if version.cancelled_at is not None else words.text("replaced")
        told = words.text("{version}, {moment}").format(
            version=report_words.version(version.version, row.rectified), moment=formats.moment(version.made_at)
        )
        return TwoLine(report_words.period(period), told, badge="" if row.counts else state, tooltip=version.reason)

    @Slot()
    def _leave_sendings(self) -> None:
        self._either.setCurrentWidget(self._months)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self, changes: Changes) -> None:
        """What left looks again as the page itself does."""
        self.sendings.changed(changes)
        super().changed(changes)

    def refresh(self) -> None:
        """The list again; the month that was chosen stays."""
        at = self.list.currentIndex().row()
        found: list[ClosedVersion] | list[Period] = (
            month_versions.closed_versions(self.desk) if self.reads_closed else _months(self.desk)
        )
        self.rows.show(found)
        self.nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        if found:
            self.list.go_to(max(0, min(at, len(found) - 1)))
            if not self.sendings.is_open():
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _ask(self, row: ClosedVersion | Period | None) -> None:
        if row is not None:
            tasks.run(lambda: _read(self.desk, row), self._show, self._fail)

    def _show(self, found: ReadReport) -> None:
        if found.row != self.list.current():
            return  # another one was chosen meanwhile
        self.shown = found
        self._body.show()
        self.about.setText(_about(found.report) if self.reads_closed else "")
        self.about.setVisible(self.reads_closed)
        self.comments.show_month(found.report)
        self.visas.show_visas(found.report.period, found.visas)
        self._fill(self.tabs.value())

    @Slot(str)
    def _fill(self, code: str) -> None:
        if self.shown is None:
            return
        report = self.shown.report
        self.sheet.setVisible(code != CONTROLS)
        self.controls.setVisible(code == CONTROLS)
        if code == CONTROLS:
            self.controls.show_controls(report)
            return
        is_first = code == SYNTHESIS
        found = [one for one in tables(report) if tab_of(one) == code]
        self.sheet.show_tables([synthesis_words.table(report)] if is_first else found, report)
        self.below.setVisible(is_first)
        if is_first:
            self.below.show_report(report)
        self.sheet.mark_said({one.ref: one.text for one in report.told}, ())

    def _fail(self, error: ShelterDeskError) -> None:
        self.told.emit(Told("blocked", sentence(error)))


def _months(desk: Desk) -> list[Period]:
    found = [Period(desk.today(), desk.today()).month_before]
    while len(found) < MONTHS:
        found.append(found[-1].month_before)
    return found


def _read(desk: Desk, row: ClosedVersion | Period) -> ReadReport:
    if isinstance(row, Period):
        report = reports.to_sign(desk, row)
        return ReadReport(row, report, annotations.standing(desk, report))
    return ReadReport(row, month_versions.partner_report(desk, row.version.period, row.version.version))


def _about(report: Report) -> str:
    """Its state, its digest, who signed, what the house says of the month."""
    lines = [f"{report_words.state(report)} · SHA-256 {report.sha256}"]
    told = words.text("{label}: {value}")
    lines += [" · ".join(told.format(label=label, value=value) for label, value in cover_words.visas(report))]
    return "\n".join(filter(None, (*lines, cover_words.text(report))))
