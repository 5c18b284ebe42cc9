"""What of the individual plan a service is given for, and what that makes of it."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.casefile import plans as rules
from shelter_desk.domain.casefile.assessments import ActionState, PlanAction
from shelter_desk.domain.ids import PersonId, PlanActionId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.widgets.segments import Segments

AS_IT_IS = "same"


class PlanLink(QWidget):
    """The open actions of the plan of a stay; not there where there are none."""

    def __init__(self, desk: Desk, person: PersonId, service: Service) -> None:
        super().__init__()
        self.open_actions = {str(one.id): one for one in _actions(desk, person, service)}
        known = "" if service.plan_action is None else str(service.plan_action)
        self.action = ChoiceField(
            words.text("For this action of the plan"), _choices(list(self.open_actions.values())), known
        )
        states = [
            (AS_IT_IS, words.text("As it is")),
            ("en_cours", words.label("action_status", "en_cours")),
            ("fait", words.label("action_status", "fait")),
        ]
        self.becomes = Segments(states, AS_IT_IS, words.text("The action is then"))
        self.becomes_field = Field(words.text("The action is then"), self.becomes)
        self._may_advance = service.plan_action is None and desk.may(Permission.CASE_EDIT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE)
        self.action.setMaximumWidth(tokens.wide(560))
        whole.addWidget(self.action)
        whole.addWidget(self.becomes_field)
        self.action.chosen.connect(self._action_chosen)
        if not self.open_actions:
            self.hide()
        self.show_state("fait")

    def chosen_action(self) -> PlanActionId | None:
        """What was chosen, None for no action."""
        key = self.action.value()
        return PlanActionId(int(key)) if key else None

    def said_state(self) -> ActionState | None:
        """What becomes of the action, None where it stays as it is."""
        chosen = self.becomes.value()
        if self.becomes_field.isHidden() or chosen in (None, AS_IT_IS):
            return None
        return cast("ActionState", chosen)

    @Slot(str)
    def _action_chosen(self, key: str) -> None:
        """Who begins to give something for an action has begun it."""
        action = self.open_actions.get(key)
        self.becomes.choose("en_cours" if action is not None and action.state == "a_faire" else AS_IT_IS)
        self.show_state(self._status)

    def show_state(self, status: str) -> None:
        """Only what was given makes an action go on."""
        self._status = status
        self.becomes_field.setVisible(self._may_advance and status == "fait" and bool(self.action.value()))


def _actions(desk: Desk, person: PersonId, service: Service) -> list[PlanAction]:
    if not desk.may(Permission.CASE_SEE):
        return []
    found = [one.plan for one in plans.of(desk, person) if one.plan.stay == service.stay]
    return [
        action
        for plan in found
        for action in plan.actions
        if action.id == service.plan_action or (plan.closed_on is None and action.state in rules.OPEN)
    ]


def _choices(actions: Sequence[PlanAction]) -> list[tuple[str, str]]:
    return [("", words.text("No action of it")), *((str(one.id), said(one)) for one in actions)]


def said(action: PlanAction) -> str:
    """About what it is, and what is done."""
    told = words.text("{domain}: {action}")
    return told.format(domain=words.label("service_type", action.domain), action=action.action)
