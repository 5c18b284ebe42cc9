"""The row of one task; what tells a danger is covered until somebody at the desk asks for it."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.today.task_groups import is_private
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.ui import tokens
from shelter_desk.ui.today.tasks import task_texts
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label
from shelter_desk.ui.widgets.layouts import in_row, keep_room

Line = TypeVar("Line", bound=QWidget)
ROW, _INNER, _VERB, _INDENT = 48, 40, 150, 32
SEEN_MS = 10_000
_URGENT = frozenset({"too_many", "backup_old", "roll_call_differs"})


class CoveredSentence(QWidget):
    """Codes alone; the eye shows the sentence, until the mouse or the keys leave it, or for ten seconds."""

    def __init__(self, covered: str, sentence: str) -> None:
        super().__init__()
        self._covered, self._sentence = covered, sentence
        self.label = ElidedLabel(covered)
        named = words.text("Read what it is about: {what}").format(what=covered)
        self.eye = IconButton("eye", named, bare=True, on_click=self.turn)
        self.eye.installEventFilter(self)
        self._timer = QTimer(self, singleShot=True, interval=SEEN_MS)
        self._timer.timeout.connect(self.cover)
        in_row((self.label, 1), self.eye, within=self, spacing=tokens.SPACE)

    def text(self) -> str:
        """What is seen now."""
        return self.label.text()

    @Slot()
    def turn(self) -> None:
        """Show the sentence, or cover it again."""
        if self._timer.isActive():
            self.cover()
            return
        self.label.setText(self._sentence)
        self.eye.set_icon("eye-off")
        self._timer.start()

    @Slot()
    def cover(self) -> None:
        """The codes alone."""
        self._timer.stop()
        self.label.setText(self._covered)
        self.eye.set_icon("eye")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Leave) and self._timer.isActive():
            self.cover()
        return super().eventFilter(watched, event)


def sentence_of(task: Task, plain: Callable[[str], Line]) -> Line | CoveredSentence:
    """The sentence of a task, made by `plain`; covered where it tells a danger, whatever page it stands on."""
    told = task_texts.sentence(task)
    return CoveredSentence(task_texts.covered(task), told) if is_private(task) else plain(told)


class TaskRow(QWidget):
    """Icon, sentence, how late, button, and setting aside what a rule says.

    others: how many more tasks of the person are folded below it. is_inner: it is one of those.
    """

    up_or_down = Signal(object)  # QKeyEvent, of one of its buttons

    def __init__(self, task: Task, today: date, may_settle: bool, others: int = 0, is_inner: bool = False) -> None:
        super().__init__()
        self.task, self.others = task, others
        told = task_texts.sentence(task)
        self.button = Button(task_texts.verb(task))
        self.button.setMinimumWidth(tokens.wide(_VERB))
        self.sentence = sentence_of(task, ElidedLabel)
        self.button.setAccessibleName(f"{task_texts.verb(task)}. {told}")
        self.more = Button("", "quiet", "down", parent=self)
        self.more.setVisible(others > 0)
        self.fold(True)
        self.aside = IconButton("snooze", words.text("Set aside, with a reason: {what}").format(what=told), bare=True)
        self.aside.setToolTip(words.text("Set aside, with a reason"))
        keep_room(self.aside)
        if not may_settle:
            self.aside.hide()
        late = Label(task_texts.due(task, today), size="small", bold=bool(task.overdue))
        late.set_ink("attention" if task.overdue else "ink2")
        urgent = task.matter in _URGENT or any(one.level != "I" for one in task.flags)
        in_row(
            IconLabel(task_texts.icon(task), "attention" if urgent else "ink2"),
            (self.sentence, 1),
            self.more,
            late,
            self.button,
            self.aside,
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2 + (tokens.wide(_INDENT) if is_inner else 0), 0, tokens.SPACE, 0),
        )
        self.setFixedHeight(tokens.high(_INNER if is_inner else ROW))
        for one in self.findChildren(Button):
            one.takes_up_and_down = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.up_or_down.emit(event)
        else:
            super().keyPressEvent(event)

    def fold(self, folded: bool) -> None:
        """Say how many others there are, or that they can be folded again."""
        told = words.count("{n} other", "{n} others", self.others) if folded else words.text("Fold")
        self.more.setText(told)
        self.more.set_icon("down" if folded else "up")
        named = words.text("{what}, {code}").format(what=told, code=self.task.code)
        self.more.setAccessibleName(named)
