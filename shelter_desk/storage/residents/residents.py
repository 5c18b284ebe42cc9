"""Persons, and their names behind the identity key."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Connection, bindparam, func, select, text

from shelter_desk.domain.errors import Damaged, SealsAltered
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import NAMES, Birth, Names, Person
from shelter_desk.storage import tables
from shelter_desk.storage.file import told_rows
from shelter_desk.storage.file.case.case_rows import Row
from shelter_desk.storage.file.column_values import as_told, damaged, named
from shelter_desk.storage.file.halves import BesideRow
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import BOXED, Box, OpenBox, Sealer, new_key
from shelter_desk.storage.file.trail import Trail

PROFILE = BesideRow(tables.profiles, "person_id")
JOIN_PROFILE = "LEFT JOIN profiles w ON w.id = p.id"  # in SQL that calls the persons p
PERSONS = Mapper(tables.persons, Person, without=("birth", "names"), beside=tables.profiles, code="person_code")
BIRTHS = Mapper(tables.persons, Birth, precision="birth_date_precision", former="former_births")
# SQL over persons: a name is kept. Each by itself: sealed bytes put together become a text, which ends at a zero byte
NAMED = "(" + " + ".join(f"length(ifnull({column}, x''))" for column in NAMES) + " > 0)"
_SEALED = (*NAMES, "seal")
_ROWS = PERSONS.rows.add_columns(*(tables.persons.c[name] for name in BIRTHS.columns))
_SEAL = select(tables.persons.c.seal).where(tables.persons.c.id == bindparam("key"))
_CODE = select(tables.persons.c.person_code).where(tables.persons.c.id == bindparam("key"))
_PERSON = _ROWS.where(tables.persons.c.id == bindparam("key"))
_THESE = _ROWS.where(tables.persons.c.id.in_(bindparam("keys", expanding=True)))


def selected(persons: str, profiles: str, *, without: str = "") -> str:
    """All that `person_of` reads, or all but one column, as SQL selects it in which the two tables are called so."""
    births = ", ".join(f"{persons}.{name}" for name in BIRTHS.columns)
    return f"{PERSONS.selected(persons, profiles, without=without)}, {births}"


def person_of(row: Any, key: int | None = None) -> Person:
    """The fact in a row that `selected` reads, without the names. key: the person's id where `row.id` is another's."""
    birth = BIRTHS.read(row)
    return PERSONS.read(row, birth=birth) if key is None else PERSONS.read(row, birth=birth, id=PersonId(key))


def person_row(person: Person) -> dict[str, Any]:
    """A person as it is stored, without id, names and profile."""
    return {**PERSONS.write(person), **BIRTHS.write(person.birth)}


def add(trail: Trail, person: Person) -> PersonId:
    """Store a new person, without the names, with the profile in the row of the same number; that number."""
    key = PersonId(trail.add("persons", person_row(person)))
    PROFILE.add(trail, key, PERSONS.write_beside(person))
    return key


def change(trail: Trail, person: Person) -> None:
    """Store a person as they are from now on, the names left as they are."""
    trail.change("persons", person.id, person_row(person))
    PROFILE.change(trail, person.id, PERSONS.write_beside(person))


def sealed_names(sealer: Sealer, person: PersonId, names: Names, seal: bytes | None = None) -> dict[str, Any]:
    """The names as they are stored, with the key they are sealed with.

    seal: the one the person has already; where somebody altered it, what it sealed is lost, and they get another.
    """
    try:
        seal = sealer.wrap("persons", person) if seal is None else seal
        own = sealer.of_row("persons", person, seal)
    except Damaged:
        seal = sealer.wrap("persons", person)
        own = sealer.of_row("persons", person, seal)
    return {**_sealed_under(own, person, names), "seal": seal}


def _sealed_under(own: Sealer, person: PersonId, names: Names) -> dict[str, Any]:
    return {column: own.seal("persons", column, person, getattr(names, column)) or None for column in NAMES}


def names_in_box(box: Box, person: PersonId, names: Names) -> dict[str, Any]:
    """The names as somebody stores them who may not read names: their key lies in the box until `take_out_of_box`."""
    key = new_key()
    return {**_sealed_under(Sealer(key), person, names), "seal": box.seal_bytes("persons", "seal", person, key)}


# as the index `ix_persons_in_box` has it, so that not all persons are looked through
_IN_BOX = text(f"SELECT 1 FROM persons WHERE length(seal) = {BOXED}")
_NAMES_IN_BOX = text(f"SELECT id, seal, {', '.join(NAMES)} FROM persons WHERE length(seal) = {BOXED}")


def is_any_in_box(connection: Connection) -> bool:
    """Whether keys of names lie in the box."""
    return connection.execute(_IN_BOX).first() is not None


def take_out_of_box(trail: Trail, box: OpenBox, sealer: Sealer) -> None:
    """Seal the names whose keys lie in the box under keys of their own; one that was altered stays (`unreadable`), and
    so do names that are not those that the last line on that person told.

    Who put a key into the box knows it, and anybody can: with it they would read what else is ever sealed of that
    person. One beside which lies no name is dropped.
    """
    found = trail.connection.execute(_NAMES_IN_BOX).all()
    told = told_rows.last_told(trail.connection, "persons", {row.id for row in found}, {*NAMES})
    for key, seal, *sealed in found:
        if any(sealed) and not _are_told(sealed, told.get(key, {})):
            continue
        with suppress(Damaged):
            names = _opened(Sealer(box.unseal_bytes("persons", "seal", key, seal)), key, sealed)
            row = sealed_names(sealer, PersonId(key), names) if names.known else without_names()
            trail.change("persons", key, row)


def _are_told(sealed: Sequence[Any], told: Mapping[str, Any]) -> bool:
    return all((as_told(one) or None) == (told.get(name) or None) for name, one in zip(NAMES, sealed, strict=True))


def seal_of(connection: Connection, person_id: PersonId) -> bytes | None:
    """The wrapped key of a person's names, None where there is none."""
    found: bytes | None = connection.execute(_SEAL, {"key": person_id}).scalar()
    return found


