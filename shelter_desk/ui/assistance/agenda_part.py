"""The agenda: a day, a week or what is late in one list, and the one chosen beside it with what can be done."""

from datetime import date

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import AppointmentId
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import appointments, kinds
from shelter_desk.operations.appointments import Line
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.assistance.appointment_form import AppointmentForm
from shelter_desk.ui.assistance.appointment_view import AppointmentView
from shelter_desk.ui.assistance.day_bar import DayBar
from shelter_desk.ui.assistance.part import PartFace
from shelter_desk.ui.drafting import Drafting
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import SidePanel
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.ui.widgets.table import Column, Rows, Table
from shelter_desk.words import agenda as agenda_words
from shelter_desk.words import shown

NEW_FORM = "assistance/agenda/new"
_DAY, _WEEK, _LATE = "day", "week", "late"


class AgendaPart(PartFace):
    """Enter on a line opens it; the form of a new appointment takes the place of the list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._may = desk.may(Permission.ASSIST)
        self._catalogue = kinds.all_kinds(desk)
        self.form: AppointmentForm | None = None
        self.drafting: Drafting | None = None
        self.view: AppointmentView | None = None
        self.bar = DayBar(desk.today(), to_come=True)
        self.which = Segments(
            [(_DAY, words.text("Day")), (_WEEK, words.text("Week")), (_LATE, words.text("Late"))],
            _DAY,
            words.text("What is shown"),
        )
        self.counted = Label("", size="small", ink="ink2")
        self.new_button = Button(words.text("New appointment…"), "primary", "plus")
        if not self._may:
            self.new_button.hide()
        self.rows: Rows[Line] = Rows(self._columns())
        self.rows.setParent(self)
        self.table = Table(self.rows)
        self.table.setAccessibleName(words.text("Appointments"))
        self.panel = SidePanel()
        self.panel.hide()
        told = words.text("Visits, interviews and the steps that an admission asks for, each on its day.")
        first = words.text("New appointment…") if self._may else None
        self.empty = Empty("calendar", words.text("Nothing in the agenda"), told, first)
        self._lay_out()
        self.bar.changed.connect(self._turned)
        self.which.chosen.connect(self._turned)
        self.new_button.clicked.connect(self.begin)
        self.empty.started.connect(self.begin)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._clicked)
        self.panel.closed.connect(self._closed)

    def _columns(self) -> list[Column[Line]]:
        return [
            Column(words.text("Day"), _day, lambda one: one.appointment.starts_at),
            Column(words.text("Hour"), _hour),
            Column(words.text("Resident"), lambda one: one.person.code, lambda one: one.person.code, bold=True),
            Column(words.text("What"), self.what, self.what),
            Column(words.text("Partner"), lambda one: one.appointment.partner),
            Column(words.text("Responsible"), lambda one: one.responsible, lambda one: one.responsible.casefold()),
            Column(words.text("State"), state, state, ink=lambda one: "attention" if one.is_late else None),
        ]

    def what(self, line: Line) -> str:
        """The step of an admission, else the service."""
        one = line.appointment
        if one.step:
            return agenda_words.step(one.step)
        return choices.named(self._catalogue.get(one.service_type), one.service_type)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL)
        head.setSpacing(tokens.SPACE_2)
        for widget in (self.which, self.bar):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.counted, 1, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignBottom)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(self.panel)
        self._body = QStackedWidget()
        self._body.addWidget(beside)
        self._body.addWidget(self.empty)
        self._listed = QWidget()
        column = QVBoxLayout(self._listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._body, 1)
        self._faces = QStackedWidget()
        self._faces.addWidget(self._listed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._faces)

    # What is shown ----------------------------------------------------------------------------------------------------

    def look(self) -> None:
        self._catalogue = kinds.all_kinds(self.desk)
        late = appointments.overdue(self.desk)
        found = self._found(late)
        chosen = self.view.line.appointment.id if self.view is not None else None
        self.bar.setEnabled(self.which.value() != _LATE)
        self.table.setColumnHidden(0, self.which.value() == _DAY)
        self.rows.show(found)
        self._body.setCurrentIndex(0 if found else 1)
        self.counted.setText(_counted(len(found), len(late)))
        if chosen is not None:
            self._open_again(chosen)

    def _found(self, late: tuple[Line, ...]) -> list[Line]:
        if self.which.value() == _LATE:
            return list(late)
        if self.which.value() == _WEEK:
            return [line for day in appointments.week(self.desk, self.bar.day()) for line in day.lines]
        return list(appointments.on(self.desk, self.bar.day()))

    def show_late(self) -> None:
        """Everything that is late, for another page."""
        self.which.choose(_LATE)
        self._turned()

    @Slot()
    def _turned(self, _to: object = None) -> None:
        self.panel.hide()
        self._drop_view()
        self._look_again()

    @Slot()
    def _look_again(self) -> None:
        try:
            self.look()
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", agenda_words.sentence(error)))

    def is_editing(self) -> bool:
        return self.form is not None or (self.view is not None and self.view.form is not None)

    def set_first(self) -> None:
        if self.form is not None:
            self.form.begin()
        elif self.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.table.currentIndex().isValid():
                self.table.go_to(0)
        else:
            (self.empty.button or self.which).setFocus(Qt.FocusReason.OtherFocusReason)

    # One line ---------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _open(self, line: Line) -> None:
        self.open_line(line)
        if self.view is not None:
            self.view.set_first()

    @Slot()
    def _clicked(self) -> None:
        line = self.table.current()
        if line is not None:
            self.open_line(line)

    def open_line(self, line: Line) -> None:
        """Show that one beside the list."""
        self._drop_view()
        self.view = AppointmentView(self.desk, line, self.what(line))
        self.view.told.connect(self.told)
        self.view.acted.connect(self._acted)
        self.view.record_wanted.connect(self.record_wanted)
        self.panel.name_it(self.what(line), line.person.code)
        self.panel.body.addWidget(self.view)
        self.panel.body.addStretch(1)
        self.panel.show()

    def _open_again(self, chosen: AppointmentId) -> None:
        place = next((at for at, one in enumerate(self.rows.rows()) if one.appointment.id == chosen), None)
        if place is None:
            self.panel.dismiss()
            return
        self.table.go_to(place)
        self.open_line(self.rows.row(place))

    def _drop_view(self) -> None:
        while (item := self.panel.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.view = None

    @Slot()
    def _acted(self) -> None:
        """The form goes after its own signal is over."""
        if self.view is not None:
            self.view.form = None
        QTimer.singleShot(0, self, self._after_act)

    @Slot()
    def _after_act(self) -> None:
        self._look_again()
        if self.view is not None:
            self.view.set_first()
        else:
            self.set_first()

    @Slot()
    def _closed(self) -> None:
        self._drop_view()
        self.set_first()

    # A new one --------------------------------------------------------------------------------------------------------

    @Slot()
    def begin(self) -> None:
        """The form of a new appointment, on the day shown."""
        if not self._may or self.form is not None:
            return
        day: date = max(self.bar.day(), self.desk.today())
        self.form = AppointmentForm(self.desk, day)
        self.drafting = Drafting(self.desk, self.form, NEW_FORM)
        self.drafting.found.connect(self.draft_found)
        self.form.told.connect(self.told)
        self.form.acted.connect(self.close_form)
        self.form.closed.connect(self.close_form)
        self._faces.addWidget(self.form)
        self._faces.setCurrentWidget(self.form)
        self.form.begin()
        self.drafting.begin()

    def resume(self, draft: Draft) -> None:
        """Open the form as it was left."""
        self.begin()
        if self.drafting is not None:
            self.drafting.resume(draft)

    @Slot()
    def close_form(self) -> None:
        """Back to the list, on the day of what was written; the draft goes with the form."""
        form, self.form = self.form, None
        drafting, self.drafting = self.drafting, None
        if drafting is not None:
            drafting.forget()
        if form is not None:
            self._faces.setCurrentWidget(self._listed)
            self._faces.removeWidget(form)
            form.deleteLater()
            if form.written is not None and self.which.value() != _LATE:
                self.bar.go_to(form.written.date())
            self._look_again()
            self.set_first()


def _day(line: Line) -> str:
    return shown.weekday_day(line.appointment.starts_at.date())


def _hour(line: Line) -> str:
    moment = line.appointment.starts_at
    return "" if is_plain(moment) else shown.clock(moment)


def state(line: Line) -> str:
    """How it stands: late while its day has passed and nothing is said."""
    return words.text("late") if line.is_late else agenda_words.state(line.appointment.state)


def _counted(shown_lines: int, late: int) -> str:
    lines = words.count("{n} appointment", "{n} appointments", shown_lines)
    if not late:
        return lines
    told = words.text("{appointments}, {late}")
    return told.format(appointments=lines, late=words.count("{n} late in all", "{n} late in all", late))
