"""The individual plan of a resident: what is to be done, by whom, until when; done with one key."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile import plans as plan_rules
from shelter_desk.domain.casefile.assessments import ActionState, Plan, PlanAction
from shelter_desk.domain.ids import PlanActionId, PlanId, UserId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.casefile.plans import PlannedAction
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.asked_words import ask_words
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words.casefile import assessments as assessment_words

STATES: Mapping[ActionState, State] = {"en_cours": "accent", "a_faire": "held", "fait": "ok", "abandonne": "neutral"}


def who(action: PlanAction, staff: Mapping[UserId, str]) -> str:
    """Who does it, in words."""
    if action.responsible_user is not None:
        return staff.get(action.responsible_user, formats.NONE)
    return words.text("The person") if action.responsible == plan_rules.THE_PERSON else action.responsible


class ActionLine(QWidget):
    """What, for what, who, until when. acts: `done`, `result`, `begin`, `put_back`, `change`, `drop`.

    late: days over its day, None where it is not. may: the acts are offered.
    """

    wanted = Signal(int, str)  # PlanActionId and the act

    def __init__(self, action: PlanAction, staff: Mapping[UserId, str], late: int | None, may: bool) -> None:
        super().__init__()
        self.action = action
        self.buttons: dict[str, Button] = {}
        said = in_column(
            Label(action.action or words.label("service_type", action.domain), bold=True, wrap=True), spacing=0
        )
        if action.objective:
            said.addWidget(Label(action.objective, wrap=True))
        told = words.text("{domain} · {who} · due on {day}")
        if action.done_on is not None:
            told = words.text("{domain} · {who} · done on {day}")
        day = formats.day(action.done_on or action.due_on)
        text = told.format(domain=words.label("service_type", action.domain), who=who(action, staff), day=day)
        about = in_column(Label(text, size="small", ink="ink2", wrap=True), spacing=tokens.SPACE_HALF)
        if late is not None:
            self.late = Badge(assessment_words.late(late), "attention")
            about.addWidget(self.late, 0, Qt.AlignmentFlag.AlignLeft)
        said.addLayout(about)
        if action.result:
            said.addWidget(Label(words.text("Result: {result}").format(result=action.result), ink="ink2", wrap=True))
        row = in_row((said, 1), within=self, spacing=tokens.SPACE)
        if may:
            self._add_acts(row)

    def _add_acts(self, row: QHBoxLayout) -> None:
        to = plan_rules.NEXT[self.action.state]
        if "fait" in to:
            self.buttons["done"] = Button(words.text("Mark done"), "plain", "check")
            self.buttons["result"] = IconButton("note", words.text("Done, with its result or a service"), bare=True)
        if "en_cours" in to:
            again = self.action.state == "fait"
            text = words.text("Take it up again") if again else words.text("Action started")
            self.buttons["begin"] = IconButton("undo" if again else "next", text, bare=True)
        if self.action.state == "abandonne":
            self.buttons["put_back"] = IconButton("undo", words.text("It is to be done after all"), bare=True)
        if self.action.state in plan_rules.OPEN:
            self.buttons["change"] = IconButton("pencil", words.text("Correct this action"), bare=True)
            self.buttons["drop"] = IconButton("close", words.text("Drop this action"), bare=True)
        for name, button in self.buttons.items():
            label = button.accessibleName() or button.text()
            told = words.text("{act}: {action}").format(act=label, action=self.action.action)
            button.setAccessibleName(told)
            button.clicked.connect(partial(self.wanted.emit, int(self.action.id), name))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


class PlanTab(RecordTab):
    """The open plan first, closed ones below; in each the actions by state."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        self.found = plans.of(desk, record.person.id)
        self._staff = plans.staff(desk)
        self._may = desk.may(Permission.CASE_EDIT)
        self.lines: dict[PlanActionId, ActionLine] = {}
        self.buttons: dict[tuple[PlanId, str], Button] = {}
        self.wishes: dict[PlanId, Label] = {}
        writable = self._may and any(not one.stay.is_void for one in record.stays)
        has_open = any(one.plan.closed_on is None for one in self.found)
        self.new_button = Button(
            words.text("New plan…"), "primary", "plus", on_click=partial(self.asked.emit, "plan", "")
        )
        if not writable or not self.found or has_open:
            self.new_button.hide()
        whole = in_column(in_row(STRETCH, self.new_button), within=self, spacing=tokens.SPACE_PANEL)
        if not self.found:
            told = words.text("What the person wants, and who does what by when.")
            first = words.text("Make a plan with the person…") if writable else None
            self.empty = Empty("list", words.text("No plan yet"), told, first)
            self.empty.started.connect(partial(self.asked.emit, "plan", ""))
            whole.addWidget(self.empty)
        for line in sorted(self.found, key=lambda one: one.plan.closed_on is not None):
            whole.addWidget(self._card(line))
        whole.addStretch(1)

    def _card(self, line: PlannedAction) -> Card:
        plan = line.plan
        told = words.text("made on {day}, {who}")
        made = told.format(day=formats.day(plan.made_on), who=line.case_worker or formats.NONE)
        card = Card(plan.plan_no, made, folds=True)
        if line.has_wishes:
            read = Button(words.text("Show the wishes"), "quiet", "eye", on_click=partial(self._read, plan.id))
            self.buttons[plan.id, "wishes"] = read
            card.head.addWidget(read)
        card.body.addLayout(self._marks(line))
        if plan.closed_on is None:
            for code in line.warnings:
                card.body.addWidget(Alert(assessment_words.warning(code), "attention"))
        card.body.addWidget(self._facts(line))
        self.wishes[plan.id] = Label(wrap=True)
        self.wishes[plan.id].hide()
        card.body.addWidget(self.wishes[plan.id])
        card.body.addLayout(self._acts(line))
        may = self._may and plan.closed_on is None
        for state in plan_rules.ORDER:
            actions = [one for one in plan.actions if one.state == state]
            if not actions:
                continue
            card.body.addWidget(RuleLine())
            heading = words.text("{state} ({n})")
            named = heading.format(state=words.label("action_status", state), n=len(actions))
            card.body.addLayout(in_row(Badge(named, STATES[state], ""), STRETCH))
            for action in actions:
                made_line = self.lines[action.id] = ActionLine(action, self._staff, line.late.get(action.id), may)
                made_line.wanted.connect(self._wanted)
                card.body.addWidget(made_line)
        return card

    def _marks(self, line: PlannedAction) -> Flow:
        plan, marks = line.plan, Flow(tokens.SPACE, tokens.SPACE_HALF)
        if plan.closed_on is not None:
            marks.add(Badge(words.text("Closed on {day}").format(day=formats.day(plan.closed_on)), "neutral"))
            return marks
        if line.late:
            late = words.count("{n} action overdue", "{n} actions overdue", len(line.late))
            marks.add(Badge(late, "attention"))
        if plan.next_review is not None:
            day = formats.day(plan.next_review)
            if line.review_late is None:
                marks.add(Badge(words.text("Next review on {day}").format(day=day), "neutral", "clock"))
            else:
                told = words.text("Review of {day}: {late}")
                marks.add(Badge(told.format(day=day, late=assessment_words.late(line.review_late)), "attention"))
        if plan.agreed_on is not None:
            marks.add(Badge(words.text("Agreed on {day}").format(day=formats.day(plan.agreed_on)), "ok"))
        return marks

    def _facts(self, line: PlannedAction) -> FactList:
        plan = line.plan
        together = words.text("Yes") if plan.made_with_person else words.text("No")
        solution = words.label("solution_sought", plan.solution_sought) if plan.solution_sought else ""
        mode = words.label("consent_mode", plan.agreed_mode) if plan.agreed_mode else ""
        found = [
            (words.text("Made with the person"), together),
            (words.text("Solution sought"), solution),
            (words.text("Form of the agreement"), mode),
            (words.text("Reason of the closing"), plan.close_reason),
        ]
        return FactList([(name, value) for name, value in found if value])

    def _acts(self, line: PlannedAction) -> Flow:
        plan, row = line.plan, Flow(tokens.SPACE, tokens.SPACE_HALF)
        if self._may and plan.closed_on is None:
            key = str(plan.id)
            for name, text, icon, act in (
                ("add", words.text("Add an action…"), "plus", partial(self.asked.emit, "plan_action", key)),
                ("revise", words.text("Revise…"), "pencil", partial(self.asked.emit, "plan", key)),
                ("agree", words.text("Agreement…"), "hand", partial(self.asked.emit, "plan_agree", key)),
                ("close", words.text("Close the plan…"), "close", partial(self._close, plan)),
            ):
                button = self.buttons[plan.id, name] = Button(text, icon=icon, on_click=act)
                row.add(button)
        return row

    def _read(self, key: PlanId) -> None:
        """Show the wishes, written to the journal; or hide them again."""
        label = self.wishes[key]
        if not label.isHidden():
            label.hide()
            label.setText("")
            return
        with refusals_told(self.told, assessment_words.sentence):
            label.setText(plans.wishes(self.desk, key))
            label.show()

    def _close(self, plan: Plan) -> None:
        left = sum(one.state in plan_rules.OPEN for one in plan.actions)
        effect = words.text("Nothing is open in it.")
        if left:
            effect = words.count(
                "{n} action is still open; it will not be due any more.",
                "{n} actions are still open; they will not be due any more.",
                left,
            )
        question = words.text("Close plan {number}?").format(number=plan.plan_no)
        label = words.text("Reason of the closing")
        reason = ask_words(self, self.desk, question, effect, words.text("Close the plan"), label)
        if reason is not None:
            today = self.desk.today()
            self._do(lambda: plans.close(self.desk, plan.id, today, reason), words.text("Plan closed."))

    @Slot(int, str)
    def _wanted(self, key: int, act: str) -> None:
        action = PlanActionId(key)
        if act == "result":
            self.asked.emit("plan_done", str(key))
        elif act == "change":
            self.asked.emit("plan_action", f"{int(self.lines[action].action.plan)}|{key}")
        elif act == "drop":
            self._drop(action)
        elif act == "done":
            today = self.desk.today()
            self._do(lambda: plans.advance(self.desk, action, "fait", today), words.text("Action done."))
        elif act == "begin":
            self._do(lambda: plans.advance(self.desk, action, "en_cours"), words.text("Action begun."))
        else:
            self._do(lambda: plans.advance(self.desk, action, "a_faire"), words.text("Action to be done."))

    def _drop(self, key: PlanActionId) -> None:
        question = words.text("Drop “{action}”?").format(action=self.lines[key].action.action)
        effect = words.text("It stays in the plan as dropped, with the reason.")
        label = words.text("Why it is dropped")
        why = ask_words(self, self.desk, question, effect, words.text("Drop"), label)
        if why is not None:
            self._do(lambda: plans.advance(self.desk, key, "abandonne", result=why), words.text("Action dropped."))

    def _do(self, act: Callable[[], Done], text: str) -> None:
        told = self.told  # this tab is made anew by the commit
        with refusals_told(told, assessment_words.sentence):
            done = act()
            told.emit(Told("ok", text, done))
