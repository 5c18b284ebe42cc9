"""How the guardianship of a child stands from now on.

The competent service was told of a child alone (R-11).
"""

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.casefile.minors import APPOINTED, SERVICES, Guardian, Notification
from shelter_desk.domain.ids import GuardianId, NotificationId
from shelter_desk.operations.casefile import minors
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui.forms.case_form import CaseForm, TickField, asked_day, known_day
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring import code_lists
from shelter_desk.ui.widgets.name_on_demand import NameField


class NotificationForm(CaseForm):
    """Whom, when, under which reference."""

    when = "notified_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Service told of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record it"), "send")
        self._code, self._stay = record.person.code, stay.stay.id
        today = desk.today()
        self.service = ChoiceField(words.text("Service told"), code_lists.of("partner_type", SERVICES), required=True)
        self.day = DayField(words.text("Told on"), today, required=True, value=today)
        self.reference = LineField(words.text("Reference of the letter"))
        self.fields = {"partner_type": self.service, "notified_on": self.day}
        self.drafted = {"service": self.service, "day": self.day, "reference": self.reference}
        self.row((self.service, 260), (self.day, 150), (self.reference, 240))
        self.hint(words.text("The children’s judge or the social service is told within two days of the admission."))

    def act(self) -> Told:
        told = Notification(
            NotificationId(0),
            self._stay,
            asked_day(self.day, "notified_on"),
            self.service.value() or "",
            self.reference.text(),
        )
        done = minors.notify(self.desk, told)
        return Told("ok", words.text("Service told of {code}: recorded.").format(code=self._code), done)


class GuardianForm(CaseForm):
    """State, days, authority, and who it is; the name and the contact are sealed."""

    when = "started_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Guardianship of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the guardianship"), "check")
        self._person, self._code, self._stay = record.person.id, record.person.code, stay.stay.id
        today = desk.today()
        self.status = ChoiceField(
            words.text("State of the guardianship"), code_lists.of("guardian_status"), required=True
        )
        self.requested = DayField(words.text("Asked for on"), today)
        self.authority = ChoiceField(words.text("Authority"), code_lists.of("partner_type", SERVICES))
        self.kind = ChoiceField(words.text("Kind of guardian"), code_lists.of("guardian_kind"))
        self.name = NameField(words.text("Name of the guardian (sealed)"), required=True)
        self.contact = NameField(words.text("Contact (sealed)"))
        self.start = DayField(words.text("In force from"), today, required=True)
        self.end = DayField(words.text("Until"), today, kind="ahead")
        self.reference = LineField(words.text("Reference of the decision"))
        self.service = TickField(words.text("Service"), words.text("Write the service “Guardianship procedure” too"))
        self.fields = {
            "guardian_status": self.status,
            "requested_on": self.requested,
            "guardian_kind": self.kind,
            "guardian_name": self.name,
            "started_on": self.start,
            "ended_on": self.end,
        }
        self.drafted = {
            "status": self.status,
            "asked": self.requested,
            "authority": self.authority,
            "kind": self.kind,
            "name": self.name,
            "contact": self.contact,
            "start": self.start,
            "end": self.end,
            "reference": self.reference,
            "service": self.service,
        }
        self.row((self.status, 220), (self.requested, 150), (self.authority, 220))
        self.row((self.kind, 180), (self.name, 260), (self.contact, 220))
        self.row((self.start, 150), (self.end, 150), (self.reference, 260))
        self.body.addWidget(self.service)
        self.hint(words.text("What was written before stays: this is a new line of the history."))
        self.status.chosen.connect(self._show)
        self._show()

    @Slot(str)
    def _show(self, _status: str = "") -> None:
        named = self.status.value() in APPOINTED
        for field in (self.kind, self.name, self.contact, self.start, self.end, self.reference):
            field.setVisible(named)
        self.requested.setVisible(self.status.value() not in (None, "non_requis", "a_designer"))
        self.authority.setVisible(self.status.value() not in (None, "non_requis"))

    def refilled(self) -> None:
        self._show()

    def act(self) -> Told:
        named = self.status.value() in APPOINTED
        guardian = Guardian(
            GuardianId(0),
            self._person,
            self.status.value() or "",
            known_day(self.requested, "requested_on") if not self.requested.isHidden() else None,
            self.authority.value() or "",
            (self.kind.value() or "") if named else "",
            self.reference.text() if named else "",
            asked_day(self.start, "started_on") if named else None,
            known_day(self.end, "ended_on") if named else None,
        )
        done = minors.keep_guardian(
            self.desk,
            guardian,
            self.name.text() if named else "",
            self.contact.text() if named else "",
            self._stay if self.service.is_ticked() else None,
        )
        return Told("ok", words.text("Guardianship of {code} recorded.").format(code=self._code), done)
