"""Why somebody is away, and what is pointed out where something is done to them that day; nothing is refused."""

from datetime import date

from shelter_desk import words
from shelter_desk.words import formats


def short(kind: str) -> str:
    """Why somebody is away, as a tile or a badge has room for it: `Hôpital`."""
    told = {
        "hopital": words.text("Hospital"),
        "visite_famille": words.text("Family visit"),
        "demarche": words.text("Errand"),
        "injustifiee": words.text("No reason"),
        "inconnu": words.text("Not known"),
    }
    return told.get(kind) or words.label("absence_type", kind)


def warning(kind: str, since: date) -> str:
    """Since when, and why where that is told."""
    if not kind:
        return words.text("Away since {day}.").format(day=formats.day(since))
    told = words.text("Away since {day}: {kind}.")
    return told.format(day=formats.day(since), kind=words.label("absence_type", kind).lower())


def among(codes: str) -> str:
    """Those of several who are away."""
    return words.text("Away that day: {codes}.").format(codes=codes)


def one(code: str, kind: str, since: date) -> str:
    """The same of one among several."""
    since_when = words.text("{code} since {day}").format(code=code, day=formats.day(since))
    if not kind:
        return since_when
    told = words.text("{since} ({kind})")
    return told.format(since=since_when, kind=words.label("absence_type", kind).lower())
