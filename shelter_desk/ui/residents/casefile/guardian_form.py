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
from shelter_desk.ui.forms.case_form import CaseForm, TickField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.name_on_demand import NameField


class NotificationForm(CaseForm):
    """Whom, when, under which reference."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Service told of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record it"), "send")
        self._code, self._stay = record.person.code, stay.stay.id
        today = desk.today()
        self.service = CodeField(words.text("Service told"), "partner_type", required=True, only=SERVICES)
        self.day = DayField(words.text("Told on"), today, required=True, value=today, key="notified_on")
        self.reference = LineField(words.text("Reference of the letter"))
        self.row((self.service, 260), (self.day, 150), (self.reference, 240))
        self.explain(words.text("The children’s judge or the social service is told within two days of the admission."))

    def act(self) -> Told:
        told = Notification(NotificationId(0), self._stay, self.day.asked(), self.service.code(), self.reference.text())
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
        self.status = CodeField(words.text("State of the guardianship"), "guardian_status", required=True)
        self.requested = DayField(words.text("Asked for on"), today, key="requested_on")
        self.authority = CodeField(words.text("Authority"), "partner_type", only=SERVICES)
        self.kind = CodeField(words.text("Kind of guardian"), "guardian_kind")
        self.name = NameField(words.text("Name of the guardian (sealed)"), required=True, key="guardian_name")
        self.contact = NameField(words.text("Contact (sealed)"))
        self.start = DayField(words.text("In force from"), today, required=True, key="started_on")
        self.end = DayField(words.text("Until"), today, kind="ahead", key="ended_on")
        self.reference = LineField(words.text("Reference of the decision"))
        self.service = TickField(words.text("Service"), words.text("Write the service “Guardianship procedure” too"))
        self.row((self.status, 220), (self.requested, 150), (self.authority, 220))
        self.row((self.kind, 180), (self.name, 260), (self.contact, 220))
        self.row((self.start, 150), (self.end, 150), (self.reference, 260))
        self.add(self.service)
        self.explain(words.text("What was written before stays: this is a new line of the history."))
        self.status.chosen.connect(self.refresh)
        self.refresh()

    @Slot(str)
    def refresh(self, _status: str = "") -> None:
        named = self.status.value() in APPOINTED
        for field in (self.kind, self.name, self.contact, self.start, self.end, self.reference):
            field.setVisible(named)
        self.requested.setVisible(self.status.value() not in (None, "non_requis", "a_designer"))
        self.authority.setVisible(self.status.value() not in (None, "non_requis"))

    def act(self) -> Told:
        named = self.status.value() in APPOINTED
        guardian = Guardian(
            GuardianId(0),
            self._person,
            self.status.code(),
            self.requested.known() if not self.requested.isHidden() else None,
            self.authority.code(),
            self.kind.code() if named else "",
            self.reference.text() if named else "",
            self.start.asked() if named else None,
            self.end.known() if named else None,
        )
        done = minors.keep_guardian(
            self.desk,
            guardian,
            self.name.text() if named else "",
            self.contact.text() if named else "",
            self._stay if self.service.is_ticked() else None,
        )
        return Told("ok", words.text("Guardianship of {code} recorded.").format(code=self._code), done)
