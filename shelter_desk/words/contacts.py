"""Whom to reach, or on no account, in words."""

from shelter_desk import words
from shelter_desk.domain.residents.contacts import Verdict


def wish(code: str) -> str:
    """What the person wants of a contact."""
    return {
        "oui": words.text("May be reached"),
        "demander": words.text("Ask the person each time"),
        "non": words.text("Never tell this person"),
    }.get(code, code)


def who(relation: str) -> str:
    """Who somebody is for the person."""
    return words.label("kin_relation", relation) if relation else words.text("Somebody else")


def columns() -> dict[str, str]:
    """What the columns of a contact are called, in forms and in the journal."""
    return {
        "contact_name": words.text("Name (sealed)"),
        "phone": words.text("Telephone (sealed)"),
        "contact_wish": words.text("What the person wants"),
        "kin_relation": words.text("Who it is for the person"),
        "safe_to_contact": words.text("Safe to reach"),
    }


def verdict(name: Verdict) -> str:
    """Whether a contact may be reached today, as it stands on a badge."""
    return {
        "reach": words.text("May be reached"),
        "ask": words.text("Ask first"),
        "check": words.text("Check the danger first"),
        "no_consent": words.text("No consent"),
        "never": words.text("Never tell this person"),
        "ended": words.text("no longer so"),
    }[name]
