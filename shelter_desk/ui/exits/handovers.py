"""R-10 for each minor alone who may leave: through whatever door, it is asked in place and refused beside its field."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from shelter_desk.domain.errors import ChildDecisionNeeded, RuleBroken
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.stays.exits import ExitRecord
from shelter_desk.operations.casefile import minors
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import exits
from shelter_desk.ui import tokens
from shelter_desk.ui.exits.exit_more import ChildHandover
from shelter_desk.ui.exits.given_back import Leaver
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.forms.watched_text import watch_inside
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words.refusals.errors import sentence


class Handovers(QWidget):
    """One for each who was a minor alone when they came; the day of the exit decides who is asked about."""

    def __init__(self, desk: Desk, leaving: Sequence[Leaver]) -> None:
        super().__init__()
        self._desk, self._leaving = desk, list(leaving)
        self.of = {
            who.stay: ChildHandover(minors.of(desk, who.person).assessments, who.code)
            for who in leaving
            if exits.needs_decision(desk, who.stay)
        }
        self.fields: dict[str, Field] = {}
        self.drafted: dict[str, QWidget] = {}
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL)
        for child in self.of.values():
            self.fields |= child.fields
            self.drafted |= child.drafted
            whole.addWidget(child)
        watch_inside(desk, self)
        self.hide()

    def show_for(self, leaving: Collection[StayId], reason: str, on: date) -> None:
        """Ask about who leaves so, and is a minor alone on that day."""
        for stay, child in self.of.items():
            is_asked = stay in leaving and exits.needs_decision(self._desk, stay, on)
            child.show_for(reason if is_asked else "")
        self.setVisible(not all(child.isHidden() for child in self.of.values()))

    def added_to(self, said: ExitRecord) -> ExitRecord:
        """What is told of an exit, with the decision and the adult who receives the child."""
        child = self.of.get(said.exit.stay)
        if child is None or child.isHidden():
            return said
        return replace(said, exit=child.added_to(said.exit), handed_to=child.name.text())

    def says(self, error: RuleBroken) -> bool:
        """Say it beside the field of the child that a refusal is about."""
        if not isinstance(error, ChildDecisionNeeded) or not self._leaving:
            return False
        stay = next((who.stay for who in self._leaving if who.code == error.code), self._leaving[0].stay)
        child = self.of.get(stay)
        if child is None or child.isHidden():
            return False
        field = child.beside(error.why)
        field.set_error(sentence(error))
        field.setFocus()
        return True
