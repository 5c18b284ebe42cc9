"""Retention: how long data are kept, what is due to go, who asked for it, what waits, which backups hold it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations import settings
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.retention.retention_backups import HoldingCard
from shelter_desk.ui.settings.retention.retention_clocks import ClockCard
from shelter_desk.ui.settings.retention.retention_due import DueCard
from shelter_desk.ui.settings.retention.retention_holds import HoldsCard
from shelter_desk.ui.settings.retention.retention_request import RequestCard
from shelter_desk.ui.settings.section import Section
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class RetentionSection(Section):
    """Five cards; what is done in one shows in the others."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.due = DueCard(desk)
        self.request = RequestCard(desk)
        self.holds = HoldsCard(desk)
        self.backups = HoldingCard(desk)
        self.clock = ClockCard(desk)
        for card in (self.due, self.request, self.holds, self.backups, self.clock):
            self.column.addWidget(card)
        self.column.addStretch(1)
        for acting in (self.due, self.request, self.holds, self.clock):
            acting.told.connect(self.told)
            acting.done.connect(self.look)
        for asking in (self.due, self.request):
            asking.asked.connect(self._bring_up)
        self.verticalScrollBar().rangeChanged.connect(
            self._bring_up
        )  # once the rows of the question have their heights

    @Slot()
    def _bring_up(self) -> None:
        """Scroll until the whole question is seen, its first field in any case."""
        form = self.due.form or self.request.form
        if form is not None:
            for part in (form.close_button, form.number):
                self.ensureWidgetVisible(part, 0, tokens.SPACE_4)

    @Slot()
    def look(self) -> None:
        """Ask again; what somebody is typing stays."""
        try:
            clocks = settings.clocks(self.desk)
            if self.due.form is None:
                self.due.look(clocks)
            self.holds.look()
            if not self.clock.is_editing():
                self.clock.show_clocks(clocks)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        self.backups.look()

    def is_editing(self) -> bool:
        typed = (self.request, self.holds, self.clock)
        return self.due.form is not None or any(card.is_editing() for card in typed)
