"""The night shown: tonight, or a past one, typed or picked."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import UnknownDay
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.words import formats


class NightField(QWidget):
    """The night before, a field that says `Ce soir, mardi 25/11`, the night after; never a night to come."""

    changed = Signal(object)  # date

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = self._night = today
        self.before = IconButton("previous", words.text("Night before"))
        self.after = IconButton("next", words.text("Night after"))
        self.line = QLineEdit()
        self.line.setAccessibleName(words.text("Night"))
        self.line.installEventFilter(self)
        self.line.editingFinished.connect(self._finished)
        self._picker = DayField("", today, parent=self.line)
        self._picker.hide()
        self._picker.changed.connect(self._picked)
        self.calendar = IconButton(
            "calendar", words.text("Open the calendar"), bare=True, shortcut_text="F4", little=True
        )
        self.calendar.clicked.connect(self._pick)
        self.before.clicked.connect(self.go_before)
        self.after.clicked.connect(self.go_after)
        self._lay_out()
        self._say()

    def _lay_out(self) -> None:
        inside = QHBoxLayout(self.line)
        inside.setContentsMargins(5, 0, 0, 0)
        inside.addWidget(self.calendar)
        inside.addStretch(1)
        self.line.setTextMargins(self.calendar.sizeHint().width() + 4, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE)
        row.addWidget(self.before)
        row.addWidget(self.line)
        row.addWidget(self.after)
        self._measure()

    def _measure(self) -> None:
        widest = max(
            tokens.metrics().horizontalAdvance(self._words(self._today + timedelta(days=day))) for day in range(-7, 1)
        )
        self.line.setFixedWidth(widest + self.calendar.sizeHint().width() + 34)

    def night(self) -> date:
        """The night shown."""
        return self._night

    def _words(self, night: date) -> str:
        if night >= self._today:
            return words.text("Tonight, {day}").format(day=formats.weekday_day(night))
        if night.year == self._today.year:
            return words.text("Night of {day}").format(day=formats.weekday_day(night))
        return words.text("Night of {day}").format(day=formats.day(night))

    def _say(self) -> None:
        self.line.setText(formats.day(self._night) if self.line.hasFocus() else self._words(self._night))
        self.line.setCursorPosition(0)
        self.after.setEnabled(self._night < self._today)

    def show_today(self, today: date) -> None:
        """Another day has begun: tonight stays tonight."""
        if today != self._today:
            was_tonight, self._today = self._night == self._today, today
            self._night = today if was_tonight else self._night
        self._say()

    def go_to(self, night: date) -> None:
        """Show that night, tonight at the latest."""
        night = min(night, self._today)
        if night != self._night:
            self._night = night
            self._say()
            self.changed.emit(night)
        else:
            self._say()

    @Slot()
    def go_before(self) -> None:
        """The night before."""
        self.go_to(self._night - timedelta(days=1))

    @Slot()
    def go_after(self) -> None:
        """The night after."""
        self.go_to(self._night + timedelta(days=1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
                self.line.setText(formats.day(self._night))
                self.line.selectAll()
            elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
                self._finished()
                self.line.setText(self._words(self._night))
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_F4:
            self._pick()
        elif event.key() == Qt.Key.Key_PageUp:
            self.go_before()
        elif event.key() == Qt.Key.Key_PageDown:
            self.go_after()
        else:
            return False
        return True

    @Slot()
    def _finished(self) -> None:
        try:
            night = formats.read_day(self.line.text(), self._today)
        except UnknownDay:
            night = self._night
        self.go_to(night)

    @Slot()
    def _pick(self) -> None:
        self._picker.blockSignals(True)
        self._picker.set_day(self._night)
        self._picker.blockSignals(False)
        self._picker.resize(self.line.size())
        self._picker.line.setGeometry(self.line.rect())
        self._picker.open_calendar()

    @Slot()
    def _picked(self) -> None:
        day = self._picker.day()
        if day is not None:
            self.go_to(day)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picker.resize(self.line.size())
