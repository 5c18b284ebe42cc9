"""Countries as choices of a field, and facts of a person in words."""

from datetime import date, datetime

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.residents.residents import Birth, Person
from shelter_desk.domain.stays.stays import Stay, placement_on
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui.forms.choice_field import Choice
from shelter_desk.words import formats


def countries(sex: str) -> list[Choice]:
    """Countries with their people in the form of that sex: `Niger (Nigérienne)` is not `Nigéria (Nigériane)`."""
    return [(one.code, formats.nationality(one.code, sex)) for one in codes.codes("nationality") if one.active]


def lands() -> list[Choice]:
    """Countries by their names alone."""
    return [(one.code, words.label("country", one.code)) for one in codes.codes("country") if one.active]


def answer(value: bool) -> str:
    """`Oui`, `Non`."""
    return words.text("Yes") if value else words.text("No")


def who(sex: str, birth: Birth, today: date) -> str:
    """`Femme, 27 ans`, `Garçon, 8 ans`."""
    age = formats.age(birth.age(today))
    minor = birth.is_minor(today)
    if sex == "f":
        sentence = words.text("Girl, {age}") if minor else words.text("Woman, {age}")
    elif sex == "m":
        sentence = words.text("Boy, {age}") if minor else words.text("Man, {age}")
    else:
        sentence = words.text("Sex unknown, {age}")
    return sentence.format(age=age)


def letter(sex: str) -> str:
    """`F`, `M`, or nothing."""
    return {"f": "F", "m": "M"}.get(sex, "")


def nights(stay: Stay, today: date) -> int:
    """Nights of the stay up to last night, or up to its exit."""
    until = min(stay.exited_at.date(), today) if stay.exited_at else today
    return max(0, (until - stay.admitted_at.date()).days)


def nights_text(n: int) -> str:
    """`45 nuits`."""
    return words.count("{n} night", "{n} nights", n)


def place_text(place: str, bed: Bed | None, room: Room | None) -> str:
    """`Lit 1F, Dortoir femmes`; `Natte, Filles`; `Partage le lit 3B`."""
    name = room.name if room else formats.NONE
    if place == "partage" and bed is not None:
        return words.text("Shares bed {bed}, {room}").format(bed=bed.code, room=name)
    if place == "appoint":
        return words.text("Mat, {room}").format(room=name) if room else words.text("Mat")
    if bed is not None:
        return words.text("Bed {bed}, {room}").format(bed=bed.code, room=name)
    return words.text("No bed yet")


def last_stay(record: Record) -> StayRecord | None:
    """The stay the head is about: the last one that is not void, else the last one."""
    return next((one for one in record.stays if not one.stay.is_void), record.stays[0] if record.stays else None)


def place_of(record: Record, one: StayRecord, night: date) -> str:
    """Where the stay sleeps on that night, in words."""
    placement = placement_on(one.placements, night)
    if placement is None:
        return words.text("No bed yet")
    bed = None if placement.bed is None else record.beds.get(placement.bed)
    room = bed.room_on(night) if bed else placement.room
    return place_text(placement.place, bed, None if room is None else record.rooms.get(room))


def person_line(person: Person, today: date) -> str:
    """`7K3-QMX-E, femme, 27 ans`, for a choice among persons."""
    about = who(person.sex, person.birth, today)
    return words.text("{code}, {who}").format(code=person.code, who=about[:1].lower() + about[1:])


def person_at(place: str, person: Person, today: date) -> str:
    """`1A · 7K3-QMX-E, femme, 27 ans`, for a choice by bed or by code; the code alone where no bed is known."""
    line = person_line(person, today)
    return words.text("{place} · {person}").format(place=place, person=line) if place else line


def typed_later(fact: datetime, recorded: datetime | None) -> str:
    """`saisi le 29/11` where a fact was typed on a later day than its own, "" else."""
    if recorded is None or recorded.date() <= fact.date():
        return ""
    same_year = recorded.year == fact.year
    day = formats.short_day(recorded.date()) if same_year else formats.day(recorded.date())
    return words.text("typed on {day}").format(day=day)
