"""One stage of the interview: what is read aloud, what is never asked, and its few fields."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.identification import CHILD_MINUTES, LAST_STAGE
from shelter_desk.ui import tokens
from shelter_desk.ui.residents.interviewing.answers import hint
from shelter_desk.ui.residents.interviewing.editors import Editors
from shelter_desk.ui.widgets.card import HelpCard
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.help_mark import Explained
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import interviews as interview_words


class StagePage(QScrollArea):
    """A screen of the interview. `first` takes the focus when it is shown, None where there is nothing to fill in."""

    def __init__(self, stage: int, editors: Editors, is_child: bool) -> None:
        super().__init__()
        self.stage = stage
        self.first: QWidget | None = None
        self._editors, self._is_child = editors, is_child
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, tokens.SPACE, 0)
        self.body.setSpacing(tokens.SPACE_PANEL)
        self.body.addWidget(HelpCard(_title(stage), interview_words.aloud(stage, is_child)))
        never = interview_words.never(stage, is_child)
        if never:
            self.body.addWidget(Label(never, size="small", ink="attention", wrap=True))
        self._fill()
        self.body.addStretch(1)
        self.setWidget(inner)
        self.setAccessibleName(interview_words.stage(stage))

    def begin(self) -> None:
        """Put the focus where typing begins, from the top."""
        self.verticalScrollBar().setValue(0)
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self) -> None:
        of = self._editors
        if self.stage == 0:
            self._before()
        elif self.stage == 1 and self._is_child:
            told = words.text("The child may end it at any time. {n} minutes at most.").format(n=CHILD_MINUTES)
            self.body.addWidget(Label(told, ink="ink2", wrap=True))
        elif self.stage == 2:
            self._row((of.choices["consent_interview"], 230), (of.choices["consent_anonymous_stats"], 230))
            self._row((of.said["to_record"], 260))
            if of.is_child:
                self._add(of.no_guardian, 520)
                told = words.text("Of a child: with the guardian present nothing is asked here; else say why.")
                self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))
            told = words.text("A no ends the interview kindly: nothing else is written, nothing is taken away.")
            self.body.addWidget(Label(told, ink="ink2", wrap=True))
        else:
            self._questions()

    def _before(self) -> None:
        of = self._editors
        self._row((of.day, 150), (of.clock, 90), (of.place, 200), (of.choices["language"], 215))
        self._row((of.checks["interviewer_trained"], 0), (of.checks["interviewer_sex_ok"], 0))
        self._row((of.interpreter, 200), (of.interpreter_ok, 0))
        self._row((of.ticks["others_present"], 0))
        self._row(*((of.checks[name], 0) for name in ("ready_rested", "ready_care", "ready_safe")))
        self.first = of.place

    def _questions(self) -> None:
        """The questions of the stage, then what is ticked and typed beside them; danger goes before everything."""
        of = self._editors
        danger = {3: of.asked["immediate_danger"], 8: of.danger_again}.get(self.stage)
        if danger is not None:
            self._add(danger, 180)
            told = words.text("Danger now: tell the manager at once and make a safety plan, before any other question.")
            self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        beside = self._beside()
        answers = of.answers.get(self.stage)
        if answers is not None:
            keys = Label(hint(), size="small", ink="ink2", wrap=True)
            self.body.addWidget(Explained(keys, "reponses", answers))
            answers.reached.connect(self.ensureWidgetVisible)
        for widget, width in beside:
            self._add(widget, width)
        if self.stage == 6:
            self._exploitation()
        shown = [widget for widget in (danger, answers, *(one for one, _ in beside)) if widget is not None]
        self.first = shown[0] if shown else None

    def _beside(self) -> list[tuple[QWidget, int]]:
        of = self._editors
        beside: dict[int, list[tuple[QWidget, int]]] = {
            3: [(of.urgent, 0)],
            4: [(of.ticks["acts"], 0), (of.route, 420)],
            5: [(of.ticks["recruitment_methods"], 0), (of.choices["recruiter_relation"], 260)],
            7: [(of.ticks["means"], 0), (of.several["control_methods"], 420)],
            8: [(of.asked["risk_family_reprisal"], 180)],
            9: [(of.choices["legal_action_wish"], 260), (of.said["contact_family"], 260), (of.contacts, 0)],
            10: [(of.summary, 0), (of.counts, 0)],
        }
        return beside.get(self.stage, [])

    def _exploitation(self) -> None:
        of = self._editors
        self._add(of.several["exploitation_forms"], 420)
        self._row((of.several["exploitation_countries"], 250), (of.several["exploitation_regions"], 220))
        numbers = (of.numbers["duration_months"], 130), (of.numbers["age_at_facts"], 170)
        self._row(*numbers, (of.asked["was_minor_at_facts"], 260))
        self._add(of.ticks["assimilated_practices"], 0)

    def _add(self, widget: QWidget, width: int) -> None:
        """width: 0 for all there is."""
        if width:
            widget.setMaximumWidth(tokens.wide(width))
        self.body.addWidget(widget)

    def _row(self, *fields: tuple[QWidget, int]) -> None:
        row = Flow(middle=any(width == 0 for _, width in fields))
        for field, width in fields:
            if width:
                field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.body.addLayout(row)


def _title(stage: int) -> str:
    """What the words of the stage are: at both ends nothing is read aloud."""
    ends = {0: words.text("See to it"), LAST_STAGE: words.text("To end with")}
    return ends.get(stage, words.text("To be read aloud, slowly"))
