"""Today: tonight in numbers, what is to be done, and catching up after a cut."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today import arrivals, first_steps, store_tasks, today
from shelter_desk.operations.today.arrivals import Coming
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.operations.today.today import MonthRate
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.flag_places import place_of
from shelter_desk.ui.next_turn import in_steps, later
from shelter_desk.ui.page import Page, Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.today.overview import Overview
from shelter_desk.ui.today.steps.first_steps_card import FirstStepsCard
from shelter_desk.ui.today.tasks.arrival_texts import ADMITTED
from shelter_desk.ui.today.tasks.task_texts import ROLL_CALLS
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.drafts import Draft
    from shelter_desk.ui.today.catch_up.catch_up import CatchUp
    from shelter_desk.ui.today.handover.handover_view import HandoverView
    from shelter_desk.ui.today.night.night_view import NightView
    from shelter_desk.ui.today.roll_call.roll_call import RollCallView


Computed = tuple[tuple[MonthRate, ...], tuple[Task, ...]]  # the year, and tasks
Read = tuple[list[Task], list[Coming]]
Work = Callable[[Desk, tasks.Progress], Any]  # gives one of the two


def _read(desk: Desk, report: tasks.Progress) -> Read:
    """What is to be done and what is coming, once the numbers of tonight are painted. Ends as `_computed` does."""
    if not desk.may(Permission.SEE_BEDS):
        return [], []
    report("", 0, 2)
    found = today.to_do(desk)
    report("", 1, 2)
    return found, arrivals.coming(desk)


def _computed(desk: Desk, report: tasks.Progress) -> Computed:
    """What takes longest. Ends at the next question once the page is left: the desk may be closed then."""
    found = []
    report("", 0, 3)
    if desk.may(Permission.REPORT_SEE) and desk.may(Permission.SEE_BEDS):
        found.append(today.month_open(desk))
    if desk.may(Permission.REPORT_CLOSE):
        found += today.months_to_rectify(desk)
    report("", 1, 3)
    if desk.may(Permission.ERASE):
        found.append(today.names_due(desk))
    report("", 2, 3)
    if desk.may(Permission.STOCK_EDIT):
        found += store_tasks.waiting(desk)
    return today.year_line(desk), tuple(task for task in found if task is not None)


class TodayPage(Page):
    """The overview, or the house without beds, or catching up; after the first picture come the tasks, then what takes
    longest.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self._task: tasks.LongTask | None = None
        self._due: list[Work] = []  # not done since the page was read, the first first
        self._is_read = False  # the tasks are shown
        self.catch_up: CatchUp | None = None
        self.roll_call: RollCallView | None = None
        self.handover: HandoverView | None = None
        in_steps(self, self._make())

    def _make(self) -> Iterator[None]:
        desk = self.desk
        yield
        self.overview = Overview(desk)
        yield
        self.overview.lay_out()
        yield
        self.empty = Empty(
            "bed",
            words.text("No beds yet"),
            words.text("Tonight in numbers, and what needs to be done."),
            words.text("Add rooms") if desk.may(Permission.ROOMS_EDIT) else None,
        )
        # who sees beds and opens no file has the night instead of the overview
        self.night: NightView | None = None
        if desk.may(Permission.SEE_BEDS) and not desk.may(Permission.CASE_SEE):
            self.night = self._made_night()
        self.first_view: QWidget = self.night or self.overview
        self.empty_steps = FirstStepsCard(desk, self)
        self._begun = QWidget(self)
        in_column(
            self.empty_steps, (self.empty, 1), within=self._begun, margins=tokens.SPACE_2, spacing=tokens.SPACE_PANEL
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.overview)
        if self.night is not None:
            self._stack.addWidget(self.night)
        self._stack.addWidget(self._begun)
        in_column(self._stack, within=self)
        self.empty.started.connect(self.rooms_wanted)
        self.overview.to_do.wanted.connect(self.go_to)
        self.overview.to_do.told.connect(self.told)
        self.overview.coming.wanted.connect(self.page_wanted)
        for card in (self.overview.first_steps, self.empty_steps, self.overview.practice):
            if card is not None:
                card.page_wanted.connect(self.page_wanted)
                card.told.connect(self.told)
        self.overview.admit_button.clicked.connect(self._admit)
        self.overview.catch_up_button.clicked.connect(self.begin_catching_up)
        self.overview.roll_call_button.clicked.connect(self._call_roll)
        self.overview.handover_button.clicked.connect(self.begin_handover)

    def _made_night(self) -> "NightView":
        from shelter_desk.ui.today.night.night_view import NightView

        made = NightView(self.desk)
        made.told.connect(self.told)
        made.roll_call_wanted.connect(self._call_roll)
        made.admission_wanted.connect(self._admit)
        made.handover_wanted.connect(self.begin_handover)
        made.page_wanted.connect(self.page_wanted)
        made.task_wanted.connect(self.go_to)
        return made

    def refresh(self) -> None:
        for part in (self.catch_up, self.roll_call, self.handover):
            if part is not None and self._stack.currentWidget() is part:
                part.look_again()
                return
        with refusals_told(self.told):
            night = today.tonight(self.desk)
            self._stack.setCurrentWidget(self.first_view if night.installed or night.present else self._begun)
            if self.night is not None:
                self.night.look_again()
            self.overview.show_night(night)
            steps = first_steps.first_steps(self.desk)
            self.overview.show_steps(steps)
            self.empty_steps.show_first_steps(steps)
            self._due = [_read, _computed]
            later(self, self._compute)

    @Slot()
    def _compute(self) -> None:
        if self._due and self._task is None and self.isVisible():
            work = self._due.pop(0)
            done = self._show_read if work is _read else self._show_computed
            job = partial(work, self.desk)  # nothing is said of its steps: a job that reports can be stopped
            self._task = tasks.run(job, done, partial(self._fail, work), lambda *_: None)

    def _show_read(self, read: Read) -> None:
        self._task = None
        if _read in self._due:  # something was written meanwhile
            self._compute()
            return
        found, coming = read
        if self.night is not None:
            self.night.show_tasks(found)
        self.overview.show_tasks(found)
        self._take_focus()
        later(self, partial(self.overview.coming.show_days, coming))  # a key may come between
        self._compute()

    def _take_focus(self) -> None:
        """Nobody waits for the tasks any more: where the page kept the focus for the first one, it goes on."""
        self._is_read = True
        if self.hasFocus():
            self._hand_on(Qt.FocusReason.OtherFocusReason)

    def _show_computed(self, computed: Computed) -> None:
        self._task = None
        self.overview.show_year(*computed, with_tasks=_read not in self._due)
        self._compute()

    def _fail(self, work: Work, error: ShelterDeskError) -> None:
        self._task = None
        if isinstance(error, tasks.Stopped):
            if work not in self._due:
                self._due.insert(0, work)
        else:
            self.told.emit(Told("blocked", sentence(error)))
            if work is _read:  # without the tasks nothing is said of them
                self._due = []
                self._take_focus()
        self._compute()

    def showEvent(self, event: QShowEvent) -> None:
        """Come back to before all was computed: the rest follows, and nothing is read twice."""
        super().showEvent(event)
        later(self, self._compute)

    def hideEvent(self, event: QHideEvent) -> None:
        """Left, or locked: what is computed ends at its next step."""
        super().hideEvent(event)
        if self._task is not None:
            self._task.stop()

    @Slot(object)
    def go_to(self, task: Task) -> None:
        """Lead to what a task is about."""
        if task.matter in ROLL_CALLS:
            self.begin_roll_call(task.day)
        elif task.matter == "handover_waiting":
            self.begin_handover()
        elif task.held is not None and task.matter in ADMITTED:
            self.admission_wanted.emit(task.held.held)
        elif task.person is not None and task.flags:
            self.page_wanted.emit(place_of(task.flags[0]))
        elif task.person is not None:
            self.record_wanted.emit(task.person)
        else:
            self.page_wanted.emit(task.page)

    def open(self, part: str) -> None:
        """Show one part of the page: `roll_call/2026-11-14`, `handover`."""
        kind, _, night = part.partition("/")
        if kind == "roll_call":
            self.begin_roll_call(date.fromisoformat(night))
        elif kind == "handover" and self.desk.may(Permission.SEE_BEDS):
            self.begin_handover()

    def go_home(self) -> None:
        parts = (
            (self.catch_up, self.end_catching_up),
            (self.roll_call, self.end_roll_call),
            (self.handover, self.end_handover),
        )
        for part, end in parts:
            if part is not None and self._stack.currentWidget() is part:
                end()

    @Slot()
    def _admit(self) -> None:
        self.admission_wanted.emit(None)

    @Slot()
    def begin_catching_up(self) -> None:
        """Show what was typed so far of a cut, or begin with the period since the last line of the journal."""
        from shelter_desk.ui.today.catch_up.catch_up import CatchUp  # not for the first picture

        if self.catch_up is None:
            self.catch_up = CatchUp(self.desk)
            self.catch_up.told.connect(self.told)
            self.catch_up.closed.connect(self.end_catching_up)
            self._stack.addWidget(self.catch_up)
        self._stack.setCurrentWidget(self.catch_up)
        self.catch_up.begin()

    @Slot()
    def end_catching_up(self) -> None:
        """Back to the overview; lines not kept yet stay as they are."""
        self._stack.setCurrentWidget(self.first_view)
        self.refresh()
        self.overview.catch_up_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def begin_handover(self) -> None:
        """Show the handover that waits, else the shift that goes on."""
        from shelter_desk.ui.today.handover.handover_view import HandoverView  # not for the first picture

        if self.handover is None:
            self.handover = HandoverView(self.desk)
            self.handover.told.connect(self.told)
            self.handover.record_wanted.connect(self.record_wanted)
            self.handover.page_wanted.connect(self.page_wanted)
            self.handover.task_wanted.connect(self.go_to)
            self.handover.closed.connect(self.end_handover)
            self._stack.addWidget(self.handover)
        try:
            self._stack.setCurrentWidget(self.handover)
            self.handover.begin()
        except ShelterDeskError as error:
            self._stack.setCurrentWidget(self.first_view)
            self.told.emit(Told("blocked", sentence(error)))

    @Slot()
    def end_handover(self) -> None:
        """Back to the overview."""
        self._stack.setCurrentWidget(self.first_view)
        self.refresh()
        button = self.overview.handover_button if self.night is None else self.night.handover_button
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _call_roll(self) -> None:
        self.begin_roll_call()

    def begin_roll_call(self, night: date | None = None, again: bool = False) -> None:
        """Show the roll call of that night, else of the one in progress. again: the grid though it was called."""
        from shelter_desk.ui.today.roll_call.roll_call import RollCallView  # not for the first picture

        if self.roll_call is None:
            self.roll_call = RollCallView(self.desk)
            self.roll_call.told.connect(self.told)
            self.roll_call.record_wanted.connect(self.record_wanted)
            self.roll_call.admission_wanted.connect(self._admit)
            self.roll_call.closed.connect(self.end_roll_call)
            self._stack.addWidget(self.roll_call)
        try:
            self._stack.setCurrentWidget(self.roll_call)
            self.roll_call.begin(night, again)
        except ShelterDeskError as error:
            self._stack.setCurrentWidget(self.first_view)
            self.told.emit(Told("blocked", sentence(error)))

    @Slot()
    def end_roll_call(self) -> None:
        """Back to the overview; what was marked and not recorded stays as it is."""
        self._stack.setCurrentWidget(self.first_view)
        self.refresh()
        button = self.overview.roll_call_button if self.night is None else self.night.roll_call_button
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self, draft: "Draft") -> None:
        """Open the roll call, or the lines of a cut, that this draft fills."""
        if draft.form == "today/catch_up" and not self.overview.catch_up_button.isHidden():
            self.begin_catching_up()
            return
        if draft.form == "today/handover" and self.desk.may(Permission.SEE_BEDS):
            self.begin_handover()
            return
        night = draft.form.rpartition("/")[2]
        if draft.form.startswith("today/roll_call/") and self.desk.may(Permission.CALL_ROLL):
            self.begin_roll_call(date.fromisoformat(night), again=True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page has nothing to type into itself: it hands the focus on, once the first task is there to take it."""
        super().focusInEvent(event)
        if self._is_read or self._stack.currentWidget() is not self.overview:
            self._hand_on(event.reason())

    def _hand_on(self, reason: Qt.FocusReason) -> None:
        shown = self._stack.currentWidget()
        if shown is self.overview:
            self.overview.first().setFocus(reason)
        elif self.night is not None and shown is self.night:
            self.night.first().setFocus(reason)
        elif shown is self._begun and self.empty.button is not None:
            self.empty.button.setFocus(reason)
        for part in (self.catch_up, self.roll_call, self.handover):
            if part is not None and shown is part:
                part.first().setFocus(reason)
