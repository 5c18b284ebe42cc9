"""Setting a task aside: until a day, or for good, with the reason that is kept."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today import postponed_tasks
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import unsaved
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

_SHORTCUTS = {"1": 1, "3": 3, "7": 7}  # days from today on


class SetAside(QFrame):
    """Beneath the row of a task: why, and until when. Ctrl+Enter does it, Escape closes."""

    told = Signal(object)  # Told: it was done, or trouble
    closed = Signal()

    def __init__(self, desk: Desk, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._desk, self.task = desk, task
        self.reason = LineField(words.text("Reason, without a name"), required=True, open_words=True)
        options = [
            ("1", words.text("Until tomorrow")),
            ("3", words.text("3 days")),
            ("7", words.text("7 days")),
            ("day", words.text("Until…")),
        ]
        if task.flags and flags.may_accept(desk, task.flags):
            options.append(("good", words.text("Accepted for good")))
        self.until = Segments(options, "1", words.text("Until when"))
        self.until_field = Field(words.text("Until when"), self.until)
        self.day = DayField(words.text("Shown again on"), desk.today(), required=True, kind="ahead")
        self.day.hide()
        self.verb = Button(words.text("Set aside"), "primary", "snooze", words.text("Ctrl+Enter"), on_click=self.go)
        self.close_button = Button(words.text("Close"), on_click=self.close_up)
        self.refusal = Label("", size="small", ink="blocked", wrap=True)
        self.refusal.hide()
        watch(desk, self.reason)
        self.day.setFixedWidth(tokens.wide(150))
        in_column(
            self.reason,
            in_row(self.until_field, self.day, STRETCH, spacing=tokens.SPACE_2),
            in_row(self.close_button, (self.refusal, 1), STRETCH, self.verb, spacing=tokens.SPACE),
            within=self,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE_PANEL),
        )
        self.setTabOrder(self.verb, self.close_button)
        self.until.chosen.connect(self._until_chosen)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.go)
        self._begun = unsaved.AsBegun(self)

    def begin(self) -> None:
        """Put the focus where typing begins."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _until_chosen(self, code: str) -> None:
        self.day.setVisible(code == "day")

    def until_day(self) -> date | None:
        """The first day on which it is shown again, None for good. Raises Missing where none was typed."""
        chosen = self.until.value() or "1"
        if chosen == "good":
            return None
        if chosen in _SHORTCUTS:
            return self._desk.today() + timedelta(days=_SHORTCUTS[chosen])
        day = self.day.day()
        if day is None:
            raise errors.Missing("until")
        return day

    @Slot()
    def go(self) -> None:
        """Do it, or say what is wrong."""
        self.refusal.hide()
        for field in (self.reason, self.day):
            field.clear()
        try:
            until = self.until_day()
            if self.task.flags:
                done = flags.settle(self._desk, self.task.flags, self.reason.text(), until)
            else:
                done = postponed_tasks.set_aside(self._desk, self.task, self.reason.text(), until)
        except errors.RuleBroken as error:
            self._refuse(error)
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.told.emit(Told("ok", _told(until, bool(self.task.flags)), done))
            self.closed.emit()

    def _refuse(self, error: errors.RuleBroken) -> None:
        if isinstance(error, errors.Missing) and error.field == "reason":
            self.reason.set_error(words.text("Write why, so that a colleague understands it."))
            self.reason.setFocus()
        elif isinstance(error, errors.Missing | errors.NotInList):
            most = words.text("Choose a day after today, at most {n} days away.")
            self.day.set_error(most.format(n=flags.LONGEST_SNOOZE))
            self.day.setFocus()
        else:
            self.refusal.setText(sentence(error))
            self.refusal.show()

    @Slot()
    def close_up(self) -> None:
        """Give it up, once the person lets go what was typed."""
        if self._begun.may_close():
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
            return
        super().keyPressEvent(event)


def _told(until: date | None, is_alert: bool) -> str:
    if until is not None and not is_alert:
        return words.text("Task set aside until {day}.").format(day=formats.day(until))
    if until is None:
        return words.text("Alert accepted for good, with its reason.")
    return words.text("Alert set aside until {day}.").format(day=formats.day(until))
