"""The top bar: which shelter, search, who is at the desk, the neutral screen and the lock."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.ui import tokens
from shelter_desk.ui.frame.search_box import Places, SearchBox
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.ui.widgets.segments import Switch
from shelter_desk.ui.widgets.tips import plain

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


_FOLDS = 8  # things that fold away


class TopBar(QFrame):
    """One row of 48 pixels. Where it is narrow, what can be known otherwise folds away, one thing after the other."""

    lock_wanted = Signal()
    neutral_wanted = Signal()
    guide_wanted = Signal()
    person_chosen = Signal(int)  # PersonId
    place_chosen = Signal(str)  # a page, a part of it, or one thing there
    names_masked = Signal(bool)  # a visitor is behind the desk, or left

    def __init__(self, desk: "Desk", places: Places = list, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = places
        self.setProperty("role", "bar")
        self.setFixedHeight(tokens.high(48))
        self.shelter = ElidedLabel(bold=True)
        self.town = ElidedLabel(ink="ink2")
        self.search: SearchBox | None = None
        self.mask_switch: Switch | None = None
        self.guide_button = IconButton("help", words.text("Guide"), shortcut_text="F1", on_click=self.guide_wanted)
        self.neutral_button = Button("", icon="screen", shortcut_text="F9", on_click=self.neutral_wanted)
        self.neutral_button.setAccessibleName(words.text("Neutral screen"))
        self.neutral_button.setToolTip(words.text("Neutral screen"))
        self.lock_button = Button(words.text("Lock"), icon="lock", on_click=self.lock_wanted)
        self.lock_button.setToolTip(QKeySequence("Ctrl+L").toString(QKeySequence.SequenceFormat.NativeText))
        self._lay_out(desk)

    def _lay_out(self, desk: "Desk") -> None:
        row = self._row = in_row(within=self, spacing=tokens.SPACE, margins=(tokens.SPACE_2, 0))
        if desk.is_training:
            row.addWidget(TrainingMark())
        for label in (self.shelter, self.town):
            label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            row.addWidget(label)
        row.addStretch(1)
        self.search = SearchBox(desk, self._places)
        self.search.person_chosen.connect(self.person_chosen)
        self.search.place_chosen.connect(self.place_chosen)
        self.search.setMinimumWidth(tokens.wide(144))
        self.search.setMaximumWidth(tokens.wide(328))
        row.addWidget(self.search, 5)
        if desk.may(Permission.SEE_NAMES) or desk.may(Permission.SEE_NAMES_TONIGHT):
            self.mask_switch = Switch(words.text("Mask names"))
            self.mask_switch.setAccessibleName(words.text("Mask names"))
            self.mask_switch.toggled.connect(self._mask)
            fill(row, tokens.SPACE, self.mask_switch)
        self._person = IconLabel("person", "ink2")
        self.who = ElidedLabel(desk.user_name)
        self.who.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.who.setMinimumWidth(min(_whole(self.who), tokens.wide(64)))
        role = words.label("role", desk.role.value)
        self.who.setAccessibleDescription(role)
        self._role = Label(role, ink="ink2")
        fill(row, STRETCH, self._person, self.who, self._role)
        fill(row, tokens.SPACE_PANEL, self.guide_button, self.neutral_button, self.lock_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    def minimumSizeHint(self) -> QSize:
        """It never makes the window wider: it folds."""
        return QSize(0, self.height())

    def fold(self) -> None:
        """Fold away as few things as the width asks for."""
        for folded in range(_FOLDS + 1):
            self._fold(folded)
            if self._row.minimumSize().width() <= self.width():
                return

    def _fold(self, folded: int) -> None:
        """The first so many, in the order of what is missed least; the button that locks is never without its word."""
        self._role.setVisible(folded < 1)
        self.town.setVisible(folded < 2)
        self.neutral_button.set_key("F9" if folded < 3 else None)
        if self.mask_switch is not None:
            self.mask_switch.setText(words.text("Mask names") if folded < 4 else "")
            told = words.text("For a visitor behind the desk: no name can be shown.")
            self.mask_switch.setToolTip(told if folded < 4 else f"{words.text('Mask names')}. {told}")
        self._person.setVisible(folded < 5)
        whole = _whole(self.shelter)
        self.shelter.setMinimumWidth(whole if folded < 6 else min(whole, tokens.wide(48)))
        self.shelter.setVisible(folded < 7)
        self.setToolTip("" if folded < 7 else plain(self.shelter.told))
        self.who.setVisible(folded < 8)
        self._row.invalidate()

    def masks_names(self) -> bool:
        """Whether names are masked now."""
        return self.mask_switch is not None and self.mask_switch.isChecked()

    def mask_names(self, on: bool) -> None:
        """Turn the switch where there is one."""
        if self.mask_switch is not None:
            self.mask_switch.setChecked(on)

    @Slot(bool)
    def _mask(self, on: bool) -> None:
        if on and self.search is not None:
            self.search.clear()  # a name may stand there
            self.search.results.hide()
        self.names_masked.emit(on)

    def name_it(self, shelter: str, town: str) -> None:
        """The name and the town of the shelter; both are in the tool tip of either."""
        self.shelter.setText(shelter)
        self.town.setText(town)
        self.shelter.told = self.town.told = ", ".join(part for part in (shelter, town) if part)
        self.town.setMinimumWidth(_whole(self.town))
        self.fold()


def _whole(label: ElidedLabel) -> int:
    return label.sizeHint().width()


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
