"""What the guided interview looks like: stages at left, the stage itself, the reading at right, its buttons below.

The stages of an interview at left: which are behind, where one is, what is still to come.

Stopping an interview: why, and whether support is planned for the person.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

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
from shelter_desk.ui.residents.interviewing.answers import ReadingCard
from shelter_desk.ui.residents.interviewing.editors import Editors
from shelter_desk.ui.residents.interviewing.stage_page import StagePage
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card, HelpCard
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import ElidedLabel, Label, empty
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, scrolling
from shelter_desk.words import interviews as interview_words


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
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL)
        told = words.text(
            "Come back to the present: breathe slowly, drink water, name what is in the room. Thank the person, say "
            "that nothing is lost and nothing more is asked today. Do not leave them alone."
        )
        whole.addWidget(HelpCard(words.text("First the person"), told))
        for field, width in ((self.reason, 360), (self.day, 170)):
            field.setFixedWidth(tokens.wide(width))
        whole.addWidget(self.reason)
        whole.addWidget(self.support)
        whole.addWidget(self.day)
        whole.addStretch(1)

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


WIDE = 172  # with room for a bar to scroll by


class StageList(QWidget):
    """One button a stage; only those reached can be gone back to."""

    wanted = Signal(int)  # the stage

    def __init__(self, stages: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[int, Button] = {}
        whole = in_column(within=self, spacing=0)
        for stage in stages:
            button = self.buttons[stage] = Button(interview_words.stage(stage), "action")
            button.setProperty("stage", stage)
            button.setCheckable(True)
            button.clicked.connect(self._clicked)
            whole.addWidget(button)
        whole.addStretch(1)

    def show_stage(self, current: int, reached: int) -> None:
        """Mark where one is and what is behind."""
        for stage, button in self.buttons.items():
            button.setEnabled(stage <= reached)
            here = stage == current
            button.set_icon("next" if here else "check" if stage < reached else "minus")
            button.setChecked(here)
            told = words.text("{stage}, shown") if here else words.text("{stage}, done")
            named = (
                told.format(stage=interview_words.stage(stage)) if stage <= reached else interview_words.stage(stage)
            )
            button.setAccessibleName(named)

    def _clicked(self) -> None:
        self.wanted.emit(int(self.sender().property("stage")))


READING = 184
_LARGE = 12  # what 10 pixels become from 120 % on


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
        self._hold()
        self._interview: Interview

    @property
    def fields(self) -> dict[str, Field]:
        return {**self.editors.fields(), "stop_reason": self.stop_page.reason, "support_on": self.stop_page.day}

    @property
    def drafted(self) -> dict[str, QWidget]:
        return self.editors.drafted()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Stage by stage, in the order in which Qt holds what a stage shows: its editors move between stages."""
        return QWidget.focusNextPrevChild(self, forward)

    def _hold(self) -> None:
        """Keep the editors of stages not seen yet inside the form, so that a draft notices what is put into them."""
        held = QWidget(self)
        held.hide()
        for editor in self.drafted.values():
            editor.setParent(held)

    def page(self, stage: int) -> StagePage:
        """The screen of a stage, made when it is first shown: all at once would take a second."""
        if stage not in self.pages:
            made = self.pages[stage] = StagePage(stage, self.editors, self.is_child)
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
        card.body.addLayout(head)
        self.hint = Alert("", "attention")
        self.hint.hide()
        card.body.addWidget(self._refusal)
        card.body.addWidget(self.hint)
        card.body.addWidget(self.faces, 1)
        columns = QHBoxLayout()
        columns.setContentsMargins(tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE)
        columns.setSpacing(tokens.SPACE_PANEL)
        columns.addWidget(_scrolled(self.list, WIDE))
        columns.addWidget(card, 1)
        columns.addWidget(_scrolled(self._beside(), READING))
        in_column((columns, 1), self._foot(), within=self, spacing=0)

    def _beside(self) -> QWidget:
        """What is read out of the answers, and below it what warns."""
        beside_ = QWidget()
        in_column(self.reading, self.warnings, STRETCH, within=beside_, spacing=tokens.SPACE_PANEL)
        return beside_

    def _foot(self) -> QFrame:
        self.pause_button = Button(words.text("Pause"), icon="clock", tall="footer")
        self.stop_button = Button(words.text("Stop and offer support"), icon="hand", tall="footer")
        self.back_button = Button(words.text("Back"), tall="footer")
        foot = QFrame()
        foot.setProperty("role", "footer")
        buttons = (self.close_button, self.pause_button, self.stop_button, self.back_button, self.verb)
        if tokens.wide(10) >= _LARGE:
            lines = Flow(tokens.SPACE, tokens.SPACE_HALF)
            lines.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
            lines.add(*buttons)
            foot.setLayout(lines)
            return foot
        row = QHBoxLayout(foot)
        row.setContentsMargins(tokens.SPACE_3, tokens.SPACE, tokens.SPACE_3, tokens.SPACE)
        for button in buttons:
            row.addWidget(button)
        row.insertStretch(3, 1)
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
        number = words.text("Session {n}, stage {stage}").format(
            n=typed.session_no, stage=interview_words.stage(self.stage).lower()
        )
        self.about.setText(number)

    @Slot()
    def _say_time(self) -> None:
        told = words.text("{n} minutes have passed: come to the closing, gently.").format(n=CHILD_MINUTES)
        self.hint.sentence.setText(told)
        self.hint.show()

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return interview_words.sentence(error)


def _scrolled(column: QWidget, width: int) -> QScrollArea:
    """A column beside the stage, so that it never makes the window higher."""
    area = scrolling(column, only_down=True)
    area.setFixedWidth(tokens.wide(width))
    return area
