"""Away for some nights, and back: the stay goes on and the bed is kept; back after a disappearance.

Another place to sleep, from a moment on: neither an exit nor an entry.
"""

from datetime import date, datetime, time

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.stays.stays import placement_on
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import absences, disappearances, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui import later_nights, tokens
from shelter_desk.ui.forms import away_warning
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.acts.family_ticks import FamilyTicks
from shelter_desk.ui.residents.admission.bed_choice import BedChoice
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats
from shelter_desk.words import stay_corrections as correction_words


class MoveForm(ActForm):
    """Day, hour, and the beds that fit from then on."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Place of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Change the bed"), "move")
        self._person, self._stay, self._placements = record.person, stay.stay, stay.placements
        now = desk.now()
        self.day = DayField(words.text("From"), now.date(), required=True, value=now.date(), key="from")
        self.hour = ClockField(words.text("Hour"), value=now.time())
        self.choice = BedChoice(desk, later=False)
        self.row((self.day, 210), (self.hour, 88))
        self.add(self.choice)
        self.day.changed.connect(self._propose)
        self._propose()

    @Slot()
    def _propose(self) -> None:
        day = self.day.day()
        away_warning.say_beside(self.day, self.desk, self._stay.id, day)
        if day is not None:
            head = self._stay.family_on(day)
            former = placement_on(self._placements, day)  # the bed of that night is no other place
            self.choice.propose(
                self._person.sex,
                self._person.birth,
                day,
                head,
                stay=self._stay.id,
                without=former.bed if former is not None else None,
            )

    def act(self) -> Told:
        day = self.day.asked()
        if self.hour.is_wrong():
            raise Missing("from")
        spot = self.choice.spot()
        if spot is None:
            raise Missing("bed_code")
        done = stays.move(self.desk, self._stay.id, spot, datetime.combine(day, self.hour.clock() or time.min))
        chosen = self.choice.chosen()
        said = words.text("{code} has another place: {place}.")
        place = "" if chosen is None else ", ".join(filter(None, (chosen.name, chosen.where)))
        told = Told("ok", said.format(code=self._person.code, place=place), done)
        return later_nights.moved(told, self._stay.id)


class AbsenceForm(ActForm):
    """Why, the first night away, and the first night back where it is known."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Absence of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the absence"), "absence")
        self._code, self._stay = record.person.code, stay.stay
        today = desk.today()
        self.why = CodeField(words.text("Reason"), "absence_type", required=True)
        self.night = DayField(words.text("First night away"), today, required=True, value=today, key="from")
        self.back = DayField(words.text("First night back"), today, key="to")
        self.told_nights = Label(size="small", ink="ink2")
        self.row((self.why, 240), (self.night, 160), (self.back, 160))
        self.together = FamilyTicks(
            words.text("Away together"), words.text("{person} is away too"), stay.family, today, on=False
        )
        self.add(self.told_nights, self.together)
        self.night.changed.connect(self._tell)
        self.back.changed.connect(self._tell)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        first, back = self.night.day(), self.back.day()
        told = words.text("The bed is kept. Write the return when it is known.")
        if first is not None and back is not None and back > first:
            n = (back - first).days
            told = words.count("{n} night away, the bed is kept.", "{n} nights away, the bed is kept.", n)
        self.told_nights.setText(told)

    def act(self) -> Told:
        first, back = self.night.asked(), self.back.known()
        keys = [self._stay.id, *self.together.stays()]
        done = absences.be_away_together(self.desk, keys, self.why.code(), first, back)
        told = words.text("Absence of {code} recorded.").format(code=self._code)
        if len(keys) > 1:
            told = words.count("{n} absence recorded.", "{n} absences recorded.", len(keys))
        return Told("ok", told, done)


class ReturnForm(ActForm):
    """The first night slept here again."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Return of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the return"), "arrive")
        self._code, self._stay = record.person.code, stay.stay
        today = desk.today()
        self.back = DayField(words.text("First night back"), today, required=True, value=today, key="to")
        self.back.setFixedWidth(tokens.wide(160))
        gone = absences.away_tonight(desk, [other.id for other, _ in stay.family])
        away = [(other, who) for other, who in stay.family if other.id in gone]
        self.together = FamilyTicks(
            words.text("Back together"), words.text("{person} is back too"), away, today, on=True
        )
        self.add(self.back, self.together)

    def act(self) -> Told:
        keys = [self._stay.id, *self.together.stays()]
        done = absences.come_back_together(self.desk, keys, self.back.asked())
        told = words.text("Return of {code} recorded.").format(code=self._code)
        if len(keys) > 1:
            told = words.count("{n} return recorded.", "{n} returns recorded.", len(keys))
        return Told("ok", told, done)


class ResumeForm(ActForm):
    """Back after a disappearance, within the time in which the same stay goes on: day, hour, place from then on."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("{code} is back after the disappearance").format(code=record.person.code)
        super().__init__(desk, title, words.text("Go on with the stay"), "arrive")
        self._person, self._stay = record.person, stay.stay
        now = desk.now()
        self._now = now.time()
        self.day = DayField(words.text("Back on"), now.date(), required=True, value=now.date(), key="from")
        self.hour = ClockField(words.text("Hour"), value=now.time())
        self.outcome = Label(size="small", ink="ink2", wrap=True)
        self.choice = BedChoice(desk)
        self.row((self.day, 150), (self.hour, 88))
        self.add(self.choice, self.outcome)
        self.day.changed.connect(self._propose)
        self.choice.changed.connect(self._tell)
        self._propose()

    @Slot()
    def _propose(self) -> None:
        day = self.day.day()
        if day is not None and day < self.desk.today() and self.hour.clock() == self._now:
            self.hour.set_clock(None)  # the hour of typing is not the hour of the return
        if day is not None:
            head = self._stay.family_on(day)
            person = self._person
            self.choice.propose(person.sex, person.birth, day, head, stay=self._stay.id, known=person.id)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """Until when the same stay goes on, what is written of the nights between, and what the months count then."""
        until = disappearances.returns_until(self.desk, self._stay)
        day, left = self.day.day(), self._stay.exited_at
        if until is None or left is None or day is None:
            return
        lines = [words.text("The same stay goes on for a return until {day}.").format(day=formats.day(until))]
        nights = (day - left.date()).days
        if left.date() < day <= until:
            told = words.count(
                "{n} night between is an absence without a reason.",
                "{n} nights between are an absence without a reason.",
                nights,
            )
            lines.append(told)
        if left.date() <= day <= until:
            found = disappearances.effects(self.desk, self._stay.id, self._back(day), self._spot())
            lines += correction_words.months(found)
        self.outcome.setText("\n".join(lines))
        room = self.outcome.heightForWidth(self.outcome.width())
        self.outcome.setMinimumHeight(max(room, self.outcome.minimumHeight()))  # what stands above it does not move

    def _spot(self) -> Spot | None:
        """The place chosen, None while none is or a reason is missing."""
        try:
            return self.choice.spot()
        except Missing:
            return None

    def _back(self, day: date) -> datetime:
        return datetime.combine(day, self.hour.clock() or time.min)

    def act(self) -> Told:
        day = self.day.asked()
        if self.hour.is_wrong():
            raise Missing("from")
        done = disappearances.resume(self.desk, self._stay.id, self._back(day), self.choice.spot())
        told = words.text("{code} is back: stay {number} goes on.")
        return Told("ok", told.format(code=self._person.code, number=self._stay.stay_no), done)
