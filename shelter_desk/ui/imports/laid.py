"""What the steps of an import have in common: a column that scrolls down, lists to correct, a foot that leads on."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import reading_order
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, scrolling


def column() -> tuple[QScrollArea, QVBoxLayout]:
    """What scrolls, and the column in it."""
    inside = in_column(spacing=tokens.SPACE, margins=(0, 0, tokens.SPACE_HALF, 0))
    return scrolling(inside, only_down=True), inside


def grid(
    heads: Sequence[str], stretches: Sequence[int], across: int, down: int | None = None
) -> tuple[QWidget, QGridLayout]:
    """A table of widgets under its small heads. across, down: between two cells; down as usual where it is None."""
    made = QWidget()
    cells = QGridLayout(made)
    cells.setContentsMargins(0, 0, 0, 0)
    cells.setHorizontalSpacing(across)
    if down is not None:
        cells.setVerticalSpacing(down)
    for at, (head, stretch) in enumerate(zip(heads, stretches, strict=True)):
        cells.setColumnStretch(at, stretch)
        cells.addWidget(Label(head, size="small", bold=True, ink="ink2"), 0, at)
    return made, cells


class TickText(Label):
    """What is written beside a box to tick, over several lines where there is no room; a click upon it ticks too."""

    def __init__(self, box: QCheckBox) -> None:
        super().__init__(wrap=True)
        self._box = box

    def say(self, text: str) -> None:
        """Another text; it is the name of the box too."""
        self.setText(text)
        self._box.setAccessibleName(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._box.click()


def over_foot(face: QWidget, above: QBoxLayout, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
    """Lay out a whole step: what is above, and its foot."""
    foot = QFrame()
    foot.setProperty("role", "footer")
    in_row(*left, STRETCH, *right, within=foot, spacing=tokens.SPACE, margins=(tokens.SPACE_2, tokens.SPACE))
    in_column((above, 1), foot, within=face, spacing=0)


class CorrectedStep(QWidget):
    """A step in which what was recognised is corrected: a card with searched lists, over the foot.

    What is typed into a list counts at once, or is told in the foot.
    """

    finished = Signal()
    given_up = Signal()
    back_wanted = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.boxes: dict[Any, ChoiceBox] = {}
        self.card = Card(title)
        self.close_button = Button(words.text("Give up"), tall="footer", on_click=self.given_up)
        self.back = Button(words.text("Back"), icon="previous", tall="footer", on_click=self.back_wanted)
        self.go = Button(
            words.text("Go on"), "primary", "next", words.text("Ctrl+Enter"), tall="footer", on_click=self._finish
        )
        self.note = Label(size="small", ink="ink2")

    @Slot()
    def _finish(self) -> None:
        if self._take_typed():
            self.finished.emit()

    def _take_typed(self) -> bool:
        """Take what stands in the lists; the first that means no row, or several, gets the keys and is told."""
        for box in self.boxes.values():
            line = box.lineEdit()
            if not box.take_typed():
                told = words.text("“{typed}” is not in the list. Choose a line.")
                self.note.setText(told.format(typed=line.text().strip() if line is not None else ""))
                self.note.set_ink("blocked")
                box.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        self.note.setText("")
        self.note.set_ink("ink2")
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        last = (self.go, self.close_button)
        return reading_order.move(self, last, forward) or super().focusNextPrevChild(forward)
