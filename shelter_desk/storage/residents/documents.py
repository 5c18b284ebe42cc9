"""Papers kept inside the file: title and content sealed under the key of the person they are about."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.ids import DocumentId, PersonId, StayId, UserId
from shelter_desk.domain.residents.notes import Document
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none, moment, to_text
from shelter_desk.storage.file.sealing import Sealer

_OPEN = [column for column in tables.documents.c if column.name not in ("title", "content")]


def document_of(row: Any) -> Document:
    """The fact in a row of `documents`, without title and content."""
    return Document(
        DocumentId(row.id),
        PersonId(row.person_id),
        row.document_kind,
        row.media_type,
        row.size,
        moment(row.added_at),
        None if row.added_by is None else UserId(row.added_by),
        None if row.stay_id is None else StayId(row.stay_id),
        day_or_none(row.expires_on),
    )


def document_row(document: Document) -> dict[str, Any]:
    """A paper as it is stored, without its id, title and content."""
    return {
        "person_id": document.person,
        "stay_id": document.stay,
        "document_kind": document.kind,
        "media_type": document.media_type,
        "size": document.size,
        "added_by": document.added_by,
        "added_at": to_text(document.added_at),
        "expires_on": None if document.expires_on is None else document.expires_on.isoformat(),
    }


def sealed_row(own: Sealer, document: DocumentId, title: str, content: bytes) -> dict[str, Any]:
    """Title and content as they are stored."""
    return {
        "title": own.seal("documents", "title", document, title),
        "content": own.seal_bytes("documents", "content", document, content),
    }


def of_person(connection: Connection, person: PersonId) -> list[Document]:
    """The papers of a person, latest first."""
    of = tables.documents.c
    wanted = select(*_OPEN).where(of.person_id == person).order_by(of.added_at.desc(), of.id.desc())
    return list(map(document_of, connection.execute(wanted)))


def until(connection: Connection, last: date, person: PersonId | None = None) -> list[Document]:
    """The papers of everybody, or of one person, that run out by that day, the first first."""
    of = tables.documents.c
    wanted = select(*_OPEN).where(of.expires_on <= last.isoformat()).order_by(of.expires_on, of.id)
    if person is not None:
        wanted = wanted.where(of.person_id == person)
    return list(map(document_of, connection.execute(wanted)))


def document(connection: Connection, document_id: DocumentId) -> Document | None:
    """One paper, None where it was taken out or the act that took it in was undone."""
    found = connection.execute(select(*_OPEN).where(tables.documents.c.id == document_id)).first()
    return None if found is None else document_of(found)


def title(connection: Connection, own: Sealer, document_id: DocumentId) -> str:
    """What one paper is called. Raises Damaged."""
    wanted = select(tables.documents.c.title).where(tables.documents.c.id == document_id)
    return own.unseal("documents", "title", document_id, connection.execute(wanted).scalar_one() or b"")


def content(connection: Connection, own: Sealer, document_id: DocumentId) -> bytes:
    """One paper as it was taken in. Raises Damaged."""
    wanted = select(tables.documents.c.content).where(tables.documents.c.id == document_id)
    return own.unseal_bytes("documents", "content", document_id, connection.execute(wanted).scalar_one())
