"""The guided interview: stage by stage, kept at each step, paused or stopped at any moment."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors, identification
from shelter_desk.domain.identification import CHILD_MINUTES, CONSENT_STAGE, LAST_STAGE
from shelter_desk.domain.ids import InterviewId
from shelter_desk.domain.interviews import Interview
from shelter_desk.operations import interviews
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents import Record, StayRecord
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.act_form import ActForm, beside
from shelter_desk.ui.residents.interviewing.editors import Editors
from shelter_desk.ui.residents.interviewing.reading_card import ReadingCard
from shelter_desk.ui.residents.interviewing.stage_list import WIDE, StageList
from shelter_desk.ui.residents.interviewing.stage_page import StagePage
from shelter_desk.ui.residents.interviewing.stop_page import StopPage
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import ElidedLabel, Label
from shelter_desk.words import interviews as in_words

READING = 196
MINUTE_MS = 60_000


class InterviewForm(ActForm):
    """One session. at: the id of the one to go on with, "" to begin the next one.

    Ctrl+Enter goes to the next stage and keeps what is typed, at the last one it finishes; Alt+Left goes back, Ctrl+P
    pauses, Ctrl+Shift+P stops. Escape closes without loss once it has begun.
    """

    when = "interview_at"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord, at: str = "") -> None:
        birth = record.person.birth
        self.is_child = birth.protected_as_minor(desk.today())
        self._record, self._stay = record, stay.stay
        self._former = interviews.of_stay(desk, stay.stay.id)
        self.stages = identification.stages(self.is_child)
        self.stage, self.is_stopping = self.stages[0], False
        self.editors = Editors(desk.today(), record.person.sex, self.is_child)
        self.pages = {stage: StagePage(stage, self.editors, self.is_child) for stage in self.stages}
        self.stop_page = StopPage(desk.today())
        super().__init__(desk, words.text("Interview of {code}").format(code=record.person.code), "", None)
        self.fields = {**self.editors.fields(), "stop_reason": self.stop_page.reason, "support_on": self.stop_page.day}
        self.drafted = self.editors.drafted()
        self._interview = self._new(desk.now())
        self._open(at)
        self.close_button.clicked.disconnect()
        self.close_button.clicked.connect(self.leave)
        self._listen()
        self._show_stage()
        self._say()

    def _new(self, now: datetime) -> Interview:
        number = len(self._former.interviews) + 1
        languages = self._record.person.languages
        minor = True if self._record.person.birth.is_minor(self.desk.today()) else None
        made = Interview(InterviewId(0), "", self._stay.id, number, now, "en_cours", interviewer=self.desk.user)
        return replace(
            made, language=next(iter(languages), ""), is_child_variant=self.is_child, was_minor_at_facts=minor
        )

    def _open(self, at: str) -> None:
        """Show the session to go on with, else what a new one begins with."""
        known = interviews.interview(self.desk, InterviewId(int(at))) if at.isdecimal() and int(at) else None
        if known is not None:
            self._interview = known
            self.stage = max((one for one in self.stages if one <= known.stage), default=0)
            if known.id in self._former.summaries:
                self.editors.summary.set_text(interviews.summary(self.desk, known.id))
        self.editors.show(self._interview)

    @property
    def interview_id(self) -> InterviewId:
        """The session under way, 0 while it is not begun."""
        return self._interview.id

    # What it looks like -----------------------------------------------------------------------------------------------

    def _frame(self) -> None:
        self.list = StageList(self.stages)
        self.list.wanted.connect(self.go_to)
        self.reading = ReadingCard(identification.read(self._former.interviews))
        self.warnings = QVBoxLayout()
        self.warnings.setSpacing(tokens.SPACE_HALF)
        self.faces = QStackedWidget()
        for page in (*self.pages.values(), self.stop_page):
            self.faces.addWidget(page)
        self.about = ElidedLabel(size="small", ink="ink2")
        self.child_badge = Badge(words.text("Child"), "accent", "baby")
        self.child_badge.setVisible(self.is_child)
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE_PANEL)
        head.addWidget(self.title)
        head.addWidget(self.child_badge)
        head.addWidget(self.about, 1)
        card = Card()
        card.body.addLayout(head)
        card.body.addWidget(self._refusal)
        card.body.addWidget(self.faces, 1)
        columns = QHBoxLayout()
        columns.setContentsMargins(tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE)
        columns.setSpacing(tokens.SPACE_PANEL)
        columns.addWidget(_scrolled(self.list, WIDE))
        columns.addWidget(card, 1)
        columns.addWidget(_scrolled(self._beside(), READING))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(columns, 1)
        whole.addWidget(self._foot())

    def _beside(self) -> QWidget:
        """What is read out of the answers, and below it what warns."""
        beside_ = QWidget()
        column = QVBoxLayout(beside_)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_PANEL)
        column.addWidget(self.reading)
        column.addLayout(self.warnings)
        column.addStretch(1)
        return beside_

    def _foot(self) -> QFrame:
        self.pause_button = Button(words.text("Pause"), icon="clock", tall="footer")
        self.stop_button = Button(words.text("Stop and offer support"), icon="hand", tall="footer")
        self.back_button = Button(words.text("Back"), tall="footer")
        for button, slot, keys in (
            (self.pause_button, self.pause, "Ctrl+P"),
            (self.stop_button, self.ask_to_stop, "Ctrl+Shift+P"),
            (self.back_button, self.back, "Alt+Left"),
        ):
            button.clicked.connect(slot)
            button.setToolTip(f"{button.text()} ({keys})")
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        foot = QFrame()
        foot.setProperty("role", "footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(tokens.SPACE_3, tokens.SPACE, tokens.SPACE_3, tokens.SPACE)
        for button in (self.close_button, self.pause_button, self.stop_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.back_button)
        row.addWidget(self.verb)
        return foot

    def _listen(self) -> None:
        of = self.editors
        for answers in of.answers.values():
            answers.changed.connect(self._say)
            answers.left.connect(self.verb.setFocus)
        for ticks in of.ticks.values():
            ticks.changed.connect(self._say)
        for several in of.several.values():
            several.changed.connect(self._say)
        for check in (*of.checks.values(), of.interpreter_ok):
            check.toggled.connect(self._say)
        for choice in (*of.choices.values(), *of.asked.values(), of.danger_again):
            choice.chosen.connect(self._say)
        of.interpreter.changed.connect(self._say)
        of.numbers["age_at_facts"].changed.connect(self._say)
        self.half_hour = QTimer(self, singleShot=True, interval=CHILD_MINUTES * MINUTE_MS)
        self.half_hour.timeout.connect(self._say_time)

    def begin(self) -> None:
        self.pages[self.stage].begin()

    def _show_stage(self) -> None:
        """The face of the stage, its verb, and where one is."""
        page: QWidget = self.stop_page if self.is_stopping else self.pages[self.stage]
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
        former = [one for one in self._former.interviews if one.id != typed.id]
        self.reading.show_reading(identification.read([*former, typed]))
        before = self.stage <= CONSENT_STAGE
        warned = [in_words.condition(name) for name in identification.conditions(typed) if before]
        if before and identification.is_repeat(former):
            warned.insert(0, in_words.repeats())
        while (item := self.warnings.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in warned:
            self.warnings.addWidget(Label(sentence, size="small", ink="attention", wrap=True))
        number = words.text("Session {n}, stage {stage}").format(
            n=typed.session_no, stage=in_words.stage(self.stage).lower()
        )
        self.about.setText(number)

    @Slot()
    def _say_time(self) -> None:
        told = words.text("{n} minutes have passed: come to the closing, gently.").format(n=CHILD_MINUTES)
        self._refusal.sentence.setText(told)
        self._refusal.show()

    # What is done -----------------------------------------------------------------------------------------------------

    @Slot()
    def go(self) -> None:
        """The next stage; at the end, at a refusal and when stopping, what ends it."""
        refuses = self.editors.choices["consent_interview"].value() == "refuse"
        ends = self.stage == LAST_STAGE or (refuses and self.stage >= CONSENT_STAGE)
        if self.is_stopping or (ends and self.interview_id):
            super().go()
            return
        following = self.stages[self.stages.index(self.stage) + 1]
        if self._tried(lambda: self._keep(following)):
            self._move(following)

    def _tried(self, act: Callable[[], None]) -> bool:
        """Do it, or say what is wrong; whether it was done."""
        self._refusal.hide()
        for field in self.fields.values():
            field.clear()
        try:
            act()
        except errors.RuleBroken as error:
            self.refuse(error)
            return False
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", in_words.sentence(error)))
            return False
        return True

    def _keep(self, reached: int) -> None:
        """Begin it, or keep it as it is typed. reached: the stage it comes to."""
        self.editors.check()
        typed = self._typed(reached)
        if not self.interview_id:
            self._interview = interviews.begin(self.desk, typed).interview
            if self.is_child:
                self.half_hour.start()
            return
        interviews.keep(self.desk, typed, self.editors.summary.text())
        self._interview = typed

    def _typed(self, reached: int = 0) -> Interview:
        return replace(self.editors.typed(self._interview), stage=max(self._interview.stage, self.stage, reached))

    def _move(self, stage: int) -> None:
        self.stage, self.is_stopping = stage, False
        self._show_stage()
        self._say()
        page = self.pages[stage]
        if page.first is None:
            page.begin()
            self.verb.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            page.begin()

    @Slot(int)
    def go_to(self, stage: int) -> None:
        """Another stage already reached; what is typed is kept on the way."""
        if not self.interview_id or self._tried(lambda: self._keep(self.stage)):
            self._move(stage)
        else:
            self._show_stage()

    @Slot()
    def back(self) -> None:
        """The stage before; out of stopping, back to where it was."""
        if self.is_stopping:
            self._move(self.stage)
        elif self.stage != self.stages[0]:
            self.go_to(self.stages[self.stages.index(self.stage) - 1])

    @Slot()
    def pause(self) -> None:
        """Keep it for another time."""
        if not self.interview_id or self.is_stopping:
            return
        if self._tried(self._pause):
            self.acted.emit()

    def _pause(self) -> None:
        self.editors.check()
        done = interviews.pause(self.desk, self._typed(), self.editors.summary.text())
        self.told.emit(Told("ok", words.text("Interview paused. It is taken up again from the record."), done))

    @Slot()
    def ask_to_stop(self) -> None:
        """Ask why, and offer support."""
        if not self.interview_id or self.is_stopping:
            return
        self.is_stopping = True
        self._show_stage()
        self.stop_page.reason.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def leave(self) -> None:
        """Close; once begun, what is typed is kept first."""
        if self.is_stopping:
            self.back()
        elif not self.interview_id:
            self.closed.emit()
        elif self._tried(lambda: self._keep(self.stage)):
            self.acted.emit()

    def act(self) -> Told:
        """What ends it: a stop, a refusal, or the last stage."""
        self.editors.check()
        typed, summary = self._typed(), self.editors.summary.text()
        if self.is_stopping:
            reason, support = self.stop_page.reason.value() or "", self.stop_page.support_on()
            done = interviews.stop(self.desk, typed, reason, support, summary)
            told = words.text("Interview stopped. Support is planned: see the services of {code}.")
            told = told if support else words.text("Interview of {code} stopped.")
            return Told("ok", told.format(code=self._record.person.code), done)
        if typed.consent_interview == "refuse":
            done = interviews.keep(self.desk, typed)
            return Told("ok", words.text("No interview: nothing else is written, help stays the same."), done)
        done = interviews.finish(self.desk, typed, summary, self.editors.counts.isChecked())
        return Told("ok", words.text("Interview of {code} finished.").format(code=self._record.person.code), done)

    def refuse(self, error: errors.RuleBroken) -> None:
        """Say it beside the field it is about where that is seen, else above the stage."""
        field = beside(error, self.fields, self.when)
        if field is None or not field.isVisible():
            self._refusal.sentence.setText(in_words.sentence(error))
            self._refusal.show()
            return
        field.set_error(in_words.sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    # The draft --------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Value]:
        """What a draft keeps: what is typed, of which session, and where one was."""
        return {**super().values(), "interview": str(self.interview_id), "stage": str(self.stage)}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again, on top of the session it belongs to."""
        at, stage = values.get("interview"), values.get("stage")
        if isinstance(at, str):
            self._open(at)
        super().fill(values)
        self.editors.say_danger_again()
        if isinstance(stage, str) and stage.isdecimal() and int(stage) in self.stages and self.interview_id:
            self.stage = int(stage)
        self._move(self.stage)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)


def _scrolled(column: QWidget, width: int) -> QScrollArea:
    """A column beside the stage, so that it never makes the window higher."""
    column.setProperty("role", "scrolled")
    scrolled = QScrollArea()
    scrolled.setWidgetResizable(True)
    scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scrolled.setWidget(column)
    scrolled.setFixedWidth(tokens.wide(width))
    return scrolled
