"""The head of catching up: which period, as a question."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import formats


class PeriodHead(QWidget):
    """Back, the question, and the two moments, which can be typed over."""

    changed = Signal()

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.back_button = IconButton("previous", words.text("Back to today"), shortcut_text=words.text("Esc"))
        self.question = Label("", ink="ink2", wrap=True)
        self.from_day = DayField(words.text("From"), now.date(), required=True)
        self.from_hour = ClockField(words.text("Hour"))
        self.to_day = DayField(words.text("Until"), now.date(), required=True)
        self.to_hour = ClockField(words.text("Hour"))
        row = in_row(
            self.back_button,
            (in_column(Label(words.text("Catching up"), size="title", bold=True), self.question, spacing=0), 1),
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE),
        )
        self._fields: list[DayField | ClockField] = [self.from_day, self.from_hour, self.to_day, self.to_hour]
        for field, width in zip(self._fields, (132, 76, 132, 76), strict=True):
            field.setFixedWidth(tokens.wide(width))
            row.addWidget(field)
            field.changed.connect(self._typed)

    def show_period(self, since: datetime, until: datetime) -> None:
        """Propose these two moments."""
        self._now = until
        for field in self._fields:
            field.blockSignals(True)
        self.from_day.set_day(since.date())
        self.from_hour.set_clock(since.time())
        self.to_day.set_day(until.date())
        self.to_hour.set_clock(until.time())
        for field in self._fields:
            field.blockSignals(False)
        self._say()

    def typed(self) -> list[str]:
        """What stands in the four fields."""
        return [field.line.text() for field in self._fields]

    def retype(self, texts: Sequence[str]) -> None:
        """Show these again."""
        for field, text in zip(self._fields, texts, strict=True):
            field.line.setText(text)

    def period(self) -> tuple[datetime, datetime]:
        """The two moments as typed; where one cannot be read, or they are upside down, now stands for it."""
        since = _moment(self.from_day.day(), self.from_hour.clock() or time.min) or self._now
        until = _moment(self.to_day.day(), self.to_hour.clock() or time(23, 59)) or self._now
        return min(since, until), min(until, self._now)

    @Slot()
    def _typed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        since, until = self.period()
        if until >= self._now:
            told = words.text("What happened between {since} and now?").format(since=self._said(since))
        else:
            sentence = words.text("What happened between {since} and {until}?")
            told = sentence.format(since=self._said(since), until=self._said(until))
        self.question.setText(told)

    def _said(self, moment: datetime) -> str:
        hour, day = formats.clock(moment), moment.date()
        if day == self._now.date():
            return words.text("{hour} today").format(hour=hour)
        if day == self._now.date() - timedelta(days=1):
            return words.text("{hour} yesterday").format(hour=hour)
        return words.text("{hour} on {day}").format(hour=hour, day=formats.short_day(day))


def _moment(day: date | None, hour: time) -> datetime | None:
    return None if day is None else datetime.combine(day, hour)
