"""What is to be done: one sentence a row, each with the button that leads there."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.operations.today import Task
from shelter_desk.ui import tokens
from shelter_desk.ui.today import told
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.chips import Chip
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label, Rule

_ROW, _VERB, _LEAST_ROWS = 48, 150, 4
_URGENT = frozenset(
    {"too_many", "is_adult", "over_limit", "to_review", "away_unexplained", "backup_old", "roll_call_differs"}
)


class TaskRow(QWidget):
    """Icon, sentence, how late, button."""

    def __init__(self, task: Task, today: date) -> None:
        super().__init__()
        self.task = task
        self.button = Button(told.verb(task))
        self.button.setMinimumWidth(tokens.wide(_VERB))
        self.sentence = ElidedLabel(told.sentence(task))
        self.button.setAccessibleName(f"{told.verb(task)}. {told.sentence(task)}")
        late = Label(told.due(task, today), size="small", bold=bool(task.overdue))
        late.set_ink("attention" if task.overdue else "ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        row.setSpacing(tokens.SPACE_PANEL)
        row.addWidget(IconLabel(told.ICONS[task.matter], "attention" if task.matter in _URGENT else "ink2"))
        row.addWidget(self.sentence, 1)
        row.addWidget(late)
        row.addWidget(self.button)
        self.setFixedHeight(tokens.high(_ROW))


class ToDoCard(Card):
    """The list with its number; arrows go from button to button. Chips leave only what is late."""

    wanted = Signal(object)  # Task

    def __init__(self, parent: QWidget | None = None) -> None:
        self.badge = Badge("0", "accent")
        super().__init__(words.text("To do"), parent=parent)
        self._tasks: list[Task] = []
        self._today = date.min
        self.rows: list[TaskRow] = []
        self.every = Chip(words.text("All tasks"), 0, on=True)
        self.late = Chip(words.text("Late"), 0)
        self.nothing = Label(words.text("Nothing to do for now."), ink="ink2")
        self.nothing.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        for chip in (self.every, self.late):
            chip.clicked.connect(self._switch)
        self.head.insertWidget(1, self.badge)
        self.head.addWidget(self.every)
        self.head.addWidget(self.late)
        self._lay_out()

    def _lay_out(self) -> None:
        self._inner = QWidget()
        self._inner.setProperty("role", "scrolled")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._scrolled = QScrollArea()
        self._scrolled.setWidgetResizable(True)
        self._scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scrolled.setWidget(self._inner)
        self._scrolled.setMinimumHeight(tokens.high(_ROW) * _LEAST_ROWS)
        self.head.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        whole = self.layout()
        if whole is not None:
            whole.setContentsMargins(1, tokens.SPACE_PANEL, 1, tokens.SPACE_HALF)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self._scrolled, 1)

    def show_tasks(self, tasks: Sequence[Task], today: date) -> None:
        """Show these tasks; the focus stays on the task it was on."""
        if list(tasks) == self._tasks and today == self._today:
            return
        self._tasks, self._today = list(tasks), today
        self._fill()

    @Slot()
    def _switch(self) -> None:
        only_late = self.sender() is self.late and self.late.isChecked()
        self.late.setChecked(only_late)
        self.every.setChecked(not only_late)
        self._fill()

    def _fill(self) -> None:
        late = [task for task in self._tasks if task.overdue]
        shown = late if self.late.isChecked() else self._tasks
        self.badge.say(str(len(self._tasks)), "accent")
        self.every.set_count(len(self._tasks))
        self.late.set_count(len(late))
        held = next((row.task for row in self.rows if row.button.hasFocus()), None)
        self._empty()
        self.rows = [TaskRow(task, self._today) for task in shown]
        for row in self.rows:
            row.button.clicked.connect(self._clicked)
            self._column.insertWidget(self._column.count() - 1, Rule())
            self._column.insertWidget(self._column.count() - 1, row)
        self.nothing.setVisible(not shown)
        self._scrolled.setVisible(bool(shown))
        again = next((row for row in self.rows if held is not None and row.task == held), None)
        if again is not None:
            again.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> None:
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    @Slot()
    def _clicked(self) -> None:
        row = next((row for row in self.rows if row.button is self.sender()), None)
        if row is not None:
            self.wanted.emit(row.task)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the button above or below."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        at = next((place for place, row in enumerate(self.rows) if row.button.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        row = self.rows[max(0, min(len(self.rows) - 1, at + step))]
        row.button.setFocus(Qt.FocusReason.TabFocusReason)
        self._scrolled.ensureWidgetVisible(row)
