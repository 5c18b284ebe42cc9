"""Stopping an interview: why, and whether support is planned for the person."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.identification import STOP_REASONS
from shelter_desk.domain.errors import Missing
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.widgets.help_card import HelpCard
from shelter_desk.words import interviews as in_words


class StopPage(QWidget):
    """A reason, and a day for a session of support, proposed for today."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        reasons = [(one, in_words.stop_reason(one)) for one in STOP_REASONS]
        self.reason = ChoiceField(words.text("Why it is stopped"), reasons, required=True)
        self.support = QCheckBox(words.text("Plan a listening session for the person"))
        self.support.setChecked(True)
        self.day = DayField(words.text("Support planned on"), today, value=today, kind="ahead")
        self.support.toggled.connect(self._show)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_PANEL)
        told = words.text(
            "Come back to the present: breathe slowly, drink water, name what is in the room. Thank the person, say "
            "that nothing is lost and nothing more is asked today. Do not leave them alone."
        )
        whole.addWidget(HelpCard(words.text("First the person"), told))
        for field, width in ((self.reason, 360), (self.day, 170)):
            field.setFixedWidth(tokens.wide(width))
        whole.addWidget(self.reason)
        whole.addWidget(self.support)
        whole.addWidget(self.day)
        whole.addStretch(1)

    def support_on(self) -> date | None:
        """The day of the session of support, None where none is wanted. Raises Missing for a day that is none."""
        if not self.support.isChecked():
            return None
        day = self.day.day()
        if day is None:
            raise Missing("support_on")
        return day

    @Slot()
    def _show(self) -> None:
        self.day.setVisible(self.support.isChecked())
