"""The agenda: a day, a week or what is late in one list, and the one chosen beside it with what can be done.

What became of one in a stroke, and a new one of a resident: who, what for, when, with whom.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance.appointments import Appointment
from shelter_desk.domain.assistance.assistance import LODGING
from shelter_desk.domain.ids import AppointmentId, UserId
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import appointments, assistance
from shelter_desk.operations.assistance.appointments import AppointmentLine
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.services.service_log import ServiceLine
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import LineField, TextField
from shelter_desk.ui.lists.detail_view import DetailStep, DetailView
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.lists.turning_bars import DayBar
from shelter_desk.ui.locking.clipboard import may_hold_a_name
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import ElidedLabel, Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import agenda as agenda_words
from shelter_desk.words import formats


class AppointmentForm(ActForm):
    """Who is found by bed, code or name; the hour may stay open. written: when it is, once it is in the agenda."""

    def __init__(self, desk: Desk, day: date) -> None:
        super().__init__(desk, words.text("New appointment"), words.text("Write it in the agenda"), "check")
        self.line: ServiceLine | None = None
        self.written: datetime | None = None
        offered = [
            (one.code, one.label(words.language()))
            for one in service_catalogue.all_kinds(desk).values()
            if one.active and one.code != LODGING
        ]
        staff = [(str(key), name) for key, name in appointments.staff(desk)]
        self.resident = LineField(
            words.text("Resident"),
            required=True,
            placeholder=words.text("Bed, code or first letters of the name"),
            key="resident",
        )
        may_hold_a_name(self.resident.line)
        self.found = Label("", size="small", ink="ink2", wrap=True)
        self.what = ChoiceField(words.text("What for"), offered, required=True, key="what")
        self.day = DayField(words.text("Day"), desk.today(), required=True, value=day, kind="ahead", key="starts_on")
        self.clock = ClockField(words.text("Hour"), key="clock")
        self.partner = LineField(
            words.text("Provider"), placeholder=words.text("where it is not at the shelter"), key="partner"
        )
        self.responsible = ChoiceField(words.text("Responsible"), staff, key="responsible")
        self.note = TextField(words.text("Note, sealed: no diagnosis, no story"), lines=2)
        self.row((self.resident, 320), (self.what, 340))
        self.add(self.found)
        self.row((self.day, 150), (self.clock, 100), (self.partner, 260), (self.responsible, 220))
        self.note.setMaximumWidth(tokens.wide(660))
        self.add(self.note)
        self.resident.changed.connect(self._look_for)
        self.refresh()

    @Slot(str)
    def _look_for(self, typed: str) -> None:
        """Say who is meant; nobody while several may be."""
        found = assistance.found(self.desk, typed, self._lines)
        self.line = choices.meant(found, typed)
        if self.line is not None:
            about = choices.about(self.line, self.desk.today())
            told = words.text("{code} · bed {bed} · {about}").format(
                code=self.line.person.code, bed=choices.place(self.line), about=about
            )
        elif len(found) > 1:
            told = words.count("{n} person found: type more.", "{n} persons found: type more.", len(found))
        else:
            told = words.text("Nobody found.") if typed.strip() else words.text("By bed, by code, or by name.")
        self.found.setText(told)

    def refresh(self) -> None:
        self._lines = assistance.sheet(self.desk, self.desk.today())
        self._look_for(self.resident.text())

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return agenda_words.sentence(error)

    def act(self) -> Told:
        if self.line is None:
            raise errors.Missing("resident")
        day = self.day.asked()
        if self.clock.is_wrong():
            raise errors.Missing("clock")
        starts_at = datetime.combine(day, self.clock.clock() or time())
        made = Appointment(
            AppointmentId(0),
            self.line.stay.id,
            starts_at,
            service_type=self.what.code(),
            partner=self.partner.text(),
            responsible=self.responsible.chosen_id(UserId),
        )
        done = appointments.make(self.desk, made, self.note.text())
        self.written = starts_at
        told = words.text("Appointment of {code} on {day} written.")
        return Told("ok", told.format(code=self.line.person.code, day=formats.day(day)), done)


_STATES: dict[str, State] = {"prevu": "accent", "fait": "ok", "manque": "attention", "annule": "neutral"}


class AppointmentView(DetailView):
    """Facts, then the acts as buttons; held and moved ask for their day below."""

    form: "AppointmentStep | None"

    def __init__(self, desk: Desk, line: AppointmentLine, what: str) -> None:
        super().__init__(desk)
        self.line, self._what = line, what
        self.note = Label("", wrap=True)
        self.note.hide()
        self.add(Badge(state(line), "attention" if line.is_late else _STATES[line.appointment.state]))
        self.add(FactList(self._facts()), self.note, self.acts)
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

    def _facts(self) -> list[tuple[str, str]]:
        one = self.line.appointment
        found = [
            (words.text("Day"), formats.weekday_day(one.starts_at.date())),
            (words.text("Hour"), "" if is_plain(one.starts_at) else formats.clock(one.starts_at)),
            (words.text("Provider"), one.partner),
            (words.text("Responsible"), self.line.responsible),
            (words.text("Asked for by"), words.text("the admission") if one.step else ""),
        ]
        return [(name, value) for name, value in found if value]

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
        super().__init__(desk)
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


_DAY, _WEEK, _LATE = "day", "week", "late"


class AgendaPart(ListRoom[AppointmentLine]):
    """Enter on a line opens it; the form of a new appointment takes the place of the list."""

    form: AppointmentForm | None
    view: AppointmentView | None

    def __init__(self, desk: Desk) -> None:
        self._may = desk.may(Permission.ASSIST)
        self._catalogue = service_catalogue.all_kinds(desk)
        told = words.text("Visits, interviews and the steps that an admission asks for, each on its day.")
        first = words.text("New appointment…") if self._may else None
        empty = Empty("calendar", words.text("Nothing in the agenda"), told, first)
        super().__init__(desk, self._columns(), words.text("Appointments"), empty)
        self.bar = DayBar(desk.today(), to_come=True)
        self.which = Segments(
            [(_DAY, words.text("Day")), (_WEEK, words.text("Week")), (_LATE, words.text("Late"))],
            _DAY,
            words.text("What is shown"),
        )
        self.counted = ElidedLabel("", size="small", ink="ink2")
        self.new_button = self.begin_button(words.text("New appointment…"), may=self._may)
        head = head_row(self.which, self.bar, wide=self.counted, right=[self.new_button], spacing=tokens.SPACE_PANEL)
        for widget in (self.which, self.bar, self.counted, self.new_button):
            head.setAlignment(widget, Qt.AlignmentFlag.AlignBottom)
        self.lay_out(head, tokens.SPACE_PANEL)
        self.bar.changed.connect(self._turned)
        self.which.chosen.connect(self._turned)

    def _columns(self) -> list[TableColumn[AppointmentLine]]:
        return [
            TableColumn(words.text("Day"), _day, lambda one: one.appointment.starts_at),
            TableColumn(words.text("Hour"), _hour),
            TableColumn(words.text("Resident"), lambda one: one.person.code, BY_TEXT, bold=True),
            TableColumn(words.text("What"), self.what, BY_TEXT),
            TableColumn(words.text("Provider"), lambda one: one.appointment.partner),
            TableColumn(words.text("Responsible"), lambda one: one.responsible, lambda one: one.responsible.casefold()),
            TableColumn(
                words.text("State"), state, BY_TEXT, badge=lambda one: "attention" if one.is_late else "neutral"
            ),
        ]

    def what(self, line: AppointmentLine) -> str:
        """The step of an admission, else the service."""
        one = line.appointment
        if one.step:
            return agenda_words.step(one.step)
        return choices.named(self._catalogue.get(one.service_type), one.service_type)

    def ask(self) -> Sequence[AppointmentLine]:
        self._catalogue = service_catalogue.all_kinds(self.desk)
        late = appointments.overdue(self.desk)
        found = self._asked(late)
        self.bar.setEnabled(self.which.value() != _LATE)
        self.table.setColumnHidden(0, self.which.value() == _DAY)
        self.counted.setText(_counted(len(found), len(late)))
        return found

    def _asked(self, late: tuple[AppointmentLine, ...]) -> Sequence[AppointmentLine]:
        if self.which.value() == _LATE:
            return late
        if self.which.value() == _WEEK:
            return [line for day in appointments.week(self.desk, self.bar.day()) for line in day.lines]
        return appointments.on(self.desk, self.bar.day())

    def key_of(self, line: AppointmentLine) -> int:
        return line.appointment.id

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return agenda_words.sentence(error)

    def first_of_head(self) -> QWidget:
        return self.which

    @Slot()
    def _turned(self, _to: object = None) -> None:
        self.panel.hide()
        self.drop_view()
        self.look_again()

    def view_of(self, line: AppointmentLine) -> AppointmentView:
        self.panel.name_it(self.what(line), line.person.code)
        return AppointmentView(self.desk, line, self.what(line))

    def form_of(self, _line: AppointmentLine | None) -> tuple[AppointmentForm, str] | None:
        if not self._may:
            return None
        form = AppointmentForm(self.desk, max(self.bar.day(), self.desk.today()))
        form.acted.connect(self._written)
        return form, "new"

    @Slot()
    def _written(self) -> None:
        """The day of what was written."""
        if self.form is not None and self.form.written is not None and self.which.value() != _LATE:
            self.bar.go_to(self.form.written.date())


def _day(line: AppointmentLine) -> str:
    return formats.weekday_day(line.appointment.starts_at.date())


def _hour(line: AppointmentLine) -> str:
    moment = line.appointment.starts_at
    return "" if is_plain(moment) else formats.clock(moment)


def state(line: AppointmentLine) -> str:
    """How it stands: late while its day has passed and nothing is said."""
    return words.text("late") if line.is_late else agenda_words.state(line.appointment.state)


def _counted(shown_lines: int, late: int) -> str:
    lines = words.count("{n} appointment", "{n} appointments", shown_lines)
    if not late:
        return lines
    told = words.text("{appointments}, {late}")
    return told.format(appointments=lines, late=words.count("{n} late in all", "{n} late in all", late))
