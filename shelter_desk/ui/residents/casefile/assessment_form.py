"""An assessment of vulnerability and risk: the next version, begun from the answers of the one before (field 3.3).

The factors of the country are answered once a year for the shelter, and shown beside those of each person.
"""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile import assessments as assessment_rules
from shelter_desk.domain.casefile.assessments import NOBODY, PERSONAL, RISK_LEVELS, STRUCTURAL, Assessment, RiskLevel
from shelter_desk.domain.ids import AssessmentId
from shelter_desk.operations.casefile import assessments
from shelter_desk.operations.casefile.assessments import AssessmentLine, Words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.case_form import yes_no
from shelter_desk.ui.forms.code_lists import Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, TextField
from shelter_desk.ui.forms.reading_reason import may_open
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.casefile.danger_matrix import DangerMatrix
from shelter_desk.ui.residents.casefile.factor_grid import FactorGrid
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.help_mark import Explained
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import bring_into_sight, in_row
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import referrals as referral_words
from shelter_desk.words.casefile import assessments as assessment_words


class AssessingForm(ActForm):
    """An act on assessments or plans."""

    def refuse(self, error: errors.RuleBroken) -> None:
        """Say it beside the field it is about, else above the fields, and scroll there."""
        super().refuse(error)
        field = self.field_of(error)
        bring_into_sight(self._refusal if field is None or not field.isVisibleTo(self) else field)

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return assessment_words.sentence(error)

    def section(self, title: str) -> None:
        """A heading between groups of fields."""
        self.add(RuleLine(), Label(title, bold=True, wrap=True))


