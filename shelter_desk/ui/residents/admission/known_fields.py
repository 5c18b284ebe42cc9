"""What is asked of a person once they rested: schooling, marriage, needs, what was explained (field 3.1)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.residents import residents
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.specific_needs import Need
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.referring.ticks import Ticks
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.admission.needs_field import KEY, NeedsField
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.words import room_rules

YES, NO = "oui", "non"


class KnownFields:
    """Two groups of fields, of the person and of the stay, to be laid into a form. is_minor: at the day of the form."""

    def __init__(self, today: date, is_minor: bool) -> None:
        self._is_minor = is_minor
        self.marital = ChoiceField(words.text("Marital status"), choices.of("marital_status"))
        self.education = ChoiceField(words.text("Schooling"), choices.of("education_level"))
        self.from_country = ChoiceField(words.text("Came last from"), choices.lands())
        yes = [(YES, words.text("Yes")), (NO, words.text("No"))]
        self.interpreter = ChoiceField(words.text("Interpreter needed"), yes)
        self.rules = ChoiceField(words.text("House rules and rights explained"), yes)
        self.expected = DayField(words.text("Exit expected on"), today, kind="ahead")
        self.urgent = Ticks(words.text("Urgent needs"), choices.of("urgent_need"))
        self.specific = NeedsField(words.text("Specific needs, never a diagnosis"), today)
        self.fields: dict[str, Field] = {
            "marital_status": self.marital,
            "education_level": self.education,
            "country_last": self.from_country,
            "expected_exit": self.expected,
            "urgent_needs": self.urgent,
            KEY: self.specific,
        }
        self.editors: dict[str, QWidget] = {
            **self.fields,
            "interpreter_needed": self.interpreter,
            "house_rules_explained": self.rules,
        }
        self.of_person = _row((self.marital, 190), (self.education, 330))
        row = _row((self.from_country, 220), (self.interpreter, 170), (self.rules, 240), (self.expected, 150))
        self.of_stay = QWidget()
        below = QVBoxLayout(self.of_stay)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(tokens.SPACE_PANEL)
        below.addWidget(row)
        below.addWidget(self.urgent)
        below.addWidget(self.specific)
        self.marital.chosen.connect(self._warn)

    @Slot(str)
    def _warn(self, _code: str = "") -> None:
        """R-22: a married child needs more protection."""
        self.marital.clear()
        if residents.is_married_child(self.marital.value() or "", self._is_minor):
            self.marital.set_warning(room_rules.warning("R-22"))

    def show_known(self, person: Person, stay: Stay | None, needs: Sequence[Need] = ()) -> None:
        """Show what is known. needs: all of the stay."""
        self.marital.choose(person.marital_status or None)
        self.education.choose(person.education_level or None)
        self._warn()
        if stay is None:
            return
        self.from_country.choose(stay.country_last or None)
        self.interpreter.choose(_code(stay.interpreter_needed))
        self.rules.choose(_code(stay.house_rules_explained))
        self.expected.set_day(stay.expected_exit)
        self.urgent.choose(stay.urgent_needs)
        self.specific.show_needs(needs)

    def person(self, person: Person) -> Person:
        """The person with what is said here."""
        return replace(person, marital_status=self.marital.value() or "", education_level=self.education.value() or "")

    def stay(self, stay: Stay) -> Stay:
        """The stay with what is said here. Raises Missing for a day that does not exist."""
        if self.expected.is_wrong():
            raise Missing("expected_exit")
        return replace(
            stay,
            country_last=self.from_country.value() or "",
            interpreter_needed=_answer(self.interpreter.value()),
            house_rules_explained=_answer(self.rules.value()),
            expected_exit=self.expected.day(),
            urgent_needs=self.urgent.values(),
        )


def _code(answer: bool | None) -> str | None:
    return None if answer is None else YES if answer else NO


def _answer(code: str | None) -> bool | None:
    return None if not code else code == YES


def _row(*fields: tuple[QWidget, int]) -> QWidget:
    holder, row = QWidget(), Flow()
    for field, width in fields:
        field.setFixedWidth(tokens.wide(width))
        row.add(field)
    holder.setLayout(row)
    return holder
