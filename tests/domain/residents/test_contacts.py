"""Whom to reach: what stands in the way, the gravest reason first, and what a contact has to say."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shelter_desk.domain.consent.consents import Why
from shelter_desk.domain.errors import BadDates, Missing, NotInList
from shelter_desk.domain.ids import ContactId, PersonId
from shelter_desk.domain.residents.contacts import Contact, Named, Verdict, check, check_end, in_order, verdict

DAY = date(2026, 11, 3)
MOTHER = Contact(ContactId(1), PersonId(1), "oui", DAY, "mere", "oui")
FRIEND = replace(MOTHER, relation="autre")


@pytest.mark.parametrize(
    ("contact", "consent", "family_safe", "told"),
    [
        (MOTHER, None, "", "reach"),
        (MOTHER, None, "oui", "reach"),
        (replace(MOTHER, wish="demander"), None, "", "ask"),
        (replace(MOTHER, safe="a_verifier"), None, "", "check"),
        (replace(MOTHER, wish="demander", safe="a_verifier"), None, "", "check"),
        (MOTHER, "absent", "", "no_consent"),
        (MOTHER, "retire", "", "no_consent"),
        (MOTHER, None, "non", "never"),
        (replace(MOTHER, wish="non"), None, "", "never"),
        (replace(MOTHER, safe="non"), "absent", "", "never"),
        (FRIEND, "refuse", "non", "reach"),
        (replace(FRIEND, relation=""), "refuse", "non", "reach"),
        (replace(MOTHER, wish="non", ended_on=DAY), "refuse", "non", "ended"),
    ],
)
def test_the_gravest_reason_is_the_one_that_is_said(
    contact: Contact, consent: Why | None, family_safe: str, told: Verdict
) -> None:
    assert verdict(contact, consent, family_safe) == told


@pytest.mark.parametrize(
    ("contact", "named", "field"),
    [
        (replace(MOTHER, relation=""), Named(" ", "70"), "contact_name"),
        (replace(MOTHER, wish=""), Named(), "contact_wish"),
    ],
)
def test_a_contact_says_who_and_what_is_wanted(contact: Contact, named: Named, field: str) -> None:
    with pytest.raises(Missing) as refused:
        check(contact, named)
    assert refused.value.field == field


@pytest.mark.parametrize("wrong", [{"wish": "peut-être"}, {"relation": "voisin"}, {"safe": ""}])
def test_codes_are_those_of_the_lists(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotInList):
        check(replace(MOTHER, **wrong), Named("Awa"))


def test_a_contact_ends_on_its_first_day_at_the_earliest() -> None:
    check_end(MOTHER, DAY)
    with pytest.raises(BadDates):
        check_end(MOTHER, date(2026, 11, 2))


def test_those_that_hold_stand_first_and_the_latest_at_the_top() -> None:
    three = [replace(MOTHER, id=ContactId(key)) for key in (1, 2, 3)]
    three[2] = replace(three[2], ended_on=DAY)
    assert [one.id for one in in_order(three)] == [2, 1, 3]