class AssessmentForm(AssessingForm):
    """Factors, danger, decision.

    Whether there is a concern for a life is asked anew each time. What was sealed in the version before is opened,
    which is written to the journal.
    """

    def __init__(self, desk: Desk, record: Record, stay: StayRecord, _at: str = "") -> None:
        found = [one for one in assessments.of(desk, record.person.id) if one.assessment.stay == stay.stay.id]
        self._former: AssessmentLine | None = found[0] if found else None
        self._code, self._stay = record.person.code, stay.stay.id
        version = self._former.assessment.version + 1 if self._former else 1
        title = words.text("Vulnerability of {code}, version {version}").format(code=self._code, version=version)
        super().__init__(desk, title, words.text("Write the assessment"), "check")
        self._refused = assessments.recording_refused(desk, record.person.id)
        self._days = assessments.review_days(desk)
        self._is_done = False
        self._make()
        self._lay_out()
        self._begin_from_former()
        self.matrix.chosen.connect(self.refresh)
        self.level.chosen.connect(self._level_chosen)
        self.self_harm.chosen.connect(self.refresh)
        self.measures.changed.connect(self.refresh)
        self.grid.changed.connect(self.refresh)
        self.day.changed.connect(self._propose_review)
        for code, box in self.sources.boxes.items():
            box.clicked.connect(partial(self._source_clicked, code))
        self.refresh()

    def _make(self) -> None:
        today = self.desk.today()
        self.day = DayField(words.text("Assessed on"), today, required=True, value=today, key="assessed_on")
        self.vital = LineField(words.text("A life is in danger: why it is written without consent"), open_words=True)
        self.grid = FactorGrid(PERSONAL)
        self.sources = Ticks(
            words.text("Source of danger: categories, no names"), code_lists.of("threat_source"), key="threat_source"
        )
        self.matrix = DangerMatrix()
        self.suggested = Label("", bold=True, wrap=True)
        safety = code_lists.of("safety_answer")
        self.family = Segments(safety, accessible_name=words.text("Safe to contact the family"))
        self.outside = Segments(safety, accessible_name=words.text("Safe to go out"))
        self.self_harm = Segments(yes_no(), accessible_name=words.text("Concern for a life: suicide or self-harm"))
        self.harm_field = Field(words.text("Concern for a life: suicide or self-harm"), self.self_harm)
        self.harm_alert = Alert(assessment_words.warning("self_harm"), "blocked", small=False)
        self.refer_button = Button(words.text("Write, then refer now…"), "danger", "send", on_click=self.go_and_refer)
        levels = [(code, words.label("risk_level", code)) for code in RISK_LEVELS]
        self.level = Segments(levels, accessible_name=words.text("Level of risk"))
        self.level_field = Field(words.text("Level of risk: your decision"), self.level, key="risk_level")
        self.level_field.explain("niveau_de_risque")
        self.measures = Ticks(words.text("Safety measures"), code_lists.of("safety_measure"), key="safety_measure")
        self.review = DayField(words.text("Next review"), today, kind="ahead", key="next_review")
        self.note = TextField(words.text("Note, sealed: no names of others"), lines=2)
        self.counts = QCheckBox(words.text("Count as a service: vulnerability assessment"))
        self.counts.setChecked(True)

    def _lay_out(self) -> None:
        if self._refused is not None:
            told = words.text("{why}: ask the person first, tab Consents. Without it only a danger to life is written.")
            self.add(Alert(told.format(why=referral_words.why_not(self._refused)), "attention"), self.vital)
        self.row((self.day, 150))
        heading = Label(words.text("What endangers, and what protects"), bold=True)
        self.add(RuleLine(), Explained(heading, "risque_protection", self.grid))
        self.section(words.text("Danger"))
        self.add(self.harm_field)
        self.body.addLayout(in_row((self.harm_alert, 1), self.refer_button))
        self.add(self.sources, Field(words.text("How likely, how grave"), self.matrix), self.suggested)
        family = Field(words.text("Safe to contact the family"), self.family)
        self.row((family, 0), (Field(words.text("Safe to go out"), self.outside), 0))
        self.section(words.text("Decision"))
        self.row((self.level_field, 0), (self.review, 150))
        self.add(self.measures)
        self.note.setMaximumWidth(tokens.wide(620))
        self.add(self.note, self.counts)

    def _begin_from_former(self) -> None:
        if self._former is None or not may_open(self, self.desk, self._code):
            return
        old, said = assessments.opened(self.desk, self._former.assessment.id)
        self.grid.choose(old.factors, said.of_factors)
        self.sources.choose(old.threat_sources or ())
        if old.threat_likelihood is not None and old.threat_impact is not None:
            self.matrix.choose((old.threat_likelihood, old.threat_impact))
        self.family.choose(old.safe_to_contact_family or None)
        self.outside.choose(old.safe_to_go_out or None)
        self.level.choose(old.risk_level or None)
        self.measures.choose(old.safety_measures)
        self.note.set_text(said.note)
        self._propose_review()

    def begin(self) -> None:
        """The factors come first; the day is usually today."""
        self.vital.setFocus() if self._refused is not None else self.grid.begin()

    def _source_clicked(self, clicked: str) -> None:
        """None known and some known exclude each other."""
        if self.sources.boxes[clicked].isChecked():
            for code, box in self.sources.boxes.items():
                if (code == NOBODY) != (clicked == NOBODY):
                    box.setChecked(False)

    @Slot(str)
    def _level_chosen(self, _code: str) -> None:
        self._propose_review()
        self.refresh()

    @Slot()
    def _propose_review(self) -> None:
        day = self.day.day()
        due = None if day is None else assessment_rules.review_due(self.level.value() or "", day, self._days)
        if due is not None:
            self.review.set_day(due)

    @Slot()
    def refresh(self) -> None:
        """Say what the matrix suggests and what is warned of."""
        said = self._said()
        suggestion, found = assessment_rules.suggestion(said), assessment_rules.warnings(said)
        self.suggested.setVisible(suggestion is not None)
        self.suggested.setText(assessment_words.suggests(suggestion) if suggestion else "")
        self.harm_alert.setVisible("self_harm" in found)
        self.refer_button.setVisible("self_harm" in found)
        self.level_field.clear()
        if suggestion is not None and "differs" in found:
            self.level_field.set_warning(assessment_words.differs(suggestion))
        self.measures.clear()
        if "measures" in found:
            self.measures.set_warning(assessment_words.warning("measures"))

    def _said(self) -> Assessment:
        level: RiskLevel | None = next((one for one in RISK_LEVELS if one == self.level.value()), None)
        likelihood, impact = self.matrix.value() or (None, None)
        harm = self.self_harm.value()
        return Assessment(
            AssessmentId(0),
            "",
            self._stay,
            0,
            self.day.day() or self.desk.today(),
            factors=self.grid.answers(),
            threat_sources=self.sources.values(),
            self_harm_concern=None if harm is None else harm == "oui",
            threat_likelihood=likelihood,
            threat_impact=impact,
            safe_to_contact_family=self.family.value() or "",
            safe_to_go_out=self.outside.value() or "",
            risk_level=level or "",
            safety_measures=self.measures.values(),
            next_review=self.review.day(),
        )

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """A review before its assessment is said beside the review."""
        if isinstance(error, errors.BadDates) and error.end.date() == self.review.day():
            return self.review
        return super().field_of(error)

    def act(self) -> Told:
        self.day.asked()  # raise Missing
        self.review.known()
        said = Words(self.note.text(), self.grid.notes())
        vital = self.vital.text() if self._refused is not None else ""
        made = assessments.assess(self.desk, self._said(), said, as_service=self.counts.isChecked(), vital=vital)
        self._is_done = True
        sentence = words.text("Assessment of {code} written, version {version}.")
        sentence = sentence.format(code=self._code, version=made.version)
        warned = [one for one in made.warnings if one not in ("differs", "no_level")]
        if not warned:
            return Told("ok", sentence, made.done)
        both = words.text("{written} {doubt}").format(written=sentence, doubt=assessment_words.warning(warned[0]))
        return Told("attention", both, made.done)

    @Slot()
    def go_and_refer(self) -> None:
        """Write it, and open the referral at once."""
        self._is_done = False
        self.go()
        if self._is_done:
            self.asked.emit("referral", "")


class StructuralForm(AssessingForm):
    """They do not describe the person, so nobody is asked for them file by file."""

    def __init__(self, desk: Desk, _record: Record, _stay: StayRecord, _at: str = "") -> None:
        self._year = desk.today().year
        title = words.text("Structural factors of {year}").format(year=self._year)
        super().__init__(desk, title, words.text("Keep for the year"), "check")
        told = words.text("They hold for the whole shelter and every file. Answer them once a year.")
        self.add(Label(told, ink="ink2", wrap=True))
        self.grid = FactorGrid((STRUCTURAL,), with_notes=False)
        known = assessments.structural(desk, self._year)
        self.grid.choose(known or assessments.structural(desk, self._year - 1))
        self.add(self.grid)

    def begin(self) -> None:
        """The first factor."""
        self.grid.begin()

    def act(self) -> Told:
        assessments.keep_structural(self.desk, self._year, self.grid.answers())
        return Told("ok", words.text("Structural factors of {year} kept.").format(year=self._year))
