"""Fast lines for somebody who is here: left, was away for a night, came back, sleeps in another bed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import BedId, StayId
from shelter_desk.domain.stays.exits import DECIDED_EXITS
from shelter_desk.domain.stays.roll_call import DISAPPEARED, Unseen
from shelter_desk.domain.stays.stays import REDIRECTED, VOID
from shelter_desk.operations import settings
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import ListedResident
from shelter_desk.operations.stays import absences, roll_call, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui import later_nights
from shelter_desk.ui.exits import exit_more
from shelter_desk.ui.exits.exit_form import DEATH
from shelter_desk.ui.exits.exit_more import Handovers
from shelter_desk.ui.exits.given_back import GivenBack, Leaver
from shelter_desk.ui.forms import away_warning, code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.page import Told
from shelter_desk.ui.today.catch_up import choices
from shelter_desk.ui.today.catch_up.fast_line import MomentFields, Period, PersonLine, at_text
from shelter_desk.ui.widgets.label import take_away
from shelter_desk.words import formats


class MoveLine(PersonLine):
    """Who, when, and the bed from then on."""

    when = "from"
    at: MomentFields

    def __init__(self, desk: Desk, period: Period) -> None:
        super().__init__(desk, period, words.text("Move"), "move", words.text("Person"))
        self.at = MomentFields(self, words.text("Moved on"))
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
        stay = None if one is None else one.stay
        night = self.at.day.day() or self.desk.today()
        away_warning.say_beside(self.person, self.desk, None if stay is None else stay.id, night)
        if one is None or one.stay is None:
            self.bed.set_choices([])
            return
        household = one.stay.family_on(night)
        found = beds.beds_for(self.desk, one.person.sex, one.person.birth, night, household, one.stay.id)
        slept = stays.place_on(self.desk, one.stay.id, night)
        elsewhere = [two for two in found if slept is None or two.bed.id != slept.bed]
        choices.say_not_yet(self.bed, found)
        self.bed.set_choices(choices.beds(elsewhere, later=False))

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
        self.why = CodeField(words.text("Reason"), "absence_type", required=True)
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
        self.summary = told.format(code=code, day=formats.short_day(night), why=words.label("absence_type", why))
        return Told("ok", words.text("Absence of {code} recorded.").format(code=code), done)


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


class ExitLine(PersonLine):
    """Who among those here, when, why, where to; the family leaves together unless unticked (R-32).

    What they have of the house, what it keeps of them and what a child alone needs (R-10) is asked below; the rest of
    the form is asked on the record.
    """

    when = "exited_at"
    at: MomentFields

    def __init__(self, desk: Desk, period: Period) -> None:
        super().__init__(desk, period, words.text("Exit"), "leave", words.text("Person"))
        self._given: date | None = period[0].date()  # the day that nobody typed
        self.at = MomentFields(self, words.text("Exit on"))
        off = (VOID, REDIRECTED, *settings.left_out(desk, "exit_reason"))
        self.why = ChoiceField(words.text("Reason"), code_lists.of("exit_reason", without=off), required=True)
        self.destination = ChoiceField(words.text("Destination"), code_lists.of("exit_destination"))
        self.together = QCheckBox("")
        self.family = Field(words.text("Leave together"), self.together)
        self.together.setChecked(True)
        self.row_fields: dict[str, Field] = {
            "person_code": self.person,
            "exited_at": self.at.day,
            "exit_reason": self.why,
            "exit_destination": self.destination,
        }
        self._asked_of: list[Leaver] = []
        self.back, self.handovers = GivenBack(desk, []), Handovers(desk, [])
        self.below.insertWidget(1, self.back)
        self.below.insertWidget(2, self.handovers)
        self.fields = dict(self.row_fields)
        self.add_fields((self.person, 270), (self.at.day, 132), (self.at.hour, 76))
        self.add_fields((self.why, 250), (self.destination, 200), (self.family, 0))
        self.person.chosen.connect(self._show_family)
        self.together.toggled.connect(self._show_back)
        self.why.chosen.connect(self._reason_chosen)
        self.at.day.changed.connect(self._look)
        self.at.hour.changed.connect(self._look)
        self._show_family()

    def set_present(self, present: Sequence[ListedResident]) -> None:
        super().set_present(present)
        self._show_family()

    def take(self, stay: StayId, day: date) -> None:
        """Fill in who and when."""
        self.person.choose(str(stay))
        self.at.day.set_day(day)
        self._given = day
        self._show_family()

    def retyped(self) -> None:
        self._given = None
        self._show_family()
        self._look()
        self.back.refresh()

    def first(self) -> ChoiceField:
        return self.why if self.person.value() else self.person

    def _family(self) -> list[ListedResident]:
        one = self.present.get(self.person.value() or "")
        if one is None or one.stay is None:
            return []
        head = one.stay.family
        others = [other for other in self.present.values() if other is not one and other.stay is not None]
        return [other for other in others if other.stay and other.stay.family == head]

    def _leaving(self) -> list[StayId]:
        """Who leaves by what is typed, the person the line is about first."""
        one = self.present.get(self.person.value() or "")
        family = self._family() if self.together.isChecked() else []
        return [each.stay.id for each in (one, *family) if each is not None and each.stay is not None]

    @Slot()
    def _show_family(self) -> None:
        family = self._family()
        self.family.setVisible(bool(family))
        self.together.setText(", ".join(one.person.code for one in family))
        self._ask_back(family)
        self._propose()

    def _ask_back(self, family: Sequence[ListedResident]) -> None:
        """Ask of those who may leave now; what was answered stays while they are the same."""
        one = self.present.get(self.person.value() or "")
        mine = [Leaver(one.stay.id, one.person.id)] if one is not None and one.stay is not None else []
        theirs = [Leaver(other.stay.id, other.person.id, other.person.code) for other in family if other.stay]
        if [*mine, *theirs] != self._asked_of:
            self._asked_of = [*mine, *theirs]
            formers = (self.back, self.handovers)
            self.back, self.handovers = GivenBack(self.desk, self._asked_of), Handovers(self.desk, self._asked_of)
            for former, new in zip(formers, (self.back, self.handovers), strict=True):
                self.below.replaceWidget(former, new)
                take_away(former)
            self.fields = self.row_fields | self.back.fields | self.handovers.fields
            self.order_tabs()
            self.grown.emit(self.back)
        self._show_back()

    @Slot()
    def _show_back(self) -> None:
        self.back.show_for(self._leaving())
        self._show_handovers()

    def _show_handovers(self) -> None:
        """Where the reason is one that R-10 knows; what may be told of another exit is asked on the record."""
        reason = self.why.value() or ""
        day = self.at.day.day() or self.desk.today()
        self.handovers.show_for(self._leaving(), reason if reason in DECIDED_EXITS else "", day)

    def drafted_below(self) -> list[QWidget]:
        """What is answered below the row, in its order."""
        return [*self.back.drafted.values(), *self.handovers.drafted.values()]

    def asked_below(self) -> list[QWidget]:
        return [one.focusProxy() or one for one in self.drafted_below()]

    @Slot()
    def _reason_chosen(self) -> None:
        if self.why.value() in (DISAPPEARED, DEATH):
            self.together.setChecked(False)
        if self.why.value() == DISAPPEARED and not self.destination.value():
            self.destination.choose("inconnue")
        self._propose()

    def _propose(self) -> None:
        """The day after the last night somebody who disappears was seen, where nobody typed another."""
        found = self._unseen()
        if found is not None and exit_more.last_seen_text(found) and self.at.day.day() == self._given:
            exit_more.propose_last_seen(found, self.at.day, self.at.hour)
            self._given = self.at.day.day()
        self._look()

    def _unseen(self) -> Unseen | None:
        one = self.present.get(self.person.value() or "")
        if self.why.value() != DISAPPEARED or one is None or one.stay is None:
            return None
        return roll_call.unseen(self.desk, one.stay.id)

    @Slot()
    def _look(self) -> None:
        """Beside the day: since when the person was not seen, else that it lies outside the period."""
        found = self._unseen()
        told = "" if found is None else exit_more.last_seen_text(found)
        self._show_handovers()
        self.at.refresh()
        if told and self.at.day.state() != "blocked":
            self.at.day.set_warning(told)

    def set_period(self, period: Period) -> None:
        super().set_period(period)
        self._look()

    def _refuse(self, error: RuleBroken) -> None:
        if self.back.says(error) or self.handovers.says(error):
            self._mark(words.text("Refused"), "blocked")
        else:
            super()._refuse(error)

    def act(self, desk: Desk) -> Told:
        one = self.present.get(self.person.value() or "")
        if one is None or one.stay is None:
            raise Missing("person_code")
        at, ids = self.at.moment("exited_at"), self._leaving()
        why, destination = self.why.value() or "", self.destination.value() or ""
        done = stays.leave_together(desk, ids, at, why, destination, self.back.of(ids, self.handovers.added_to))
        leaving = [one, *(self._family() if self.together.isChecked() else [])]
        codes = ", ".join(other.person.code for other in leaving)
        told = words.text("{code}, {at} · {why}")
        self.summary = told.format(code=codes, at=at_text(at), why=words.label("exit_reason", why))
        said = words.text("Exit of {code} recorded.").format(code=codes)
        if len(leaving) > 1:
            said = words.count("{n} exit recorded.", "{n} exits recorded.", len(leaving))
        return later_nights.left(Told("ok", said, done))
