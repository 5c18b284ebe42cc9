"""The name of the shelter and its town, the hours of notes, the habits of the agenda."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.settings import SIGLE, SigleTellsName
from shelter_desk.operations import settings
from shelter_desk.operations.settings import Settings
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.habits_card import HabitsCard
from shelter_desk.ui.settings.notes_card import NotesCard
from shelter_desk.ui.settings.section import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class ShelterSection(Section):
    """The name with its button, and two cards that keep themselves."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shelter_name = LineField(words.text("Name of the shelter"), required=True)
        self.town = LineField(words.text("Town"), required=True)
        self.sigle = LineField(words.text("Short name on lists and blank forms"))
        self.sigle.line.setMaxLength(SIGLE)
        self._sigle_told = Label(
            words.text("Left empty, nothing says whose they are. Never the name of the shelter."),
            size="small",
            ink="ink2",
            wrap=True,
        )
        self.keep_button = Button(words.text("Save"), kind="primary", icon="save", tall="footer")
        self.keep_button.clicked.connect(self.keep)
        self.notes = NotesCard(desk)
        self.notes.told.connect(self.told)
        self.habits = HabitsCard(desk)
        self.habits.told.connect(self.told)
        self._kept: Settings | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        named = Card(words.text("Shelter"))
        grid = QGridLayout()
        grid.setSpacing(tokens.SPACE_2)
        grid.addWidget(self.shelter_name, 0, 0)
        grid.addWidget(self.town, 0, 1)
        grid.addWidget(self.sigle, 1, 0)
        grid.addWidget(self._sigle_told, 1, 1)
        named.body.addLayout(grid)
        self.column.addWidget(named)
        self.column.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.notes)
        self.column.addWidget(self.habits)
        self.column.addStretch(1)

    def look(self) -> None:
        self._kept = kept = settings.read(self.desk)
        self.shelter_name.set_text(kept.shelter_name)
        self.town.set_text(kept.town)
        self.sigle.set_text(kept.sigle)
        self.notes.look()
        self.habits.look()

    def is_editing(self) -> bool:
        apart = self.notes.is_editing() or self.habits.is_editing()
        return self._kept is not None and (self._typed() != self._kept or apart)

    def _typed(self) -> Settings | None:
        return self._kept and self._with_typed(self._kept)

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
            wrong.set_error(sentence(error))
            wrong.setFocus()
        except SigleTellsName as error:
            self.sigle.set_error(sentence(error))
            self.sigle.setFocus()
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._kept = typed
            self.told.emit(Told("ok", words.text("Settings saved."), done))
