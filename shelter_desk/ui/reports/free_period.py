"""Any two days as a period."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import PeriodNotBegun
from shelter_desk.domain.moments import Period
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words.refusals.errors import sentence

LONGEST = 366 * 5


class FreePeriod(QDialog):
    """Two days, both included; the verb is off until they make a period."""

    chosen = Signal(object)  # Period

    def __init__(self, today: date, shown: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setWindowTitle(words.text("Free period"))
        self.setProperty("role", "question")
        self.setMinimumWidth(tokens.wide(420))
        self.first = DayField(words.text("First day"), today, value=shown.first)
        self.last = DayField(words.text("Last day"), today, value=shown.last)
        self.verb = Button(words.text("Show this period"), kind="primary", on_click=self._choose)
        self.close_button = Button(words.text("Close"), on_click=self.reject)
        self.first.changed.connect(self._judge)
        self.last.changed.connect(self._judge)
        self._lay_out()
        self._judge()

    def _lay_out(self) -> None:
        days = in_row(self.first, self.last, spacing=tokens.SPACE_2)
        in_column(
            Label(words.text("Both days are counted."), ink="ink2", wrap=True),
            days,
            in_row(STRETCH, self.close_button, self.verb),
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=tokens.SPACE_2,
        )
        self.verb.setDefault(True)

    def period(self) -> Period | None:
        """The two days, None where they make no period."""
        first, last = self.first.day(), self.last.day()
        if first is None or last is None or last < first or (last - first).days > LONGEST or first > self._today:
            return None
        return Period(first, last)

    @Slot()
    def _judge(self) -> None:
        self.verb.setEnabled(self.period() is not None)
        first, last = self.first.day(), self.last.day()
        if first is not None and first > self._today:
            self.first.set_error(sentence(PeriodNotBegun(first)))
        elif first is not None:
            self.first.clear()
        if first is not None and last is not None and last < first:
            self.last.set_error(words.text("The last day comes before the first one."))
        elif first is not None and last is not None and (last - first).days > LONGEST:
            self.last.set_error(words.text("A period lasts five years at most."))
        elif last is not None:
            self.last.clear()

    @Slot()
    def _choose(self) -> None:
        period = self.period()
        if period is not None:
            self.chosen.emit(period)
            self.accept()
