"""The tables of a report, one tab at a time, the nights below them, and the figure of them that is opened."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.layout.stay_tables import ReportTable
from shelter_desk.domain.reports.report import Report
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui import tokens
from shelter_desk.ui.next_turn import later
from shelter_desk.ui.reports import drilldown
from shelter_desk.ui.reports.controls import ControlsTable
from shelter_desk.ui.reports.drilldown_card import OpenedCard
from shelter_desk.ui.reports.nights_card import NightsCard
from shelter_desk.ui.reports.synthesis_part import BelowHeadlines
from shelter_desk.ui.reports.table_sheet import (
    CONTROLS,
    SYNTHESIS,
    TABLES,
    ReportTab,
    ReportTabs,
    lessons_card,
    tab_of,
)
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words.reports import synthesis as synthesis_words

OF_NIGHTS = ("t1", "t2")  # tables that count nights: the chart stands below them
SHEETS = (SYNTHESIS, *TABLES)


class MonthTables(QWidget):
    """Shows the tables of a month and opens the rows behind a figure.

    tabs, opened_card: the tabs and the card of the opened figure, which the page lays where it wants them.
    """

    comment_wanted = Signal(object)  # Ref
    figure_turned = Signal()  # a figure is opened, or closed again
    month_wanted = Signal(object)  # its first day

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month: Month | None = None
        self._to_explain: tuple[Ref, ...] = ()
        self._asked: Ref = ("", ())
        self._stale: set[str] = set()
        self._tables: dict[str, list[ReportTable]] = {}
        self.tabs = ReportTabs()
        self.sheets = {code: ReportTab() for code in SHEETS}
        self.controls = ControlsTable()
        self.nights = NightsCard()
        self.opened_card = OpenedCard()
        self._parts = QStackedWidget()
        for sheet in self.sheets.values():
            self._parts.addWidget(sheet)
            sheet.opened.connect(self.open_figure)
            sheet.comment_wanted.connect(self.comment_wanted)
        framed = QFrame()
        framed.setProperty("role", "card")
        in_column(self.controls, within=framed, margins=(1, 4))
        self._parts.addWidget(framed)
        in_column((self._parts, 1), self.nights, within=self, spacing=tokens.SPACE_PANEL)
        self.tabs.chosen.connect(self._leave_for)
        self.below = BelowHeadlines()
        self.below.opened.connect(self.open_figure)
        self.below.month_wanted.connect(self.month_wanted)
        self.sheets[SYNTHESIS].tell(self.below)
        self.nights.opened.connect(self.open_figure)
        self.nights.month_wanted.connect(self.month_wanted)
        self.opened_card.closed.connect(self.close_figure)
        self.tabs.choose(SYNTHESIS)
        self.opened_card.hide()

    def show_month(self, month: Month, tables: Iterable[ReportTable], to_explain: Iterable[Ref] = ()) -> None:
        """Show another month, or the same computed anew, in its tables.

        to_explain: figures of which something ought to be said.
        """
        self._month, self._to_explain = self._as_before(month), tuple(to_explain)
        month = self._month
        self.nights.show_report(month.report)
        self._tables = {code: [] for code in TABLES}
        self._tables[SYNTHESIS] = [synthesis_words.table(month.report)]
        for table in tables:
            self._tables[tab_of(table)].append(table)
        self._stale = {*SHEETS, CONTROLS}
        self._turn_to(self.tabs.value())
        self._open_again()

    def _as_before(self, month: Month) -> Month:
        """The month with what stood beside the same one until it is looked at anew."""
        former = None if self._month is None or month.version is not None else self._month.report
        if former is None or former.period != month.report.period or former.version:
            return month
        return replace(month, report=replace(month.report, compared=former.compared))

    def show_beside(self, month: Month) -> None:
        """The same month once other periods stand beside it: its headlines and its months are shown anew."""
        self._month = month
        self.nights.show_report(month.report)
        self._tables[SYNTHESIS] = [synthesis_words.table(month.report)]
        self._stale.add(SYNTHESIS)
        if self.tabs.value() == SYNTHESIS:
            self._turn_to(SYNTHESIS)

    def explain(self, to_explain: Iterable[Ref]) -> None:
        """Mark the figures of which something ought to be said."""
        self._to_explain = tuple(to_explain)
        for code, sheet in self.sheets.items():
            if code not in self._stale:
                self._mark_said(sheet)

    @Slot()
    def show_controls(self) -> None:
        """Turn to the controls."""
        self.tabs.choose(CONTROLS)
        self.controls.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """To the headlines, at the figure that was opened last."""
        self.sheets[SYNTHESIS].take_focus(self._asked)

    @Slot(object)
    def go_back_to(self, ref: Ref | None = None) -> None:
        """The cell of a figure after something was said of it; of the one that was opened last where it is not said."""
        code = self.tabs.value() if self.tabs.value() in SHEETS else SYNTHESIS
        self.sheets[code].take_focus(self._asked if ref is None else ref)

    # Tabs

    @Slot(str)
    def _leave_for(self, code: str) -> None:
        """A figure of the tab that is left is closed, unless it stands on the next one too."""
        is_night = code in (SYNTHESIS, *OF_NIGHTS) and self._asked[0] == "t1.presence"
        stands = (self._asked in row.cells for table in self._tables.get(code, ()) for row in table.rows)
        if not self.opened_card.isHidden() and not is_night and not any(stands):
            self.close_figure()
        self._turn_to(code)

    def _turn_to(self, code: str) -> None:
        # filled before it is turned to, so that the focus finds a table in it
        if code in self._stale and self._month is not None:
            self._stale.discard(code)
            self._fill(code, self._month.report)
        self._parts.setCurrentIndex(SHEETS.index(code) if code in SHEETS else len(SHEETS))
        self.nights.setVisible(code in OF_NIGHTS)

    def _fill(self, code: str, report: Report) -> None:
        if code == CONTROLS:
            self.controls.show_controls(report)
            return
        sheet = self.sheets[code]
        sheet.show_tables(self._tables[code], report)
        if code == SYNTHESIS:
            later(self, partial(self.below.show_report, report))
        if code == "t12":
            sheet.tell(lessons_card(report.lessons))
        if code == "t2":
            sheet.mark_balance(all(one.holds for one in report.identities if one.id == "I-01"))
        sheet.mark_opened(None if self.opened_card.isHidden() else self._asked)
        self._mark_said(sheet)

    def _mark_said(self, sheet: ReportTab) -> None:
        comments = {} if self._month is None else {one.ref: one.text for one in self._month.report.comments}
        sheet.mark_said(comments, self._to_explain)

    # Figures

    @Slot(object)
    def open_figure(self, ref: Ref) -> None:
        """Show the rows behind that figure and box its cell."""
        if self._month is None:
            return
        self._asked = ref
        self.opened_card.show_figure(drilldown.opened(self._month, ref))
        self.opened_card.show()
        self.figure_turned.emit()
        for sheet in self.sheets.values():
            sheet.mark_opened(ref)

    @Slot()
    def close_figure(self) -> None:
        """Close the card; the focus goes back to the table."""
        at = self.window().focusWidget()
        had_focus = at is not None and self.opened_card.isAncestorOf(at)
        self.opened_card.hide()
        self.figure_turned.emit()
        for sheet in self.sheets.values():
            sheet.mark_opened(None)
        if had_focus and self.tabs.value() in SHEETS:
            self.sheets[self.tabs.value()].take_focus(self._asked)

    def _open_again(self) -> None:
        """The same figure of the month shown now; a night of another one is closed."""
        if self.opened_card.isHidden() or self._month is None:
            return
        night = dict(self._asked[1]).get("night")
        if night is not None and date.fromisoformat(night) not in self._month.report.period:
            self.close_figure()
        else:
            self.open_figure(self._asked)
