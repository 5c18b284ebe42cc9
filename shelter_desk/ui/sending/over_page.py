"""What left, shown in place of a page of reports, which stands under it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from shelter_desk.domain.changes import Changes
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.page import Page
from shelter_desk.ui.sending.page import SendingsPage


class SendingsOver(QObject):
    """Made once it is asked for. stack: where the page shows itself; leave: what brings the page back there."""

    send_again_wanted = Signal(object)  # Sending

    def __init__(self, desk: Desk, page: Page, stack: QStackedWidget, leave: Callable[[], None]) -> None:
        super().__init__(page)
        self._desk, self._page, self._stack, self._leave = desk, page, stack, leave
        self.shown: SendingsPage | None = None

    @Slot()
    def show(self) -> None:
        """What left, with the focus on it."""
        if self.shown is None:
            self.shown = SendingsPage(self._desk, leads_back=True)
            self.shown.told.connect(self._page.told)
            self.shown.back_wanted.connect(self._leave)
            self.shown.send_again_wanted.connect(self.send_again_wanted)
            self._stack.addWidget(self.shown)
        self._stack.setCurrentWidget(self.shown)
        self.shown.set_first()

    def is_open(self) -> bool:
        """Whether it stands over the page now."""
        return self.shown is not None and self._stack.currentWidget() is self.shown

    def changed(self, changes: Changes) -> None:
        """It looks again as the page itself does."""
        if self.shown is not None:
            self.shown.changed(changes)
