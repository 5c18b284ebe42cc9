"""Sealed words about persons that open no more: somebody wrote into the file."""

from contextlib import suppress

from sqlalchemy import Column, Connection, FromClause, LargeBinary, Select, Table, func, select

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage import tables
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents.residents import Seal, seal_column
from shelter_desk.storage.retention.erasing import IDENTITY, NARRATIVES, PARENT
from shelter_desk.storage.tables import metadata


def of_whom(connection: Connection, sealer: Sealer, seal: Seal) -> set[str]:
    """The codes of those around whom a sealed word opens no more. seal: the key of the names, or of the narratives.

    Of whose key itself was altered nothing is said here (`residents.unreadable`).
    """
    own = _own(connection, sealer, seal)
    return {
        own[row.person][0]
        for name, columns in (IDENTITY if seal == "seal" else NARRATIVES).items()
        for column in columns
        if isinstance((of := metadata.tables[name].c[column]).type, LargeBinary)
        for row in connection.execute(_sealed(of))
        if row.person in own and not (row.sealed and own[row.person][1].opens(name, column, row.id, row.sealed))
    }


def _own(connection: Connection, sealer: Sealer, seal: Seal) -> dict[int, tuple[str, Sealer]]:
    of, found = tables.persons.c, {}
    # without a key words open with no other one
    wanted = select(of.id, of.person_code, seal_column(seal).label("wrapped"))
    wanted = wanted.select_from(tables.persons.outerjoin(tables.profiles, tables.profiles.c.id == of.id))
    for row in connection.execute(wanted):
        with suppress(Damaged):
            found[row.id] = row.person_code, sealer.of_row("persons", row.id, row.wrapped)
    return found


def _sealed(column: Column[bytes]) -> Select[tuple[int, bytes, int]]:
    if column.table is tables.document_contents:  # no line holds what a paper shows, and it goes with its title alone
        papers = tables.documents
        wanted = select(papers.c.id, column.label("sealed"), papers.c.person_id.label("person"))
        is_kept = (func.length(column) > 0) | (func.length(papers.c.title) > 0)
        return wanted.select_from(papers.outerjoin(column.table)).where(is_kept)
    found, person = _with_person(column.table)
    wanted = select(column.table.c.id, column.label("sealed"), person.label("person")).select_from(found)
    return wanted.where(func.length(column) > 0)


def _with_person(table: Table) -> tuple[FromClause, Column[int]]:
    if "person_id" in table.c:
        return table, table.c.person_id
    if "stay_id" in table.c:
        return table.join(tables.stays, table.c.stay_id == tables.stays.c.id), tables.stays.c.person_id
    above, column = PARENT[table.name]
    parent = metadata.tables[above]
    found, person = _with_person(parent)
    return table.join(found, table.c[column] == parent.c.id), person
