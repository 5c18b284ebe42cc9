"""When somebody was born, as well as it is known: a day, a year, an estimated age, or not at all."""

from datetime import date
from typing import Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, NumberField
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_row
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import formats

How = Literal["day", "year", "estimated", "unknown"]
OLDEST = 110


class BirthField(QWidget):
    """Segments and the editor they ask for. A doubt reads as a minor: the hint says so.

    hint_row: the hint, to be laid out by the form in a line of its own.
    `set_on` gives the day that an estimated age is written for and the hint is about.
    """

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = self._on = today
        self._kept: Birth | None = None
        options = [
            ("day", words.text("Date")),
            ("year", words.text("Year")),
            ("estimated", words.text("Estimated age")),
            ("unknown", words.text("Unknown")),
        ]
        self.how = Segments(options, accessible_name=words.text("Birth"))
        self.how_field = Field(words.text("Birth"), self.how, required=True)
        self.day = DayField(words.text("Birth date"), today, required=True, kind="birth")
        self.year = NumberField(words.text("Birth year"), today.year - OLDEST, today.year, required=True)
        self.age = NumberField(words.text("Estimated age"), 0, OLDEST, required=True, unit=words.text("years"))
        self.age.explain("age_estime")
        if self.age.mark is not None:  # the line stands level with its neighbours
            self.age.mark.setFixedHeight(self.age.label.sizeHint().height())
        self.setFocusProxy(self.how_field)
        self._hint = Label(size="small", ink="attention", wrap=True)
        self.hint_row = QWidget()
        for field, width in ((self.day, 132), (self.year, 88), (self.age, 104)):
            field.setFixedWidth(tokens.wide(width))
        in_row(self.how_field, self.day, self.year, self.age, STRETCH, within=self, spacing=tokens.SPACE_2)
        in_row(IconLabel("triangle", "attention", 16), (self._hint, 1), within=self.hint_row, spacing=tokens.SPACE_HALF)
        self.how.chosen.connect(self._how_chosen)
        for field in (self.day, self.year, self.age):
            field.changed.connect(self._typed)
        self._show_editor()

    def set_on(self, day: date) -> None:
        """Estimated ages and the hint are of that day from now on."""
        self._on = day
        self._hint_again()

    def on(self) -> date:
        """The day an estimated age is written for."""
        return self._on

    def is_answered(self) -> bool:
        """Whether something is said, also that it is not known."""
        return self.how.value() == "unknown" or self.birth() != Birth()

    def birth(self) -> Birth:
        """What is known. What was stored and not touched comes back as it was."""
        if self._kept is not None:
            return self._kept
        how, day, year, age = self.how.value(), self.day.day(), self.year.number(), self.age.number()
        if how == "day" and day is not None:
            return Birth(day)
        if how == "year" and year is not None:
            return Birth(date(year, 7, 1), "year")
        if how == "estimated" and age is not None:
            return Birth(precision="estimated", age_estimated=age, age_estimated_on=self._on)
        return Birth()

    def show_birth(self, birth: Birth | None) -> None:
        """Show what is stored; None for nothing said yet."""
        self._kept = None
        for field in (self.day, self.year, self.age):
            field.line.clear()
        if birth is None:
            self.how.choose(None)
        elif birth.birth_date is not None:
            self.how.choose("year" if birth.precision == "year" else "day")
            self.day.set_day(birth.birth_date)
            self.year.set_number(birth.birth_date.year)
        else:
            self.how.choose("unknown" if birth.age_estimated is None else "estimated")
            self.age.set_number(birth.age_estimated)
        self._kept = birth
        self._show_editor()

    def draft_value(self) -> list[str]:
        """What a draft keeps of it: how, and each editor as typed."""
        return [self.how.value() or "", self.day.line.text(), self.year.line.text(), self.age.line.text()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        how, *typed = list(value)
        self.how.choose(how or None)
        for line, text in zip((self.day.line, self.year.line, self.age.line), typed, strict=False):
            line.setText(text)
        self._kept = None
        self._show_editor()

    def refuse(self, sentence: str) -> None:
        """Say what is wrong beside the editor that is shown."""
        self.editor().set_error(sentence)

    def clear_errors(self) -> None:
        """Take what was refused away."""
        for field in (self.how_field, self.day, self.year, self.age):
            field.clear()

    def editor(self) -> Field:
        """What takes the focus when the birth is missing."""
        asked: dict[str, Field] = {"day": self.day, "year": self.year, "estimated": self.age}
        return asked.get(self.how.value() or "", self.how_field)

    @Slot(str)
    def _how_chosen(self, _how: str) -> None:
        self._kept = None
        self._show_editor()
        self.editor().setFocus()
        self.changed.emit()

    @Slot()
    def _typed(self) -> None:
        self._kept = None
        self._hint_again()
        self.changed.emit()

    def _show_editor(self) -> None:
        how = self.how.value()
        self.day.setVisible(how == "day")
        self.year.setVisible(how == "year")
        self.age.setVisible(how == "estimated")
        self._hint_again()

    def _hint_again(self) -> None:
        birth = self.birth()
        protected = self.is_answered() and birth.protected_as_minor(self._on)
        self.hint_row.setVisible(protected)
        if birth.age(self._on) is None:
            self._hint.setText(words.text("Age unknown: the person is protected as a minor."))
        elif birth.birth_date is not None and birth.precision == "day":
            self._hint.setText(words.text("Minor: {age}.").format(age=formats.age(birth.age(self._on))))
        else:
            self._hint.setText(words.text("Minor. Under 18, or a doubt: the person is treated as a minor."))
