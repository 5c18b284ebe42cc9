"""What the guided interview looks like: stages at left, the stage itself, the reading at right, its buttons below.

A stage shows what is read aloud, what is never asked, and its few fields; stopping asks why, and plans support.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile import identification
from shelter_desk.domain.casefile.identification import CHILD_MINUTES, CONSENT_STAGE, LAST_STAGE, STOP_REASONS
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import InterviewId
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.residents.interviewing.answers import ReadingCard, hint
from shelter_desk.ui.residents.interviewing.editors import Editors
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card, HelpCard
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.help_mark import Explained
from shelter_desk.ui.widgets.label import ElidedLabel, Label, empty
from shelter_desk.ui.widgets.layouts import STRETCH, ScrollArea, fill, in_column, in_row, scrolling
from shelter_desk.words.casefile import interviews as interview_words


class StagePage(ScrollArea):
    """A screen of the interview. `first` takes the focus when it is shown, None where there is nothing to fill in."""

    def __init__(self, stage: int, editors: Editors) -> None:
        super().__init__()
        self.stage = stage
        self.first: QWidget | None = None
        self._editors, is_child = editors, editors.is_child
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, tokens.SPACE, 0)
        self.body.setSpacing(tokens.SPACE_PANEL)
        ends = {0: words.text("See to it"), LAST_STAGE: words.text("To end with")}  # nothing is read aloud there
        aloud = words.text("To be read aloud, slowly")
        self.body.addWidget(HelpCard(ends.get(stage, aloud), interview_words.aloud(stage, is_child)))
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
            self._row((of.day, 150), (of.clock, 90), (of.place, 200), (of.choices["language"], 215))
            self._row((of.checks["interviewer_trained"], 0), (of.checks["interviewer_sex_ok"], 0))
            self._row((of.interpreter, 200), (of.interpreter_ok, 0))
            self._row((of.ticks["others_present"], 0))
            self._row(*((of.checks[name], 0) for name in ("ready_rested", "ready_care", "ready_safe")))
            self.first = of.place
        elif self.stage == 1 and of.is_child:
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

    def _questions(self) -> None:
        """The questions of the stage, then what is ticked and typed beside them; danger goes before everything."""
        of = self._editors
        danger = {3: of.asked["immediate_danger"], 8: of.danger_again}.get(self.stage)
        if danger is not None:
            self._add(danger, 180)
            told = words.text("Danger now: tell the manager at once and make a safety plan, before any other question.")
            self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        every: dict[int, list[tuple[QWidget, int]]] = {
            3: [(of.urgent, 0)],
            4: [(of.ticks["acts"], 0), (of.route, 420)],
            5: [(of.ticks["recruitment_methods"], 0), (of.choices["recruiter_relation"], 260)],
            7: [(of.ticks["means"], 0), (of.several["control_methods"], 420)],
            8: [(of.asked["risk_family_reprisal"], 180)],
            9: [(of.choices["legal_action_wish"], 260), (of.said["contact_family"], 260), (of.contacts, 0)],
            10: [(of.summary, 0), (of.counts, 0)],
        }
        beside = every.get(self.stage, [])
        answers = of.answers.get(self.stage)
        if answers is not None:
            keys = Label(hint(), size="small", ink="ink2", wrap=True)
            self.body.addWidget(Explained(keys, "reponses", answers))
            answers.reached.connect(self.ensureWidgetVisible)
        for widget, width in beside:
            self._add(widget, width)
        if self.stage == 6:
            self._add(of.several["exploitation_forms"], 420)
            self._row((of.several["exploitation_countries"], 250), (of.several["exploitation_regions"], 220))
            numbers = (of.numbers["duration_months"], 130), (of.numbers["age_at_facts"], 170)
            self._row(*numbers, (of.asked["was_minor_at_facts"], 260))
            self._add(of.ticks["assimilated_practices"], 0)
        shown = [widget for widget in (danger, answers, *(one for one, _ in beside)) if widget is not None]
        self.first = shown[0] if shown else None

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


class StopPage(QWidget):
    """A reason, and a day for a session of support, proposed for today."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        reasons = [(one, interview_words.stop_reason(one)) for one in STOP_REASONS]
        self.reason = ChoiceField(words.text("Why it is stopped"), reasons, required=True)
        self.support = QCheckBox(words.text("Plan a listening session for the person"))
        self.support.setChecked(True)
        self.day = DayField(words.text("Support planned on"), today, value=today, kind="ahead")
        self.support.toggled.connect(self._show)
        told = words.text(
            "Come back to the present: breathe slowly, drink water, name what is in the room. Thank the person, say "
            "that nothing is lost and nothing more is asked today. Do not leave them alone."
        )
        self.reason.setFixedWidth(tokens.wide(360))
        self.day.setFixedWidth(tokens.wide(170))
        card = HelpCard(words.text("First the person"), told)
        in_column(card, self.reason, self.support, self.day, STRETCH, within=self, spacing=tokens.SPACE_PANEL)

    def support_on(self) -> date | None:
        """The day of the session of support, None where none is wanted. Raises Missing for a day that is none."""
        if not self.support.isChecked():
            return None
        day = self.day.day()
        if day is None:
            raise Missing("support_on")
        return day

    @Slot()
    def _show(self) -> None:
        self.day.setVisible(self.support.isChecked())


