"""The stages of an interview at left: which are behind, where one is, what is still to come."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.words import interviews as in_words

WIDE = 160


class StageList(QWidget):
    """One button a stage; only those reached can be gone back to."""

    wanted = Signal(int)  # the stage

    def __init__(self, stages: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(tokens.wide(WIDE))
        self.buttons: dict[int, Button] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for stage in stages:
            button = self.buttons[stage] = Button(in_words.stage(stage), "action")
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
            named = told.format(stage=in_words.stage(stage)) if stage <= reached else in_words.stage(stage)
            button.setAccessibleName(named)

    def _clicked(self) -> None:
        self.wanted.emit(int(self.sender().property("stage")))
