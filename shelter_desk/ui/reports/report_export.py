"""The workbook of the month shown: for whom, where to, and what is said of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.report import Profile
from shelter_desk.domain.reports.sendings import DHIS2, REPORT, Sending
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import comparing, dhis2, month_versions, reports
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui import tasks
from shelter_desk.ui.page import Told
from shelter_desk.ui.reports.export_dialog import DEFAULT, ExportDialog
from shelter_desk.ui.widgets import files
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import dhis2 as dhis2_words
from shelter_desk.words.reports import reports as report_words


class ReportExport(QObject):
    """Asks over the page and writes on the other thread. month: the one shown."""

    told = Signal(object)  # Told
    refused = Signal()  # a control fails
    can_begin = Signal(bool)  # False while a workbook is being written

    def __init__(self, desk: Desk, page: QWidget, month: Callable[[], Month | None]) -> None:
        super().__init__(page)
        self.desk, self.page, self._month = desk, page, month
        self.dialog: ExportDialog | None = None
        self._again: Sending | None = None  # to be sent anew, once its month is there

    @Slot()
    def ask(self) -> None:
        """Ask for whom; refused while a control fails."""
        month = self._month()
        if month is not None:
            self.ask_for(month)

    @Slot(object)
    def send_again(self, sending: Sending) -> None:
        """Ask whether who got this one gets what replaces it."""
        if self._again is None:
            self._again = sending
            tasks.run(partial(month_versions.month, self.desk, sending.period), self._ask_again, self._fail_to_ask)

    def _ask_again(self, month: Month) -> None:
        sending, self._again = self._again, None
        if sending is not None and self.page.isVisible():
            self.ask_for(month, sending.recipient, cast("Profile", sending.level), sending.kind)

    def _fail_to_ask(self, error: ShelterDeskError) -> None:
        self._again = None
        self.told.emit(Told("blocked", sentence(error)))

    def ask_for(self, month: Month, recipient: str = "", level: Profile = DEFAULT, kind: str = REPORT) -> None:
        """Ask for whom that month is written; refused while a control fails."""
        report = month.report
        if not report.holds:
            self.refused.emit()
            text = words.text("Export refused: these controls fail, {controls}. Settle them first.")
            self.told.emit(Told("blocked", text.format(controls=report.failed_ids)))
            return
        self.dialog = self.make_dialog(month, level, kind)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.answered.connect(partial(self.export, month))
        self.dialog.propose(recipient)
        self.dialog.open()

    def make_dialog(self, month: Month, level: Profile, kind: str) -> ExportDialog:
        """The gate."""
        title = words.text("Export: {period}").format(period=report_words.title(month.report.period))
        return ExportDialog(self.desk, title, month.report.small_cell_k, month, self.page, level=level, kind=kind)

    def export(self, month: Month, gate: GateAnswers, profile: Profile) -> None:
        """Ask where to write it, and write it."""
        if self.dialog is not None and self.dialog.kind() == DHIS2:
            self._export_dhis2(month, gate, profile)
            return
        name = reports.file_name(self.desk, month.report, profile)
        path = files.choose_to_save(self.page, words.text("Where to write the report"), name, "Excel (*.xlsx)")
        if path is None:
            return
        self.can_begin.emit(False)

        def job() -> None:
            reports.export(self.desk, comparing.compared(self.desk, month), profile, path, gate)

        self.write(job, path, words.text("The report is in {file}."))

    def _export_dhis2(self, month: Month, gate: GateAnswers, profile: Profile) -> None:
        name = dhis2.file_name(self.desk, month.report, profile)
        path = files.choose_to_save(self.page, words.text("Where to write the report"), name, "DHIS2 (*.json)")
        if path is not None:
            self.can_begin.emit(False)
            tasks.run(partial(dhis2.export, self.desk, month, profile, path, gate), self._say_dhis2, self._fail)

    def _say_dhis2(self, made: dhis2.ForDhis2) -> None:
        self.can_begin.emit(True)
        self.told.emit(Told("ok", dhis2_words.written(made.path, made.metadata)))

    def write(self, job: Callable[[], None], path: Path, told: str) -> None:
        """On the other thread; `told` names the `{file}` then."""
        tasks.run(job, partial(self._say, told.format(file=path)), self._fail)

    def _say(self, told: str, _: object) -> None:
        self.can_begin.emit(True)
        self.told.emit(Told("ok", told))

    def _fail(self, error: ShelterDeskError) -> None:
        self.can_begin.emit(True)
        self.told.emit(Told("blocked", sentence(error)))
