"""One appointment: what is known of it, and what became of it in one stroke."""

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import appointments
from shelter_desk.operations.assistance.appointments import AppointmentLine
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.lists.detail_view import DetailStep, DetailView
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import agenda as agenda_words
from shelter_desk.words import formats

_STATES: dict[str, State] = {"prevu": "accent", "fait": "ok", "manque": "attention", "annule": "neutral"}


class AppointmentView(DetailView):
    """Facts, then the acts as buttons; held and moved ask for their day below."""

    form: "AppointmentStep | None"

    def __init__(self, desk: Desk, line: AppointmentLine, what: str) -> None:
        super().__init__(desk)
        self.line, self._what = line, what
        self.note = Label("", wrap=True)
        self.note.hide()
        state = line.appointment.state
        told = words.text("late") if line.is_late else agenda_words.state(state)
        self.add(Badge(told, "attention" if line.is_late else _STATES[state]))
        self.add(FactList(self._facts()), self.note, self.acts)
        self._make_buttons()

    def _facts(self) -> list[tuple[str, str]]:
        one = self.line.appointment
        found = [
            (words.text("Day"), formats.weekday_day(one.starts_at.date())),
            (words.text("Hour"), "" if is_plain(one.starts_at) else formats.clock(one.starts_at)),
            (words.text("Partner"), one.partner),
            (words.text("Responsible"), self.line.responsible),
            (words.text("Asked for by"), words.text("the admission") if one.step else ""),
        ]
        return [(name, value) for name, value in found if value]

    def _make_buttons(self) -> None:
        one = self.line.appointment
        if one.is_planned and self._desk.may(Permission.ASSIST):
            self.button("held", words.text("Held…"), "check", primary=True)
            if one.starts_at.date() <= self._desk.today():
                self.button("missed", words.text("Missed"), "close")
            self.button("move", words.text("Move…"), "move")
            self.button("cancel", words.text("Cancel it"))
        if self.line.has_note:
            self.button("note", words.text("Read the note"), "eye")
        self.button("record", words.text("Open the record"), "document")

    def do(self, act: str) -> None:
        if act == "record":
            self.record_wanted.emit(int(self.line.person.id))
        elif act == "note":
            self.show_note()
        elif act in ("held", "move"):
            self.show_step(AppointmentStep(self._desk, self.line, self._what, act))
        else:
            self.do_at_once(lambda: self._ended(act))

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return agenda_words.sentence(error)

    def show_note(self) -> None:
        """The note in clear; the journal keeps that it was read."""
        text = self.attempt(lambda: appointments.note(self._desk, self.line.appointment.id))
        if text is not None:
            self.note.setText(text or words.text("The note was erased with the identity."))
            self.note.show()

    def _ended(self, act: str) -> Told:
        acts: dict[str, tuple[Callable[..., Done], str]] = {
            "missed": (appointments.missed, words.text("{what} of {code}: missed.")),
            "cancel": (appointments.cancel, words.text("{what} of {code}: cancelled.")),
        }
        operation, text = acts[act]
        told = text.format(what=self._what, code=self.line.person.code)
        return Told("ok", told, operation(self._desk, self.line.appointment.id))


class AppointmentStep(DetailStep):
    """The day on which it was held, or the new day and hour."""

    def __init__(self, desk: Desk, line: AppointmentLine, what: str, act: str) -> None:
        super().__init__()
        self._desk, self._line, self._what, self._act = desk, line, what, act
        one, today = line.appointment, desk.today()
        held = act == "held"
        self.day = DayField(
            words.text("Day it was held") if held else words.text("New day"),
            today,
            required=True,
            value=min(one.starts_at.date(), today) if held else max(one.starts_at.date(), today),
            kind="event" if held else "ahead",
        )
        hour = None if is_plain(one.starts_at) else one.starts_at.time()
        self.clock = ClockField(words.text("Hour"), value=hour)
        self.service = QCheckBox(words.text("Write the service too"))
        self.service.setChecked(bool(one.service_type))
        self.fields = {"day": self.day}
        shows = {self.day: True, self.clock: not held, self.service: held and bool(one.service_type)}
        for widget, is_shown in shows.items():
            self.body.addWidget(widget)
            widget.setVisible(is_shown)
        self.add_foot()

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return agenda_words.sentence(error)

    def act(self) -> tuple[str, Done]:
        day, key = self.day.day(), self._line.appointment.id
        if day is None or self.clock.is_wrong():
            raise errors.Missing("starts_on")
        named = {"what": self._what, "code": self._line.person.code, "day": formats.day(day)}
        if self._act == "held":
            done = appointments.held(self._desk, key, day, self.service.isChecked())
            return words.text("{what} of {code}: held on {day}.").format(**named), done
        done = appointments.move(self._desk, key, datetime.combine(day, self.clock.clock() or time()))
        return words.text("{what} of {code}: moved to {day}.").format(**named), done
