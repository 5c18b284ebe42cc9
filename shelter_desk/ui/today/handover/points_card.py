"""What is to be gone on with: the lines that people added and the tasks, each with a box of who takes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.operations.today.handovers import WrittenLine
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.ui import tokens
from shelter_desk.ui.today.neighbours import go_to_next
from shelter_desk.ui.today.tasks import task_texts
from shelter_desk.ui.today.tasks.task_row import sentence_of
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling

_ROW = 40


@dataclass(frozen=True, slots=True)
class LeftPoint:
    """A line or a task. text: its sentence."""

    text: str
    line: WrittenLine | None = None
    task: Task | None = None


def points(lines: Sequence[WrittenLine], tasks: Sequence[Task]) -> list[LeftPoint]:
    """The lines first, then the tasks."""
    erased = words.text("Line erased since")
    found = [LeftPoint(one.text or erased, one) for one in lines]
    return [*found, *(LeftPoint(task_texts.sentence(one), task=one) for one in tasks)]


class PointRow(QWidget):
    """A box, the sentence, who wrote it, what leads there or takes it out."""

    def __init__(self, point: LeftPoint, *, ticks: bool, may_take_out: bool) -> None:
        super().__init__()
        self.point = point
        self.box = QCheckBox()
        self.box.setAccessibleName(words.text("I take it: {what}").format(what=point.text))
        taken = point.line is not None and point.line.line.is_taken
        sign = IconLabel("check" if taken else _icon(point), "ok" if taken else "ink2")
        self.sentence = ElidedLabel(point.text) if point.task is None else sentence_of(point.task, ElidedLabel)
        by = "" if point.line is None else point.line.by
        self.button = Button(words.text("See"), "quiet")
        self.button.setAccessibleName(words.text("See: {what}").format(what=point.text))
        self.out = IconButton("close", words.text("Take this line out: {what}").format(what=point.text), little=True)
        in_row(
            self.box,
            sign,
            (self.sentence, 1),
            Label(by, size="small", ink="ink2"),
            self.button,
            self.out,
            within=self,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, 0, tokens.SPACE, 0),
        )
        self.box.setVisible(ticks)  # not before they stand in the row: they would flash as windows of their own
        sign.setVisible(not ticks)
        self.button.setVisible(point.task is not None)
        self.out.setVisible(may_take_out)
        self.setFixedHeight(tokens.high(_ROW))


def _icon(point: LeftPoint) -> str:
    return "note" if point.task is None else task_texts.icon(point.task)


class LeftPointsCard(Card):
    """Lines and tasks; Space ticks one, arrows go from one to the other."""

    wanted = Signal(object)  # Task
    taken_out = Signal(object)  # WrittenLine
    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.badge = Badge("0", "attention")
        self.hint = Label(words.text("ticked: you see to it"), size="small", ink="ink2")
        super().__init__(words.text("To be gone on with"), parent=parent)
        self.rows: list[PointRow] = []
        self._shown: object = None
        self.nothing = Label(words.text("Nothing is left."), ink="ink2")
        self.nothing.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        self.every = Button(words.text("See to all of it"), "quiet", on_click=self.take_all)
        self.head.insertWidget(1, self.badge)
        fill(self.head, self.hint, self.every)
        self._column = in_column(self.nothing, STRETCH, spacing=0)
        self._scrolled = scrolling(self._column, only_down=True)
        self.reach_edges()
        self.explain("passation")
        self.body.addWidget(self._scrolled, 1)

    def show_points(self, found: Sequence[LeftPoint], *, ticks: bool, is_open: bool, may_take_out_all: bool) -> None:
        """Show these. ticks: somebody may take them; is_open: one's own lines may be taken out."""
        if self._shown == (list(found), ticks, is_open):
            return
        self._shown = (list(found), ticks, is_open)
        held = {row.point.text for row in self.rows if row.box.isChecked()}
        for row in self.rows:
            self._column.removeWidget(row)
            take_away(row)
        self.rows = []
        for one in found:
            mine = one.line is not None and (one.line.is_mine or may_take_out_all)
            row = PointRow(one, ticks=ticks, may_take_out=is_open and mine)
            row.box.setChecked(one.text in held)
            row.box.toggled.connect(self._toggled)
            row.button.clicked.connect(self._clicked)
            row.out.clicked.connect(self._clicked)
            self._column.insertWidget(self._column.count() - 1, row)
            self.rows.append(row)
        self.badge.say(str(len(self.rows)), "attention" if self.rows else "neutral", "")
        self.nothing.setVisible(not self.rows)
        self.every.setVisible(ticks and bool(self.rows))
        self.hint.setVisible(ticks and bool(self.rows))
        self.ticked.emit()

    def counts(self) -> tuple[int, int]:
        """How many are ticked, and how many are not."""
        ticked = sum(row.box.isChecked() for row in self.rows)
        return ticked, len(self.rows) - ticked

    @Slot()
    def take_all(self) -> None:
        """Tick all of them, or none where all are ticked."""
        on = not all(row.box.isChecked() for row in self.rows)
        for row in self.rows:
            row.box.setChecked(on)

    @Slot(bool)
    def _toggled(self, _on: bool) -> None:
        self.ticked.emit()

    @Slot()
    def _clicked(self) -> None:
        for row in self.rows:
            if row.button is self.sender():
                self.wanted.emit(row.point.task)
                return
            if row.out is self.sender():
                self.taken_out.emit(row.point.line)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the box above or below."""
        if not go_to_next(event, self.rows, lambda row: row.box, self._scrolled):
            super().keyPressEvent(event)