def without_names() -> dict[str, Any]:
    """What the row of a person whose name is not known holds."""
    return dict.fromkeys(_SEALED)


def erased() -> dict[str, Any]:
    """What a person's row holds once the identity is erased: no name, and no key for what the journal keeps sealed."""
    return dict.fromkeys(_SEALED)


def protection_of(connection: Connection, protection: Sealer, person: PersonId) -> Sealer:
    """What seals and opens the protection notes of a person; the key is made at the first one.

    Raises Damaged where the profile, which holds it, opens no more.
    """
    own = opener_of(connection, protection, person)
    if own is not None:
        return own
    seal, of = protection.wrap("persons", person), tables.profiles
    if connection.execute(of.update().where(of.c.id == person).values(protection_seal=seal)).rowcount != 1:
        raise damaged(of.name, "protection_seal", person)  # the row opens no more: its words would get a second key
    return protection.of_row("persons", person, seal)


def opener_of(connection: Connection, protection: Sealer, person: PersonId) -> Sealer | None:
    """What opens the protection notes of a person; None where there is none, or its key went with the identity."""
    row = select(tables.profiles.c.protection_seal).where(tables.profiles.c.id == person)
    seal = connection.execute(row).scalar()
    return None if seal is None else protection.of_row("persons", person, seal)


def identity_of(connection: Connection, sealer: Sealer, person: PersonId) -> Sealer:
    """What seals and opens names and contacts of those around a person: the key of the person's own names."""
    seal = seal_of(connection, person)
    if seal is None:
        seal = sealer.wrap("persons", person)
        _store(connection, person, {"seal": seal})
    return sealer.of_row("persons", person, seal)


def change_seals(connection: Connection, old: Sealer, new: Sealer) -> None:
    """Wrap the key of the names of every person anew; one that was altered stays, and `unreadable` names whose."""
    for key, seal in connection.execute(select(tables.persons.c.id, tables.persons.c.seal)).all():
        with suppress(Damaged):
            if seal is not None:
                _store(connection, key, {"seal": new.wrap("persons", key, old.unwrap("persons", key, seal))})


def wrapped_anew(old: Sealer, new: Sealer, row: Row) -> Row:
    """The same of the key of the words, in a row as it lies in the case file."""
    seal = row.values.get("protection_seal")
    if row.table == tables.profiles.name and seal is not None:
        with suppress(Damaged):
            anew = new.wrap("persons", row.id, old.unwrap("persons", row.id, seal))
            return row._replace(values={**row.values, "protection_seal": anew})
    return row


