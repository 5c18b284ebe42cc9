"""Fast lines for somebody who was away for a night, and for somebody who came back.

A fast line for somebody who sleeps in another bed.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import BedId, StayId
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import ListedResident
from shelter_desk.operations.stays import absences, stays
from shelter_desk.operations.stays.stays import Spot
from shelter_desk.ui import later_nights
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.page import Told
from shelter_desk.ui.today.catch_up import choices
from shelter_desk.ui.today.catch_up.fast_line import MomentFields, Period, PersonLine, at_text
from shelter_desk.words import formats


class MoveLine(PersonLine):
    """Who, when, and the bed from then on."""

    when = "from"

    def __init__(self, desk: Desk, period: Period) -> None:
        super().__init__(desk, period, words.text("Move"), "move", words.text("Person"))
        self.at = MomentFields(desk, period, words.text("Moved on"))
        self.bed = ChoiceField(words.text("New bed"), required=True)
        self.fields = {"person_code": self.person, "from": self.at.day, "bed_code": self.bed}
        self.add_fields((self.person, 270), (self.at.day, 132), (self.at.hour, 76), (self.bed, 240))
        self.person.chosen.connect(self._propose)
        for changed in (self.at.day.changed, self.at.hour.changed):
            changed.connect(self._moment_changed)

    def set_present(self, present: Sequence[ListedResident]) -> None:
        super().set_present(present)
        self._propose()

    def retyped(self) -> None:
        self._propose()

    @Slot()
    def _moment_changed(self) -> None:
        self.at.refresh()
        self._propose()

    @Slot()
    def _propose(self) -> None:
        one = self.present.get(self.person.value() or "")
        if one is None or one.stay is None:
            self.bed.set_choices([])
            return
        night = self.at.night() or self.desk.today()
        household = one.stay.head or one.stay.id
        found = beds.beds_for(self.desk, one.person.sex, one.person.birth, night, household, one.stay.id)
        slept = stays.place_on(self.desk, one.stay.id, night)
        elsewhere = [two for two in found if slept is None or two.bed.id != slept.bed]
        choices.say_not_yet(self.bed, found)
        self.bed.set_choices(choices.beds(elsewhere, later=False))

    def set_period(self, period: Period) -> None:
        super().set_period(period)
        self.at.period = period
        self.at.refresh()

    def act(self, desk: Desk) -> Told:
        (code, stay), bed, at = self.chosen(), self.bed.value(), self.at.moment("from")
        if bed is None:
            raise Missing("bed_code")
        place = self.bed.combo.currentText().split(" · ")[0]  # the beds are proposed anew once it is kept
        done = stays.move(desk, stay.id, Spot("lit", BedId(int(bed)), reason=self.why_set_aside()), at)
        told = words.text("{code}, {at} · bed {place}")
        self.summary = told.format(code=code, at=at_text(at), place=place)
        sentence = words.text("{code} sleeps in bed {place}.").format(code=code, place=place)
        return later_nights.moved(Told("ok", sentence, done), stay.id)


class AbsenceLine(PersonLine):
    """Who, why, the first night away and, once known, the first night back; the bed is kept."""

    when = "from"

    def __init__(self, desk: Desk, period: Period) -> None:
        super().__init__(desk, period, words.text("Absence"), "absence", words.text("Person"))
        self.why = ChoiceField(words.text("Reason"), code_lists.of("absence_type"), required=True)
        self.night = DayField(words.text("First night away"), desk.today(), required=True, value=period[0].date())
        self.back = DayField(words.text("First night back"), desk.today())
        self.fields = {"person_code": self.person, "absence_type": self.why, "from": self.night, "to": self.back}
        self.add_fields((self.person, 270), (self.why, 230), (self.night, 150), (self.back, 150))

    def take(self, stay: StayId, night: date) -> None:
        """Fill in who and which night."""
        self.person.choose(str(stay))
        self.night.set_day(night)

    def first(self) -> ChoiceField:
        return self.why if self.person.value() else self.person

    def act(self, desk: Desk) -> Told:
        (code, stay), night = self.chosen(), self.night.day()
        if night is None:
            raise Missing("from")
        if self.back.is_wrong():
            raise Missing("to")
        why = self.why.value() or ""
        done = absences.be_away(desk, stay.id, why, night, self.back.day())
        told = words.text("{code}, night of {day} · {why}")
        self.summary = told.format(code=code, day=formats.short_day(night), why=words.label(_WHY, why))
        return Told("ok", words.text("Absence of {code} recorded.").format(code=code), done)


_WHY = "absence_type"


class ReturnLine(PersonLine):
    """Who of those away, and the first night slept here again."""

    when = "to"

    def __init__(self, desk: Desk, period: Period) -> None:
        super().__init__(desk, period, words.text("Return"), "undo", words.text("Person away"))
        self.back = DayField(words.text("First night back"), desk.today(), required=True, value=period[1].date())
        self.fields = {"person_code": self.person, "absence_type": self.person, "to": self.back}
        self.add_fields((self.person, 260), (self.back, 150))

    def offered(self) -> Sequence[ListedResident]:
        return [one for one in self.present.values() if one.absence_type]

    def take(self, stay: StayId, night: date) -> None:
        """Fill in who and which night."""
        self.person.choose(str(stay))
        self.back.set_day(night)

    def act(self, desk: Desk) -> Told:
        (code, stay), night = self.chosen(), self.back.day()
        if night is None:
            raise Missing("to")
        done = absences.come_back(desk, stay.id, night)
        told = words.text("{code}, back for the night of {day}")
        self.summary = told.format(code=code, day=formats.short_day(night))
        return Told("ok", words.text("Return of {code} recorded.").format(code=code), done)
