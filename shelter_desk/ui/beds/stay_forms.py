"""Away, back and gone: the forms of somebody's stay, in the panel."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.residents import Person
from shelter_desk.domain.stays import VOID, Stay
from shelter_desk.operations import absences, residents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.placing import Present
from shelter_desk.ui.beds import acts, phrases
from shelter_desk.ui.beds.faces import ActFace
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.choice_field import ChoiceField
from shelter_desk.ui.widgets.day_fields import ClockField, DayField
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import shown

DISAPPEARED, DEATH = "fugue_disparition", "deces"


def _about(one: Present, place: str) -> str:
    return words.text("{code}, {place}").format(code=one.person.code, place=place[:1].lower() + place[1:])


class AwayForm(ActFace):
    """Why, the first night away, and the first night back where it is known; the bed is kept."""

    when = "from"

    def __init__(self, desk: Desk, one: Present, place: str) -> None:
        super().__init__(desk, words.text("Away"), _about(one, place), words.text("Record"), "absence")
        self._one = one
        today = desk.today()
        self.why = ChoiceField(words.text("Reason"), phrases.of_list("absence_type"), required=True)
        self.first = DayField(words.text("First night away"), today, required=True, value=today)
        self.back = DayField(words.text("First night back"), today)
        self.fields = {"absence_type": self.why, "from": self.first, "to": self.back}
        note = Label(
            words.text("The bed is kept. Write the return when it is known."), size="small", ink="ink2", wrap=True
        )
        self.add(self.why, self.first, self.back, note)

    def set_first(self) -> None:
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> Told:
        first, back = self.first.day(), self.back.day()
        if first is None:
            raise Missing("from")
        done = absences.be_away(self.desk, self._one.stay.id, self.why.value() or "", first, back)
        return Told("ok", words.text("Absence of {code} recorded.").format(code=self._one.person.code), done)


class BackForm(ActFace):
    """The first night slept here again."""

    when = "to"

    def __init__(self, desk: Desk, one: Present, place: str) -> None:
        super().__init__(desk, words.text("Back"), _about(one, place), words.text("Record"), "arrive")
        self._one = one
        today = desk.today()
        self.back = DayField(words.text("First night back"), today, required=True, value=today)
        self.fields = {"to": self.back}
        self.add(self.back)

    def set_first(self) -> None:
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> Told:
        back = self.back.day()
        if back is None:
            raise Missing("to")
        done = absences.come_back(self.desk, self._one.stay.id, back)
        return Told("ok", words.text("Return of {code} recorded.").format(code=self._one.person.code), done)


class ExitForm(ActFace):
    """Day, hour, reason, destination; who came along is proposed to leave too (R-32)."""

    when = "exited_at"

    def __init__(self, desk: Desk, one: Present, place: str) -> None:
        super().__init__(desk, words.text("Exit"), _about(one, place), words.text("Record the exit"), "leave")
        self._one = one
        now = desk.now()
        self.day = DayField(words.text("Exit on"), now.date(), required=True, value=now.date())
        self.hour = ClockField(words.text("Hour"), value=now.time())
        self.reason = ChoiceField(words.text("Reason"), phrases.of_list("exit_reason", (VOID,)), required=True)
        self.destination = ChoiceField(words.text("Destination"), phrases.of_list("exit_destination"))
        self.fields = {
            "exited_at": self.day,
            "hour": self.hour,
            "exit_reason": self.reason,
            "exit_destination": self.destination,
        }
        self.add(self.day, self.hour, self.reason, self.destination)
        self.family = [(stay, person, self._tick(stay, person)) for stay, person in self._others()]
        self.left_behind = Alert(words.text("Someone of the family stays here without them. Check it."), "attention")
        self._add_family()
        self.reason.chosen.connect(self._reason_chosen)

    def _others(self) -> list[tuple[Stay, Person]]:
        record = residents.record(self.desk, self._one.person.id)
        mine = next((one for one in record.stays if one.stay.id == self._one.stay.id), None)
        return [(stay, person) for stay, person in mine.family if stay.exited_at is None] if mine else []

    def _tick(self, stay: Stay, person: Person) -> QCheckBox:
        age = shown.age(person.birth.age(self.desk.today()))
        tick = QCheckBox(words.text("{code} leaves too ({age})").format(code=person.code, age=age))
        tick.setChecked(stay.head == self._one.stay.id)  # who came along leaves too; a child does not take its mother
        tick.toggled.connect(self._tell)
        return tick

    def _add_family(self) -> None:
        if self.family:
            question = words.text("Mother and baby leave together?")
            if len(self.family) > 1 or self.family[0][0].head != self._one.stay.id:
                question = words.text("Does the family leave together?")
            self.add(Label(question, bold=True, wrap=True), *(tick for _, _, tick in self.family))
        self.add(self.left_behind)
        self._tell()

    def set_first(self) -> None:
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _tell(self) -> None:
        alone = [tick for stay, _, tick in self.family if stay.head == self._one.stay.id and not tick.isChecked()]
        self.left_behind.setVisible(bool(alone))

    @Slot(str)
    def _reason_chosen(self, reason: str) -> None:
        if reason == DISAPPEARED:  # T17: the morning after the last proven night, not the day it was noticed
            self.hour.set_clock(None)
            yesterday = self.desk.today() - timedelta(days=1)
            if self.day.day() == self.desk.today():
                self.day.set_day(max(self._one.stay.admitted_at.date(), yesterday))
            self.day.set_warning(words.text("Write the morning after the last night surely slept here."))
            self.destination.choose("inconnue")
        if reason in (DEATH, DISAPPEARED):
            for _, _, tick in self.family:
                tick.setChecked(False)

    def act(self) -> Told:
        day = self.day.day()
        if day is None:
            raise Missing("exited_at")
        at = datetime.combine(day, self.hour.clock() or time.min)
        leaving = [(self._one.stay, self._one.person)]
        leaving += [(stay, person) for stay, person, tick in self.family if tick.isChecked()]
        return acts.leave(self.desk, leaving, at, self.reason.value() or "", self.destination.value() or "")