WIDE = 184  # with room for a bar to scroll by


class StageList(QWidget):
    """One button a stage; only those reached can be gone back to."""

    wanted = Signal(int)  # the stage

    def __init__(self, stages: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[int, Button] = {}
        whole = in_column(within=self, spacing=0)
        for stage in stages:
            wanted = partial(self.wanted.emit, stage)
            button = self.buttons[stage] = Button(interview_words.stage(stage), "action", on_click=wanted)
            button.setCheckable(True)
            whole.addWidget(button)
        whole.addStretch(1)

    def show_stage(self, current: int, reached: int) -> None:
        """Mark where one is and what is behind."""
        for stage, button in self.buttons.items():
            here, name = stage == current, interview_words.stage(stage)
            button.setEnabled(stage <= reached)
            button.set_icon("next" if here else "check" if stage < reached else "minus")
            button.setChecked(here)
            told = words.text("{stage}, shown") if here else words.text("{stage}, done")
            button.setAccessibleName(told.format(stage=name) if stage <= reached else name)


READING = 188


class InterviewFace(ActForm):
    """The screens of one session and what is shown beside them; what they do is the matter of `InterviewForm`.

    former: the other sessions of the stay, read together with this one.
    """

    when = "interview_at"
    is_alone = True

    def __init__(self, desk: Desk, title: str, is_child: bool, editors: Editors, former: Sequence[Interview]) -> None:
        self.is_child, self.editors, self.former = is_child, editors, tuple(former)
        self.earlier: tuple[Interview, ...] = ()  # of other stays: the story was told then too
        self.stages = identification.stages(is_child)
        self.stage, self.is_stopping = self.stages[0], False
        self.pages: dict[int, StagePage] = {}
        self.stop_page = StopPage(desk.today())
        super().__init__(desk, title, "")
        self._interview: Interview
        held = QWidget(self)  # editors of stages not seen yet: a draft notices what is put into them
        held.hide()
        for editor in self.drafted.values():
            editor.setParent(held)

    @property
    def fields(self) -> dict[str, Field]:
        return {**self.editors.fields(), "stop_reason": self.stop_page.reason, "support_on": self.stop_page.day}

    @property
    def drafted(self) -> dict[str, QWidget]:
        return self.editors.drafted()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Stage by stage, in the order in which Qt holds what a stage shows: its editors move between stages."""
        return QWidget.focusNextPrevChild(self, forward)

    def page(self, stage: int) -> StagePage:
        """The screen of a stage, made when it is first shown: all at once would take a second."""
        if stage not in self.pages:
            made = self.pages[stage] = StagePage(stage, self.editors)
            self.faces.addWidget(made)
        return self.pages[stage]

    @property
    def interview_id(self) -> InterviewId:
        """The session under way, 0 while it is not begun."""
        return self._interview.id

    def _frame(self) -> None:
        self.list = StageList(self.stages)
        self.reading = ReadingCard(identification.read(self.former))
        self.warnings = QVBoxLayout()
        self.warnings.setSpacing(tokens.SPACE_HALF)
        self.faces = QStackedWidget()
        self.faces.addWidget(self.stop_page)
        self.about = ElidedLabel(size="small", ink="ink2")
        self.child_badge = Badge(words.text("Child"), "accent", "baby")
        self.child_badge.setVisible(self.is_child)
        head = in_row(self.title, self.child_badge, (self.about, 1), spacing=tokens.SPACE_PANEL)
        card = Card()
        self.hint = Alert("", "attention")
        self.hint.hide()
        fill(card.body, head, self._refusal, self.hint, (self.faces, 1), self.late_reason)
        beside = QWidget()  # what is read out of the answers, and below it what warns
        in_column(self.reading, self.warnings, STRETCH, within=beside, spacing=tokens.SPACE_PANEL)
        columns = in_row(
            _scrolled(self.list, WIDE),
            (card, 1),
            _scrolled(beside, READING),
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE),
        )
        in_column((columns, 1), self._foot(), within=self, spacing=0)

    def _foot(self) -> QFrame:
        self.pause_button = Button(words.text("Pause"), icon="clock", tall="footer")
        self.stop_button = Button(words.text("Stop and offer support"), icon="hand", tall="footer")
        self.back_button = Button(words.text("Back"), tall="footer")
        foot = QFrame()
        foot.setProperty("role", "footer")
        buttons = (self.close_button, self.pause_button, self.stop_button, self.back_button, self.verb)
        if tokens.is_large():
            lines = Flow(tokens.SPACE, tokens.SPACE_HALF)
            lines.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
            lines.add(*buttons)
            foot.setLayout(lines)
            return foot
        in_row(*buttons[:3], STRETCH, *buttons[3:], within=foot, margins=(tokens.SPACE_3, tokens.SPACE))
        return foot

    def _show_stage(self) -> None:
        """The face of the stage, its verb, and where one is."""
        page: QWidget = self.stop_page if self.is_stopping else self.page(self.stage)
        self.faces.setCurrentWidget(page)
        self.list.show_stage(self.stage, max(self.stage, self._interview.stage))
        self.list.setEnabled(not self.is_stopping)
        is_last = self.stage == LAST_STAGE
        verb = words.text("Finish the interview") if is_last else words.text("Next stage")
        self.verb.setText(words.text("Stop the interview") if self.is_stopping else verb)
        self.verb.updateGeometry()
        self.back_button.setEnabled(self.is_stopping or self.stage != self.stages[0])
        begun = bool(self.interview_id)
        self.pause_button.setEnabled(begun and not self.is_stopping)
        self.stop_button.setEnabled(begun and not self.is_stopping)
        self.close_button.setEnabled(not self.is_stopping)

    @Slot()
    def _say(self) -> None:
        """The reading of what is typed, together with the sessions before, and what warns."""
        typed = self.editors.typed(self._interview)
        former = [one for one in self.former if one.id != typed.id]
        self.reading.show_reading(identification.read([*former, typed]))
        before = self.stage <= CONSENT_STAGE
        warned = [interview_words.condition(name) for name in identification.conditions(typed) if before]
        if before and identification.is_repeat([*self.earlier, *former]):
            warned.insert(0, interview_words.repeats())
        empty(self.warnings)
        for sentence in warned:
            self.warnings.addWidget(Label(sentence, size="small", ink="attention", wrap=True))
        about, stage = words.text("Session {n}, stage {stage}"), interview_words.stage(self.stage).lower()
        self.about.setText(about.format(n=typed.session_no, stage=stage))

    @Slot()
    def _say_time(self) -> None:
        told = words.text("{n} minutes have passed: come to the closing, gently.").format(n=CHILD_MINUTES)
        self.hint.sentence.setText(told)
        self.hint.show()

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return interview_words.sentence(error)


def _scrolled(column: QWidget, width: int) -> ScrollArea:
    """A column beside the stage, so that it never makes the window higher."""
    area = scrolling(column, only_down=True)
    area.setFixedWidth(tokens.wide(width))
    return area
