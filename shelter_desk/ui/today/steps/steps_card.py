"""A card of steps: what to do, whether it is done, and the button that leads there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.today.neighbours import go_to_next
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label, RuleLine, empty
from shelter_desk.ui.widgets.layouts import in_column, in_row, keep_room

_ROW, _TITLE, _VERB = 36, 170, 120


@dataclass(frozen=True, slots=True)
class ListedStep:
    """One step as it is shown. may_go: somebody here may put it away."""

    key: str
    is_done: bool
    title: str
    sentence: str
    verb: str
    may_go: bool = False


class StepButton(Button):
    """Leaves the arrows to the card, which goes from line to line with them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)


class StepRow(QWidget):
    """The sign, what the step is called, what to do, the button; a step that is done has the sign alone."""

    def __init__(self, step: ListedStep, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = step
        title = Label(step.title, bold=True, ink="ink2" if step.is_done else "ink")
        title.setMinimumWidth(tokens.wide(_TITLE))
        self.sentence = ElidedLabel(step.sentence, ink="ink2")
        self.button = StepButton(step.verb, parent=self)
        self.button.setMinimumWidth(tokens.wide(_VERB))
        self.button.setAccessibleName(f"{step.verb}. {step.title}. {step.sentence}")
        self.away = IconButton(
            "close", words.text("Not needed here: {what}").format(what=step.title), bare=True, parent=self
        )
        self.away.setToolTip(words.text("This house does not need it"))
        keep_room(self.away)
        self.button.setVisible(not step.is_done)
        self.away.setVisible(step.may_go and not step.is_done)
        sign = IconLabel("circle-check", "ok") if step.is_done else IconLabel("next", "accent")
        done = Label(words.text("Done"), ink="ok", bold=True, parent=self)
        done.setVisible(step.is_done)
        self.setAccessibleName(f"{step.title}. {words.text('Done')}" if step.is_done else step.title)
        in_row(
            sign,
            title,
            (self.sentence, 1),
            done,
            self.button,
            self.away,
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, 2, tokens.SPACE, 2),
        )
        self.setMinimumHeight(tokens.high(_ROW))


class StepsCard(Card):
    """The steps below each other; arrows go from button to button."""

    wanted = Signal(str)  # key of the step to go to
    away_wanted = Signal(str)  # key of the step that is not needed

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        self.badge = Badge("", "accent")
        super().__init__(title, badge=None, parent=parent)
        self.head.insertWidget(1, self.badge)
        self.rows: list[StepRow] = []
        self.steps: tuple[ListedStep, ...] = ()
        self._column = in_column(spacing=0)
        self.body.addLayout(self._column)
        self.reach_edges()

    def show_steps(self, steps: Sequence[ListedStep]) -> None:
        """Show these; the focus stays on the step it was on."""
        if tuple(steps) == self.steps and self.rows:
            return
        held = next((row.step.key for row in self.rows if row.button.hasFocus()), "")
        self.steps = tuple(steps)
        empty(self._column)
        self.rows = [StepRow(step, self) for step in steps]
        for row in self.rows:
            row.button.clicked.connect(self._clicked)
            row.away.clicked.connect(self._away_clicked)
            self._column.addWidget(RuleLine(self))
            self._column.addWidget(row)
            row.show()  # at once: it may be given the keys now
            if row.step.key == held and not row.step.is_done:
                row.button.setFocus(Qt.FocusReason.OtherFocusReason)
        done = sum(step.is_done for step in steps)
        self.badge.say(words.text("{done} of {all}").format(done=done, all=len(steps)), "accent")

    @Slot()
    def _clicked(self) -> None:
        row = next((row for row in self.rows if row.button is self.sender()), None)
        if row is not None:
            self.wanted.emit(row.step.key)

    @Slot()
    def _away_clicked(self) -> None:
        row = next((row for row in self.rows if row.away is self.sender()), None)
        if row is not None:
            self.away_wanted.emit(row.step.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the button above or below."""
        shown = [row for row in self.rows if not row.button.isHidden()]
        if not go_to_next(event, shown, lambda row: row.button):
            super().keyPressEvent(event)
