"""The guided interview: stage by stage, kept at each step, paused or stopped at any moment."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile.identification import CHILD_MINUTES, CONSENT_STAGE, LAST_STAGE
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.consent.consents import RECORDING, NoConsent
from shelter_desk.domain.ids import InterviewId
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.residents.residents import ReasonMissing
from shelter_desk.operations.casefile import interviews
from shelter_desk.operations.casefile.interviews import FAMILY, InterviewOutcome
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui.forms.choice_field import take_typed_inside
from shelter_desk.ui.forms.reading_reason import must_open
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.interviewing.editors import Editors
from shelter_desk.ui.residents.interviewing.interview_view import InterviewFace
from shelter_desk.words.casefile import interviews as interview_words

MINUTE_MS = 60_000


class InterviewForm(InterviewFace):
    """One session. at: the id of the one to go on with, "" to begin the next one.

    Ctrl+Enter goes to the next stage and keeps what is typed, at the last one it finishes; Alt+Left goes back, Ctrl+P
    pauses, Ctrl+Shift+P stops. Escape closes without loss once it has begun.
    """

    def __init__(self, desk: Desk, record: Record, stay: StayRecord, at: str = "") -> None:
        is_child = record.person.birth.protected_as_minor(desk.today())
        self._record, self._stay = record, stay.stay
        self._screening = interviews.of_stay(desk, stay.stay.id)
        title = words.text("Interview of {code}").format(code=record.person.code)
        editors = Editors(desk.today(), record.person.sex, is_child)
        super().__init__(desk, title, is_child, editors, self._screening.interviews)
        self.earlier = self._screening.earlier
        self._interview = self._new(desk.now())
        self._open(at)
        self.close_button.clicked.disconnect()
        self.close_button.clicked.connect(self.leave)
        self._listen()
        self._show_stage()
        self._say()

    def _new(self, now: datetime) -> Interview:
        number = len(self.former) + 1
        languages = self._record.person.languages
        minor = True if self._record.person.birth.is_minor(self.desk.today()) else None
        made = Interview(InterviewId(0), "", self._stay.id, number, now, "en_cours", interviewer=self.desk.user)
        return replace(
            made,
            language=next(iter(languages), ""),
            is_child_variant=self.is_child,
            was_minor_at_facts=minor,
            consent_interview=self._agreed("entretien_depistage"),
            consent_anonymous_stats=self._agreed("stats_anonymes"),
        )

    def _agreed(self, purpose: str) -> str:
        """The yes already recorded among the consents, asked again all the same; never a no."""
        found = consents.of(self.desk, self._record.person.id).standings
        in_force = any(one.purpose == purpose and one.why_not is None for one in found)
        return "donne" if in_force else ""

    def _open(self, at: str) -> None:
        """Show the session to go on with, else what a new one begins with. Raises ReasonMissing, and shows nothing."""
        known = interviews.interview(self.desk, InterviewId(int(at))) if at.isdecimal() and int(at) else None
        if known is not None:
            summary = ""
            if known.id in self._screening.summaries:
                must_open(self.parentWidget(), self.desk, self._record.person.code)
                summary = interviews.summary(self.desk, known.id)
            self._interview = known
            self.stage = max((one for one in self.stages if one <= known.stage), default=0)
            self.editors.summary.set_text(summary)
        self.editors.show(self._interview)
        recorded, family = self._agreed(RECORDING), self._agreed(FAMILY)
        self.editors.show_said(InterviewOutcome(recorded, family, self._stay.urgent_needs))

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
        if not take_typed_inside(self):
            return False
        try:
            with self.late_reason.given():
                act()
        except NeedsLateReason as error:
            self.late_reason.ask(error)
            return False
        except errors.RuleBroken as error:
            self.refuse(error)
            return False
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", interview_words.sentence(error)))
            return False
        return True

    def refuse(self, error: errors.RuleBroken) -> None:
        """R-15 beside its question, where that is shown."""
        field = self.editors.said["to_record"]
        if isinstance(error, NoConsent) and error.purpose == RECORDING and self.stage == CONSENT_STAGE:
            field.set_error(interview_words.sentence(error))
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().refuse(error)

    def _keep(self, reached: int) -> None:
        """Begin it, or keep it as it is typed. reached: the stage it comes to."""
        self.editors.check()
        typed = self._typed(reached)
        if not self.interview_id:
            self._interview = interviews.begin(self.desk, typed).interview
            if self.is_child:
                self.half_hour.start()
            return
        interviews.keep(self.desk, typed, self.editors.summary.text(), self.editors.what_is_said())
        self.editors.contacts.put_draft([])  # from now on they stand in the record
        self._interview = typed

    def _typed(self, reached: int = 0) -> Interview:
        return replace(self.editors.typed(self._interview), stage=max(self._interview.stage, self.stage, reached))

    def _move(self, stage: int) -> None:
        self.stage, self.is_stopping = stage, False
        self._show_stage()
        self._say()
        page = self.page(stage)
        page.begin()
        if page.first is None:
            self.verb.setFocus(Qt.FocusReason.TabFocusReason)

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
        done = interviews.pause(self.desk, self._typed(), self.editors.summary.text(), self.editors.what_is_said())
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
        typed, summary, said = self._typed(), self.editors.summary.text(), self.editors.what_is_said()
        if self.is_stopping:
            reason, support = self.stop_page.reason.value() or "", self.stop_page.support_on()
            done = interviews.stop(self.desk, typed, reason, support, summary, said)
            told = words.text("Interview stopped. Support is planned: see the services of {code}.")
            told = told if support else words.text("Interview of {code} stopped.")
            return Told("ok", told.format(code=self._record.person.code), done)
        if typed.consent_interview == "refuse":
            done = interviews.keep(self.desk, typed)
            return Told("ok", words.text("No interview: nothing else is written, help stays the same."), done)
        done = interviews.finish(self.desk, typed, summary, self.editors.counts.isChecked(), said)
        return Told("ok", words.text("Interview of {code} finished.").format(code=self._record.person.code), done)

    def _listen(self) -> None:
        self.list.wanted.connect(self.go_to)
        for button, slot, keys in (
            (self.pause_button, self.pause, "Ctrl+P"),
            (self.stop_button, self.ask_to_stop, "Ctrl+Shift+P"),
            (self.back_button, self.back, "Alt+Left"),
        ):
            button.clicked.connect(slot)
            button.setToolTip(f"{button.text()} ({keys})")
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
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
        """Put the focus where typing begins; what was paused goes on."""
        if self._interview.state == "pause":
            self._tried(self._go_on_again)
        self.page(self.stage).begin()

    def _go_on_again(self) -> None:
        interviews.resume(self.desk, self.interview_id)
        self._interview = replace(self._interview, state="en_cours")

    # The draft --------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Value]:
        """What a draft keeps: what is typed, of which session, and where one was."""
        return {**super().values(), "interview": str(self.interview_id), "stage": str(self.stage)}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again, on top of the session it belongs to."""
        at, stage = values.get("interview"), values.get("stage")
        if isinstance(at, str):
            try:
                self._open(at)
            except ReasonMissing:  # the draft stays for another time
                self.left.emit()
                return
        super().fill(values)
        self.editors.say_danger_again()
        if isinstance(stage, str) and stage.isdecimal() and int(stage) in self.stages and self.interview_id:
            self.stage = int(stage)
        self._move(self.stage)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.interview_id or self.is_stopping:
                self.leave()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)
