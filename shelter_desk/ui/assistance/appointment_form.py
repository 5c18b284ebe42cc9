"""A new appointment of a resident: who, what for, when, with whom."""

from datetime import date, datetime, time

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance.appointments import Appointment
from shelter_desk.domain.assistance.assistance import LODGING
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import AppointmentId, UserId
from shelter_desk.operations.assistance import appointments, assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.services.service_log import ServiceLine
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import LineField, TextField
from shelter_desk.ui.locking.clipboard import may_hold_a_name
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.label import Label
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
            words.text("Partner"), placeholder=words.text("where it is not at the shelter"), key="partner"
        )
        self.responsible = ChoiceField(words.text("Responsible"), staff, key="responsible")
        self.note = TextField(words.text("Note, sealed: no diagnosis, no story"), lines=2)
        self._lay_out()
        self.resident.changed.connect(self._look_for)
        self._look_for("")

    def _lay_out(self) -> None:
        self.row((self.resident, 320), (self.what, 340))
        self.add(self.found)
        self.row((self.day, 150), (self.clock, 100), (self.partner, 260), (self.responsible, 220))
        self.note.setMaximumWidth(tokens.wide(660))
        self.add(self.note)

    @Slot(str)
    def _look_for(self, typed: str) -> None:
        """Say who is meant; nobody while several may be."""
        today = self.desk.today()
        found = assistance.found(self.desk, typed, today)
        exact = [one for one in found if one.bed_code.casefold() == typed.strip().casefold()]
        meant = exact or (found if len(found) == 1 else ())
        self.line = next(iter(meant), None)
        if self.line is not None:
            told = words.text("{code} · bed {bed} · {about}").format(
                code=self.line.person.code, bed=choices.place(self.line), about=choices.about(self.line, today)
            )
        elif len(found) > 1:
            told = words.count("{n} person found: type more.", "{n} persons found: type more.", len(found))
        else:
            told = words.text("Nobody found.") if typed.strip() else words.text("By bed, by code, or by name.")
        self.found.setText(told)

    def refresh(self) -> None:
        self._look_for(self.resident.text())

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return agenda_words.sentence(error)

    def act(self) -> Told:
        if self.line is None:
            raise Missing("resident")
        day = self.day.asked()
        if self.clock.is_wrong():
            raise Missing("clock")
        starts_at = datetime.combine(day, self.clock.clock() or time())
        responsible = self.responsible.value()
        made = Appointment(
            AppointmentId(0),
            self.line.stay.id,
            starts_at,
            service_type=self.what.code(),
            partner=self.partner.text(),
            responsible=UserId(int(responsible)) if responsible else None,
        )
        done = appointments.make(self.desk, made, self.note.text())
        self.written = starts_at
        told = words.text("Appointment of {code} on {day} written.")
        return Told("ok", told.format(code=self.line.person.code, day=formats.day(day)), done)
