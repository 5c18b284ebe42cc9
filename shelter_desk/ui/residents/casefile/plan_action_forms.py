"""Forms over one action of a plan, and over the agreement to it."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.casefile.assessments import Plan, PlanAction
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import PlanId, ServiceId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.assessing.plan_lines import PlanLine
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.casefile.assessing_form import AssessingForm
from shelter_desk.ui.residents.casefile.plan_form import who_can
from shelter_desk.ui.widgets.label import Label


class PlanActionForm(AssessingForm):
    """One line of a plan: a new one, or one to correct.

    at: `plan` or `plan|action`, by their ids; the open plan where none is named, as when a draft is taken up again.
    """

    when = "due_on"

    def __init__(self, desk: Desk, record: Record, _stay: StayRecord, at: str = "") -> None:
        plan, _, action = at.partition("|")
        self._plan = _plan(desk, record, plan)
        self._old = _action(desk, record, action)
        code = record.person.code
        title = words.text("New action for {code}") if self._old is None else words.text("Action for {code}")
        super().__init__(desk, title.format(code=code), words.text("Write the action"), "check")
        self.line = PlanLine(who_can(desk), desk.today(), self._old, removable=False)
        self.fields = self.line.fields
        self.body.addWidget(self.line)
        self.first = self.line.domain
        self.drafted = {key: field for key, field in self.fields.items() if self._old is None}

    def act(self) -> Told:
        action = self.line.action_said(self._plan)
        if self._old is not None:
            done = plans.change_action(self.desk, action)
            return Told("ok", words.text("Action corrected."), done)
        done = plans.add_action(self.desk, action)
        return Told("ok", words.text("Action added to the plan."), done)


class PlanDoneForm(AssessingForm):
    """An action was done: when, what came of it, and the service that goes with it.

    at: the id of the action. No draft is kept: it could not say of which action it is.
    """

    when = "done_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord, at: str = "") -> None:
        title = words.text("Action done for {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Mark done"), "check")
        self._stay = stay.stay.id
        self._action = _action(desk, record, at)
        today = desk.today()
        self.day = DayField(words.text("Done on"), today, required=True, value=today)
        self.result = TextField(words.text("What came of it, sealed"), lines=2)
        self.counts = QCheckBox(words.text("Write the service, too"))
        domain = self._action.domain if self._action is not None else ""
        self.kind = ChoiceField(words.text("Service"), _kinds(desk, domain), required=True)
        self.fields = {"done_on": self.day, "service_type": self.kind}
        self._lay_out()
        self.counts.toggled.connect(self.refilled)
        self.refilled()

    def _lay_out(self) -> None:
        if self._action is not None:
            self.body.addWidget(Label(self._action.action, bold=True, wrap=True))
            self.body.addWidget(Label(self._action.objective, ink="ink2", wrap=True))
        self.row((self.day, 150))
        self.result.setMaximumWidth(tokens.wide(560))
        self.body.addWidget(self.result)
        self.body.addWidget(self.counts)
        self.row((self.kind, 340))
        self.counts.setVisible(self.desk.may(Permission.ASSIST))

    @Slot()
    def refilled(self, _on: bool = False) -> None:
        """The service is asked for once it is to be written."""
        self.kind.setVisible(self.counts.isChecked())

    def act(self) -> Told:
        day = self.day.day()
        if day is None:
            raise Missing("done_on")
        if self._action is None:
            raise Missing("action")
        done = plans.finish_action(self.desk, self._action.id, day, self.result.text(), self._service(day))
        return Told("ok", words.text("Action done."), done)

    def _service(self, day: date) -> Service | None:
        if not self.counts.isChecked():
            return None
        kind = self.kind.value()
        if not kind:
            raise Missing("service_type")
        return Service(ServiceId(0), "", day, self._stay, kind)


class PlanAgreeForm(AssessingForm):
    """The person agrees to the plan as it stands. at: the id of the plan, "" for the open one."""

    when = "agreed_on"

    def __init__(self, desk: Desk, record: Record, _stay: StayRecord, at: str = "") -> None:
        title = words.text("Agreement of {code} to the plan").format(code=record.person.code)
        super().__init__(desk, title, words.text("Write the agreement"), "check")
        self._plan = _plan(desk, record, at)
        told = words.text("Read the plan together. Offer a copy if the person can keep it without danger.")
        self.body.addWidget(Label(told, ink="ink2", wrap=True))
        today = desk.today()
        self.day = DayField(words.text("Agreed on"), today, required=True, value=today)
        self.mode = ChoiceField(words.text("Form of the agreement"), choices.of("consent_mode"), required=True)
        self.fields = {"agreed_on": self.day, "agreed_mode": self.mode}
        self.drafted = {"day": self.day, "mode": self.mode}
        self.row((self.day, 150), (self.mode, 320))
        self.first = self.mode

    def act(self) -> Told:
        day = self.day.day()
        if day is None:
            raise Missing("agreed_on")
        done = plans.agree(self.desk, self._plan, day, self.mode.value() or "")
        return Told("ok", words.text("Agreement written."), done)


def _plan(desk: Desk, record: Record, at: str) -> PlanId:
    if at.isdecimal():
        return PlanId(int(at))
    return next((one.id for one in _plans(desk, record) if one.closed_on is None), PlanId(0))


def _plans(desk: Desk, record: Record) -> list[Plan]:
    return [one.plan for one in plans.of(desk, record.person.id)]


def _action(desk: Desk, record: Record, at: str) -> PlanAction | None:
    found = (action for plan in _plans(desk, record) for action in plan.actions)
    return next((one for one in found if str(one.id) == at), None)


def _kinds(desk: Desk, domain: str) -> list[Choice]:
    """The services of that domain first, then the others."""
    found = service_catalogue.kinds(desk)
    near = [one for one in found if domain in (one.parent, one.code)]
    far = [one for one in found if one not in near]
    return [(one.code, one.label(words.language())) for one in (*near, *far)]
