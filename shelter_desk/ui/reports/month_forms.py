"""The forms over the page of reports: the month shown is told in words, compared, closed, replaced or opened again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui.forms import unsaved
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.reports.closing.form import ClosingForm
from shelter_desk.ui.reports.closing.reason_form import ReasonForm
from shelter_desk.ui.reports.closing.rectified_form import RectifiedForm
from shelter_desk.ui.reports.computing import LeftTerm
from shelter_desk.ui.reports.narrative.form import NarrativeForm
from shelter_desk.ui.widgets.label import take_away
from shelter_desk.words import formats
from shelter_desk.words.reports import reports as report_words

if TYPE_CHECKING:
    from shelter_desk.ui.reports.old_report.form import OldReportForm

    MonthForm = ClosingForm | ReasonForm | NarrativeForm | OldReportForm


def draft_name(period: Period) -> str:
    """What the closing of a month is kept under while it is under way."""
    return f"reports/closing/{period.first:%Y-%m}"


class MonthForms(QObject):
    """One at a time, in place of the page. left: what is known of the month shown, None while it is computed.

    What is typed to close a month is kept on the way, and shown again when it is opened.
    """

    told = Signal(object)  # Told
    over = Signal()  # the month is otherwise now
    gone = Signal()  # the page is there again
    point_opened = Signal(object)  # Point, where the form was left to settle it
    narrative_wanted = Signal(object, str)  # Month, the ending of the file
    record_wanted = Signal(int)  # PersonId

    def __init__(self, desk: Desk, faces: QStackedWidget, page: QWidget) -> None:
        super().__init__(faces)
        self._desk, self._faces, self._page = desk, faces, page
        self.left: LeftTerm | None = None
        self.form: MonthForm | None = None
        self._comparing: OldReportForm | None = None  # the same form, where it is that one
        self._drafting: Drafting | None = None

    @Slot()
    def close_month(self) -> None:
        """Go through what is left to settle, what is to be said, the first page and the password."""
        if self.left is not None and self.left.standing is None:
            form = ClosingForm(self._desk, self.left)
            form.point_opened.connect(self._settle)
            self._open(form)
            self._drafting = Drafting(self._desk, form, draft_name(self.left.month.report.period))
            form.touched.connect(self._drafting.touch)
            self._drafting.found.connect(self._drafting.resume)
            self._drafting.begin()

    @Slot()
    def rectify(self) -> None:
        """Ask why the month is replaced, and what is said of it now."""
        if self.left is None or self.left.standing is None:
            return
        period = self.left.month.report.period

        def act(reason: str, said: Mapping[Ref, str]) -> str:
            made = closing.rectify(self._desk, period, reason, said)
            version = report_words.version(made.version.version, made.number)
            told = words.text("{month}: {version} replaces the one before.")
            return told.format(month=report_words.period(period), version=version)

        self._open(RectifiedForm(self._desk, self.left, act))

    @Slot()
    def reopen(self) -> None:
        """Ask why the month is opened again."""
        if self.left is None or self.left.standing is None:
            return
        period = self.left.month.report.period

        def act(reason: str) -> str:
            closing.reopen(self._desk, period, reason)
            return words.text("{month} is open again.").format(month=report_words.period(period))

        title = words.text("Open {month} again").format(month=formats.month(period.first))
        told = words.text("Nothing of it was sent yet. The version stays, cancelled, with this reason.")
        self._open(ReasonForm(self._desk, title, words.text("Open again"), told, act))

    @Slot()
    def narrate(self) -> None:
        """Write what is said of the month, or read it."""
        if self.left is not None and self.left.narrative is not None:
            form = NarrativeForm(self._desk, self.left.narrative)
            form.send_wanted.connect(self.narrative_wanted)
            self._open(form)

    def compare(self, month: Month) -> None:
        """Put the report that the shelter made in Excel beside this one."""
        from shelter_desk.ui.reports.old_report.form import OldReportForm  # not for the first picture

        form = OldReportForm(self._desk, month)
        form.record_wanted.connect(self.record_wanted)
        self._open(form)
        self._comparing = form

    def changed(self, changes: Changes) -> None:
        """What is written stands in the form too."""
        if self._comparing is not None:
            self._comparing.changed(changes)
        if changes.reports and isinstance(self.form, NarrativeForm):
            self.form.changed()

    def _open(self, form: "MonthForm") -> None:
        self.leave()
        self.form = form
        form.told.connect(self.told)
        form.closed.connect(self.leave)
        form.left.connect(self.leave)
        form.over.connect(self._end)
        self._faces.addWidget(form)
        self._faces.setCurrentWidget(form)
        form.begin()

    @Slot()
    def leave(self) -> None:
        """Back to the page; what was typed to close a month is kept."""
        form, self.form = self.form, None
        self._comparing = None
        drafting, self._drafting = self._drafting, None
        kept = unsaved.kept(drafting)
        if kept is not None:
            self.told.emit(kept)
        if form is not None:
            self._faces.setCurrentWidget(self._page)
            take_away(form)
            self.gone.emit()

    @Slot()
    def _end(self) -> None:
        self.left = None
        drafting, self._drafting = self._drafting, None
        if drafting is not None:
            drafting.forget()
        self.leave()
        self.over.emit()

    @Slot(object)
    def _settle(self, point: object) -> None:
        self.leave()
        self.point_opened.emit(point)
