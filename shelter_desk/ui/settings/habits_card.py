"""What an admission asks for, and where sealed matters go on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.stays import admission_appointments
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.switch import Switch
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class HabitsCard(Card):
    """A switch that is kept at once, and a channel that its button keeps."""

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk") -> None:
        super().__init__(words.text("Agenda and incidents"))
        self._desk, self._kept = desk, ""
        self.steps = Switch(words.text("Each admission writes its steps into the agenda"))
        self.steps.clicked.connect(self._switched)
        self.channel = LineField(words.text("Channel for sexual exploitation and abuse"))
        self.channel.setFixedWidth(tokens.wide(420))
        self.keep_button = Button(words.text("Keep the channel"), "plain", "save")
        self.keep_button.clicked.connect(self.keep)
        steps = words.text("Health check, orientation, screening, assessment, plan; three more for a minor alone.")
        channel = words.text("Shown to whoever reports such a matter: it goes on there, nothing of it is told here.")
        row = QHBoxLayout()
        row.addWidget(self.channel)
        row.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.body.addWidget(self.steps)
        self.body.addWidget(Label(steps, size="small", ink="ink2", wrap=True))
        self.body.addLayout(row)
        self.body.addWidget(Label(channel, size="small", ink="ink2", wrap=True))

    def look(self) -> None:
        """Ask again and show."""
        self._kept = incidents.eas_channel(self._desk)
        self.channel.set_text(self._kept)
        self.steps.setChecked(admission_appointments.are_on(self._desk))

    def is_editing(self) -> bool:
        """True while a channel is typed and not kept."""
        return self.channel.text() != self._kept

    @Slot(bool)
    def _switched(self, on: bool) -> None:
        try:
            done = admission_appointments.switch(self._desk, on)
        except ShelterDeskError as error:
            self.steps.setChecked(not on)
            self.told.emit(Told("blocked", sentence(error)))
            return
        on_text = words.text("From now on an admission writes its steps.")
        self.told.emit(Told("ok", on_text if on else words.text("From now on an admission writes no steps."), done))

    @Slot()
    def keep(self) -> None:
        """Show this channel from now on."""
        try:
            done = incidents.keep_eas_channel(self._desk, self.channel.text())
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        self._kept = self.channel.text()
        self.told.emit(Told("ok", words.text("Channel kept."), done))
