"""A decision on the status of a resident."""

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.errors import InTheFuture, Missing
from shelter_desk.domain.ids import VictimStatusId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.stays import VictimStatus
from shelter_desk.operations import residents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import Record, StayRecord
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.act_form import ActForm
from shelter_desk.ui.residents.several import SeveralField
from shelter_desk.ui.widgets.choice_field import ChoiceField
from shelter_desk.ui.widgets.day_fields import DayField
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label

BY_A_BODY = ("identifiee", "non_victime")
WITH_FORMS = ("presumee", "identifiee")


class StatusForm(ActForm):
    """Status, day, who decided (R-19), and the forms of exploitation of a victim."""

    when = "decided_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Status of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the decision"), "check")
        self._code, self._stay = record.person.code, stay.stay
        today = desk.today()
        self.status = ChoiceField(words.text("Status decided"), choices.of("victim_status"), required=True)
        self.day = DayField(words.text("Decided on"), today, required=True, value=today)
        self.by = ChoiceField(words.text("Decided by"), choices.of("status_decided_by"))
        self.forms = SeveralField(words.text("Forms of exploitation"), choices.of("exploitation_form"))
        self.fields = {"victim_status": self.status, "decided_on": self.day, "status_decided_by": self.by}
        self.drafted = {"status": self.status, "day": self.day, "by": self.by, "forms": self.forms}
        self.rule = Label(
            words.text("An identification, or a refusal, names who decided it."), size="small", ink="ink2", wrap=True
        )
        row = Flow()
        for field, width in ((self.status, 240), (self.day, 132), (self.by, 320)):
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.forms.setMaximumWidth(tokens.wide(420))
        self.body.addLayout(row)
        self.body.addWidget(self.rule)
        self.body.addWidget(self.forms)
        self.status.chosen.connect(self._chosen)
        if stay.statuses:
            self.forms.choose(stay.statuses[-1].exploitation_forms)
        self._chosen("")

    @Slot(str)
    def _chosen(self, _status: str) -> None:
        status = self.status.value() or ""
        self.rule.setVisible(status in BY_A_BODY)
        self.forms.setVisible(status in WITH_FORMS)

    def refilled(self) -> None:
        self._chosen("")

    def act(self) -> Told:
        status, day = self.status.value(), self.day.day()
        if not status:
            raise Missing("victim_status")
        if day is None:
            raise Missing("decided_on")
        if day > self.desk.today():
            raise InTheFuture(plain(day))
        forms = self.forms.values() if status in WITH_FORMS else ()
        decision = VictimStatus(VictimStatusId(0), self._stay.id, status, day, self.by.value() or "", forms)
        done = residents.decide(self.desk, decision)
        return Told("ok", words.text("Decision on {code} recorded.").format(code=self._code), done)
