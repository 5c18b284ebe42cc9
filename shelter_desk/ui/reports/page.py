"""The report on screen: a period, its tables, the rows behind a figure, what to settle, the export."""

from collections.abc import Generator, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import calendar_periods
from shelter_desk.domain.reports.sendings import NARRATIVE, Proven, Sending
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.reports import reports
from shelter_desk.operations.reports.reports import Month
from shelter_desk.operations.sending import unread_passwords
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tasks
from shelter_desk.ui.next_turn import in_steps, turn_by_turn
from shelter_desk.ui.page import Told
from shelter_desk.ui.reports.computing import LeftTerm, MonthBeside, ReportComputed, beside, compute, left
from shelter_desk.ui.reports.month_forms import draft_name
from shelter_desk.ui.reports.month_page import MonthPage
from shelter_desk.ui.reports.month_tables import SHEETS
from shelter_desk.ui.reports.period_head import FreePeriod
from shelter_desk.ui.sending import password_shown
from shelter_desk.ui.sending.file_proof import dropped, told_of
from shelter_desk.ui.sending.password_shown import PasswordShown
from shelter_desk.ui.tabbed_page import focus
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import reports as report_words


class ReportsPage(MonthPage):
    """Chooses a period, shows its tables one tab at a time, opens the rows behind a figure."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._period: Period | None = None
        self._wanted: Period | None = None
        self._resumes: Period | None = None  # the month whose closing goes on once it is computed anew and shown
        self._resumed_over: ReportComputed | None = None  # what was shown when that was asked for
        self.free_dialog: FreePeriod | None = None
        self.password: PasswordShown | None = None  # shown again
        self._steps: Generator[None] | None = None  # of what is being shown
        in_steps(self, self._begin())

    def _begin(self) -> Iterator[None]:
        yield from self._make()
        self._connect()

    def _connect(self) -> None:
        self.head.period_wanted.connect(self.go_to)
        self.head.menu_wanted.connect(self._bound_menu)
        self.head.free_wanted.connect(self._ask_period)
        self.head.export_wanted.connect(self.exporting.ask)
        self.old_report.clicked.connect(self._compare)
        self.exporting.refused.connect(self.tables.show_controls)
        self.sendings.send_again_wanted.connect(self._send_again)
        self.side.narrative_card.wanted.connect(self.forms.narrate)
        self.forms.narrative_wanted.connect(self.narrating.begin)
        self.exporting.can_begin.connect(self.head.let_export)
        self.head.close_wanted.connect(self._close_month)
        self.side.closed_card.rectify_wanted.connect(self.forms.rectify)
        self.side.closed_card.reopen_wanted.connect(self.forms.reopen)
        self.side.closed_card.verify_wanted.connect(self.proof.choose)
        self.forms.over.connect(self.refresh)
        self.forms.record_wanted.connect(self.record_wanted)
        self.forms.gone.connect(self._focus_head)
        self.forms.point_opened.connect(self.side.points_card.open_point)
        self.side.comments_card.left.connect(self.tables.go_back_to)
        saying = self.forms, self.exporting, self.rows, self.narrating, self.side.comments_card, self.side.visas_card
        for one in saying:
            one.told.connect(self.told)
        self.proof.found.connect(self._say_proof)
        self.proof.refused.connect(self.told)
        self.head.sendings_wanted.connect(self.sendings.show)
        self.sendings_from_empty.clicked.connect(self.sendings.show)
        self.controls_badge.clicked.connect(self.tables.show_controls)
        self.tables.comment_wanted.connect(self.side.comments_card.ask)
        self.tables.figure_turned.connect(self.side.make_room)
        self.tables.month_wanted.connect(self._open_month)
        self.tables.opened_card.record_wanted.connect(self.record_wanted)
        self.side.points_card.record_wanted.connect(self.record_wanted)
        self.side.points_card.page_wanted.connect(self.page_wanted)
        self.empty.started.connect(self._admit)
        shortcut = QShortcut(QKeySequence.StandardKey.Print, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.print_shown)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            main = QShortcut(QKeySequence(key), self._body, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            main.activated.connect(self._close_month)

    def changed(self, changes: Changes) -> None:
        """What left looks again as the page itself does."""
        self.sendings.changed(changes)
        self.forms.changed(changes)
        super().changed(changes)

    # Computing

    def refresh(self) -> None:
        """Compute the period again and show it."""
        self._wanted = self._period
        if self.computed is None and self._period is None:
            self.head.show_period(calendar_periods.around(self.desk.today(), "month").month_before, self.desk.today())
        tasks.run(partial(compute, self.desk, self._period), self._show, self._fail_to_compute)

    @Slot(object)
    def go_to(self, period: Period) -> None:
        """Show that period; the former one stays until it is computed."""
        self._period = period
        self.head.show_period(period, self.desk.today())
        self.refresh()

    def open(self, part: str) -> None:
        """Show a month: `2026-10`, or what left: `sendings`."""
        if part == "sendings":
            self.sendings.show()
        else:
            self.go_to(Period.month(*map(int, part.split("-"))))

    @Slot(object)
    def _open_month(self, first: date) -> None:
        if first <= self.desk.today():
            self.go_to(Period.month(first.year, first.month))

    def _show(self, computed: ReportComputed) -> None:
        if self._wanted is not None and computed.month.report.period.whole != self._wanted:
            return  # another period was asked for meanwhile
        if self._steps is not None:
            self._steps.close()
            self.setUpdatesEnabled(True)
        self._steps = self._showing(computed)
        turn_by_turn(self, self._steps)

    def _showing(self, computed: ReportComputed) -> Generator[None]:
        """The steps of it, of which none takes long: above the figures, the figures, their places, and their paint."""
        month = computed.month
        period = month.report.period
        is_first = self.computed is None
        self._period = period.whole
        self.head.show_period(period.whole, self.desk.today())
        self.head.show_state(month.report, computed.made_at)
        # ask what is left to settle, which takes longer than the figures; that of another period goes at once
        former = self.forms.left
        if former is None or former.month.report.period != period:
            self.forms.left = None
            self.head.offer_closing(False)
            self.side.clear()
        self.side.comments_card.show_month(month.report)
        self.controls_badge.show_controls(month.report)
        self.old_report.setEnabled(True)
        self.head.export.setVisible(self.desk.may(Permission.REPORT_EXPORT))
        yield
        self.tables.show_month(month, computed.tables, () if self.forms.left is None else self.forms.left.to_explain)
        yield
        self.computed = computed
        self.setUpdatesEnabled(False)  # all is laid out in this turn, and painted in the next
        if self.forms.form is None and not self.sendings.is_open():
            self._either.setCurrentWidget(self.empty if computed.is_empty else self._body)
        self._figures.show()
        self._computing.hide()
        self._share()
        yield
        self.setUpdatesEnabled(True)
        self._steps = None
        if month.unread:  # the figures are there all the same
            self._fail(month.unread[0])
        at = QApplication.focusWidget()
        if is_first and at is not None and self.isAncestorOf(at) and not computed.is_empty:
            self.tables.take_focus()
        tasks.run(partial(left, self.desk, month), self._show_left, self._fail)
        if month.version is None and not computed.is_empty:
            tasks.run(partial(beside, self.desk, month), self._show_beside, self._fail)

    def _show_left(self, found: LeftTerm) -> None:
        if not self._stands(found.month):
            return
        self.forms.left = found
        may_close, is_closed = self.desk.may(Permission.REPORT_CLOSE), found.standing is not None
        is_month = calendar_periods.kind_of(found.month.report.period) == "month"
        self.head.offer_closing(may_close and not is_closed and is_month)
        self.side.show_left(found)
        self.tables.explain(found.to_explain)
        if self.computed is self._resumed_over:
            return
        resumes, self._resumes, self._resumed_over = self._resumes, None, None
        if resumes == found.month.report.period:
            self._resume_closing(is_closed=is_closed)

    def _show_beside(self, found: MonthBeside) -> None:
        if self._stands(found.month):
            self.tables.show_beside(found.compared)

    def _stands(self, month: Month) -> bool:
        """Whether that month is the one on the page: it may be computed anew, or about to give way to another."""
        return self._steps is None and self.computed is not None and self.computed.month is month

    def _resume_closing(self, *, is_closed: bool) -> None:
        """Go on where it was left; of a month that was closed meanwhile nothing is kept any more."""
        self._close_month()
        if is_closed and self._period is not None:
            drafts.forget(self.desk, draft_name(self._period))
            told = words.text("{month} was closed meanwhile: what you had typed to close it is given up.")
            self.told.emit(Told("attention", told.format(month=formats.month_title(self._period.first))))

    def _fail_to_compute(self, error: ShelterDeskError) -> None:
        """The head says again which period stands on the page."""
        self._resumes = self._resumed_over = None
        if self.computed is not None:
            self._period = self.computed.month.report.period.whole
            self.head.show_period(self._period, self.desk.today())
        self._computing.hide()
        self._fail(error)

    def _fail(self, error: ShelterDeskError) -> None:
        self.told.emit(Told("blocked", sentence(error)))

    @property
    def left(self) -> LeftTerm | None:
        """What is left to settle in the month shown, None while it is looked for."""
        return self.forms.left

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page has nothing to type into itself: it hands the keys on, back to where they were in it."""
        super().focusInEvent(event)
        face = self._either.currentWidget() or self._body
        before = face.focusWidget()
        if self.sendings.shown is not None and self.sendings.is_open():
            self.sendings.shown.set_first()
        elif before is not None and before.isVisible() and before.isEnabled():
            focus(before)
        elif face is self.empty:
            focus(self.empty.button)
        elif self.computed is not None:
            self.tables.go_back_to()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.tables.opened_card.isHidden():
            self.tables.close_figure()
            return
        super().keyPressEvent(event)

    # The period

    @Slot()
    def _bound_menu(self) -> None:
        self.head.set_bounds(reports.first_day(self.desk) or self.desk.today())

    @Slot()
    def _ask_period(self) -> None:
        shown = self._period or calendar_periods.around(self.desk.today(), "month")
        self.free_dialog = FreePeriod(self.desk.today(), shown, self)
        self.free_dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.free_dialog.chosen.connect(self.go_to)
        self.free_dialog.open()

    @Slot()
    def _admit(self) -> None:
        self.admission_wanted.emit(None)

    # What leaves

    @Slot()
    def print_shown(self) -> None:
        """Print the tables of the tab shown through the system's dialogue."""
        code = self.tables.tabs.value()
        if self.computed is None or code not in SHEETS or not self.desk.may(Permission.REPORT_EXPORT):
            return
        from shelter_desk.ui.reports import printing

        period = self.computed.month.report.period
        title = report_words.title(period)
        if printing.ask(self, self.tables.sheets[code].tables(), title, self.desk.is_training):
            printed(self.desk, "report_tables", title, f"{period.first.isoformat()} {code.upper()}")

    # Closing

    def is_editing(self) -> bool:
        return self.forms.form is not None

    def resume(self, draft: Draft) -> None:
        """Show the month that was being closed, its form once it is known what is left in it; or a password unread."""
        if unread_passwords.of_draft(draft) is not None:
            self.password = password_shown.show_again(self, self.desk, draft)
            return
        year, _, month = draft.form.rpartition("/")[2].partition("-")
        self._resumes, self._resumed_over = Period.month(int(year), int(month)), self.computed
        self.go_to(self._resumes)

    @Slot()
    def _close_month(self) -> None:
        """By the button or its key, which reaches it where it is not offered too."""
        if self.head.offers_closing():
            self.forms.close_month()

    @Slot()
    def _compare(self) -> None:
        if self.computed is not None:
            self.forms.compare(self.computed.month)

    @Slot(object)
    def _send_again(self, sending: Sending) -> None:
        (self.narrating if sending.kind == NARRATIVE else self.exporting).send_again(sending)

    @Slot(object, object)
    def _say_proof(self, _path: Path, found: Proven) -> None:
        self.told.emit(told_of(found))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.proof.verify(path)
