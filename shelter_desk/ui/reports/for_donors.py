"""What the page of reports does for donors beside the report: services in their words, their workbooks filled."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMenu, QWidget

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import Month
from shelter_desk.ui.page import Page
from shelter_desk.ui.reports.donor_services import DonorServices
from shelter_desk.ui.widgets.buttons import Button


class ForDonors(QObject):
    """A button with its menu, and the dialogues that it opens over the page. month: the one shown."""

    def __init__(self, desk: Desk, page: Page, month: Callable[[], Month | None]) -> None:
        super().__init__(page)
        self._desk, self._page, self._month = desk, page, month
        self.dialog: QWidget | None = None
        self.button = Button(words.text("For a donor"), icon="send")
        self.menu = QMenu(self.button)
        services = self.menu.addAction(words.text("Services by a donor’s categories…"))
        services.triggered.connect(self.open_services)
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

    def _open(self, dialog: DonorServices) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.open()

    @Slot()
    def _to_settings(self) -> None:
        self._page.page_wanted.emit("settings/services")
