"""An age assessed anew: from which day, what is held of the birth since, and what that stands on."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile.minors import ALONE, SituationRefused
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import corrections
from shelter_desk.operations.residents import age_assessments
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.case_form import CaseForm
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.admission.birth_field import BirthField
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.words import corrections as words_of
from shelter_desk.words import formats


class AgeForm(CaseForm):
    """What was held before stands for the days before."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Age of {code} assessed anew").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the assessment"), "check")
        self._person, self._stay = record.person, stay.stay
        today = desk.today()
        self.day = DayField(words.text("Age assessed on"), today, required=True, value=today, key="assessed_on")
        self.basis = CodeField(words.text("It stands on"), age_assessments.BASIS, required=True)
        self.birth = BirthField(today)
        self.child = CodeField(words.text("Situation of the child"), "child_status", self._stay.child_status or None)
        self.child.explain("separe_non_accompagne")
        self.reason = LineField(words.text("Why the child is alone no more"), open_words=True, key="reason")
        self.reason.setMaximumWidth(tokens.wide(576))
        self.changes = Alert("")
        held = formats.age(record.person.birth.age(today))
        told = words.text("Held until now: {age}. That stands for the days before: no month before is rewritten.")
        self.explain(told.format(age=held))
        self.row((self.day, 150), (self.basis, 330))
        self.add(self.birth, self.birth.hint_row)
        self.row((self.child, 300))
        self.add(self.reason, self.changes)
        self.reason.setVisible(self._stay.child_status in ALONE and desk.may(Permission.OVERRIDE_RULE))
        self.first = self.day
        self.day.changed.connect(self._tell)
        self.birth.changed.connect(self._tell)
        self._tell()

    def refresh(self) -> None:
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """What months that are over count otherwise, for an assessment of a day in one of them."""
        day = self.day.day()
        lines = ""
        if day is not None:
            self.birth.set_on(day)
            if self.birth.birth().taken is not None:
                after = age_assessments.assessed(self._person, self.birth.birth(), day, "")
                lines = words_of.describe(corrections.shifts(self.desk, after))
        self.changes.sentence.setText(lines)
        self.changes.setVisible(bool(lines))

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        if isinstance(error, Missing) and error.field == "birth_date":
            return self.birth.editor()
        return super().field_of(error)

    def refuse(self, error: errors.RuleBroken) -> None:
        """The situation of a child is said beside it, or beside the reason."""
        if not isinstance(error, SituationRefused):
            super().refuse(error)
            return
        asked = self.reason if error.why == "alone" and self.reason.isVisibleTo(self) else self.child
        asked.set_error(self.sentence(error))
        asked.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> Told:
        day, birth, said = self.day.asked(), self.birth.birth(), self.child.code()
        stay = None if said == self._stay.child_status else replace(self._stay, child_status=said)
        done = age_assessments.assess(
            self.desk, self._person.id, birth, day, self.basis.code(), stay, self.reason.text()
        )
        told = words.text("Age of {code} from {day} on: {age}.")
        age = formats.age(birth.age(day))
        return Told("ok", told.format(code=self._person.code, day=formats.day(day), age=age), done)
