"""For how many hours a note may be changed by its author (F48)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.settings import bounds
from shelter_desk.operations import settings
from shelter_desk.operations.settings import NOTE_HOURS
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import NumberField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class NotesCard(Card):
    """One number and its button."""

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("Notes on residents"), parent=parent)
        self._desk = desk
        self._kept: int | None = None
        unit = words.text("hours")
        self.hours = NumberField(words.text("Who wrote them may change them for"), *bounds(NOTE_HOURS), True, unit)
        self.hours.setMaximumWidth(tokens.wide(400))
        self.hours.line.returnPressed.connect(self.keep)
        self.keep_button = Button(words.text("Save"), icon="save")
        self.keep_button.clicked.connect(self.keep)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_2)
        row.addWidget(self.hours)
        row.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.body.addLayout(row)
        why = words.text("After that a note stands as it is: a correction is a new note beside it.")
        self.body.addWidget(Label(why, size="small", ink="ink2", wrap=True))

    def look(self) -> None:
        """Show what is kept."""
        self._kept = settings.note_hours(self._desk)
        self.hours.set_number(self._kept)

    def is_editing(self) -> bool:
        """True while another number is typed."""
        return self._kept is not None and self.hours.number() != self._kept

    @Slot()
    def keep(self) -> None:
        """Keep the number typed, or say beside it what does not do."""
        self.hours.clear()
        hours = self.hours.number()
        if hours is None:
            told = words.text("A number from {least} to {most}.")
            self.hours.set_error(told.format(least=bounds(NOTE_HOURS)[0], most=bounds(NOTE_HOURS)[1]))
            self.hours.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            done = settings.keep_note_hours(self._desk, hours)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._kept = hours
            self.told.emit(Told("ok", words.text("Settings saved."), done))
