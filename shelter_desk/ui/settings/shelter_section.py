"""The name of the shelter, its town, and the limits that rules and reports go by."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations import settings
from shelter_desk.operations.settings import LEAST_K, LONGEST_STAY, MOST_K, Settings
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.habits_card import HabitsCard
from shelter_desk.ui.settings.notes_card import NotesCard
from shelter_desk.ui.settings.section import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.fields import LineField, NumberField
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class ShelterSection(Section):
    """The cards that one button keeps, and two that keep themselves."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shelter_name = LineField(words.text("Name of the shelter"), required=True)
        self.town = LineField(words.text("Town"), required=True)
        days = words.text("days")
        self.limits = {
            "transit_days": NumberField(words.text("Stranded migrants"), 1, LONGEST_STAY, True, days),
            "vulnerable_days": NumberField(words.text("Vulnerable migrants"), 1, LONGEST_STAY, True, days),
            "vot_days": NumberField(words.text("Victims of trafficking"), 1, LONGEST_STAY, True, days),
        }
        self.small_cell_k = NumberField(words.text("Smallest number shown outside"), LEAST_K, MOST_K, required=True)
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
        named.body.addLayout(grid)
        stays = Card(words.text("Longest stay"), words.text("a longer one asks for a reason"))
        grid = QGridLayout()
        grid.setSpacing(tokens.SPACE_2)
        for place, field in enumerate(self.limits.values()):
            grid.addWidget(field, 0, place)
        stays.body.addLayout(grid)
        minors = words.text("Minors have no limit: their stay is reviewed every 30 days.")
        stays.body.addWidget(Label(minors, size="small", ink="ink2", wrap=True))
        cells = Card(words.text("Small numbers in reports"))
        self.small_cell_k.setMaximumWidth(tokens.wide(260))
        cells.body.addWidget(self.small_cell_k)
        why = words.text("Smaller numbers could point to a person: reports that leave the shelter hide them. 3 to 11.")
        cells.body.addWidget(Label(why, size="small", ink="ink2", wrap=True))
        for card in (named, stays, cells):
            self.column.addWidget(card)
        self.column.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.notes)
        self.column.addWidget(self.habits)
        self.column.addStretch(1)

    def look(self) -> None:
        self._kept = kept = settings.read(self.desk)
        self.shelter_name.set_text(kept.shelter_name)
        self.town.set_text(kept.town)
        for key, field in self.limits.items():
            field.set_number(getattr(kept, key))
        self.small_cell_k.set_number(kept.small_cell_k)
        self.notes.look()
        self.habits.look()

    def is_editing(self) -> bool:
        apart = self.notes.is_editing() or self.habits.is_editing()
        return self._kept is not None and (self._typed() != self._kept or apart)

    def _typed(self) -> Settings | None:
        numbers = [field.number() for field in (*self.limits.values(), self.small_cell_k)]
        transit, vulnerable, vot, k = numbers
        if transit is None or vulnerable is None or vot is None or k is None:
            return None
        return Settings(self.shelter_name.text(), self.town.text(), transit, vulnerable, vot, k)

    @Slot()
    def keep(self) -> None:
        """Save what is typed, or say beside its field what does not do."""
        numbers = (*self.limits.values(), self.small_cell_k)
        for field in (self.shelter_name, self.town, *numbers):
            field.clear()
        for number in numbers:
            if number.number() is None:
                most = MOST_K if number is self.small_cell_k else LONGEST_STAY
                least = LEAST_K if number is self.small_cell_k else 1
                number.set_error(words.text("A number from {least} to {most}.").format(least=least, most=most))
        typed = self._typed()
        if typed is None:
            return
        try:
            settings.write(self.desk, typed)
        except errors.Missing as error:
            wrong = self.shelter_name if error.field == "shelter_name" else self.town
            wrong.set_error(sentence(error))
            wrong.setFocus()
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._kept = typed
            self.told.emit(Told("ok", words.text("Settings saved.")))
