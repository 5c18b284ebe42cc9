"""Retention: how long names are kept, whose are due to go, who asked for it, what waits, which backups hold them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.retention import LEAST_MONTHS, MOST_MONTHS
from shelter_desk.operations import settings
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.retention_backups import HoldingCard
from shelter_desk.ui.settings.retention_due import DueCard
from shelter_desk.ui.settings.retention_holds import HoldsCard
from shelter_desk.ui.settings.retention_request import RequestCard, level
from shelter_desk.ui.settings.section import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.fields import NumberField
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.errors import sentence

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
            months = settings.identity_months(self.desk)
            if self.due.form is None:
                self.due.look(months)
            self.holds.look()
            if not self.clock.is_editing():
                self.clock.show_months(months)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        self.backups.look()

    def is_editing(self) -> bool:
        typed = (self.request, self.holds, self.clock)
        return self.due.form is not None or any(card.is_editing() for card in typed)


class ClockCard(Card):
    """How many months names are kept."""

    told = Signal(object)  # Told
    done = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("How long names are kept"), parent=parent)
        self._desk, self._kept = desk, 0
        self.months = NumberField(
            words.text("After the exit"), LEAST_MONTHS, MOST_MONTHS, required=True, unit=words.text("months")
        )
        self.months.setMaximumWidth(tokens.wide(220))
        self.keep_button = Button(words.text("Save"), icon="save")
        self.keep_button.clicked.connect(self.keep)
        self.months.line.returnPressed.connect(self.keep)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_2)
        row.addWidget(self.months, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(level(self.keep_button), 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.body.addLayout(row)
        why = words.text("24 months where nothing else was agreed. A shorter time makes more names due at once.")
        self.body.addWidget(Label(why, size="small", ink="ink2", wrap=True))

    def show_months(self, months: int) -> None:
        """Show what is kept."""
        self._kept = months
        self.months.set_number(months)

    def is_editing(self) -> bool:
        """True while another number is typed."""
        return bool(self._kept) and self.months.number() != self._kept

    @Slot()
    def keep(self) -> None:
        """Keep the number typed, or say beside it what does not do."""
        self.months.clear()
        months = self.months.number()
        if months is None:
            told = words.text("A number from {least} to {most}.")
            self.months.set_error(told.format(least=LEAST_MONTHS, most=MOST_MONTHS))
            self.months.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            settings.keep_identity_months(self._desk, months)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._kept = months
            self.told.emit(Told("ok", words.text("Settings saved.")))
            self.done.emit()
