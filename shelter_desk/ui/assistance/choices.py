"""Persons and services in words, for the parts of this page."""

from datetime import date

from shelter_desk import words
from shelter_desk.operations.assistance.assistance import ServiceDoubt
from shelter_desk.operations.services.service_catalogue import ServiceKind
from shelter_desk.operations.services.service_log import ServiceLine
from shelter_desk.words import assistance as assistance_words
from shelter_desk.words import formats


def named(kind: ServiceKind | None, code: str) -> str:
    """What a service is called; a code without a row stands for itself."""
    return words.label("service_type", code) if kind is None else kind.label(words.language())


def about(line: ServiceLine, day: date) -> str:
    """`F · 27 ans`, and how the person stands to that day."""
    letter = {"f": "F", "m": "M"}.get(line.person.sex, "")
    age = line.person.birth.age(day)
    return " · ".join(part for part in (letter, "" if age is None else formats.age(age), standing(line)) if part)


def standing(line: ServiceLine) -> str:
    """Nothing for somebody who is simply here."""
    return {
        "away": words.text("away"),
        "leaves": words.text("leaves that day"),
        "door": words.text("redirected"),
        "apart": words.text("not lodged that day"),
    }.get(line.standing, "")


def place(line: ServiceLine) -> str:
    """`1A`, or a dash."""
    return line.bed_code or formats.NONE


def doubt(found: ServiceDoubt) -> str:
    """What may be a mistake, in one sentence."""
    return assistance_words.doubt(found.kind, found.code, found.day)
