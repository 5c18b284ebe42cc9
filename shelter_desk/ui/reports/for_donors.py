"""What the page of reports does for donors beside the report: services in their words, their workbooks filled."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog, QMenu

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui.page import Page, Told
from shelter_desk.ui.reports.donor_services import DonorServices
from shelter_desk.ui.reports.fill_dialog import FillDialog
from shelter_desk.ui.widgets.buttons import Button


class ForDonors(QObject):
    """A button with its menu, and the dialogues that it opens over the page. month: the one shown."""

    def __init__(self, desk: Desk, page: Page, month: Callable[[], Month | None]) -> None:
        super().__init__(page)
        self._desk, self._page, self._month = desk, page, month
        self.dialog: QDialog | None = None
        self.button = Button(words.text("For a donor"), icon="send")
        self.menu = QMenu(self.button)
        services = self.menu.addAction(words.text("Services by a donor’s categories…"))
        services.triggered.connect(self.open_services)
        if desk.may(Permission.REPORT_EXPORT):
            fill = self.menu.addAction(words.text("Fill a donor’s workbook…"))
            fill.triggered.connect(self.open_filling)
        self.button.setMenu(self.menu)

    @Slot()
    def open_services(self) -> None:
        """The month by the categories of a donor."""
        month = self._month()
        if month is None:
            return
        dialog = DonorServices(self._desk, month.report.period, self._page)
        dialog.told.connect(self._page.told)
        dialog.settings_wanted.connect(self._to_settings)
        self._open(dialog)

    @Slot()
    def open_filling(self) -> None:
        """A workbook of a donor, filled with the month; refused while a control fails, as the export is."""
        month = self._month()
        if month is None:
            return
        if not month.report.holds:
            ids = ", ".join(dict.fromkeys(one.id for one in month.report.failed))
            text = words.text("Nothing is filled: these controls fail, {controls}. Settle them first.")
            self._page.told.emit(Told("blocked", text.format(controls=ids)))
            return
        dialog = FillDialog(self._desk, month, self._page)
        dialog.told.connect(self._page.told)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.open()

    @Slot()
    def _to_settings(self) -> None:
        self._page.page_wanted.emit("settings/services")
