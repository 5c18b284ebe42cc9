"""Whom a person wants reached, or on no account, in the file."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import ContactId, PersonId
from shelter_desk.domain.residents.contacts import Contact, Named
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer

TABLE = "contacts"
CONTACTS = Mapper(tables.contacts, Contact, wish="contact_wish", relation="kin_relation", safe="safe_to_contact")


def of_person(connection: Connection, person: PersonId) -> list[Contact]:
    """Every contact of a person, those that ended too."""
    return CONTACTS.where(connection, tables.contacts.c.person_id == person, order=(tables.contacts.c.id,))


def sealed(own: Sealer, key: ContactId, named: Named) -> dict[str, Any]:
    """Who it is, as it is stored. own: the key of the names of the person."""
    return {
        "contact_name": own.seal(TABLE, "contact_name", key, named.name.strip()),
        "phone": own.seal(TABLE, "phone", key, named.phone.strip()),
    }


def phones(connection: Connection, sealer: Sealer) -> Iterator[tuple[PersonId, str]]:
    """Whose contact has which telephone; what somebody altered, and what went with an identity, is left out."""
    of, persons = tables.contacts.c, tables.persons.c
    wanted = select(of.id, of.person_id, of.phone, persons.seal).join_from(
        tables.contacts, tables.persons, of.person_id == persons.id
    )
    for key, person, phone, seal in connection.execute(wanted.where(of.phone.is_not(None), persons.seal.is_not(None))):
        with suppress(Damaged):
            yield PersonId(person), sealer.of_row("persons", person, seal).unseal(TABLE, "phone", key, phone)


def named(connection: Connection, own: Sealer, key: ContactId) -> Named:
    """Who it is."""
    row = connection.execute(select(tables.contacts).where(tables.contacts.c.id == key)).one()
    return Named(
        own.unseal(TABLE, "contact_name", key, row.contact_name or b""),
        own.unseal(TABLE, "phone", key, row.phone or b""),
    )
