"""A plan made with the person, or its revision (field 3.4); one action of it, and the agreement to it."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.casefile.assessments import Plan, PlanAction
from shelter_desk.domain.casefile.plans import OPEN, check_action
from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import PlanId, ServiceId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.case_form import yes_no
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.casefile.assessment_form import AssessingForm
from shelter_desk.ui.residents.casefile.plan_lines import PlanLine, PlanLines, who_can
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words.casefile import assessments as assessment_words


class PlanForm(AssessingForm):
    """Wishes, solution, lines, agreement.

    at: the id of the plan to be revised; where none is named, the one that is open is. Its wishes are opened, which is
    written to the journal.
    """

    def __init__(self, desk: Desk, record: Record, stay: StayRecord, at: str = "") -> None:
        found = plans.of(desk, record.person.id)
        own = [one for one in found if one.plan.stay == stay.stay.id and one.plan.closed_on is None]
        line = next((one for one in own if not at or str(one.plan.id) == at), None)
        self._old: Plan | None = line.plan if line is not None else None
        title = words.text("Plan of {code}").format(code=record.person.code)
        verb = words.text("Write the plan") if self._old is None else words.text("Write the revision")
        super().__init__(desk, title, verb, "check")
        self._code, self._stay = record.person.code, stay.stay.id
        self._wrong: PlanLine | None = None
        self._make()
        self.row((self.together_field, 0), (self.day, 150), (self.solution, 220), (self.review, 150))
        self.wishes.setMaximumWidth(tokens.wide(760))
        self.add(self.wishes)
        self.section(words.text("Who does what, until when"))
        self.add(self.lines)
        self.section(words.text("Agreement of the person"))
        self.row((self.agreed_on, 150), (self.agreed_mode, 320))
        self.add(self.counts)
        if not self.lines.lines:
            self.lines.add_line()
        if self._old is not None:
            self._show_plan(self._old, line is not None and line.has_wishes)
        self.lines.changed.connect(self.touched)
        self.lines.added.connect(self.watch_words)
        self.together.chosen.connect(self.refresh)
        self.wishes.changed.connect(self.refresh)
        self.first = self.together
        self.refresh()

    def _make(self) -> None:
        today = self.desk.today()
        self.day = DayField(words.text("Plan made on"), today, required=True, value=today, key="made_on")
        self.together = Segments(yes_no(), accessible_name=words.text("Made with the person"))
        self.together_field = Field(
            words.text("Made with the person"), self.together, required=True, key="made_with_person"
        )
        self.solution = CodeField(words.text("Solution sought"), "solution_sought")
        self.solution.explain("plan")
        self.review = DayField(words.text("Next review"), today, kind="ahead", key="next_review")
        self.wishes = TextField(words.text("Wishes in the person’s own words, sealed"), lines=2)
        known = [one for one in (self._old.actions if self._old is not None else ()) if one.state in OPEN]
        self.lines = PlanLines(who_can(self.desk), today, known)
        self.agreed_on = DayField(words.text("Agreed on"), today, key="agreed_on")
        self.agreed_mode = CodeField(words.text("Form of the agreement"), "consent_mode", key="agreed_mode")
        self.counts = QCheckBox(words.text("Count as a service: plan made or revised"))
        self.counts.setChecked(True)

    def _show_plan(self, old: Plan, has_wishes: bool) -> None:
        self.day.set_day(old.made_on)
        self.together.choose("oui" if old.made_with_person else "non")
        self.solution.choose(old.solution_sought or None)
        self.review.set_day(old.next_review)
        self.agreed_on.set_day(old.agreed_on)
        self.agreed_mode.choose(old.agreed_mode or None)
        if has_wishes:
            self.wishes.set_text(plans.wishes(self.desk, old.id))

    @Slot()
    def refresh(self, _code: str = "") -> None:
        """A plan made without the person is only provisional."""
        alone = self.together.value() == "non"
        self.together_field.clear()
        if alone:
            self.together_field.set_warning(assessment_words.warning("provisional"))
        own, why = words.text("Wishes in the person’s own words, sealed"), words.text("Why without the person, sealed")
        self.wishes.set_label(why if alone else own)

    def _actions(self) -> tuple[PlanAction, ...]:
        """The lines meant. Raises what is wrong with the first that is, which is remembered."""
        made = []
        for line in self.lines.meant():
            self._wrong = line
            action = line.action_said(self._old.id if self._old is not None else PlanId(0))
            check_action(action, self.day.day() or self.desk.today())
            made.append(action)
        self._wrong = None
        return tuple(made)

    def field_of(self, error: RuleBroken) -> Field | None:
        """What is wrong with a line is said in that line."""
        if self._wrong is not None:
            if isinstance(error, Missing | errors.NotInList):
                return self._wrong.fields.get(error.field)
            return self._wrong.due
        if isinstance(error, errors.BadDates) and error.end.date() == self.review.day():
            return self.review
        return super().field_of(error)

    def act(self) -> Told:
        for line in self.lines.lines:
            for field in line.fields.values():
                field.clear()
        self._wrong = None
        if self.together.value() is None:
            raise Missing("made_with_person")
        day, review, agreed = self.day.asked(), self.review.known(), self.agreed_on.known()
        plan = Plan(
            PlanId(0),
            "",
            self._stay,
            day,
            made_with_person=self.together.value() == "oui",
            solution_sought=self.solution.code(),
            agreed_on=agreed,
            agreed_mode=self.agreed_mode.code(),
            next_review=review,
            actions=self._actions(),
        )
        counts = self.counts.isChecked()
        if self._old is not None:
            new = replace(plan, id=self._old.id, stay=self._old.stay)
            done = plans.revise(self.desk, new, self.wishes.text(), as_service=counts)
            return Told("ok", words.text("Plan {number} revised.").format(number=self._old.plan_no), done)
        made = plans.make(self.desk, plan, self.wishes.text(), as_service=counts)
        told = words.text("Plan {number} of {code} written.").format(number=made.plan_no, code=self._code)
        if not made.warnings:
            return Told("ok", told, made.done)
        both = words.text("{written} {doubt}").format(written=told, doubt=assessment_words.warning(made.warnings[0]))
        return Told("attention", both, made.done)


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
        self.add(self.line)
        self.first = self.line.domain
        self.keeps_draft = self._old is None

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

    keeps_draft = False

    def __init__(self, desk: Desk, record: Record, stay: StayRecord, at: str = "") -> None:
        title = words.text("Action done for {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Mark done"), "check")
        self._stay = stay.stay.id
        self._action = _action(desk, record, at)
        today = desk.today()
        self.day = DayField(words.text("Done on"), today, required=True, value=today, key="done_on")
        self.result = TextField(words.text("What came of it, sealed"), lines=2)
        self.counts = QCheckBox(words.text("Write the service, too"))
        domain = self._action.domain if self._action is not None else ""
        self.kind = ChoiceField(words.text("Service"), _kinds(desk, domain), required=True, key="service_type")
        if self._action is not None:
            what, objective = self._action.action, self._action.objective
            self.add(Label(what, bold=True, wrap=True), Label(objective, ink="ink2", wrap=True))
        self.row((self.day, 150))
        self.result.setMaximumWidth(tokens.wide(560))
        self.add(self.result, self.counts)
        self.row((self.kind, 340))
        self.counts.setVisible(self.desk.may(Permission.ASSIST))
        self.counts.toggled.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self, _on: bool = False) -> None:
        """The service is asked for once it is to be written."""
        self.kind.setVisible(self.counts.isChecked())

    def act(self) -> Told:
        day = self.day.asked()
        if self._action is None:
            raise Missing("action")
        service = None
        if self.counts.isChecked():
            if not self.kind.value():
                raise Missing("service_type")
            service = Service(ServiceId(0), "", day, self._stay, self.kind.code())
        done = plans.advance(self.desk, self._action.id, "fait", day, self.result.text(), service)
        return Told("ok", words.text("Action done."), done)


class PlanAgreeForm(AssessingForm):
    """The person agrees to the plan as it stands. at: the id of the plan, "" for the open one."""

    def __init__(self, desk: Desk, record: Record, _stay: StayRecord, at: str = "") -> None:
        title = words.text("Agreement of {code} to the plan").format(code=record.person.code)
        super().__init__(desk, title, words.text("Write the agreement"), "check")
        self._plan = _plan(desk, record, at)
        told = words.text("Read the plan together. Offer a copy if the person can keep it without danger.")
        self.add(Label(told, ink="ink2", wrap=True))
        today = desk.today()
        self.day = DayField(words.text("Agreed on"), today, required=True, value=today, key="agreed_on")
        self.mode = CodeField(words.text("Form of the agreement"), "consent_mode", required=True, key="agreed_mode")
        self.row((self.day, 150), (self.mode, 320))
        self.first = self.mode

    def act(self) -> Told:
        done = plans.agree(self.desk, self._plan, self.day.asked(), self.mode.code())
        return Told("ok", words.text("Agreement written."), done)


def _plan(desk: Desk, record: Record, at: str) -> PlanId:
    if at.isdecimal():
        return PlanId(int(at))
    found = (one.plan for one in plans.of(desk, record.person.id))
    return next((plan.id for plan in found if plan.closed_on is None), PlanId(0))


def _action(desk: Desk, record: Record, at: str) -> PlanAction | None:
    found = (action for one in plans.of(desk, record.person.id) for action in one.plan.actions)
    return next((one for one in found if str(one.id) == at), None)


def _kinds(desk: Desk, domain: str) -> list[Choice]:
    """The services of that domain first, then the others."""
    found = service_catalogue.kinds(desk)
    near = [one for one in found if domain in (one.parent, one.code)]
    far = [one for one in found if one not in near]
    return [(one.code, one.label(words.language())) for one in (*near, *far)]
