"""Fast lines of a meal for everybody but some, and of a service for one person."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import LODGING, Service
from shelter_desk.domain.errors import BadNumber, Missing, NoSuch
from shelter_desk.domain.ids import ServiceId, StayId
from shelter_desk.operations.assistance import activities, assistance
from shelter_desk.operations.assistance.activities import MealTable
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui.forms import away_warning
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField, NumberField
from shelter_desk.ui.locking.clipboard import may_hold_a_name
from shelter_desk.ui.page import Told
from shelter_desk.ui.today.catch_up.fast_line import CatchUpLine, Period, PersonLine
from shelter_desk.words import formats

_MOST = 9999


class MealLine(CatchUpLine):
    """Which meal of which day; who was here ate, but those whose beds or codes are named."""

    when = "day"

    def __init__(self, desk: Desk, period: Period) -> None:
        super().__init__(desk, period, words.text("Meal"), "today")
        self.day = DayField(words.text("Day"), desk.today(), required=True, value=period[0].date())
        self.meal = CodeField(words.text("Meal"), "meal", required=True)
        self.without = LineField(words.text("Did not eat"), placeholder=words.text("Beds or codes: 1A, 7K3-QMX-E"))
        may_hold_a_name(self.without.line)
        self.fields = {"day": self.day, "meal": self.meal, "person_code": self.without}
        self.add_fields((self.day, 132), (self.meal, 170), (self.without, 300))
        self.day.changed.connect(self._look)
        self.meal.chosen.connect(self._look)

    def first(self) -> ChoiceField:
        return self.meal

    def retyped(self) -> None:
        self._look()

    @Slot()
    def _look(self) -> None:
        """Beside the meal: that it is written already, and would be brought in accord."""
        self.meal.clear()
        day, meal = self.day.day(), self.meal.value()
        if day is None or not meal or day > self.desk.today():
            return
        served = next((one.served for one in activities.meals(self.desk, day).meals if one.meal == meal), None)
        if served is not None:
            told = words.count("Written already: {n} meal.", "Written already: {n} meals.", len(served))
            self.meal.set_warning(told)

    def act(self, desk: Desk) -> Told:
        day, meal = self.day.day(), self.meal.value()
        if day is None:
            raise Missing("day")
        if not meal:
            raise Missing("meal")
        table = activities.meals(desk, day)
        before = next(one for one in table.meals if one.meal == meal)
        absent = _meant(table, self.without.text())
        also = (before.served or frozenset()) - set(absent)
        done = activities.serve_meals(desk, day, meal, absent, also, before.guests)
        n = len(next(one.served or () for one in activities.meals(desk, day).meals if one.meal == meal))
        plates, name = words.count("{n} meal", "{n} meals", n), words.label("meal", meal)
        told = words.text("{meal} of {day}: {plates}")
        self.summary = told.format(meal=name, day=formats.short_day(day), plates=plates)
        return Told("ok", words.text("{meal}: {plates} written.").format(meal=name, plates=plates), done)


def _meant(table: MealTable, typed: str) -> list[StayId]:
    """Whose beds or codes these are. Raises NoSuch for one that nobody of that day has."""
    found = []
    for one in (part.strip() for part in typed.replace(";", ",").split(",")):
        if not one:
            continue
        wanted = _folded(one)
        mine = [line.stay.id for line in table.lines if wanted in (_folded(line.bed_code), _folded(line.person.code))]
        if not mine:
            raise NoSuch("person", one)
        found += mine
    return found


def _folded(typed: str) -> str:
    return "".join(letter for letter in typed.casefold() if letter.isalnum())


class ServedLine(PersonLine):
    """Who, which service, on which day, how much."""

    when = "service_on"

    def __init__(self, desk: Desk, period: Period) -> None:
        super().__init__(desk, period, words.text("Service"), "heart", words.text("Person"))
        language = words.language()
        kinds = [one for one in service_catalogue.kinds(desk) if one.code != LODGING]
        offered = [(one.code, one.label(language)) for one in kinds]
        self.day = DayField(words.text("Day"), desk.today(), required=True, value=period[0].date())
        self.service = ChoiceField(words.text("Service"), offered, required=True)
        self.quantity = NumberField(words.text("Quantity"), 1, _MOST)
        self.quantity.set_number(1)
        self.fields = {
            "person_code": self.person,
            "service_type": self.service,
            "service_on": self.day,
            "quantity": self.quantity,
        }
        self.add_fields((self.person, 270), (self.service, 270), (self.day, 132), (self.quantity, 80))
        self.person.chosen.connect(self._say_away)
        self.day.changed.connect(self._say_away)

    @Slot()
    def _say_away(self) -> None:
        one = self.present.get(self.person.value() or "")
        stay = None if one is None or one.stay is None else one.stay.id
        away_warning.say_beside(self.person, self.desk, stay, self.day.day())

    def take(self, stay: StayId, day: date) -> None:
        """Fill in who and when."""
        self.person.choose(str(stay))
        self.day.set_day(day)

    def act(self, desk: Desk) -> Told:
        (code, stay), day, kind = self.chosen(), self.day.day(), self.service.value()
        if not kind:
            raise Missing("service_type")
        if day is None:
            raise Missing("service_on")
        amount = self.quantity.number()
        if amount is None:
            raise BadNumber("quantity", self.quantity.line.text())
        done = assistance.give(desk, [Service(ServiceId(0), "", day, stay.id, kind, float(amount))])
        name = self._name(kind)
        told = words.text("{code}, {day} · {service}")
        self.summary = told.format(code=code, day=formats.short_day(day), service=name)
        return Told("ok", words.text("Service of {code} written.").format(code=code), done)

    def _name(self, kind: str) -> str:
        known: Sequence[service_catalogue.ServiceKind] = service_catalogue.kinds(self.desk)
        return next((one.label(words.language()) for one in known if one.code == kind), kind)
