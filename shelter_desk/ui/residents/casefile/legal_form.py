"""One step of the legal file: what is asked follows its kind; a hearing to come goes into the agenda."""

from dataclasses import replace
from datetime import datetime, time

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.casefile.legal import HEARING, REQUIRED, LegalStep, needs_consent, tells
from shelter_desk.domain.consent.consents import LEGAL
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import LegalStepId, UserId
from shelter_desk.operations.assistance import appointments, partners
from shelter_desk.operations.casefile import legal
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui.forms.case_form import CaseForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import LineField, NumberField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.acts.consent_form import WithoutConsentFields
from shelter_desk.words import formats
from shelter_desk.words.casefile import legal as legal_words

_MOST = 999_999_999  # XOF


class LegalForm(CaseForm):
    """at: the id of a step to correct, "" for a new one."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord, at: str = "") -> None:
        title = words.text("Legal file of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the step"), "check")
        self._code = record.person.code
        known = next((line for line in legal.of(desk, record.person.id) if str(line.step.id) == at), None)
        self._step = LegalStep(LegalStepId(0), "", stay.stay.id, "") if known is None else known.step
        self._standing = legal.why_not(desk, self._step.stay, self._step.id or None)
        self._make()
        self.explain(words.text("The person decides on each step. Help never depends on a complaint."))
        self.row((self.kind, 360), (self.day, 150), (self.clock, 100), (self.until, 150))
        self.add(self.consent)
        self.row((self.measure, 340), (self.verdict, 300), (self.amount, 200))
        self.row((self.partner, 320), (self.responsible, 220))
        self.row((self.reference, 320))
        if known is not None and known.has_reference:
            self.reference.line.setPlaceholderText(words.text("stays as it is where nothing is typed"))
        self.first = self.kind
        self.kind.chosen.connect(self.refresh)
        self.day.changed.connect(self.refresh)
        self.refresh()

    def _make(self) -> None:
        one, today = self._step, self.desk.today()
        self.kind = CodeField(words.text("Step"), "legal_step", one.kind or None, required=True)
        self.kind.explain("dossier_judiciaire")
        self.kind.setEnabled(not one.id)
        self.day = DayField(words.text("Date"), today, True, one.done_on or today, kind="ahead", key="done_on")
        self.clock = ClockField(words.text("Hour"), key="clock")
        self.until = DayField(words.text("Valid until"), today, value=one.valid_until, kind="ahead", key="valid_until")
        self.measure = CodeField(words.text("Measure"), "protection_measure", one.measure or None, required=True)
        self.verdict = CodeField(words.text("Decision"), "verdict", one.verdict or None, required=True)
        self.amount = NumberField(
            words.text("Amount"), 1, _MOST, required=True, unit=words.text("XOF"), key="amount_xof"
        )
        self.amount.set_number(one.amount_xof)
        offered = [
            (each.name, each.name)
            for each in partners.partners(self.desk)
            if each.is_active or each.name == one.partner
        ]
        self.partner = ChoiceField(words.text("Organisation"), offered, one.partner or None, key="partner")
        staff = [(str(key), name) for key, name in appointments.staff(self.desk)]
        self.responsible = ChoiceField(words.text("Responsible"), staff, str(int(self.desk.user)))
        self.reference = LineField(words.text("No. of the complaint or case (sealed)"), key="reference")
        self.consent = WithoutConsentFields(self.desk, one.stay)

    @property
    def is_ahead(self) -> bool:
        """Whether it is a hearing of today or later, which goes into the agenda."""
        day = self.day.day()
        return not self._step.id and self.kind.value() == HEARING and day is not None and day >= self.desk.today()

    @Slot()
    @Slot(str)
    def refresh(self, _code: str = "") -> None:
        """What is asked: of each kind what it says."""
        kind = self.kind.value() or ""
        told = tells(kind)
        self.until.setVisible("valid_until" in told)
        self.measure.setVisible("measure" in told)
        self.verdict.setVisible("verdict" in told)
        self.amount.setVisible("amount_xof" in told)
        self.partner.setVisible("partner" in told)
        self.partner.set_label(legal_words.partner(kind))
        self.partner.set_required("partner" in REQUIRED.get(kind, ()))
        self.reference.setVisible("reference" in told)
        self.clock.setVisible(self.is_ahead)
        self.responsible.setVisible(self.is_ahead)
        self.consent.show_why(LEGAL, self._standing if kind and needs_consent(kind) else None)

    def act(self) -> Told:
        kind, day = self.kind.code(), self.day.asked()
        if self.clock.is_wrong():
            raise Missing("clock")
        told = tells(kind)
        step = replace(
            self._step,
            kind=kind,
            done_on=day,
            valid_until=self.until.known() if "valid_until" in told else None,
            partner=self.partner.code() if "partner" in told else "",
            measure=self.measure.code() if "measure" in told else "",
            verdict=self.verdict.code() if "verdict" in told else "",
            amount_xof=self.amount.asked() if "amount_xof" in told else None,
        )
        reference, exempt = self.reference.text(), self.consent.said()
        if self._step.id:
            done = legal.correct(self.desk, step, reference, exempt)
            return Told("ok", words.text("Step {number} corrected.").format(number=step.legal_no), done)
        if self.is_ahead:
            at = datetime.combine(day, self.clock.clock() or time())
            responsible = self.responsible.chosen_id(UserId)
            made = legal.plan_hearing(self.desk, step, at, reference, responsible, exempt)
            said = words.text("Hearing of {code} on {day} put into the agenda.")
            return Told("ok", said.format(code=self._code, day=formats.day(day)), made.done)
        made = legal.write(self.desk, step, reference, exempt)
        return Told("ok", words.text("Step {number} recorded.").format(number=made.number), made.done)
