"""Since when beds are there: before the program, or a day."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.beds.first_day import NOT_KNOWN
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.widgets.layouts import STRETCH, in_row
from shelter_desk.ui.widgets.segments import Segments

BEFORE, DAY = "before", "day"


class BedsSince(QWidget):
    """One of the two, and the day beside it; `changed` is said at each other answer."""

    changed = Signal()

    def __init__(self, label: str, today: date, value: date = NOT_KNOWN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        options = [(BEFORE, words.text("Before the program")), (DAY, words.text("Since a day"))]
        self.which = Segments(options, BEFORE, label)
        self.at = DayField(words.text("First day"), today)
        self._today = today
        in_row(
            (Field(label, self.which), 0, Qt.AlignmentFlag.AlignTop),
            (self.at, 0, Qt.AlignmentFlag.AlignTop),
            STRETCH,
            within=self,
            spacing=tokens.SPACE_PANEL,
        )
        self.which.chosen.connect(self._chosen)
        self.at.changed.connect(self.changed)
        self.set_day(value)

    def day(self) -> date | None:
        """The day, `NOT_KNOWN` for before the program, None where none is typed."""
        return NOT_KNOWN if self.which.value() == BEFORE else self.at.day()

    def set_day(self, day: date) -> None:
        """Show that answer."""
        self.which.choose(BEFORE if day == NOT_KNOWN else DAY)
        self.at.set_day(None if day == NOT_KNOWN else day)
        self._look()

    def checked(self, *, may_be_to_come: bool = False) -> date | None:
        """The day; None where it cannot be taken, which is said beside its field."""
        self.at.clear()
        day = self.day()
        if day is None:
            self.refuse(words.text("Type the day as 03/12/2026."))
        elif day > self._today and not may_be_to_come:
            self.refuse(words.text("This day is still to come."))
            return None
        return day

    def refuse(self, told: str) -> None:
        """Say it beside the day, and go there."""
        self.at.set_error(told)
        self.at.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _chosen(self, _code: str) -> None:
        self._look()
        if self.which.value() == DAY:
            self.at.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _look(self) -> None:
        self.at.clear()
        self.at.setVisible(self.which.value() == DAY)
