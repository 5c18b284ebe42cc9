"""What of the journal is shown: from when to when, by whom, what, on which code."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import UserId
from shelter_desk.operations.vault.journal import Filters, Wanted
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.words import journal as said

EVERY = ""


class JournalFilters(QWidget):
    """Five fields in a row; `changed` as soon as one asks for other lines.

    by_person: False where one sees only oneself.
    """

    changed = Signal()

    def __init__(self, today: date, by_person: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = DayField(words.text("From"), today)
        self.last = DayField(words.text("Until, included"), today)
        self.person = ChoiceField(words.text("Account"))
        self.action = ChoiceField(words.text("What"))
        self.code = LineField(words.text("Code"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE)
        for field, share in ((self.first, 3), (self.last, 3), (self.person, 4), (self.action, 5), (self.code, 3)):
            row.addWidget(field, share)
        self.person.setVisible(by_person)
        self._last = self.wanted()
        for day in (self.first, self.last):
            day.changed.connect(self._look)
        for choice in (self.person, self.action):
            choice.chosen.connect(self._look)
        self.code.changed.connect(self._look)

    def offer(self, found: Filters) -> None:
        """What there is to choose from; what was chosen stays."""
        chosen = self.person.value() or EVERY, self.action.value() or EVERY
        people = [(str(user), name) for user, name in found.people.items()]
        actions = sorted(((name, said.action(name)) for name in found.actions), key=lambda one: one[1])
        self.person.set_choices([(EVERY, words.text("everybody")), *people])
        self.action.set_choices([(EVERY, words.text("everything")), *actions])
        self.person.choose(chosen[0])
        self.action.choose(chosen[1])

    def wanted(self) -> Wanted:
        """What is asked for now."""
        person, action = self.person.value(), self.action.value()
        return Wanted(
            self.first.day(),
            self.last.day(),
            UserId(int(person)) if person else None,
            (action,) if action else (),
            self.code.text(),
        )

    @Slot()
    def _look(self) -> None:
        wanted = self.wanted()
        if wanted != self._last:
            self._last = wanted
            self.changed.emit()
