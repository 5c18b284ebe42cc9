"""The legal file of a person: each step with its day, hearings as the agenda has them, what was awarded and paid."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.legal import DECLINED, LegalStep, compensation
from shelter_desk.domain.consent.consents import LEGAL
from shelter_desk.domain.ids import LegalStepId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import legal
from shelter_desk.operations.casefile.legal import LegalLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.casefile.minor_tab import line as step_line
from shelter_desk.ui.residents.choices import last_stay
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.residents.record.sealed_part import SealedPart
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import RuleLine
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words.casefile import legal as legal_words

_STATES: dict[str, State] = {"prevu": "accent", "manque": "attention", "annule": "neutral"}


def offered(desk: Desk, record: Record) -> bool:
    """Whether the shelter goes along with legal proceedings, or did for this person."""
    if LEGAL not in settings.left_out(desk, "consent_purpose"):
        return True
    return desk.may(Permission.CASE_SEE) and bool(legal.of(desk, record.person.id))


class LegalTab(RecordTab):
    """One card with all steps in order of their days."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        self.found = legal.of(desk, record.person.id)
        self._may = desk.may(Permission.CASE_EDIT)
        can_add = self._may and last_stay(record) is not None
        can_add = can_add and LEGAL not in settings.left_out(desk, "consent_purpose")
        self.buttons: dict[tuple[LegalStepId, str], Button] = {}
        self.sealed: dict[LegalStepId, SealedPart] = {}
        self.empty: Empty | None = None
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL)
        verb = words.text("Record a step…")
        self.new_button = Button(verb, icon="plus", on_click=partial(self.asked.emit, "legal", ""))
        if self.found:
            whole.addWidget(self._card())
            row = Flow()
            row.add(self.new_button)
            whole.addLayout(row)
        else:
            told = words.text("Complaint, lawyer, hearings, protection, decision, compensation: as the person wishes.")
            self.empty = Empty("document", words.text("No legal step"), told, verb if can_add else None)
            self.empty.started.connect(partial(self.asked.emit, "legal", ""))
            whole.addWidget(self.empty)
        self.new_button.setVisible(can_add and bool(self.found))
        whole.addStretch(1)

    def _card(self) -> Card:
        card = Card(words.text("Legal file"), words.count("{n} step", "{n} steps", len(self.found)))
        sums = legal_words.sums(compensation(line.step for line in self.found))
        if sums:
            card.body.addWidget(FactList(sums))
        for one in self.found:
            card.body.addWidget(RuleLine())
            card.body.addLayout(self._line(one))
            if one.has_reference:
                card.body.addWidget(self._reference(one.step))
        return card

    def _line(self, line: LegalLine) -> QHBoxLayout:
        step, hearing = line.step, line.hearing
        state: State = "neutral" if step.kind == DECLINED else "ok"
        if step.done_on is None:
            state = _STATES.get("" if hearing is None else hearing.state, "neutral")
        acts: list[QWidget] = []
        name = legal_words.kind(step.kind)
        corrected = [("correct", words.text("Correct…"))] if step.done_on is not None else []
        for act, text in (*corrected, ("take_out", words.text("Take out"))) if self._may else ():
            button = Button(text, "quiet", on_click=partial(self.do, step.id, act))
            button.setAccessibleName(words.text("{act} {purpose}").format(act=text, purpose=name))
            self.buttons[step.id, act] = button
            acts.append(button)
        badge = Badge(legal_words.state(step, hearing), state)
        return step_line(name, legal_words.detail(step, hearing), badge, *acts)

    def _reference(self, step: LegalStep) -> SealedPart:
        about = words.text("Read the number of step {number}").format(number=step.legal_no)
        part = SealedPart(words.text("Read the number"), about, partial(self._read, step.id))
        part.told.connect(self.told)
        self.sealed[step.id] = part
        return part

    def _read(self, key: LegalStepId) -> list[tuple[str, str]]:
        return [(words.text("Number"), legal.reference(self.desk, key))]

    def do(self, key: LegalStepId, act: str) -> None:
        """Open the form that corrects a step, or take it out."""
        if act == "correct":
            self.asked.emit("legal", str(key))
            return
        with refusals_told(self.told):
            done = legal.take_out(self.desk, key)
            self.told.emit(Told("ok", words.text("The step is taken out."), done))
            self.acted.emit()