Seal = Literal["seal", "protection_seal"]


def seal_column(seal: Seal) -> Column[bytes]:
    """Where the wrapped key of the names lies, or of the words; in a row of the number of the person."""
    found: Column[bytes] = (tables.persons if seal == "seal" else tables.profiles).c[seal]
    return found


def unreadable(connection: Connection, sealer: Sealer, which: Seal = "seal") -> set[str]:
    """The codes of the persons for whom one of their keys, or a name, was altered, or a key taken away beside names."""
    of = tables.persons.c
    columns = (of[name] for name in NAMES)
    found = set()
    wanted = select(of.id, of.person_code, seal_column(which), *columns)
    wanted = wanted.select_from(tables.persons.outerjoin(tables.profiles, tables.profiles.c.id == of.id))
    for key, code, seal, *sealed in connection.execute(wanted).all():
        try:
            if seal is not None:
                sealer.unwrap("persons", key, seal)
            if which == "seal":
                _unsealed(sealer, key, sealed, seal)
        except Damaged:
            found.add(str(code))
    return found


def give_seals(connection: Connection, sealer: Sealer) -> None:
    """Seal the names of before version 0004, that have no key of their own, under one; not where they were altered."""
    of = tables.persons.c
    columns = (of[name] for name in NAMES)
    for key, *sealed in connection.execute(select(of.id, *columns).where(of.seal.is_(None))).all():
        with suppress(Damaged):
            opened = _unsealed(sealer, key, sealed, None)
            if opened.known:
                _store(connection, key, sealed_names(sealer, PersonId(key), opened))


def _store(connection: Connection, key: int, row: dict[str, Any]) -> None:
    connection.execute(tables.persons.update().where(tables.persons.c.id == key).values(row))


def person(connection: Connection, person_id: PersonId) -> Person:
    """One person, without the names."""
    return person_of(connection.execute(_PERSON, {"key": person_id}).one())


def code(connection: Connection, person_id: PersonId) -> str:
    """The code of one person, where nothing else of them is asked."""
    found: str = connection.execute(_CODE, {"key": person_id}).scalar_one()
    return found


def has(connection: Connection, person_id: PersonId) -> bool:
    """Whether that person is in the file."""
    return connection.execute(_CODE, {"key": person_id}).first() is not None


def anybody(connection: Connection) -> bool:
    """Whether there is any person."""
    return connection.execute(text("SELECT 1 FROM persons LIMIT 1")).first() is not None


def persons(connection: Connection, ids: Iterable[PersonId] | None = None) -> dict[PersonId, Person]:
    """These persons or all, without the names."""
    found = connection.execute(_ROWS) if ids is None else connection.execute(_THESE, {"keys": list(ids)})
    return {one.id: one for one in map(person_of, named(found))}


def is_code(connection: Connection, code: str) -> bool:
    """True when a person has, or had, this code."""
    found = connection.execute(text("SELECT 1 FROM persons WHERE person_code = :code"), {"code": code}).first()
    return found is not None


def by_code(connection: Connection, code: str) -> PersonId | None:
    """Who has this printed code, or had it before two files became one."""
    return by_codes(connection, [code]).get(code)


def by_codes(connection: Connection, codes: Iterable[str]) -> dict[str, PersonId]:
    """The same of several codes; those of nobody are left out."""
    of = tables.persons.c
    wanted = select(of.person_code, func.coalesce(of.merged_into, of.id)).where(of.person_code.in_(list(codes)))
    return {code: PersonId(key) for code, key in connection.execute(wanted)}


def codes_of(connection: Connection, person: PersonId) -> list[str]:
    """The code of a person, then those that answer for the same file since two became one."""
    wanted = text("SELECT person_code FROM persons WHERE id = :id OR merged_into = :id ORDER BY id <> :id, id")
    return list(connection.execute(wanted, {"id": person}).scalars())


def merged(connection: Connection, persons: Iterable[PersonId] | None = None) -> dict[PersonId, PersonId]:
    """By who is no file of their own any more who goes on; of all, or of those who were merged into these persons."""
    of = tables.persons.c
    wanted = select(of.id, of.merged_into).where(of.merged_into.is_not(None))
    if persons is not None:
        wanted = wanted.where(of.merged_into.in_(list(persons)))
    return {PersonId(row.id): PersonId(row.merged_into) for row in connection.execute(wanted)}


