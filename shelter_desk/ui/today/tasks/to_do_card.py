"""What is to be done: one sentence a row, each with the button that leads there."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.casefile.flags import SettledOutcome
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today import postponed_tasks, task_groups
from shelter_desk.operations.today.postponed_tasks import Aside
from shelter_desk.operations.today.task_groups import TaskGroup
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.ui import tokens
from shelter_desk.ui.next_turn import later
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.today.neighbours import go_to_next, is_step
from shelter_desk.ui.today.tasks import task_texts
from shelter_desk.ui.today.tasks.postpone_form import SetAside
from shelter_desk.ui.today.tasks.task_row import ROW, CoveredSentence, TaskRow
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.chips import Chip
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label, RuleLine, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, laid_out_once, scrolling
from shelter_desk.words import flags as flag_words
from shelter_desk.words import formats


def sentence(one: SettledOutcome | Aside) -> str:
    """What the flag says; where its facts changed since, what it was about."""
    if isinstance(one, Aside):
        return task_texts.aside(one)
    if one.flag is not None:
        return flag_words.sentence(one.flag)
    what = flag_words.label(one.rule)
    return words.text("{code}: {what}.").format(code=one.code, what=what) if one.code else what


def reason(one: SettledOutcome | Aside) -> str:
    """Why, by whom, until when."""
    day = formats.day(one.at.date())
    if one.until is None:
        told = words.text("Accepted on {day} by {by}: {reason}")
        return told.format(day=day, by=one.by, reason=one.reason)
    told = words.text("Until {until}, set aside by {by}: {reason}")
    return told.format(until=formats.day(one.until), by=one.by, reason=one.reason)


def _is_private(one: SettledOutcome | Aside) -> bool:
    if isinstance(one, Aside):
        return one.matter == "high_risk"
    return task_groups.is_private_rule(one.rule)


class Heading(QWidget):
    """How urgent what follows is, and how much of it there is."""

    def __init__(self, text: str, count: int) -> None:
        super().__init__()
        self.setProperty("role", "heading")
        self.label = Label(text, size="small", bold=True, ink="ink2")
        counted = Label(str(count), size="small", ink="ink2")
        margins = tokens.SPACE_2, tokens.SPACE_HALF, tokens.SPACE_2, tokens.SPACE_HALF
        in_row(self.label, counted, STRETCH, within=self, spacing=tokens.SPACE, margins=margins)


class SettledRow(QWidget):
    """Two lines and a button."""

    def __init__(self, settled: SettledOutcome | Aside, may_bring_back: bool) -> None:
        super().__init__()
        self.settled = settled
        told, why, is_private = sentence(settled), reason(settled), _is_private(settled)
        self.sentence: ElidedLabel | CoveredSentence = (
            CoveredSentence(task_texts.covered_of([settled.code]), f"{told} {why}") if is_private else ElidedLabel(told)
        )
        self.reason = ElidedLabel("" if is_private else why, size="small", ink="ink2")
        self.button = Button(words.text("Bring back"))
        self.button.setAccessibleName(words.text("Bring back: {what}").format(what=told))
        self.button.setVisible(may_bring_back)
        in_row(
            IconLabel("snooze", "ink2"),
            (in_column(self.sentence, self.reason, spacing=0), 1),
            self.button,
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, tokens.SPACE_HALF),
        )


_LEAST_ROWS = 4
_FIRST_ROWS, _MORE_ROWS = 5, 2  # made at once: what is seen; then so many between two keys


class ToDoCard(Card):
    """The list with its number, by urgency and by person; arrows go from button to button. Chips leave only what is
    late, or show what was set aside. While something is being set aside, the list waits with what is new. Rows below
    what is seen are made between two keys, or once they are asked for."""

    wanted = Signal(object)  # Task
    told = Signal(object)  # Told: it was set aside or brought back, or trouble

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        self.badge = Badge("0", "accent")
        super().__init__(words.text("To do"), parent=parent)
        self._tasks: list[Task] = []
        self._today = date.min
        self._unfolded: set[str] = set()  # codes
        self._folded: dict[TaskRow, TaskGroup] = {}  # first rows, the others of their group not made yet
        self._rows: list[TaskRow] = []
        self._waiting: list[TaskGroup] = []  # whose rows are not made yet
        self._above: task_groups.Urgency | None = None  # the heading of the last row made
        self._counts: Counter[task_groups.Urgency] = Counter()
        self.settled_rows: list[SettledRow] = []
        self.aside: SetAside | None = None
        self.every = Chip(words.text("All tasks"), on=True)
        self.late = Chip(words.text("Late"))
        self.settled = Chip(words.text("Tasks set aside"))
        if not (desk.may(Permission.CASE_SEE) or desk.may(Permission.STOCK_EDIT)):
            self.settled.hide()
        self.nothing = Label(words.text("Nothing to do for now."), ink="ink2")
        self.nothing.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        for unknown in (self.badge, self.nothing):
            unknown.hide()
        for chip in (self.every, self.late, self.settled):
            chip.clicked.connect(self._switch)
        self.head.insertWidget(1, self.badge)
        fill(self.head, self.every, self.late, self.settled)
        self._column = in_column(STRETCH, spacing=0)
        self._scrolled = scrolling(self._column, only_down=True)
        self._scrolled.setMinimumHeight(tokens.high(ROW) * _LEAST_ROWS)
        self.reach_edges()
        fill(self.body, self.nothing, (self._scrolled, 1))

    @property
    def rows(self) -> list[TaskRow]:
        """Every row, in order."""
        if self._waiting:
            self._make_rows(len(self._waiting))
        return self._rows

    def first_row(self) -> TaskRow | None:
        """The most urgent one."""
        return next(iter(self._rows), None)

    def show_tasks(self, tasks: Sequence[Task], today: date) -> None:
        """Show these tasks; the focus stays on the task it was on."""
        if list(tasks) == self._tasks and today == self._today and not self.settled.isChecked():
            return
        self._tasks, self._today = list(tasks), today
        if self.aside is None:
            self._fill()

    @Slot()
    def _switch(self) -> None:
        chosen = self.sender()
        kept = chosen if isinstance(chosen, Chip) and chosen.isChecked() else self.every
        for chip in (self.every, self.late, self.settled):
            chip.setChecked(chip is kept)
        self.aside = None
        self._fill()

    def _fill(self) -> None:
        """Make the list anew, where it was scrolled to; the focus stays on the task it was on, or goes to the first."""
        self.badge.say(str(len(self._tasks)), "accent")
        self.badge.show()
        self.every.set_count(len(self._tasks))
        self.late.set_count(sum(bool(task.overdue) for task in self._tasks))
        focused, bar = self.window().focusWidget(), self._scrolled.verticalScrollBar()
        is_inside = focused is not None and self._scrolled.isAncestorOf(focused)
        held = next((row.task for row in self._rows if focused is not None and row.isAncestorOf(focused)), None)
        if focused is not None and is_inside:
            focused.clearFocus()  # else it goes from row to row as they go, and the page scrolls after it
        QTimer.singleShot(0, self, partial(bar.setValue, bar.value()))
        self._rows, self._waiting, self.settled_rows, self._folded = [], [], [], {}
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                take_away(widget)
        if self.settled.isChecked():
            self._fill_settled()
        else:
            self._fill_tasks(at_once=bar.value() > 0)
        if is_inside:
            again = self._row_of(held) or self.first_row()
            chip = self.settled if self.settled.isChecked() else self.every
            (chip if again is None else again.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _row_of(self, task: Task | None) -> TaskRow | None:
        is_waiting = any(task in group.tasks for group in self._waiting)
        return next((row for row in (self.rows if is_waiting else self._rows) if row.task == task), None)

    def _fill_tasks(self, at_once: bool) -> None:
        shown = [task for task in self._tasks if task.overdue or not self.late.isChecked()]
        self._waiting = task_groups.grouped(shown)
        self._above = None
        self._counts = Counter(one.urgency for one in self._waiting for _ in one.tasks)
        self._make_rows(len(self._waiting) if at_once else _FIRST_ROWS)
        self._say_nothing(words.text("Nothing to do for now."), bool(shown))

    def _make_more(self) -> None:
        self._make_rows(_MORE_ROWS)

    def _make_rows(self, most: int) -> None:
        """The rows of so many groups more, below those there are."""
        groups, self._waiting = self._waiting[:most], self._waiting[most:]
        with laid_out_once(self._column):
            for group in groups:
                self._make_group(group)
        if self._waiting:
            later(self, self._make_more)

    def _make_group(self, group: TaskGroup) -> None:
        if group.urgency != self._above:
            self._above = group.urgency
            self._add(Heading(task_texts.urgency(group.urgency), self._counts[group.urgency]))
        row = self._made_row(group, 0)
        self._rows.append(row)
        self._add(row)
        row.show()
        if group.code in self._unfolded:
            self._add_others(row, group)
        elif row.others:
            self._folded[row] = group

    def _made_row(self, group: TaskGroup, at: int) -> TaskRow:
        """One of the tasks of a group; those after the first are folded below it."""
        task, others = group.tasks[at], 0 if at else len(group.tasks) - 1
        may_edit = self._desk.may(Permission.CASE_EDIT)
        may_settle = postponed_tasks.may(self._desk, task.things) or (bool(task.flags) and may_edit)
        row = TaskRow(task, self._today, may_settle, others, at > 0)
        row.up_or_down.connect(self.keyPressEvent)
        row.button.clicked.connect(self._clicked)
        row.aside.clicked.connect(self._aside_clicked)
        row.more.clicked.connect(self._more_clicked)
        row.fold(group.code not in self._unfolded)
        return row

    def _add_others(self, first: TaskRow, group: TaskGroup) -> None:
        """The other tasks of a group below its first, once somebody asks for them."""
        at, place = self.rows.index(first) + 1, self._column.indexOf(first) + 1
        self.rows[at:at] = [self._made_row(group, one) for one in range(1, len(group.tasks))]
        for row in reversed(self.rows[at : at + len(group.tasks) - 1]):
            self._column.insertWidget(place, row)
            row.show()

    @Slot()
    def _more_clicked(self) -> None:
        row = next((row for row in self.rows if row.more is self.sender()), None)
        if row is not None:
            self.unfold(row.task.code, row.task.code not in self._unfolded)

    def unfold(self, code: str, unfolded: bool = True) -> None:
        """Show every task of that person, or the most urgent one alone."""
        (self._unfolded.add if unfolded else self._unfolded.discard)(code)
        for row in [one for one in self.rows if one.task.code == code]:
            if not row.others:
                row.setVisible(unfolded)
                continue
            row.fold(not unfolded)
            if unfolded and row in self._folded:
                self._add_others(row, self._folded.pop(row))

    def _fill_settled(self) -> None:
        found: list[SettledOutcome | Aside] = []
        with refusals_told(self.told):
            if self._desk.may(Permission.CASE_SEE):
                found += flags.settled(self._desk)
            found += postponed_tasks.aside(self._desk)
            may_flags = self._desk.may(Permission.CASE_EDIT)
            self.settled_rows = [SettledRow(one, may_flags or isinstance(one, Aside)) for one in found]
            for row in self.settled_rows:
                row.button.clicked.connect(self._bring_back)
                self._add(row)
            self._say_nothing(words.text("Nothing was set aside."), bool(found))

    def _add(self, row: QWidget, ruled: bool = True) -> None:
        if ruled:
            self._column.insertWidget(self._column.count() - 1, RuleLine())
        self._column.insertWidget(self._column.count() - 1, row)

    def _say_nothing(self, sentence: str, is_any: bool) -> None:
        self.nothing.setText(sentence)
        self.nothing.setVisible(not is_any)
        self._scrolled.setVisible(is_any)

    @Slot()
    def _clicked(self) -> None:
        row = next((row for row in self.rows if row.button is self.sender()), None)
        if row is not None:
            self.wanted.emit(row.task)

    @Slot()
    def _aside_clicked(self) -> None:
        row = next((row for row in self.rows if row.aside is self.sender()), None)
        if row is None:
            return
        self._close_aside()
        self.aside = SetAside(self._desk, row.task)
        self.aside.told.connect(self._aside_told)
        self.aside.closed.connect(self._aside_closed)
        self._column.insertWidget(self._column.indexOf(row) + 1, self.aside)
        self.aside.show()
        self.aside.begin()
        QTimer.singleShot(0, self.aside, self._bring_into_sight)

    @Slot()
    def _bring_into_sight(self) -> None:
        if self.aside is not None:
            self._scrolled.ensureWidgetVisible(self.aside)

    @Slot(object)
    def _aside_told(self, told: Told) -> None:
        """What is set aside goes at once: the list is read again a moment later."""
        if self.aside is not None and told.state == "ok":
            self._tasks = [one for one in self._tasks if one != self.aside.task]
        self.told.emit(told)

    @Slot()
    def _aside_closed(self) -> None:
        """Back to the row it was about, or to the one that stands in its place."""
        task = self.aside.task if self.aside is not None else None
        place = next((place for place, row in enumerate(self.rows) if row.task == task), 0)
        self._close_aside()
        self._fill()
        seen = [row for row in self.rows[: place + 1] if not row.isHidden()] or self.rows
        if seen:
            seen[-1].button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_aside(self) -> None:
        aside, self.aside = self.aside, None
        if aside is not None:
            take_away(aside)

    @Slot()
    def _bring_back(self) -> None:
        row = next((row for row in self.settled_rows if row.button is self.sender()), None)
        if row is None:
            return
        with refusals_told(self.told):
            if isinstance(row.settled, Aside):
                done = postponed_tasks.bring_back(self._desk, row.settled)
            else:
                done = flags.bring_back(self._desk, row.settled.id)
            self.told.emit(Told("ok", words.text("It is shown again."), done))
            self.settled.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the button above or below, and stay among those that set aside."""
        if not is_step(event):  # what else is pressed does not wait for all the rows
            super().keyPressEvent(event)
            return
        rows: Sequence[TaskRow | SettledRow] = [row for row in self.rows if not row.isHidden()] or self.settled_rows
        asides = any(row.aside.hasFocus() for row in self.rows)

        def stop(row: TaskRow | SettledRow) -> QWidget:
            return row.aside if asides and isinstance(row, TaskRow) and not row.aside.isHidden() else row.button

        if not go_to_next(event, rows, stop, self._scrolled):
            super().keyPressEvent(event)
