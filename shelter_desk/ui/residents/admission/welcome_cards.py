"""Third and fourth card of an admission: what is needed at once, what the person agrees to (field 3.1, R-15).

What is asked of a person once they rested: schooling, marriage, needs, what was explained (field 3.1).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain.consent.consents import NOT_ASKED, Asked
from shelter_desk.domain.residents import residents
from shelter_desk.domain.residents.residents import NO_NAMES, Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.specific_needs import Need
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.operations.stock import stock_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.admission.needs_field import KEY, NeedsField
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow, row_of
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import formats, room_rules

YES, NO = "oui", "non"


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


LATER = "non_demande"
GIVEN, REFUSED = "donne", "refuse"


class WelcomeCards(QWidget, FieldGroup):
    """Both cards, and what they add to an admission. Who may not ask for consents is not shown them."""

    changed = Signal()
    recording_chosen = Signal(bool)  # whether the file is minimal from now on

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._hinted: str | None = None
        self._may_ask = desk.may(Permission.ASSIST)
        self._is_minor = False
        decisions = [
            (GIVEN, words.label("consent_status", GIVEN)),
            (REFUSED, words.label("consent_status", REFUSED)),
            (LATER, words.text("Not yet")),
        ]
        self.urgent = Ticks(words.text("Urgent needs"), code_lists.of("urgent_need"))
        self.urgent.label.hide()
        self.interpreter = QCheckBox(words.text("Interpreter needed"))
        self.to_stay = Segments(decisions, LATER, words.text("Agrees to the stay"))
        self.to_record = Segments(decisions, LATER, words.text("Agrees to the recording of the data"))
        self.stay_field = Field(words.text("Agrees to the stay"), self.to_stay)
        self.record_field = Field(words.text("Agrees to the recording of the data"), self.to_record)
        self.rules = QCheckBox(words.text("Rights and house rules explained"))
        self.reason = LineField(words.text("Why no guardian is asked"), True, open_words=True, key="no_guardian_reason")
        watch(desk, self.reason)
        self.kit = ChoiceField(words.text("Kit handed over"))
        self.kit_hint = Label(size="small", ink="ink2", wrap=True)
        self.hint = Label(size="small", ink="ink2", wrap=True)
        self._lay_out()
        for segments in (self.to_stay, self.to_record):
            segments.chosen.connect(self._chosen)
        self.kit.chosen.connect(self._chosen)
        self.urgent.changed.connect(self.changed)
        for box in (self.interpreter, self.rules):
            box.toggled.connect(self.changed)
        self.begin()

    def _lay_out(self) -> None:
        self.needs = Card(words.text("3. Urgent needs"), words.text("they come before any question"))
        row = Flow(tokens.SPACE_2, tokens.SPACE_HALF)
        row.add(self.urgent, self.interpreter)
        self.needs.body.addLayout(row)
        self.agreed = Card(words.text("4. Agreement and welcome"))
        row = Flow()
        self.reason.setFixedWidth(tokens.wide(280))
        row.add(self.stay_field, self.record_field, self.reason)
        self.agreed.body.addLayout(row)
        self.agreed.body.addWidget(self.hint)
        row = Flow()
        self.kit.setFixedWidth(tokens.wide(360))
        row.add(self.rules, self.kit)
        self.agreed.body.addLayout(row)
        self.agreed.body.addWidget(self.kit_hint)
        in_column(self.needs, self.agreed, within=self, spacing=tokens.SPACE)

    def begin(self) -> None:
        """Nothing asked, nothing needed yet."""
        self.urgent.choose(())
        for box in (self.interpreter, self.rules):
            box.setChecked(False)
        for segments in (self.to_stay, self.to_record):
            segments.choose(LATER)
        self.reason.set_text("")
        self._offer_kits()
        self.show_again()

    def _offer_kits(self) -> None:
        """Those in use, with how many are in the store; who has no store asks for one."""
        kits = stock_catalogue.kits_offered(self._desk) if self._desk.may(Permission.STOCK_REQUEST) else ()
        self._kits = {one.code: one for one in kits}
        self.kit.set_choices([("", words.text("none")), *((one.code, one.name) for one in kits)])
        self.kit.choose("")
        self.kit.setVisible(bool(kits))
        self._hint_kit()

    def _hint_kit(self) -> None:
        """How many of it there are, and what becomes of it: who has no store asks for it."""
        self._hinted = self.kit.value()
        self.kit.clear()
        kit = self._kits.get(self._hinted or "")
        self.kit_hint.setVisible(kit is not None)
        if kit is None:
            return
        text = words.text("{n} in the store. The store is asked for it with the admission.")
        if self._desk.may(Permission.STOCK_EDIT):
            text = words.text("{n} in the store. It goes out with the admission, and its service is written.")
        self.kit_hint.setText(text.format(n=formats.number(stock_catalogue.kits_in_store(self._desk, kit))))

    def be_about(self, is_minor: bool) -> None:
        """A child has a guardian, or it is said why none is asked."""
        self._is_minor = is_minor
        self.show_again()

    @property
    def is_minimal(self) -> bool:
        """True while the person refuses the recording."""
        return self._may_ask and self.to_record.value() == REFUSED

    @Slot(str)
    def _chosen(self, _code: str = "") -> None:
        self.show_again()
        self.changed.emit()

    def show_again(self) -> None:
        """Show what hangs on the answers."""
        given = GIVEN in (self.to_stay.value(), self.to_record.value())
        for field in (self.stay_field, self.record_field):
            field.setVisible(self._may_ask)
        self.reason.setVisible(self._may_ask and given and self._is_minor)
        self.needs.setDisabled(self.is_minimal)
        if self.kit.value() != self._hinted:
            self._hint_kit()
        self.hint.setVisible(self._may_ask)
        self.hint.setText(_hint(self.is_minimal, given))
        self.recording_chosen.emit(self.is_minimal)

    def complete(self, admission: Admission, languages: Sequence[str]) -> Admission:
        """The admission with what is said here; of somebody who refuses the recording, with the minimum alone."""
        told = replace(
            admission,
            asked=self._asked(languages),
            house_rules_explained=True if self.rules.isChecked() else None,
            kit=self.kit.code(),
        )
        if self.is_minimal:
            return replace(told, names=NO_NAMES, other_nationalities=(), region_origin="", languages=())
        needs = True if self.interpreter.isChecked() else None
        return replace(told, urgent_needs=self.urgent.values(), interpreter_needed=needs)

    def _asked(self, languages: Sequence[str]) -> Asked:
        if not self._may_ask:
            return NOT_ASKED
        said = [(one.value() or LATER) for one in (self.to_stay, self.to_record)]
        to_stay, to_record = ("" if one == LATER else one for one in said)
        return Asked(to_stay, to_record, next(iter(languages), ""), self.reason.text())


def _hint(is_minimal: bool, given: bool) -> str:
    if is_minimal:
        return words.text("Minimal file: code, sex, age, dates and bed only. Care is the same.")
    if given:
        return words.text("“Given”: all seven points were explained aloud in a language of the person; you certify it.")
    return words.text("Refusing takes nothing away: bed, meals, protection and care stay the same.")
