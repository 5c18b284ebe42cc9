"""The exit of a resident, with the family that leaves too."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.residents import Person
from shelter_desk.domain.stays import VOID, Stay
from shelter_desk.operations import stays
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents import Record, StayRecord
from shelter_desk.ui import drafting, tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.act_form import ActForm
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.choice_field import ChoiceField
from shelter_desk.ui.widgets.day_fields import ClockField, DayField
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label

DISAPPEARED = "fugue_disparition"


class ExitForm(ActForm):
    """Day, hour, reason, destination; the family that came together is ticked to leave together (R-32)."""

    when = "exited_at"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Exit of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the exit"), "leave")
        self._person, self._stay = record.person, stay.stay
        now = desk.now()
        self._now = now.time()
        self.day = DayField(words.text("Exit on"), now.date(), required=True, value=now.date())
        self.hour = ClockField(words.text("Hour"), value=now.time())
        self.reason = ChoiceField(words.text("Reason"), choices.of("exit_reason", without=(VOID,)), required=True)
        self.destination = ChoiceField(words.text("Destination"), choices.of("exit_destination"))
        self.fields = {"exited_at": self.day, "exit_reason": self.reason, "exit_destination": self.destination}
        self.planned = Label(size="small", ink="ink2")
        self.hint = Alert("", "attention")
        self.summary = Label(bold=True)
        self.family = [
            (other, person, QCheckBox(choices.person_line(person, now.date())))
            for other, person in stay.family
            if other.exited_at is None
        ]
        self.left_behind = Alert(words.text("Someone of the family stays here without them. Check it."), "attention")
        self.drafted = {"day": self.day, "hour": self.hour, "reason": self.reason, "destination": self.destination}
        self.drafted |= {f"leaves/{person.code}": tick for _, person, tick in self.family}
        self._fill()
        self.day.changed.connect(self._tell)
        self.reason.chosen.connect(self._reason_chosen)
        self._tell()
        self.first = self.reason

    def _fill(self) -> None:
        row = Flow()
        for field, width in ((self.day, 132), (self.hour, 88), (self.reason, 300), (self.destination, 220)):
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.body.addLayout(row)
        self.body.addWidget(self.planned)
        self.body.addWidget(self.hint)
        if self.family:
            self.body.addWidget(Label(words.text("Leave together"), size="small", bold=True, ink="ink2"))
        for _, _, tick in self.family:
            tick.setChecked(True)
            tick.toggled.connect(self._tell)
            self.body.addWidget(tick)
        self.body.addWidget(self.left_behind)
        self.body.addWidget(self.summary)

    @Slot()
    def _tell(self) -> None:
        day = self.day.day()
        if day is not None and day < self.desk.today() and self.hour.clock() == self._now:
            self.hour.set_clock(None)  # the hour of typing is not the hour of the exit
        reason = self.reason.value() or ""
        gone = None if day is None else replace(self._stay, exited_at=datetime.combine(day, time.min))
        n = choices.nights(gone, self.desk.today()) if gone else 0
        sentence = words.text("{nights}; the night of the exit is not counted.")
        self.summary.setText(sentence.format(nights=choices.nights_text(n)))
        self.planned.setVisible(bool(reason))
        self.planned.setText(_planned(reason))
        self.hint.setVisible(bool(_hint(reason)))
        self.hint.sentence.setText(_hint(reason))
        self.left_behind.setVisible(any(not tick.isChecked() for _, _, tick in self.family))

    @Slot(str)
    def _reason_chosen(self, reason: str) -> None:
        if reason == DISAPPEARED:  # T17: the night of the day it was noticed may be slept elsewhere
            self.hour.set_clock(None)
            if self.day.day() == self.desk.today():
                yesterday = self.desk.today() - timedelta(days=1)
                self.day.set_day(max(self._stay.admitted_at.date(), yesterday))
            self.destination.choose("inconnue")
        if reason == "deces":
            for _, _, tick in self.family:
                tick.setChecked(False)
        self._tell()

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again; its hour is the one that was there."""
        super().fill(values)
        drafting.put(self.hour, values.get("hour", ""))

    def refilled(self) -> None:
        self._tell()

    def _moment(self) -> datetime:
        day = self.day.day()
        if day is None or self.hour.is_wrong():
            raise Missing("exited_at")
        return datetime.combine(day, self.hour.clock() or time.min)

    def act(self) -> Told:
        moment, reason = self._moment(), self.reason.value() or ""
        destination = self.destination.value() or ""
        leaving: list[tuple[Stay, Person]] = [(self._stay, self._person)]
        leaving += [(other, person) for other, person, tick in self.family if tick.isChecked()]
        whole = stays.leave_together(self.desk, [stay.id for stay, _ in leaving], moment, reason, destination)
        n = len(leaving)
        if n == 1:
            return Told("ok", words.text("Exit of {code} recorded.").format(code=self._person.code), whole)
        return Told("ok", words.count("{n} exit recorded.", "{n} exits recorded.", n), whole)


def _planned(reason: str) -> str:
    if not reason:
        return ""
    planned = codes.code("exit_reason", reason).extra.get("planned", "")
    return words.text("Planned exit.") if planned == "yes" else words.text("Unplanned exit.")


def _hint(reason: str) -> str:
    if reason == DISAPPEARED:
        return words.text("Write the morning after the last night surely slept here, not the day it was noticed.")
    if reason == "deces":
        return words.text("The file stays as it is. Inform the manager and the authorities.")
    return ""
