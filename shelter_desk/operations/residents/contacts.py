"""Whom a person wants reached, or on no account: written with the person, opened on demand."""

from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.consent.consents import FAMILY_CONTACT, Why
from shelter_desk.domain.ids import ContactId, PersonId
from shelter_desk.domain.residents import contacts as contact_rules
from shelter_desk.domain.residents.contacts import Contact, Named, Verdict
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.storage.casefile import assessments
from shelter_desk.storage.residents import contacts as stored_contacts
from shelter_desk.storage.residents import residents

TOPICS = Changes(cases=True)


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact, and whether it may be reached today."""

    contact: Contact
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class PersonAround:
    """Whom to reach around a person.

    consent: why the consent to a contact with the family does not hold, None where it does. family_safe: what the last
    assessment says of the family, "" where it says nothing.
    """

    lines: tuple[ContactLine, ...]
    consent: Why | None
    family_safe: str


@needs(Permission.CASE_SEE)
def of(desk: Desk, person: PersonId) -> PersonAround:
    """The contacts of a person, those that hold first; no name is opened."""
    with desk.reading() as connection:
        consent = consents.why_not(connection, person, FAMILY_CONTACT, desk.today())
        versions = assessments.of_person(connection, None, person)
        safe = versions[0].safe_to_contact_family if versions else ""
        found = contact_rules.in_order(stored_contacts.of_person(connection, person))
    return PersonAround(
        tuple(ContactLine(one, contact_rules.verdict(one, consent, safe)) for one in found), consent, safe
    )


@needs(Permission.SEE_NAMES)
def named(desk: Desk, key: ContactId) -> Named:
    """Who a contact is; reading it is written to the journal. Empty once the identity was erased. Raises NotAllowed."""
    with desk.reading() as connection:
        person = stored_contacts.CONTACTS.one(connection, key).person
        code = residents.code(connection, person)
        own = person_acts.names_of(desk, connection, person)
        found = Named() if own is None else stored_contacts.named(connection, own, key)
    desk.note("contact_read", code)
    return found


@needs(Permission.CASE_EDIT)
def add(desk: Desk, contact: Contact, named: Named) -> Done:
    """Write one more contact. Raises Missing, NotInList, InTheFuture, NoConsent of somebody who refused the recording
    (R-15), NotAllowed.
    """
    with desk.writing("add_contact", TOPICS) as writing:
        write(desk, writing, contact, named)
        writing.subject = residents.code(writing.connection, contact.person)
    return writing.done


def write(desk: Desk, writing: Writing, contact: Contact, named: Named) -> None:
    """Write a contact inside an act. Raises as `add`."""
    contact_rules.check(contact, named)
    person_acts.check_day(desk, contact.noted_on)
    consents.check_not_refused(writing.connection, contact.person, desk.today())
    own = person_acts.own_names(desk, writing, contact.person)
    row = stored_contacts.CONTACTS.write(replace(contact, ended_on=None, recorded_at=desk.now()))
    key = ContactId(writing.trail.add(stored_contacts.TABLE, row))
    writing.trail.change(stored_contacts.TABLE, key, stored_contacts.sealed(own, key, named))


@needs(Permission.CASE_EDIT)
def change(desk: Desk, contact: Contact, named: Named) -> Done:
    """Correct a contact: wish, danger, relation, who it is; its day stays. Raises as `add`."""
    contact_rules.check(contact, named)
    desk.key_of_names()
    with desk.writing("change_contact", TOPICS) as writing:
        old = stored_contacts.CONTACTS.one(writing.connection, contact.id)
        consents.check_not_refused(writing.connection, old.person, desk.today())
        own = person_acts.own_names(desk, writing, old.person)
        new = replace(old, wish=contact.wish, relation=contact.relation, safe=contact.safe)
        values = stored_contacts.CONTACTS.write(new)
        if stored_contacts.named(writing.connection, own, old.id) != named:  # sealed anew, it would always differ
            values |= stored_contacts.sealed(own, old.id, named)
        writing.trail.change(stored_contacts.TABLE, old.id, values)
        writing.subject = residents.code(writing.connection, old.person)
    return writing.done


@needs(Permission.CASE_EDIT)
def end(desk: Desk, key: ContactId, on: date) -> Done:
    """From that day on it is no longer so; it stays on record. Raises BadDates, InTheFuture."""
    person_acts.check_day(desk, on)
    with desk.writing("end_contact", TOPICS) as writing:
        contact = stored_contacts.CONTACTS.one(writing.connection, key)
        contact_rules.check_end(contact, on)
        writing.trail.change(stored_contacts.TABLE, key, stored_contacts.CONTACTS.write(replace(contact, ended_on=on)))
        writing.subject = residents.code(writing.connection, contact.person)
    return writing.done
