"""A referral being prepared, or one by which somebody was sent here."""

from datetime import datetime, time

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.assistance.referrals import MINIMUM, Referral
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import ReferralId
from shelter_desk.operations.assistance import partners, referral_sheets, referrals
from shelter_desk.operations.assistance.referrals import Wish
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import LineField, TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.acts.consent_form import SharingForm
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import referrals as referral_words


class ReferralForm(SharingForm):
    """Who is asked for what, which data goes, and when to ask again. Saving sends nothing.

    at: the id of a draft to be written anew. Its summary is opened, which is written to the journal.
    """

    def __init__(self, desk: Desk, record: Record, stay: StayRecord, at: str = "") -> None:
        title = words.text("Referral of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Save the referral"), "check")
        self._person, self._code, self._stay = record.person.id, record.person.code, stay.stay.id
        line = referrals.line(desk, ReferralId(int(at))) if at.isdecimal() else None
        self._old = line.referral if line is not None else None
        if self._old is not None:
            self._stay = self._old.stay
        self._partners = [one for one in partners.partners(desk) if one.is_active]
        self._make()
        if line is not None:
            self._show_referral(line.referral, line.has_summary)
        if not self._partners:
            told = words.text("The directory is empty: add providers under Assistance, Partners.")
            self.add(Label(told, ink="attention", wrap=True))
        self.row((self.direction, 172), (self.received, 150), (self.partner, 270), (self.contact, 220))
        self.add(self.services)
        self.row((self.reason, 260), (self.urgency, 160), (self.transport, 210))
        self.row((self.appointment, 150), (self.clock, 90), (self.follow_up, 150))
        # what comes and goes stands below the boxes: none moves under the mouse
        self.add(self.data, self.reached, self.consent, self.summary)
        self.explain(words.text("The summary is sealed. Write no diagnosis, no names of others, no story."))
        self.first = self.partner
        self.direction.chosen.connect(self.refresh)
        self.partner.chosen.connect(self.refresh)
        self.data.changed.connect(self._say_consent)
        self.refresh()

    def _make(self) -> None:
        today = self.desk.today()
        known = [(one.name, one.name) for one in self._partners]
        self.direction = CodeField(
            words.text("Direction"), "referral_direction", "sortante", required=True, key="direction"
        )
        self.received = DayField(words.text("Received on"), today, required=True, value=today, key="received_on")
        self.partner = ChoiceField(words.text("Provider"), known, required=True, key="partner")
        self.contact = LineField(words.text("Contact"))
        self.services = Ticks(words.text("Service wanted"), code_lists.services(), required=True, key="service_wanted")
        self.services.explain("referencement")
        self.reason = CodeField(words.text("Reason"), "referral_reason", required=True)
        self.urgency = CodeField(words.text("Urgency"), "referral_urgency", "normale", required=True)
        self.transport = CodeField(words.text("Transport or escort"), "transport_escort")
        self.appointment = DayField(words.text("Appointment"), today, kind="ahead")
        self.clock = ClockField(words.text("Hour"))
        self.follow_up = DayField(words.text("Follow up on"), today, kind="ahead")
        self.data = Ticks(
            words.text("Data shared"), code_lists.of("data_shared"), MINIMUM, required=True, key="data_shared"
        )
        self.summary = TextField(words.text("Summary, read with the person"), lines=3)
        self.consent = Label(size="small", wrap=True)
        self.reached = FactList()

    def _show_referral(self, one: Referral, has_summary: bool) -> None:
        self.partner.choose(one.partner)
        self.contact.set_text(one.partner_contact)
        self.services.choose(one.service_wanted)
        self.reason.choose(one.reason_code or None)
        self.urgency.choose(one.urgency or None)
        self.transport.choose(one.transport_escort or None)
        if one.appointment_at is not None:
            self.appointment.set_day(one.appointment_at.date())
            self.clock.set_clock(one.appointment_at.time() if one.appointment_at.time() != time() else None)
        self.follow_up.set_day(one.follow_up_on)
        self.data.choose(one.data_shared)
        if has_summary:
            self.summary.set_text(referral_sheets.summary(self.desk, one.id))

    @Slot(str)
    def refresh(self, _code: str = "") -> None:
        self.direction.setVisible(self._old is None)
        self.received.setVisible(self._is_incoming())
        # what the directory says of the provider chosen, before anybody sets out: telephone, hours, conditions
        chosen = self.partner.value()
        told = next((referral_words.reached(one) for one in self._partners if one.name == chosen), [])
        self.reached.clear()
        for label, value in told:
            self.reached.add(label, value)
        self.reached.setVisible(bool(told))
        self._say_consent()

    def _is_incoming(self) -> bool:
        return self.direction.value() == "entrante"

    @Slot()
    def _say_consent(self) -> None:
        """Whether it could be sent today."""
        partner = self.partner.value()
        self.consent.setVisible(bool(partner) and not self._is_incoming())
        if not partner or self._is_incoming():
            return
        why = referrals.standing(self.desk, self._person, partner, self.data.values())
        if why is None:
            self.consent.set_ink("ok")
            self.consent.setText(words.text("The consent for this provider and these data is in force."))
            return
        told = words.text("{why}: it can be prepared, not sent. Ask the person, tab Consents.")
        self.consent.set_ink("attention")
        self.consent.setText(told.format(why=referral_words.why_not(why)))

    def act(self) -> Told:
        for field in (self.appointment, self.follow_up, self.received):
            if field.is_wrong():
                raise Missing("received_on")
        day = self.appointment.day()
        wish = Wish(
            self._stay,
            self.partner.code(),
            self.services.values(),
            self.reason.code(),
            self.urgency.code(),
            self.data.values(),
            self.summary.text(),
            self.contact.text(),
            self.transport.code(),
            None if day is None else datetime.combine(day, self.clock.clock() or time()),
            self.follow_up.day(),
        )
        if self._old is not None:
            done = referrals.change(self.desk, self._old.id, wish)
            told = words.text("Draft {number} changed.").format(number=self._old.referral_no)
            return Told("ok", told, done)
        if self._is_incoming():
            made = referrals.receive(self.desk, wish, self.received.asked())
            told = words.text("Referral {number} received.").format(number=made.number)
            return Told("ok", told, made.done)
        made = referrals.draft(self.desk, wish)
        told = words.text("Referral {number} prepared. Nothing is sent yet.").format(number=made.number)
        return Told("ok", told, made.done)
