"""Rooms, persons and nights in the few words a tile or a panel has room for."""

from datetime import date, datetime

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.residents.residents import Person
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.words import formats


def letter(sex: str) -> str:
    """`F`, `M`, or nothing."""
    return {"f": "F", "m": "M"}.get(sex, "")


def nights(one: Present, night: date) -> int:
    """Nights of the stay before that one."""
    return max(0, (night - one.stay.admitted_at.date()).days)


def nights_text(n: int) -> str:
    """`45 nuits`."""
    return words.count("{n} night", "{n} nights", n)


def who(person: Person, day: date) -> str:
    """`F · 27 ans · Bénin (Béninoise)`."""
    parts = [letter(person.sex), formats.age(person.birth.age(day))]
    if person.nationality:
        parts.append(formats.nationality(person.nationality, person.sex))
    return " · ".join(part for part in parts if part)


def person_line(one: Present, day: date, place: str) -> str:
    """`7K3-QMX-E · F · 27 ans · 1F`, for a choice among those present."""
    parts = [one.person.code, letter(one.person.sex), formats.age(one.person.birth.age(day)), place]
    return " · ".join(part for part in parts if part)


def room_title(room: Room) -> str:
    """`1 · Dortoir femmes`."""
    return f"{room.code} · {room.name}"


def for_whom(room: Room) -> str:
    """Who the room is for, by its rules."""
    if room.room_type == "chambre_famille":
        return words.text("one family only")
    if room.room_type == "mere_enfant":
        return words.text("women with babies")
    told = {
        ("f", "adultes"): words.text("grown women"),
        ("f", "mineurs"): words.text("girls under 18"),
        ("f", "tous"): words.text("women and girls"),
        ("m", "adultes"): words.text("grown men"),
        ("m", "mineurs"): words.text("boys under 18"),
        ("m", "tous"): words.text("men and boys"),
    }
    ages = {"adultes": words.text("grown-ups"), "mineurs": words.text("under 18")}
    return told.get((room.sex_rule, room.age_rule)) or ages.get(room.age_rule) or words.text("everybody")


def room_note(room: Room) -> str:
    """What stands beside the only bed of a room kept for a special case."""
    if room.room_type == "chambre_indiv":
        return words.text("Sensitive case: the manager decides.")
    if room.room_type == "isolement_sante":
        return words.text("Health reason: ask the sick bay.")
    return ""


def state_short(state: str) -> str:
    """`Réparation`, what a tile has room for."""
    told = {
        "maintenance": words.text("Repair"),
        "hors_service": words.text("Out of use"),
        "quarantaine": words.text("Blocked"),
    }
    return told.get(state) or words.label("bed_state", state)


def kept_for(room: Room, alone: bool) -> tuple[str, str]:
    """For a room kept for one kind of person: a few words and a sentence; both "" where it is not.

    alone: nobody of the family is here, so that a room for families is not meant for them.
    """
    if room.room_type == "chambre_indiv":
        return words.text("manager decides"), room_note(room)
    if room.room_type == "isolement_sante":
        return words.text("health advice"), room_note(room)
    if alone and room.room_type == "chambre_famille":
        return words.text("for a family"), words.text("This room is kept for a family.")
    if alone and room.room_type == "mere_enfant":
        return words.text("with a baby"), words.text("This room is kept for mothers with a baby.")
    return "", ""


def bed_title(bed: Bed) -> str:
    """`Lit 1F`."""
    return words.text("Bed {bed}").format(bed=bed.code)


def day_of(moment: datetime) -> str:
    """`19/10/2026`."""
    return formats.day(moment.date())


def rule_short(rule: str) -> str:
    """What speaks against a bed, in the third line of its tile."""
    told = {
        "R-04": words.text("minor and adult"),
        "R-05": words.text("mixed ages"),
        "R-06": words.text("other sex"),
        "R-06A": words.text("other age"),
        "R-06B": words.text("both sexes"),
        "R-13": words.text("little space"),
        "R-28": words.text("to keep apart"),
        "R-28A": words.text("must not meet"),
        "T10": words.text("other family"),
        "R-35": words.text("expected"),
        "A-04": words.text("incomplete"),
    }
    return told.get(rule, rule)
