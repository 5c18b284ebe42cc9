"""Countries, persons and beds as choices of a fast line."""

from collections.abc import Iterable, Sequence
from datetime import date

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.residents.residents import Person
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.operations.residents.residents import ListedResident
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.words import formats
from shelter_desk.words.beds import first_days

LATER = "later"


def countries(sex: str) -> list[Choice]:
    """Countries with their people in the form of that sex."""
    return [(one.code, formats.nationality(one.code, sex or "m")) for one in codes.codes("nationality") if one.active]


def about(person: Person, day: date) -> str:
    """`F · 27 ans`."""
    letter = {"f": "F", "m": "M"}.get(person.sex, "")
    return " · ".join(part for part in (letter, formats.age(person.birth.age(day))) if part)


def persons(listed: Iterable[ListedResident], day: date) -> list[Choice]:
    """Stays by their id: `7K3-QMX-E · F · 27 ans · 1F`."""
    return [
        (str(one.stay.id), " · ".join(part for part in (one.person.code, about(one.person, day), one.bed_code) if part))
        for one in listed
        if one.stay is not None
    ]


def beds(found: Sequence[Proposal], later: bool) -> list[Choice]:
    """Beds that can be given, best first; those that need a reason say so."""
    choices = [(LATER, words.text("Later"))] if later else []
    for one in found:
        told = words.text("{bed} · {room}") if one.fits else words.text("{bed} · {room} (with a reason)")
        if one.is_possible:
            choices.append((str(one.bed.id), told.format(bed=one.bed.code, room=one.room.name)))
    return choices


def say_not_yet(field: ChoiceField, found: Sequence[Proposal]) -> None:
    """Beside the beds of a line: why none can be given, where they are not in service that night."""
    field.clear()
    told = first_days.not_yet(one.since for one in found if one.since is not None)
    if told and not any(one.is_possible for one in found):
        field.set_warning(told)
