"""Every row behind the period shown, as a workbook that stays in the house."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import period_export
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui import tasks
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import reports as report_words


class RowsExport(QObject):
    """A button, the file that is asked for, and the writing on the other thread. month: the one shown."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk, page: QWidget, month: Callable[[], Month | None]) -> None:
        super().__init__(page)
        self._desk, self._page, self._month = desk, page, month
        whole = words.text("Export all rows…")
        self.button = Button(words.text("Rows…"), on_click=self.ask)
        self.button.setAccessibleName(whole)
        self.button.setToolTip(whole)
        if not desk.may(Permission.REGISTERS_EXPORT):  # never shown by hand: it would flash as a window of its own
            self.button.hide()

    @Slot()
    def ask(self) -> None:
        """Ask where to; codes and no names go there."""
        month = self._month()
        if month is None:
            return
        period = month.report.period.whole
        name = words.text("rows_{period}.xlsx").format(period=report_words.in_file_name(month.report.period))
        title = words.text("Where to write all rows of the period (they stay in the house)")
        path = files.choose_to_save(self._page, title, name, "Excel (*.xlsx)")
        if path is None:
            return
        self.button.setEnabled(False)
        tasks.run(partial(period_export.export, self._desk, path, period), partial(self._say, path), self._fail)

    def _say(self, path: Path, _nothing: object) -> None:
        self.button.setEnabled(True)
        text = words.text("The rows are in {file}. They stay in the house: with codes and no names.")
        self.told.emit(Told("ok", text.format(file=path.name)))

    def _fail(self, error: ShelterDeskError) -> None:
        self.button.setEnabled(True)
        self.told.emit(Told("blocked", sentence(error)))
