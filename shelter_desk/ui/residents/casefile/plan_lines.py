"""The lines of a plan being typed: what it is about, what is to be reached, by doing what, who and until when."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile import plans as plan_rules
from shelter_desk.domain.casefile.assessments import PlanAction
from shelter_desk.domain.ids import PlanActionId, PlanId, UserId
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row

SPARE = 6  # more than a plan is usually begun with
_STAFF, _PARTNER = "user:", "partner:"


def who_can(desk: Desk) -> list[Choice]:
    """Who may be given an action: the person, somebody of the staff, a structure of the directory."""
    return [
        (plan_rules.THE_PERSON, words.text("The person")),
        *((f"{_STAFF}{key}", name) for key, name in plans.staff(desk).items()),
        *((f"{_PARTNER}{one.name}", one.name) for one in partners.partners(desk) if one.is_active),
    ]


def who_code(action: PlanAction) -> str | None:
    """Who does it, as a choice."""
    if action.responsible_user is not None:
        return f"{_STAFF}{action.responsible_user}"
    if action.responsible in ("", plan_rules.THE_PERSON):
        return action.responsible or None
    return f"{_PARTNER}{action.responsible}"


class PlanLine(QFrame, FieldGroup):
    """One line. removable: it has a cross, since it is not written yet."""

    removed = Signal()
    changed = Signal()

    def __init__(
        self, who: Sequence[Choice], today: date, old: PlanAction | None = None, removable: bool = True
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._old = old
        domains = [(code, words.label("service_type", code)) for code in plan_rules.domains()]
        self.domain = ChoiceField(words.text("Domain"), domains, required=True, key="domain")
        self.who = ChoiceField(words.text("Who does it"), who, required=True, key="responsible")
        self.due = DayField(words.text("Due on"), today, required=True, kind="ahead", key="due_on")
        self.objective = LineField(
            words.text("Objective: concrete, can be checked"), required=True, open_words=True, key="objective"
        )
        self.action = LineField(words.text("Action: what is done for it"), required=True, open_words=True, key="action")
        self.remove_button = IconButton("close", words.text("Take this line away"), bare=True, on_click=self.removed)
        if not removable:
            self.remove_button.hide()
        if old is not None:
            self.domain.choose(old.domain)
            self.who.choose(who_code(old))
            self.due.set_day(old.due_on)
            self.objective.set_text(old.objective)
            self.action.set_text(old.action)
        in_column(
            in_row((row_of((self.domain, 300), (self.who, 220), (self.due, 150)), 1), self.remove_button),
            in_row((self.objective, 1), (self.action, 1), spacing=tokens.SPACE_2),
            within=self,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_PANEL, tokens.SPACE, tokens.SPACE_PANEL, tokens.SPACE_PANEL),
        )
        typed = (self.domain.chosen, self.who.chosen, self.due.changed, self.objective.changed, self.action.changed)
        for signal in typed:
            signal.connect(self.changed)

    def is_empty(self) -> bool:
        """Nothing is typed: the line is not meant."""
        return not any(self.said().values())

    def said(self) -> dict[str, str]:
        """What is typed, as a draft keeps it."""
        return {
            "id": str(self._old.id) if self._old is not None else "",
            "domain": self.domain.code(),
            "who": self.who.code(),
            "due": self.due.line.text(),
            "objective": self.objective.line.text(),
            "action": self.action.line.text(),
        }

    def put(self, said: Mapping[str, str]) -> None:
        """Show what a draft kept."""
        self.domain.choose(said.get("domain") or None)
        self.who.choose(said.get("who") or None)
        self.due.line.setText(said.get("due", ""))
        self.objective.set_text(said.get("objective", ""))
        self.action.set_text(said.get("action", ""))

    def action_said(self, plan: PlanId) -> PlanAction:
        """The line as a fact. Raises Missing without its day."""
        due = self.due.asked()
        who = self.who.code()
        user = UserId(int(who.removeprefix(_STAFF))) if who.startswith(_STAFF) else None
        return PlanAction(
            self._old.id if self._old is not None else PlanActionId(0),
            plan,
            self.domain.code(),
            due,
            objective=self.objective.text(),
            action=self.action.text(),
            responsible="" if user is not None else who.removeprefix(_PARTNER),
            responsible_user=user,
        )


class PlanLines(QWidget):
    """Lines one below the other; one more is a button away. changed: something was typed into one of them.

    Some lines are made ahead and hidden, so that Tab walks them in order before the button.
    """

    changed = Signal()
    added = Signal()  # a line that was not made ahead

    def __init__(self, who: Sequence[Choice], today: date, known: Sequence[PlanAction] = ()) -> None:
        super().__init__()
        self._who, self._today = who, today
        self.lines: list[PlanLine] = []
        self._spare: list[PlanLine] = []
        self.add_button = Button(words.text("Add a line"), icon="plus", on_click=self.add_one)
        self._column = in_column(spacing=tokens.SPACE)
        for action in known:
            self.lines.append(self._made(action))
        for _ in range(SPARE):
            self._spare.append(self._made())
            self._spare[-1].hide()
        in_column(self._column, in_row(self.add_button, STRETCH), within=self, spacing=tokens.SPACE)

    def _made(self, old: PlanAction | None = None) -> PlanLine:
        line = PlanLine(self._who, self._today, old, removable=old is None)
        line.removed.connect(self._removed)
        line.changed.connect(self.changed)
        self._column.addWidget(line)
        return line

    def add_line(self) -> PlanLine:
        """One more line, empty."""
        is_new = not self._spare
        line = self._made() if is_new else self._spare.pop(0)
        self.lines.append(line)
        if is_new:
            self.added.emit()
        line.show()
        return line

    @Slot()
    def add_one(self) -> None:
        """One more line, ready to be typed."""
        self.add_line().domain.setFocus()

    @Slot()
    def _removed(self) -> None:
        line = self.sender()
        if isinstance(line, PlanLine):
            self._take(line)
            self.changed.emit()
            self.add_button.setFocus()

    def _take(self, line: PlanLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def meant(self) -> list[PlanLine]:
        """The lines in which something is typed."""
        return [line for line in self.lines if not line.is_empty()]

    def draft_value(self) -> list[str]:
        """What a draft keeps: a line each."""
        return [json.dumps(line.said(), ensure_ascii=False) for line in self.meant()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept: known lines as they were changed, new ones again."""
        kept = [json.loads(one) for one in value]
        known = {line.said()["id"]: line for line in self.lines if line.said()["id"]}
        for line in [one for one in self.lines if not one.said()["id"]]:
            self._take(line)
        for said in kept:
            (known.get(said["id"]) or self.add_line()).put(said)
