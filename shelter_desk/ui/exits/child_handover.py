"""A child alone leaves: the decision, and the adult who receives the child (R-10)."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.minors import BestInterests
from shelter_desk.domain.stays.exits import DECIDED_EXITS, TOLD_NOTHING, Exit
from shelter_desk.ui.forms.case_form import TickField, column, row_of
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.referring import lists
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.name_on_demand import NameField
from shelter_desk.words import formats, room_rules

COURT = "court"  # a decision that is not of this file


class ChildHandover(QWidget):
    """Asked of a minor alone; required for the exits of R-10.

    assessed: the assessments of the child. code: of a child who leaves with the one the form is about, else "".
    """

    def __init__(self, assessed: Sequence[BestInterests], code: str = "") -> None:
        super().__init__()
        self._assessed = list(assessed)
        self.rule = Alert(room_rules.warning("R-10"), "held")
        self.decision = ChoiceField(words.text("Decision for the child"), self._decisions(""), required=True)
        self.decision.explain("sortie_mineur")
        self.reference = LineField(words.text("Reference of the court or of the BID"), required=True)
        self.name = NameField(words.text("Adult who receives the child (sealed)"), required=True)
        self.relation = ChoiceField(words.text("Relation to the child"), lists.of("kin_relation"), required=True)
        checked = words.text("Paper seen, receipt signed")
        self.identity = TickField(words.text("Identity checked"), checked, required=True)
        self.fields: dict[str, Field] = {
            "child_decision_ref": self.decision,
            "reference": self.reference,
            "handed_to": self.name,
            "kin_relation": self.relation,
            "identity_checked": self.identity,
        }
        within = f"child/{code}" if code else "child"
        self.drafted: dict[str, QWidget] = {f"{within}/{key}": field for key, field in self.fields.items()}
        if code:
            self.fields = {f"{key}/{code}": field for key, field in self.fields.items()}
        whole = column(self)
        if code:
            whole.addWidget(Label(words.text("For {code}").format(code=code), bold=True))
        told = words.text("No validated assessment allows this exit: assess, or write the decision of an authority.")
        self.none = Label(told, size="small", ink="attention", wrap=True)
        whole.addWidget(self.rule)
        whole.addWidget(self.none)
        whole.addLayout(row_of((self.decision, 380), (self.reference, 280)))
        whole.addLayout(row_of((self.name, 300), (self.relation, 240), (self.identity, 280)))
        self.decision.chosen.connect(self._show)
        self.show_for("")

    def _decisions(self, reason: str) -> list[tuple[str, str]]:
        """The validated assessments that allow this exit, then the decision of an authority."""
        fitting = [one for one in self._assessed if one.validated_on and reason in one.recommended_exits]
        told = words.text("Assessment {number} of {day}")
        made = [(one.bia_no, told.format(number=one.bia_no, day=formats.day(one.assessed_on))) for one in fitting]
        return [*made, (COURT, words.text("Decision of a court, or BID"))]

    def show_for(self, reason: str) -> None:
        """Ask as fits that reason for leaving."""
        self.setVisible(bool(reason) and reason not in TOLD_NOTHING)
        self.rule.setVisible(reason in DECIDED_EXITS)
        offered = self._decisions(reason)
        self.none.setVisible(reason in DECIDED_EXITS and len(offered) == 1)
        self.decision.set_choices(offered)
        self._show()

    @Slot(str)
    def _show(self, _code: str = "") -> None:
        self.reference.setVisible(self.decision.value() == COURT)

    def added_to(self, said: Exit) -> Exit:
        """The exit with what is answered here."""
        decision = self.decision.value() or ""
        return replace(
            said,
            child_decision_ref=self.reference.text() if decision == COURT else decision,
            handed_relation=self.relation.value() or "",
            identity_checked=self.identity.is_ticked(),
        )

    def beside(self, why: str) -> Field:
        """The field that a refusal of R-10 is about."""
        if why in ("receiver", "relation", "identity"):
            return {"receiver": self.name, "relation": self.relation, "identity": self.identity}[why]
        return self.reference if self.decision.value() == COURT else self.decision
