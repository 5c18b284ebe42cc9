"""What is asked of a person once they rested: schooling, marriage, needs, what was explained (field 3.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import NeedId, StayId
from shelter_desk.domain.residents import residents
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.specific_needs import NEEDS, Need
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.residents import choices
from shelter_desk.ui.widgets.flow import Flow, row_of
from shelter_desk.ui.widgets.label import empty
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words.beds import room_rules

KEY = "specific_needs"
YES, NO = "oui", "non"


class NeedsField(Ticks):
    """The boxes of the list; below, the day of each need that is ticked or was just taken away.

    Ticked, a need is found today; taken away, it ends today; either day can be changed.
    """

    day_typed = Signal()

    def __init__(self, label: str, today: date, key: str = "") -> None:
        self._today = today
        self._needs: tuple[Need, ...] = ()
        self._labels = dict(code_lists.of(NEEDS))
        self.days: dict[str, DayField] = {}
        super().__init__(label, code_lists.of(NEEDS), key=key)
        self._below_boxes = QWidget()
        self._row = Flow()
        self._below_boxes.setLayout(self._row)
        self._below_boxes.hide()
        self._whole.insertWidget(self._whole.indexOf(self.editor) + 1, self._below_boxes)
        self.changed.connect(self._follow)

    def show_needs(self, needs: Sequence[Need]) -> None:
        """Show what is known; those that ended stay as they are."""
        self._needs = tuple(needs)
        blocked = self.blockSignals(True)
        self.choose([one.specific_need for one in self._needs if one.is_open])
        self.blockSignals(blocked)
        self._show({})

    def needs(self, stay: StayId) -> tuple[Need, ...]:
        """All needs of the stay as they stand from now on. Raises Missing for a day that is none."""
        ticked, known = self.values(), self._open()
        kept = [one for one in self._needs if not one.is_open]
        for code, one in known.items():
            day = self._day(code)
            kept.append(replace(one, found_on=day) if code in ticked else replace(one, ended_on=day))
        new = [Need(NeedId(0), stay, code, self._day(code)) for code in ticked if code not in known]
        return (*kept, *new)

    def is_changed(self, stay: StayId) -> bool:
        """Whether it says anything else than what is known. Raises Missing."""
        return set(self.needs(stay)) != set(self._needs)

    def draft_value(self) -> list[str]:
        """What a draft keeps of it: each day as it is typed."""
        ticked = self.values()
        return [f"{'+' if code in ticked else '-'}{code} {field.line.text()}" for code, field in self.days.items()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        typed = {part[1:].partition(" ")[0]: part for part in value}
        self.choose([code for code, part in typed.items() if part.startswith("+")])
        for code, part in typed.items():
            if code in self.days:
                self.days[code].line.setText(part.partition(" ")[2])

    def _open(self) -> dict[str, Need]:
        return {one.specific_need: one for one in self._needs if one.is_open}

    def _day(self, code: str) -> date:
        day = self.days[code].day()
        if day is None:
            raise Missing(KEY)
        return day

    @Slot()
    def _follow(self) -> None:
        """A need was ticked or taken away: its day stands below, the others keep theirs."""
        ticked = set(self.values())
        same = {code for code, field in self.days.items() if field.property("ends") == (code not in ticked)}
        self._show({code: self.days[code].line.text() for code in same})

    def _show(self, typed: Mapping[str, str]) -> None:
        known, ticked = self._open(), self.values()
        empty(self._row)
        self.days = {}
        for code, name in self._labels.items():
            if code in ticked or code in known:
                ends = code not in ticked
                field = self.days[code] = self._made(name, ends)
                found = known[code].found_on if code in known and not ends else self._today
                field.set_day(found)
                if code in typed:
                    field.line.setText(typed[code])
                field.line.textChanged.connect(self.touched_day)
                self._row.add(field)
                field.show()
        self._below_boxes.setVisible(bool(self.days))
        self._below_boxes.updateGeometry()

    def _made(self, name: str, ends: bool) -> DayField:
        label = words.text("{need}: ended on") if ends else words.text("{need}: found on")
        field = DayField(label.format(need=name), self._today, required=True)
        field.setProperty("ends", ends)
        field.setFixedWidth(tokens.wide(250))
        return field

    @Slot()
    def touched_day(self) -> None:
        """A day was typed; the message below it may no longer hold."""
        self.clear()
        self.day_typed.emit()


class KnownFields(FieldGroup):
    """Two groups of fields, of the person and of the stay, to be laid into a form. is_minor: at the day of the form."""

    def __init__(self, today: date, is_minor: bool) -> None:
        self._is_minor = is_minor
        self.marital = CodeField(words.text("Marital status"), "marital_status")
        self.education = CodeField(words.text("Schooling"), "education_level")
        self.from_country = ChoiceField(words.text("Came last from"), choices.lands(), key="country_last")
        yes = [(YES, words.text("Yes")), (NO, words.text("No"))]
        self.interpreter = ChoiceField(words.text("Interpreter needed"), yes)
        self.rules = ChoiceField(words.text("House rules and rights explained"), yes)
        self.expected = DayField(words.text("Exit expected on"), today, kind="ahead", key="expected_exit")
        self.urgent = Ticks(words.text("Urgent needs"), code_lists.of("urgent_need"), key="urgent_needs")
        self.specific = NeedsField(words.text("Specific needs, never a diagnosis"), today, KEY)
        self.of_person = _row((self.marital, 190), (self.education, 330))
        row = _row((self.from_country, 220), (self.interpreter, 170), (self.rules, 240), (self.expected, 150))
        self.of_stay = QWidget()
        in_column(row, self.urgent, self.specific, within=self.of_stay, spacing=tokens.SPACE_PANEL)
        self.marital.chosen.connect(self._warn)

    @Slot(str)
    def _warn(self, _code: str = "") -> None:
        """R-22: a married child needs more protection."""
        self.marital.clear()
        if residents.is_married_child(self.marital.code(), self._is_minor):
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
        return replace(person, marital_status=self.marital.code(), education_level=self.education.code())

    def stay(self, stay: Stay) -> Stay:
        """The stay with what is said here. Raises Missing for a day that does not exist."""
        return replace(
            stay,
            country_last=self.from_country.code(),
            interpreter_needed=_answer(self.interpreter.value()),
            house_rules_explained=_answer(self.rules.value()),
            expected_exit=self.expected.known(),
            urgent_needs=self.urgent.values(),
        )


def _code(answer: bool | None) -> str | None:
    return None if answer is None else YES if answer else NO


def _answer(code: str | None) -> bool | None:
    return None if not code else code == YES


def _row(*fields: tuple[QWidget, int]) -> QWidget:
    holder = QWidget()
    holder.setLayout(row_of(*fields))
    return holder
