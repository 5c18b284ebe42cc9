"""The top bar: which shelter, search, who is at the desk, the neutral screen and the lock."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.ui import tokens
from shelter_desk.ui.frame.search_box import SearchBox
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class TopBar(QFrame):
    """One row of 48 pixels; the name of the shelter gives way first."""

    lock_wanted = Signal()
    neutral_wanted = Signal()
    person_chosen = Signal(int)  # PersonId

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setFixedHeight(tokens.high(48))
        self.shelter = ElidedLabel(bold=True)
        self.town = ElidedLabel(ink="ink2")
        self.search: SearchBox | None = None
        self.neutral_button = Button("", icon="screen", shortcut_text="F9")
        self.neutral_button.setAccessibleName(words.text("Neutral screen"))
        self.neutral_button.setToolTip(words.text("Neutral screen"))
        self.neutral_button.clicked.connect(self.neutral_wanted)
        self.lock_button = Button(words.text("Lock"), icon="lock")
        key = QKeySequence("Ctrl+L")
        self.lock_button.setToolTip(key.toString(QKeySequence.SequenceFormat.NativeText))
        self.lock_button.clicked.connect(self.lock_wanted)
        self._lay_out(desk)

    def _lay_out(self, desk: "Desk") -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        row.setSpacing(tokens.SPACE)
        if desk.is_training:
            row.addWidget(TrainingMark())
        for label in (self.shelter, self.town):
            label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            row.addWidget(label)
        row.addStretch(1)
        if desk.may(Permission.SEE_BEDS):
            self.search = SearchBox(desk)
            self.search.person_chosen.connect(self.person_chosen)
            self.search.setMinimumWidth(tokens.wide(200))
            self.search.setMaximumWidth(tokens.wide(328))
            row.addWidget(self.search, 5)
        row.addStretch(1)
        row.addWidget(IconLabel("person", "ink2"))
        row.addWidget(Label(desk.user_name))
        row.addWidget(Label(words.label("role", desk.role.value), ink="ink2"))
        row.addSpacing(tokens.SPACE_PANEL)
        row.addWidget(self.neutral_button)
        row.addWidget(self.lock_button)

    def name_it(self, shelter: str, town: str) -> None:
        """The name and the town of the shelter."""
        self.shelter.setText(shelter)
        self.town.setText(town)
        for label in (self.shelter, self.town):
            label.setMinimumWidth(min(label.sizeHint().width(), tokens.wide(48)))


class TrainingMark(QWidget):
    """The word on plum that says this is the training shelter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = words.text("TRAINING")
        self.setAccessibleName(self._word)
        self.setFixedSize(tokens.metrics(bold=True).horizontalAdvance(self._word) + 16, tokens.high(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.color("accent"))
        painter.setBrush(tokens.color("accent"))
        painter.drawRoundedRect(self.rect(), tokens.RADIUS, tokens.RADIUS)
        painter.setPen(tokens.color("on_accent"))
        painter.setFont(tokens.font(bold=True))
        painter.drawText(self.rect(), 0x84, self._word)
