"""The month or the day that a part shows, between the one before and the one after."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.moments import Period
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_row
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
        around = 0, 0, tokens.SPACE, 0
        in_row(self.before, self.month, self.after, within=self, spacing=tokens.SPACE, margins=around)
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


class DayBar(QWidget):
    """A day typed, picked or stepped to; days to come where they can be planned."""

    changed = Signal(object)  # date

    def __init__(self, today: date, to_come: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._day, self._to_come = today, today, to_come
        self.field = DayField(words.text("Day"), today, value=today)
        self.field.setFixedWidth(tokens.wide(140))
        self.before = IconButton("previous", words.text("Day before"), on_click=self._back)
        self.after = IconButton("next", words.text("Day after"), on_click=self._on)
        self.now = Button(words.text("Today"), "quiet", on_click=self._to_today)
        row = in_row(within=self, spacing=tokens.SPACE_HALF)
        for widget in (self.before, self.field, self.after, self.now):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        self.field.changed.connect(self._typed)
        self._say()

    def day(self) -> date:
        """The day shown."""
        return self._day

    def go_to(self, day: date) -> None:
        """Show that day, today at the latest where nothing can be planned."""
        day = day if self._to_come else min(day, self._today)
        if self.field.day() != day:
            self.field.set_day(day)
        if day != self._day:
            self._day = day
            self._say()
            self.changed.emit(day)

    def _say(self) -> None:
        self.field.set_label(formats.weekday(self._day).capitalize())
        self.after.setEnabled(self._to_come or self._day < self._today)
        self.now.setEnabled(self._day != self._today)

    @Slot()
    def _typed(self) -> None:
        day = self.field.day()
        if day is not None and (self._to_come or day <= self._today):
            self.go_to(day)

    @Slot()
    def _back(self) -> None:
        self.go_to(self._day - timedelta(days=1))

    @Slot()
    def _on(self) -> None:
        self.go_to(self._day + timedelta(days=1))

    @Slot()
    def _to_today(self) -> None:
        self.go_to(self._today)
