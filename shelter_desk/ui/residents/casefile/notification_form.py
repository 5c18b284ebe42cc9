"""The competent service was told of a child alone (R-11)."""

from shelter_desk import words
from shelter_desk.domain.casefile.minors import SERVICES, Notification
from shelter_desk.domain.ids import NotificationId
from shelter_desk.operations.casefile import minors
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui.forms.case_form import CaseForm, asked_day
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring import lists


class NotificationForm(CaseForm):
    """Whom, when, under which reference."""

    when = "notified_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Service told of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record it"), "send")
        self._code, self._stay = record.person.code, stay.stay.id
        today = desk.today()
        self.service = ChoiceField(words.text("Service told"), lists.of("partner_type", SERVICES), required=True)
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
