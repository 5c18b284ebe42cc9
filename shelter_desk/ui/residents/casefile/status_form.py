"""A decision on the status of a resident."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile import identification
from shelter_desk.domain.casefile.identification import WITH_BODY, WITH_REVIEW
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import VictimStatusId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import interviews
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import corrections
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import victim_statuses
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, TextField
from shelter_desk.ui.forms.several_field import SeveralField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import corrections as corrected
from shelter_desk.words.casefile import interviews as interview_words

WITH_FORMS = ("presumee", "identifiee")


class StatusForm(ActForm):
    """Status, day, body, person and reason (R-19), the day of review of a presumption, the forms of exploitation."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Status of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the decision"), "check")
        self._code, self._stay = record.person.code, stay.stay
        self._make()
        told = words.text("An identification, or a refusal, names who decided it, when and why.")
        self.rule = Label(told, size="small", ink="ink2", wrap=True)
        self.add(self.reading)
        self.row((self.status, 240), (self.day, 150), (self.review, 190))
        self.add(self.rule)
        self.row((self.by, 320), (self.decider, 260))
        self.forms.setMaximumWidth(tokens.wide(420))
        self.add(self.forms, self.practices, self.reason)
        self.explain(words.text("The reason is sealed; reading it is written to the journal."))
        self.first = self.status
        self.status.chosen.connect(self.refresh)
        self.day.changed.connect(self._dated)
        self.changes = Alert("")
        whole = self.layout()
        if isinstance(whole, QBoxLayout):  # above the verb, in sight wherever the form is scrolled to
            whole.insertWidget(1, self.changes)
        self._begin_from(stay)
        self.refresh()
        if consents.of(desk, record.person.id).is_minimal:  # the decision alone is written
            told = words.text("The person refuses the recording: the decision is written, without forms and reason.")
            self.body.insertWidget(0, Alert(told, "attention"))
            self.forms.choose(())
            self.practices.choose(())
            for field in (self.forms, self.practices, self.reason):
                field.setDisabled(True)

    def _make(self) -> None:
        today = self.desk.today()
        self.status = CodeField(words.text("Status decided"), "victim_status", required=True)
        self.status.explain("victime_presumee_identifiee")
        self.day = DayField(words.text("Decided on"), today, required=True, value=today, key="decided_on")
        self.by = CodeField(words.text("Decided by"), "status_decided_by")
        self.decider = LineField(words.text("Who decided: name or function"), key="status_decider")
        self.review = DayField(words.text("To be looked at again on"), today, kind="ahead", key="review_on")
        self.forms = SeveralField(words.text("Forms of exploitation"), code_lists.of("exploitation_form"))
        self.forms.field.explain("traite_trafic")
        self.practices = Ticks(words.text("Assimilated practices, apart"), code_lists.of("assimilated_practice"))
        self.practices.explain("pratiques_assimilees")
        self.reason = TextField(words.text("Reason of the decision"), lines=3, key="status_reason")
        self.reading = Label(size="small", ink="ink2", wrap=True)

    def _begin_from(self, stay: StayRecord) -> None:
        """What was decided before, else what the interviews say, for somebody who may read them."""
        self.reading.hide()
        if stay.statuses:
            self.forms.choose(stay.statuses[-1].exploitation_forms)
            self.practices.choose(stay.statuses[-1].assimilated_practices)
        if not self.desk.may(Permission.CASE_SEE):
            return
        screening = interviews.of_stay(self.desk, stay.stay.id)
        if not screening.interviews:
            return
        told = words.text("Reading of the interviews: {advice} It helps, it never decides.")
        self.reading.setText(told.format(advice=interview_words.advice(screening.reading)))
        self.reading.show()
        if not stay.statuses:
            self.forms.choose([code for one in screening.interviews for code in one.exploitation_forms])
            self.practices.choose(screening.reading.practices)

    @Slot()
    def refresh(self) -> None:
        status = self.status.code()
        self._say_changes()
        self.rule.setVisible(status in WITH_BODY)
        may = identification.deciders(status, settings.kept(self.desk))
        self.by.set_choices([one for one in code_lists.of("status_decided_by") if one[0] in may])
        self.forms.setVisible(status in WITH_FORMS)
        self.review.setVisible(status in WITH_REVIEW)
        day = self.day.day()
        if status in WITH_REVIEW and day is not None and not self.review.line.text().strip():
            self.review.set_day(identification.proposed_review(day, settings.kept(self.desk)))

    @Slot()
    def _dated(self) -> None:
        """A day before the admission may be right: police or a court often decide first."""
        day = self.day.day()
        if day is not None and day < self._stay.admitted_at.date():
            self.day.set_warning(words.text("This is before the admission: right only if it was decided elsewhere."))
        else:
            self.day.clear()
        self._say_changes()

    def _say_changes(self) -> None:
        """A decision that is dated back changes months that are over."""
        status, day = self.status.value(), self.day.day()
        told = ""
        if status and day is not None:
            told = corrected.describe(corrections.shifts_of_decision(self.desk, self._decision(status, day)))
        self.changes.sentence.setText(told)
        self.changes.setVisible(bool(told))

    def act(self) -> Told:
        status = self.status.value()
        if not status:
            raise Missing("victim_status")
        day = self.day.asked()
        done = victim_statuses.decide(self.desk, self._decision(status, day), self.reason.text())
        return Told("ok", words.text("Decision on {code} recorded.").format(code=self._code), done)

    def _decision(self, status: str, day: date) -> VictimStatus:
        return VictimStatus(
            VictimStatusId(0),
            self._stay.id,
            status,
            day,
            self.by.code(),
            self.forms.values() if status in WITH_FORMS else (),
            self.practices.values(),
            self.decider.text(),
            self.review.day() if status in WITH_REVIEW else None,
        )

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """The field a refusal is about; who may not decide it, beside who did."""
        return self.by if isinstance(error, identification.MayNotDecide) else super().field_of(error)

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return interview_words.sentence(error)
