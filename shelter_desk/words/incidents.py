"""Incidents, complaints and contact risks in words: what is refused, in the names of their fields."""

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile import incidents
from shelter_desk.words import formats
from shelter_desk.words.refusals import errors as error_words
from shelter_desk.words.refusals.errors import said


def sentence(error: errors.ShelterDeskError) -> str:
    """What to tell the person at the desk, with the names of the fields of these forms."""
    if isinstance(error, errors.Missing) and error.field == "notified":
        return words.text("A serious incident is told to somebody at once. Tick who was told.")
    if isinstance(error, errors.Missing) and error.field in labels():
        return words.text("“{field}” is empty. Fill it in.").format(field=labels()[error.field])
    return error_words.sentence(error)


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


@said.register
def _box_missing(_error: incidents.BoxMissing) -> str:
    return words.text("Incidents cannot be written yet: a manager or a case worker opens Shelter Desk once first.")


@said.register
def _sealed_matter(_error: incidents.SealedMatter) -> str:
    return words.text("A sealed matter goes on through its channel. Write its day and its channel only.")


@said.register
def _against_self(error: incidents.AgainstSelf) -> str:
    return words.text("Incident {number} concerns you: somebody else reads and closes it.").format(
        number=error.incident_no
    )


@said.register
def _said_already(_error: incidents.SaidAlready) -> str:
    return words.text("These persons are kept apart already.")


@said.register
def _incident_over(error: incidents.IncidentOver) -> str:
    sentence_ = words.text("Incident {number} was closed on {day}.")
    return sentence_.format(number=error.incident_no, day=formats.day(error.closed_on))


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
