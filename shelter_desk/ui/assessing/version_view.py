"""One version of an assessment: danger, factors level by level, what changed since the version before.

What of an assessment is seen above every tab of a record, by those who may open it.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile import assessments as assessment_rules
from shelter_desk.domain.casefile.assessments import FACTORS, PERSONAL, STRUCTURAL, Assessment, FactorAnswer
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import assessments
from shelter_desk.operations.casefile.assessments import AssessmentLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.assessing.danger_matrix import DangerMatrix
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.reading_reason import may_open
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import IconLabel, Label, RuleLine
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import assessments as assessment_words


def risk_alerts(desk: Desk, record: Record) -> list[str]:
    """Of the stay that goes on: a concern for a life, a high risk, a review that is late."""
    here = {one.stay.id for one in record.stays if one.stay.exited_at is None}
    if not here or not desk.may(Permission.CASE_SEE):
        return []
    line = next((one for one in assessments.of(desk, record.person.id) if one.assessment.stay in here), None)
    if line is None:
        return []
    found = []
    if "self_harm" in line.warnings and line.referred_on is None:
        found.append(assessment_words.warning("self_harm"))
    if line.assessment.risk_level == "eleve":
        found.append(words.text("High risk"))
    if line.days_late:
        found.append(words.text("Review of the risk: {late}").format(late=assessment_words.late(line.days_late)))
    return found


class VersionView(QWidget):
    """line: the version shown; former: the one before it in the same stay, if any.

    structural: what the shelter answered for the year of the version. code: of the person.
    """

    told = Signal(object)  # Told

    def __init__(
        self,
        desk: Desk,
        line: AssessmentLine,
        former: Assessment | None,
        structural: Mapping[str, FactorAnswer],
        code: str,
    ) -> None:
        super().__init__()
        self._desk, self.line, self._code = desk, line, code
        whole = in_column(self._danger(), within=self, spacing=tokens.SPACE_PANEL)
        if former is not None:
            whole.addWidget(_changes(former, line.assessment))
        whole.addWidget(_factors(line.assessment, structural))

    def _danger(self) -> Card:
        one = self.line.assessment
        card = Card(words.text("Danger"), folds=True)
        self.read_button = Button(words.text("Show sources and notes"), "quiet", "eye")
        self.read_button.clicked.connect(self.read)
        card.head.addWidget(self.read_button)
        self.facts = FactList(_said(one))
        row = Flow(tokens.SPACE_3)
        if one.threat_likelihood is not None and one.threat_impact is not None:
            self.matrix = DangerMatrix(reads=True)
            self.matrix.choose((one.threat_likelihood, one.threat_impact))
            row.add(self.matrix)
        row.add(self.facts)
        card.body.addLayout(row)
        self.words = FactList()
        self.words.hide()
        card.body.addWidget(self.words)
        return card

    @Slot()
    def read(self) -> None:
        """Sources and notes in clear, written to the journal; or hide them again."""
        if not self.words.isHidden():
            self.words.hide()
            self.words.clear()
            self.read_button.setText(words.text("Show sources and notes"))
            return
        if not may_open(self, self._desk, self._code):
            return
        with refusals_told(self.told):
            opened, said = assessments.opened(self._desk, self.line.assessment.id)
            self.words.add(
                words.text("Sources of danger"), code_lists.labels("threat_source", opened.threat_sources or ()) or "—"
            )
            for factor, note in said.of_factors.items():
                self.words.add(words.label(FACTORS, factor), note)
            if said.note:
                self.words.add(words.text("Note on the whole"), said.note)
            self.words.show()
            self.read_button.setText(words.text("Hide sources and notes"))


def _said(one: Assessment) -> list[tuple[str, str]]:
    found = [
        (words.text("Safe to contact the family"), _answer(one.safe_to_contact_family)),
        (words.text("Safe to go out"), _answer(one.safe_to_go_out)),
        (words.text("Safety measures"), code_lists.labels("safety_measure", one.safety_measures)),
    ]
    return [(name, value) for name, value in found if value]


def _answer(code: str) -> str:
    return words.label("safety_answer", code) if code else ""


def _factors(one: Assessment, structural: Mapping[str, FactorAnswer]) -> Card:
    """Risk at left, protection at right, of the same size."""
    card = Card(words.text("Factors"))
    answers = dict.fromkeys(PERSONAL, one.factors)
    for level, given in {**answers, STRUCTURAL: structural}.items():
        count = assessment_rules.counts(given, level)
        card.body.addWidget(RuleLine())
        card.body.addWidget(_level_head(level, count))
        if count.risks or count.protections:
            sides = QHBoxLayout()
            sides.setSpacing(tokens.SPACE_2)
            for answer, icon, ink in (("risque", "triangle", "attention"), ("protection", "shield", "ok")):
                chosen = [factor for factor in assessment_rules.factors_of(level) if given.get(factor) == answer]
                sides.addLayout(_side(chosen, icon, ink), 1)
            card.body.addLayout(sides)
    return card


def _level_head(level: str, count: assessment_rules.AnswerCount) -> QWidget:
    told = words.text("{level}: {counted}")
    text = told.format(
        level=assessment_words.level(level), counted=assessment_words.counted(count.risks, count.protections)
    )
    head = QWidget()
    row = in_row((Label(text, bold=True, wrap=True), 1), within=head)
    answered = words.text("{n} of {all} looked at").format(n=count.answered, all=count.all)
    row.addWidget(Label(answered, size="small", ink="ink2"))
    return head


def _side(factors: list[str], icon: str, ink: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.SPACE_HALF)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for place, factor in enumerate(factors):
        grid.addWidget(IconLabel(icon, ink, 16), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(words.label(FACTORS, factor), wrap=True), place, 1)
    grid.setRowStretch(len(factors), 1)
    return grid


def _changes(former: Assessment, now: Assessment) -> Card:
    card = Card(words.text("Since version {version}").format(version=former.version))
    facts = FactList()
    told = words.text("{before} → {now}")
    if former.risk_level != now.risk_level:
        before, after = (words.label("risk_level", one) if one else "—" for one in (former.risk_level, now.risk_level))
        facts.add(words.text("Level of risk"), told.format(before=before, now=after))
    found = assessment_rules.changed(former.factors, now.factors)
    for one in found:
        said = told.format(before=assessment_words.answer(one.before), now=assessment_words.answer(one.now))
        facts.add(words.label(FACTORS, one.factor), said)
    if found or former.risk_level != now.risk_level:
        card.body.addWidget(facts)
    else:
        card.body.addWidget(Label(words.text("No answer changed."), ink="ink2"))
    return card
