"""A fast line for somebody who sleeps in another bed."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import BedId
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Listed
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Spot
from shelter_desk.ui import later_nights
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.page import Told
from shelter_desk.ui.today.catch_up import choices
from shelter_desk.ui.today.catch_up.fast_line import Line, MomentFields, Period, at_text


class MoveLine(Line):
    """Who, when, and the bed from then on."""

    when = "from"

    def __init__(self, desk: Desk, period: Period) -> None:
        super().__init__(desk, period, words.text("Move"), "move")
        self._summary = ""
        self.person = ChoiceField(words.text("Person"), required=True)
        self.at = MomentFields(desk, period, words.text("Moved on"))
        self.bed = ChoiceField(words.text("New bed"), required=True)
        self.fields = {"person_code": self.person, "from": self.at.day, "bed_code": self.bed}
        self.add_fields((self.person, 270), (self.at.day, 132), (self.at.hour, 76), (self.bed, 240))
        self.person.chosen.connect(self._propose)
        for changed in (self.at.day.changed, self.at.hour.changed):
            changed.connect(self._moment_changed)

    def set_present(self, present: Sequence[Listed]) -> None:
        super().set_present(present)
        self.person.set_choices(choices.persons(present, self.desk.today()))
        self._propose()

    def retyped(self) -> None:
        self._propose()

    @Slot()
    def _moment_changed(self) -> None:
        self.at.look()
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
        self.at.look()

    def act(self, desk: Desk) -> Told:
        one, bed = self.present.get(self.person.value() or ""), self.bed.value()
        if one is None or one.stay is None:
            raise Missing("person_code")
        at = self.at.moment("from")
        if bed is None:
            raise Missing("bed_code")
        place = self.bed.combo.currentText().split(" · ")[0]  # the beds are proposed anew once it is kept
        done = stays.move(desk, one.stay.id, Spot("lit", BedId(int(bed)), reason=self.why_set_aside()), at)
        told = words.text("{code}, {at} · bed {place}")
        self._summary = told.format(code=one.person.code, at=at_text(at), place=place)
        sentence = words.text("{code} sleeps in bed {place}.").format(code=one.person.code, place=place)
        return later_nights.moved(Told("ok", sentence, done), one.stay.id)

    def summary(self) -> str:
        return self._summary