def former_codes(connection: Connection) -> dict[str, str]:
    """By each code that is no file of its own any more the code of the person who goes on."""
    wanted = text(
        "SELECT f.person_code AS former, p.person_code AS code FROM persons f JOIN persons p ON p.id = f.merged_into"
    )
    return {row.former: row.code for row in connection.execute(wanted)}


def names(connection: Connection, sealer: Sealer, ids: Iterable[PersonId] | None = None) -> dict[PersonId, Names]:
    """The names of these persons or of all who have one and a file; who was altered is left out (`unreadable`)."""
    wanted = tables.persons.c.merged_into.is_(None) if ids is None else tables.persons.c.id.in_(list(ids))
    return dict(_names_of(connection, sealer, wanted))


def name(connection: Connection, sealer: Sealer, person_id: PersonId) -> Names:
    """The names of one person. Raises SealsAltered where somebody altered them, or their key."""
    columns = [tables.persons.c[column] for column in (*_SEALED, "person_code")]
    *sealed, seal, code = connection.execute(select(*columns).where(tables.persons.c.id == person_id)).one()
    try:
        return _unsealed(sealer, person_id, sealed, seal)
    except Damaged as error:
        raise SealsAltered((code,)) from error


def count_named(connection: Connection) -> int:
    """How many persons have a name, without unsealing any."""
    wanted = text(f"SELECT count(*) FROM persons WHERE merged_into IS NULL AND {NAMED}")
    return int(connection.execute(wanted).scalar_one())


def _names_of(connection: Connection, sealer: Sealer, wanted: ColumnElement[bool]) -> Iterator[tuple[PersonId, Names]]:
    columns = (tables.persons.c[column] for column in _SEALED)
    for key, *sealed, seal in connection.execute(select(tables.persons.c.id, *columns).where(wanted)).all():
        with suppress(Damaged):
            opened = _unsealed(sealer, key, sealed, seal)
            if opened.known:
                yield PersonId(key), opened


def _unsealed(sealer: Sealer, key: int, sealed: Sequence[bytes | None], seal: bytes | None) -> Names:
    if not any(sealed):
        return Names()
    return _opened(sealer.of_row("persons", key, seal), key, sealed)


def _opened(own: Sealer, key: int, sealed: Sequence[bytes | None]) -> Names:
    return Names(
        **{
            column: own.unseal("persons", column, key, value) if value else ""
            for column, value in zip(NAMES, sealed, strict=True)
        }
    )


def every_code(connection: Connection) -> list[str]:
    """The codes of all persons, those whose names were erased too."""
    return list(connection.execute(select(tables.persons.c.person_code)).scalars())


def erased_codes(connection: Connection) -> set[str]:
    """The codes of those whose names were erased."""
    of = tables.persons.c
    return set(connection.execute(select(of.person_code).where(of.erased_at.is_not(None))).scalars())


def are_not_same(connection: Connection) -> set[tuple[PersonId, PersonId]]:
    """Pairs that look alike and were said to be different, smaller id first; of two files that became one, both."""
    now = merged(connection)
    said = [(PersonId(row.person_id), PersonId(row.other_id)) for row in connection.execute(select(tables.not_same))]
    if not now:
        return set(said)
    meant = ((now.get(one, one), now.get(other, other)) for one, other in said)
    return {(min(pair), max(pair)) for pair in meant}


def say_not_same(connection: Connection, one: PersonId, other: PersonId) -> None:
    """Remember that these are two persons."""
    pair = {"person_id": min(one, other), "other_id": max(one, other)}
    connection.execute(tables.not_same.insert().prefix_with("OR IGNORE").values(**pair))


def who_is_named(connection: Connection, ids: Iterable[PersonId]) -> set[PersonId]:
    """Of whom of these a name is stored, without unsealing any."""
    wanted = text(f"SELECT id FROM persons WHERE id IN (SELECT value FROM json_each(:keys)) AND {NAMED}")
    return {PersonId(key) for key in connection.execute(wanted, {"keys": json.dumps(list(ids))}).scalars()}


def has_name(connection: Connection, person_id: PersonId) -> bool:
    """True when a name is stored, without unsealing it."""
    return bool(connection.execute(text(f"SELECT {NAMED} FROM persons WHERE id = :id"), {"id": person_id}).scalar())
