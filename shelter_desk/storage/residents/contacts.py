"""Whom a person wants reached, or on no account, in the file."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.ids import ContactId, PersonId
from shelter_desk.domain.residents.contacts import Contact, Named
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none, moment_or_none, to_text
from shelter_desk.storage.file.sealing import Sealer

TABLE = "contacts"


def contact_of(row: Any) -> Contact:
    """The fact in a row of `contacts`, without who it is."""
    return Contact(
        ContactId(row.id),
        PersonId(row.person_id),
        row.contact_wish,
        date.fromisoformat(row.noted_on),
        row.kin_relation,
        row.safe_to_contact,
        day_or_none(row.ended_on),
        moment_or_none(row.recorded_at),
    )


def contact_row(contact: Contact) -> dict[str, Any]:
    """A contact as it is stored, without its id and who it is."""
    return {
        "person_id": contact.person,
        "contact_wish": contact.wish,
        "noted_on": contact.noted_on.isoformat(),
        "kin_relation": contact.relation,
        "safe_to_contact": contact.safe,
        "ended_on": None if contact.ended_on is None else contact.ended_on.isoformat(),
        "recorded_at": to_text(contact.recorded_at),
    }


def contact(connection: Connection, key: ContactId) -> Contact:
    """One contact."""
    return contact_of(connection.execute(select(tables.contacts).where(tables.contacts.c.id == key)).one())


def of_person(connection: Connection, person: PersonId) -> list[Contact]:
    """Every contact of a person, those that ended too."""
    wanted = select(tables.contacts).where(tables.contacts.c.person_id == person).order_by(tables.contacts.c.id)
    return list(map(contact_of, connection.execute(wanted)))


def sealed(own: Sealer, key: ContactId, named: Named) -> dict[str, Any]:
    """Who it is, as it is stored. own: the key of the names of the person."""
    return {
        "contact_name": own.seal(TABLE, "contact_name", key, named.name.strip()),
        "phone": own.seal(TABLE, "phone", key, named.phone.strip()),
    }


def named(connection: Connection, own: Sealer, key: ContactId) -> Named:
    """Who it is."""
    row = connection.execute(select(tables.contacts).where(tables.contacts.c.id == key)).one()
    return Named(
        own.unseal(TABLE, "contact_name", key, row.contact_name or b""),
        own.unseal(TABLE, "phone", key, row.phone or b""),
    )
