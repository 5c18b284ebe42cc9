"""Whom a person wants reached, and whom on no account: who it is stands sealed, how it stands is open (field 7, 6.3).

A contact is a wish of the person. Whether somebody is reached hangs on it, on the danger, and on the consent to a
contact with the family, all three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from shelter_desk.domain.checks import check_code, check_given, check_optional_code, check_order
from shelter_desk.domain.consent.consents import Why
from shelter_desk.domain.errors import Missing, NotInList
from shelter_desk.domain.ids import ContactId, PersonId

WISHES = ("oui", "demander", "non")  # may be reached, ask the person each time, on no account
UNCHECKED, DANGEROUS = "a_verifier", "non"  # `safety_answer`
# `kin_relation` of the family, whom the consent `contact_famille` speaks of
FAMILY = frozenset({"mere", "pere", "frere_soeur", "grand_parent", "oncle_tante", "autre_parent", "famille_accueil"})

Verdict = Literal["reach", "ask", "check", "no_consent", "never", "ended"]


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody around a person; name and telephone are sealed with the key of the person's names and read apart.

    wish: one of `WISHES`. relation: a `kin_relation`, "" where it is not known. safe: a `safety_answer`, whether
    reaching them puts nobody in danger. ended_on: from that day on it is no longer so.
    """

    id: ContactId
    person: PersonId
    wish: str
    noted_on: date
    relation: str = ""
    safe: str = UNCHECKED
    ended_on: date | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Who a contact is; sealed."""

    name: str = ""
    phone: str = ""


def check(contact: Contact, named: Named) -> None:
    """Refuse a contact that says nothing. Raises Missing, NotInList."""
    check_given("contact_name", named.name.strip() or contact.relation)
    if contact.wish not in WISHES:
        raise NotInList("contact_wish", contact.wish) if contact.wish else Missing("contact_wish")
    check_optional_code("kin_relation", contact.relation)
    check_code("safety_answer", contact.safe, "safe_to_contact")


def check_end(contact: Contact, on: date) -> None:
    """Refuse an end before the beginning. Raises BadDates."""
    check_order(contact.noted_on, on)


def verdict(contact: Contact, family_consent: Why | None, family_safe: str = "") -> Verdict:
    """Whether this contact may be reached today, the gravest reason first.

    family_consent: why the consent to a contact with the family does not hold, None where it does. family_safe: what
    the last assessment says of the family, "" where it says nothing.
    """
    if contact.ended_on is not None:
        return "ended"
    is_family = contact.relation in FAMILY
    if contact.wish == "non" or contact.safe == DANGEROUS or (is_family and family_safe == DANGEROUS):
        return "never"
    if is_family and family_consent is not None:
        return "no_consent"
    if contact.safe == UNCHECKED:
        return "check"
    return "ask" if contact.wish == "demander" else "reach"


def in_order(contacts: Sequence[Contact]) -> list[Contact]:
    """Those that hold first, the latest of each kind at the top."""
    return sorted(contacts, key=lambda one: (one.ended_on is not None, -one.id))


LEAST_DIGITS = 8  # of a whole telephone number


def digits_of(phone: str) -> str:
    """The digits of a telephone; "" where letters stand in it, or where it is no whole number."""
    digits = "".join(filter(str.isdigit, phone))
    return digits if len(digits) >= LEAST_DIGITS and not any(map(str.isalpha, phone)) else ""


def same_phone(one: str, other: str) -> bool:
    """Whether two telephones are one number, of which one may be written with the code of the country."""
    shorter, longer = sorted((digits_of(one), digits_of(other)), key=len)
    return bool(shorter) and longer.endswith(shorter)
