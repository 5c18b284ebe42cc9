"""One appointment: what is known of it, and what became of it in one stroke."""

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import appointments
from shelter_desk.operations.appointments import Line
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.day_fields import ClockField, DayField
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import Facts
from shelter_desk.words import agenda as agenda_words
from shelter_desk.words import shown

_STATES: dict[str, State] = {"prevu": "accent", "fait": "ok", "manque": "attention", "annule": "neutral"}


class AppointmentView(QWidget):
    """Facts, then the acts as buttons; held and moved ask for their day below."""

    told = Signal(object)  # Told
    acted = Signal()
    record_wanted = Signal(int)  # PersonId

    def __init__(self, desk: Desk, line: Line, what: str) -> None:
        super().__init__()
        self._desk, self.line, self._what = desk, line, what
        self.form: AppointmentStep | None = None
        self.buttons: dict[str, Button] = {}
        self.note = Label("", wrap=True)
        self.note.hide()
        self._acts = QWidget()
        self._row = Flow(tokens.SPACE, tokens.SPACE)
        self._acts.setLayout(self._row)
        state = line.appointment.state
        told = words.text("late") if line.is_late else agenda_words.state(state)
        badge = Badge(told, "attention" if line.is_late else _STATES[state])
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(tokens.SPACE_PANEL)
        self._whole.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)
        self._whole.addWidget(Facts(self._facts()))
        self._whole.addWidget(self.note)
        self._whole.addWidget(self._acts)
        self._make_buttons()

    def _facts(self) -> list[tuple[str, str]]:
        one = self.line.appointment
        found = [
            (words.text("Day"), shown.weekday_day(one.starts_at.date())),
            (words.text("Hour"), "" if is_plain(one.starts_at) else shown.clock(one.starts_at)),
            (words.text("Partner"), one.partner),
            (words.text("Responsible"), self.line.responsible),
            (words.text("Asked for by"), words.text("the admission") if one.step else ""),
        ]
        return [(name, value) for name, value in found if value]

    def _make_buttons(self) -> None:
        one = self.line.appointment
        if one.is_planned and self._desk.may(Permission.ASSIST):
            self._button("held", words.text("Held…"), "check", primary=True)
            if one.starts_at.date() <= self._desk.today():
                self._button("missed", words.text("Missed"), "close")
            self._button("move", words.text("Move…"), "move")
            self._button("cancel", words.text("Cancel it"), None)
        if self.line.has_note:
            self._button("note", words.text("Read the note"), "eye")
        self._button("record", words.text("Open the record"), "document")

    def _button(self, act: str, text: str, icon: str | None, primary: bool = False) -> None:
        button = Button(text, "primary" if primary else "plain", icon)
        button.setProperty("act", act)
        button.clicked.connect(self._clicked)
        self.buttons[act] = button
        self._row.add(button)

    def set_first(self) -> None:
        """Put the focus on the first act."""
        next(iter(self.buttons.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _clicked(self) -> None:
        act = str(self.sender().property("act"))
        if act == "record":
            self.record_wanted.emit(int(self.line.person.id))
        elif act == "note":
            self.show_note()
        elif act in ("held", "move"):
            self.open_step(act)
        else:
            self._do(act)

    def show_note(self) -> None:
        """The note in clear; the journal keeps that it was read."""
        try:
            text = appointments.note(self._desk, self.line.appointment.id)
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", agenda_words.sentence(error)))
            return
        self.note.setText(text or words.text("The note was erased with the identity."))
        self.note.show()

    def _do(self, act: str) -> None:
        acts: dict[str, tuple[Callable[..., Done], str]] = {
            "missed": (appointments.missed, words.text("{what} of {code}: missed.")),
            "cancel": (appointments.cancel, words.text("{what} of {code}: cancelled.")),
        }
        operation, text = acts[act]
        told, acted = self.told, self.acted  # this view is made anew by the commit
        said = text.format(what=self._what, code=self.line.person.code)
        try:
            done = operation(self._desk, self.line.appointment.id)
        except errors.ShelterDeskError as error:
            told.emit(Told("blocked", agenda_words.sentence(error)))
        else:
            told.emit(Told("ok", said, done))
            acted.emit()

    def open_step(self, act: str) -> None:
        """Ask for the day, below the facts."""
        self.close_step()
        self.form = AppointmentStep(self._desk, self.line, self._what, act)
        self.form.told.connect(self.told)
        self.form.acted.connect(self.acted)
        self.form.closed.connect(self.close_step)
        self._whole.addWidget(self.form)
        self._acts.hide()
        self.form.show()
        self.form.begin()

    @Slot()
    def close_step(self) -> None:
        """The buttons again."""
        form, self.form = self.form, None
        self._acts.show()
        if form is not None:
            form.hide()
            form.deleteLater()
            self.set_first()


class AppointmentStep(QWidget):
    """The day on which it was held, or the new day and hour. Enter does it, Escape closes."""

    told = Signal(object)  # Told
    acted = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, line: Line, what: str, act: str) -> None:
        super().__init__()
        self._desk, self._line, self._what, self._act = desk, line, what, act
        one, today = line.appointment, desk.today()
        held = act == "held"
        self.day = DayField(
            words.text("Day it was held") if held else words.text("New day"),
            today,
            required=True,
            value=min(one.starts_at.date(), today) if held else max(one.starts_at.date(), today),
        )
        hour = None if is_plain(one.starts_at) else one.starts_at.time()
        self.clock = ClockField(words.text("Hour"), value=hour)
        self.clock.setVisible(not held)
        self.service = QCheckBox(words.text("Write the service too"))
        self.service.setChecked(bool(one.service_type))
        self.service.setVisible(held and bool(one.service_type))
        self.close_button = Button(words.text("Close"))
        self.close_button.clicked.connect(self.closed)
        self.verb = Button(words.text("Record"), "primary", "check")
        self.verb.clicked.connect(self.go)
        row = QHBoxLayout()
        row.addWidget(self.close_button)
        row.addWidget(self.verb)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE)
        for widget in (self.day, self.clock, self.service):
            whole.addWidget(widget)
        whole.addLayout(row)

    def begin(self) -> None:
        """Put the focus where typing begins."""
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Do it, or say what is wrong beside the day."""
        self.day.clear()
        told, acted = self.told, self.acted
        try:
            said, done = self._do()
        except errors.RuleBroken as error:
            self.day.set_error(agenda_words.sentence(error))
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        except errors.ShelterDeskError as error:
            told.emit(Told("blocked", agenda_words.sentence(error)))
        else:
            told.emit(Told("ok", said, done))
            acted.emit()

    def _do(self) -> tuple[str, Done]:
        day, key = self.day.day(), self._line.appointment.id
        if day is None or self.clock.is_wrong():
            raise errors.Missing("starts_on")
        named = {"what": self._what, "code": self._line.person.code, "day": shown.day(day)}
        if self._act == "held":
            done = appointments.held(self._desk, key, day, self.service.isChecked())
            return words.text("{what} of {code}: held on {day}.").format(**named), done
        done = appointments.move(self._desk, key, datetime.combine(day, self.clock.clock() or time()))
        return words.text("{what} of {code}: moved to {day}.").format(**named), done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go()
        else:
            super().keyPressEvent(event)
