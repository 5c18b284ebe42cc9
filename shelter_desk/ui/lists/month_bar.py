"""The month that a list shows: the month before, its name, the month after."""

from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.moments import Period
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats


class MonthBar(QWidget):
    """The month of a day, stepped through in both directions."""

    changed = Signal()

    def __init__(self, day: date) -> None:
        super().__init__()
        self._first = day.replace(day=1)
        self.before = IconButton("previous", words.text("Month before"), on_click=self._back)
        self.after = IconButton("next", words.text("Month after"), on_click=self._on)
        self.month = Label("", bold=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, tokens.SPACE, 0)
        row.setSpacing(tokens.SPACE)
        for widget in (self.before, self.month, self.after):
            row.addWidget(widget)
        self._label()

    def period(self) -> Period:
        """The month, from its first day to its last."""
        return Period.month(self._first.year, self._first.month)

    def _label(self) -> None:
        self.month.setText(formats.month_title(self._first))

    def _turn(self, day: date) -> None:
        self._first = day.replace(day=1)
        self._label()
        self.changed.emit()

    @Slot()
    def _back(self) -> None:
        self._turn(self._first - timedelta(days=1))

    @Slot()
    def _on(self) -> None:
        self._turn(self._first + timedelta(days=31))
