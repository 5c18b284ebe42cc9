"""What stands on the page of a report, and where."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Page
from shelter_desk.ui.reports.computing import ReportComputed
from shelter_desk.ui.reports.donor_services import ForDonors
from shelter_desk.ui.reports.month_forms import MonthForms
from shelter_desk.ui.reports.month_side import MonthSide
from shelter_desk.ui.reports.month_tables import MonthTables
from shelter_desk.ui.reports.narrative.export import NarrativeExport
from shelter_desk.ui.reports.period_head import ControlsButton, ReportHead
from shelter_desk.ui.reports.report_export import ReportExport
from shelter_desk.ui.reports.rows_export import RowsExport
from shelter_desk.ui.sending.file_proof import FileProof
from shelter_desk.ui.sending.over_page import SendingsOver
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import in_column, in_row


class MonthPage(Page):
    """The head of a period, its tables, what is beside them, and what takes their place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self.computed: ReportComputed | None = None  # that is shown

    def _make(self) -> Iterator[None]:
        """The steps of it, of which none takes long."""
        desk = self.desk
        self.head = ReportHead()
        self.for_donors = ForDonors(desk, self, self.month_shown)
        self.head.add(self.for_donors.button)
        self.rows = RowsExport(desk, self, self.month_shown)
        self.head.add(self.rows.button)
        self.old_report = Button(words.text("Compare…"))
        self.old_report.setAccessibleName(words.text("Compare with the old report…"))
        self.old_report.setToolTip(words.text("Compare with the old report…"))
        if not desk.may(Permission.REPORT_EXPORT):
            self.old_report.hide()
        self.old_report.setEnabled(False)  # there is nothing yet to compare it with
        self.head.add(self.old_report)
        yield
        self.tables = MonthTables()
        yield
        self.controls_badge = ControlsButton()
        self.side = MonthSide(desk, self.tables.opened_card)
        yield
        self.proof = FileProof(desk, self)
        self.exporting = ReportExport(desk, self, self.month_shown)
        self.narrating = NarrativeExport(desk, self, self.month_shown)
        may_admit = self.desk.may(Permission.ADMIT)
        self.empty = Empty(
            "report",
            words.text("Nothing to report yet"),
            words.text("The month: nights, entries, exits and who was here."),
            words.text("Admit a person…") if may_admit else None,
        )
        self.sendings_from_empty = Button(words.text("Sendings"), icon="list")
        self.empty.add(self.sendings_from_empty)
        self.setAcceptDrops(desk.may(Permission.REPORT_SEE_FROZEN))
        yield
        yield from self._lay_out()

    def _lay_out(self) -> Iterator[None]:
        self._body = QWidget()
        self._figures = QWidget()  # once there are some
        in_column(
            in_row((self.tables.tabs, 1), self.controls_badge),
            RuleLine(),
            tokens.SPACE_PANEL,
            (in_row((self.tables, 1), self.side, spacing=tokens.SPACE_PANEL), 1),
            within=self._figures,
            spacing=0,
        )
        self._figures.hide()
        yield
        self._computing = Label(words.text("Computing the figures…"), ink="ink2")
        self._computing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        in_column(
            self.head,
            tokens.SPACE,
            (self._figures, 1),
            (self._computing, 1),
            within=self._body,
            spacing=0,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL),
        )
        yield
        self._either = QStackedWidget(self)
        self._either.addWidget(self._body)
        self._either.addWidget(self.empty)
        self.forms = MonthForms(self.desk, self._either, self._body)
        self.sendings = SendingsOver(self.desk, self, self._either, self._leave_sendings)
        in_column(self._either, within=self)

    @Slot()
    def _focus_head(self) -> None:
        if self._is_stale and self.isVisible():
            self._look_again()
        self.head.chooser.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _leave_sendings(self) -> None:
        is_empty = self.computed is not None and self.computed.is_empty
        self._either.setCurrentWidget(self.empty if is_empty else self._body)
        self._focus_head()

    def month_shown(self) -> Month | None:
        """The month that stands on the page."""
        return None if self.computed is None else self.computed.month

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self._share()

    def _share(self) -> None:
        """The side is wider where there is room; so is the height of the nights."""
        self.side.share(self.width())
        self.tables.nights.setFixedHeight(self.tables.nights.needed())
