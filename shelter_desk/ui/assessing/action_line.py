"""One action of a plan as the record shows it, with what can be done about it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile import plans as plan_rules
from shelter_desk.domain.casefile.assessments import ActionState, PlanAction
from shelter_desk.domain.ids import UserId
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import assessments as assessment_words
from shelter_desk.words import formats

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
        said.addLayout(self._about(staff, late))
        if action.result:
            said.addWidget(Label(words.text("Result: {result}").format(result=action.result), ink="ink2", wrap=True))
        row = in_row((said, 1), within=self, spacing=tokens.SPACE)
        if may:
            self._add_acts(row)

    def _about(self, staff: Mapping[UserId, str], late: int | None) -> QVBoxLayout:
        one = self.action
        told = words.text("{domain} · {who} · due on {day}")
        if one.done_on is not None:
            told = words.text("{domain} · {who} · done on {day}")
        day = formats.day(one.done_on or one.due_on)
        text = told.format(domain=words.label("service_type", one.domain), who=who(one, staff), day=day)
        column = in_column(Label(text, size="small", ink="ink2", wrap=True), spacing=tokens.SPACE_HALF)
        if late is not None:
            self.late = Badge(assessment_words.late(late), "attention")
            column.addWidget(self.late, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _add_acts(self, row: QHBoxLayout) -> None:
        to = plan_rules.NEXT[self.action.state]
        if "fait" in to:
            self.buttons["done"] = Button(words.text("Mark done"), "plain", "check")
            self.buttons["result"] = IconButton("note", words.text("Done, with its result or a service"), bare=True)
        if "en_cours" in to:
            again = self.action.state == "fait"
            text = words.text("Take it up again") if again else words.text("It is begun")
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
            button.setProperty("act", name)
            button.clicked.connect(self._clicked)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _clicked(self) -> None:
        self.wanted.emit(int(self.action.id), str(self.sender().property("act")))
