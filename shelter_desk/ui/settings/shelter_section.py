"""The name of the shelter and its town, the hours of notes, what an admission asks for, where sealed matters go on."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.settings import SIGLE, SigleTellsName, bounds
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.settings import NOTE_HOURS, Settings
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField, NumberField
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told, refuse
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.ui.widgets.segments import Switch
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
        self.keep_button = Button(words.text("Save"), icon="save", on_click=self.keep)
        row = in_row(self.hours, STRETCH, (self.keep_button, 0, Qt.AlignmentFlag.AlignBottom), spacing=tokens.SPACE_2)
        why = words.text("After that a note stands as it is: a correction is a new note beside it.")
        fill(self.body, row, Label(why, size="small", ink="ink2", wrap=True))

    def refresh(self) -> None:
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
            least, most = bounds(NOTE_HOURS)
            refuse(self.hours, words.text("A number from {least} to {most}.").format(least=least, most=most))
            return
        with refusals_told(self.told):
            done = settings.keep_note_hours(self._desk, hours)
            self._kept = hours
            self.told.emit(Told("ok", words.text("Settings saved."), done))


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
        self.keep_button = Button(words.text("Keep the channel"), "plain", "save", on_click=self.keep)
        steps = words.text("Health check, orientation, screening, assessment, plan; three more for a minor alone.")
        channel = words.text("Shown to whoever reports such a matter: it goes on there, nothing of it is told here.")
        fill(
            self.body,
            self.steps,
            Label(steps, size="small", ink="ink2", wrap=True),
            in_row(self.channel, STRETCH, (self.keep_button, 0, Qt.AlignmentFlag.AlignBottom)),
            Label(channel, size="small", ink="ink2", wrap=True),
        )

    def refresh(self) -> None:
        """Ask again and show."""
        self._kept = incidents.eas_channel(self._desk)
        self.channel.set_text(self._kept)
        self.steps.setChecked(settings.admission_steps(self._desk))

    def is_editing(self) -> bool:
        """True while a channel is typed and not kept."""
        return self.channel.text() != self._kept

    @Slot(bool)
    def _switched(self, on: bool) -> None:
        try:
            done = settings.keep_admission_steps(self._desk, on)
        except ShelterDeskError as error:
            self.steps.setChecked(not on)
            self.told.emit(Told("blocked", sentence(error)))
            return
        told = words.text("From now on an admission writes no steps.")
        if on:
            told = words.text("From now on an admission writes its steps.")
        self.told.emit(Told("ok", told, done))

    @Slot()
    def keep(self) -> None:
        """Show this channel from now on."""
        with refusals_told(self.told):
            done = incidents.keep_eas_channel(self._desk, self.channel.text())
            self._kept = self.channel.text()
            self.told.emit(Told("ok", words.text("Channel kept."), done))


class ShelterSection(Section):
    """The name with its button, and two cards that keep themselves."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shelter_name = LineField(words.text("Name of the shelter"), required=True)
        self.town = LineField(words.text("Town"), required=True)
        self.sigle = LineField(words.text("Short name on lists and blank forms"))
        self.sigle.line.setMaxLength(SIGLE)
        self.keep_button = Button(words.text("Save"), kind="primary", icon="save", on_click=self.keep)
        self.notes = NotesCard(desk)
        self.notes.told.connect(self.told)
        self.habits = HabitsCard(desk)
        self.habits.told.connect(self.told)
        self._kept: Settings | None = None
        named = Card(words.text("Shelter"))
        told = words.text("Left empty, nothing says whose they are. Never the name of the shelter.")
        grid = QGridLayout()
        grid.setSpacing(tokens.SPACE_2)
        grid.addWidget(self.shelter_name, 0, 0)
        grid.addWidget(self.town, 0, 1)
        grid.addWidget(self.sigle, 1, 0)
        grid.addWidget(Label(told, size="small", ink="ink2", wrap=True), 1, 1)
        fill(named.body, grid, in_row(STRETCH, self.keep_button))
        fill(self.column, named, self.notes, self.habits, STRETCH)

    def refresh(self) -> None:
        self._kept = kept = settings.read(self.desk)
        self.shelter_name.set_text(kept.shelter_name)
        self.town.set_text(kept.town)
        self.sigle.set_text(kept.sigle)
        self.notes.refresh()
        self.habits.refresh()

    def is_editing(self) -> bool:
        apart = self.notes.is_editing() or self.habits.is_editing()
        return self._kept is not None and (self._with_typed(self._kept) != self._kept or apart)

    def _with_typed(self, known: Settings) -> Settings:
        name, town, sigle = (field.text() for field in (self.shelter_name, self.town, self.sigle))
        return replace(known, shelter_name=name, town=town, sigle=sigle)

    @Slot()
    def keep(self) -> None:
        """Save what is typed, or say beside its field what does not do."""
        for field in (self.shelter_name, self.town, self.sigle):
            field.clear()
        known = settings.read(self.desk)  # the limits may have changed beside what is typed here
        typed = self._with_typed(known)
        try:
            done = settings.write(self.desk, typed)
        except errors.Missing as error:
            wrong = self.shelter_name if error.field == "shelter_name" else self.town
            refuse(wrong, sentence(error))
        except SigleTellsName as error:
            refuse(self.sigle, sentence(error))
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._kept = typed
            self.told.emit(Told("ok", words.text("Settings saved."), done))
