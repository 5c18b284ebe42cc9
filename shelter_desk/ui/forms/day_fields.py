"""Fields for a day, typed or picked, and for an hour."""

from datetime import date, time

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Missing, UnknownDay
from shelter_desk.domain.plausible_dates import Kind
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import Field, put_inside
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words import formats


class DayField(Field):
    """A day as JJ/MM/AAAA, or shorter; F4 or the button opens the calendar.

    today, kind: what a year left out or of two digits is read against. A day that does not exist is refused in red
    when the focus leaves; `changed` is said each time the day read is another one.
    """

    changed = Signal()

    def __init__(
        self,
        label: str,
        today: date,
        required: bool = False,
        value: date | None = None,
        parent: QWidget | None = None,
        kind: Kind = "event",
        key: str = "",
    ) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(words.text("DD/MM/YYYY"))
        self.line.setMinimumWidth(tokens.metrics().horizontalAdvance("00/00/0000") + 56)
        super().__init__(label, self.line, required, parent, key)
        self._today, self._kind = today, kind
        self._last: date | None = None
        self._refused = False
        told = words.text("Open the calendar")
        self.button = IconButton("calendar", told, True, shortcut_text="F4", little=True, on_click=self.open_calendar)
        put_inside(self.line, self.button)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._typed)
        self.line.editingFinished.connect(self._finished)
        self.set_day(value)

    def day(self) -> date | None:
        """The day typed, None when nothing or no day is."""
        try:
            return formats.read_day(self.line.text(), self._today, self._kind)
        except UnknownDay:
            return None

    def asked(self) -> date:
        """The day, where one has to be typed. Raises Missing."""
        day = self.day()
        if day is None:
            raise Missing(self.key)
        return day

    def known(self) -> date | None:
        """The day, None where nothing is typed. Raises Missing for what is no day."""
        if self.is_wrong():
            raise Missing(self.key)
        return self.day()

    def is_wrong(self) -> bool:
        """Whether something is typed that is not a day."""
        return bool(self.line.text().strip()) and self.day() is None

    def set_day(self, day: date | None) -> None:
        """Show that day."""
        self.line.setText("" if day is None else formats.day(day))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
            if event.key() == Qt.Key.Key_F4 or alt_down:
                self.open_calendar()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def open_calendar(self) -> None:
        """Let the day be picked."""
        popup = _Calendar(self.day() or self._today, self)
        popup.picked.connect(self._picked)
        popup.open_under(self.line)

    @Slot(QDate)
    def _picked(self, day: QDate) -> None:
        self.set_day(date(day.year(), day.month(), day.day()))
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(str)
    def _typed(self, _text: str) -> None:
        if self._refused and not self.is_wrong():
            self._refused = False
            self.clear()
        if self.day() != self._last:
            self._last = self.day()
            self.changed.emit()

    @Slot()
    def _finished(self) -> None:
        day = self.day()
        if day is not None:
            self.set_day(day)
        elif self.is_wrong():
            self._refused = True
            self.set_error(words.text("This day does not exist: {typed}.").format(typed=self.line.text().strip()))


class ClockField(Field):
    """An hour as 16:35, 16h35 or 1635; what is not an hour is refused in red when the focus leaves."""

    changed = Signal()

    def __init__(self, label: str, required: bool = False, value: time | None = None, key: str = "") -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(words.text("HH:MM"))
        super().__init__(label, self.line, required, key=key)
        self._last: time | None = None
        self._refused = False
        self.line.textChanged.connect(self._typed)
        self.line.editingFinished.connect(self._finished)
        self.set_clock(value)

    def clock(self) -> time | None:
        """The hour typed, None when nothing or no hour is."""
        try:
            return formats.read_clock(self.line.text())
        except UnknownDay:
            return None

    def is_wrong(self) -> bool:
        """Whether something is typed that is not an hour."""
        return bool(self.line.text().strip()) and self.clock() is None

    def set_clock(self, clock: time | None) -> None:
        """Show that hour."""
        self.line.setText("" if clock is None else formats.clock(clock))

    @Slot(str)
    def _typed(self, _text: str) -> None:
        if self._refused and not self.is_wrong():
            self._refused = False
            self.clear()
        if self.clock() != self._last:
            self._last = self.clock()
            self.changed.emit()

    @Slot()
    def _finished(self) -> None:
        clock = self.clock()
        if clock is not None:
            self.set_clock(clock)
        elif self.is_wrong():
            self._refused = True
            self.set_error(words.text("This hour does not exist: {typed}.").format(typed=self.line.text().strip()))


class _Calendar(QFrame):
    """A month to pick a day from: arrows move, Enter picks, Escape closes."""

    picked = Signal(QDate)

    def __init__(self, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.calendar = QCalendarWidget()
        french = words.language() == "fr"
        self.calendar.setLocale(QLocale(QLocale.Language.French if french else QLocale.Language.English))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        plain = QTextCharFormat()
        plain.setForeground(tokens.color("ink"))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, plain)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.clicked.connect(self._pick)
        self.calendar.activated.connect(self._pick)
        in_column(self.calendar, within=self, margins=tokens.SPACE)

    def open_under(self, line: QWidget) -> None:
        """Show below that field, inside the screen."""
        self.adjustSize()
        place = line.mapToGlobal(QPoint(0, line.height() + 4))
        room = line.screen().availableGeometry()
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        if place.y() + self.height() > room.bottom():
            place.setY(line.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4)
        self.move(place)
        self.show()
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(QDate)
    def _pick(self, day: QDate) -> None:
        self.picked.emit(day)
        self.close()
