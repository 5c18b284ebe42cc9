"""The agenda: a day, a week or what is late in one list, and the one chosen beside it with what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import appointments
from shelter_desk.operations.assistance.appointments import AppointmentLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.assistance.appointment_form import AppointmentForm
from shelter_desk.ui.assistance.appointment_view import AppointmentView
from shelter_desk.ui.assistance.day_bar import DayBar
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table import BY_TEXT, TableColumn
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import ElidedLabel
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import agenda as agenda_words
from shelter_desk.words import formats

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
            TableColumn(words.text("Partner"), lambda one: one.appointment.partner),
            TableColumn(words.text("Responsible"), lambda one: one.responsible, lambda one: one.responsible.casefold()),
            TableColumn(words.text("State"), state, BY_TEXT, ink=lambda one: "attention" if one.is_late else None),
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

    def sentence(self, error: ShelterDeskError) -> str:
        return agenda_words.sentence(error)

    def first_of_head(self) -> QWidget:
        return self.which

    def show_late(self) -> None:
        """Everything that is late, for another page."""
        self.which.choose(_LATE)
        self._turned()

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
