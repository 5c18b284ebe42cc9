"""Incidents, complaints and contact risks in words: what is refused, in the names of their fields."""

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile import incidents
from shelter_desk.words import formats
from shelter_desk.words.refusals import errors as error_words
from shelter_desk.words.refusals.errors import Sentences


def sentence(error: errors.ShelterDeskError) -> str:
    """What to tell the person at the desk, with the names of the fields of these forms."""
    if isinstance(error, errors.Missing) and error.field == "notified":
        return words.text("A serious incident is told to somebody at once. Tick who was told.")
    return error_words.sentence(error, labels())


def labels() -> dict[str, str]:
    """What the fields of these forms are called, by machine key."""
    return {
        "incident_type": words.text("What happened"),
        "occurred_at": words.text("Day"),
        "day": words.text("Day"),
        "clock": words.text("Hour"),
        "severity": words.text("Severity"),
        "facts": words.text("Facts"),
        "immediate_action": words.text("Measures taken at once"),
        "channel": words.text("Channel"),
        "breach_kind": words.text("What was lost or seen"),
        "follow_up": words.text("What came of it"),
        "risk_kind": words.text("Risk"),
        "other": words.text("Code of the other person"),
        "referral": words.text("Referral it led to"),
    }


def risk(kind: str) -> str:
    """Why somebody is kept from others."""
    return {
        "auteur_presume": words.text("May be a perpetrator"),
        "recruteur": words.text("May be a recruiter"),
        "conflit": words.text("Conflict between two persons"),
    }.get(kind, kind)


def apart(codes: tuple[str, ...], is_from_all: bool) -> str:
    """The alert of a person who is kept from others. is_from_all: from every victim."""
    if is_from_all:
        return words.text("No victim may meet this person")
    return words.text("Must not meet {codes}").format(codes=", ".join(codes))


SENTENCES: Sentences = {
    incidents.BoxMissing: lambda _: words.text(
        "Incidents cannot be written yet: a manager or a case worker opens Shelter Desk once first."
    ),
    incidents.SealedMatter: lambda _: words.text(
        "A sealed matter goes on through its channel. Write its day and its channel only."
    ),
    incidents.AgainstSelf: lambda error: words.text(
        "Incident {number} concerns you: somebody else reads and closes it."
    ).format(number=error.incident_no),
    incidents.SaidAlready: lambda _: words.text("These persons are kept apart already."),
    incidents.IncidentOver: lambda error: words.text("Incident {number} was closed on {day}.").format(
        number=error.incident_no, day=formats.day(error.closed_on)
    ),
}
