"""Papers kept inside the file, and notes on a person; their words are sealed under the key of the person."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.ids import DocumentId, NoteId, PersonId
from shelter_desk.domain.residents.notes import Document, Note
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.residents.person_sealers import unsealed

NOTES = Mapper(tables.case_notes, Note, kind="note_kind")
DOCUMENTS = Mapper(tables.documents, Document, kind="document_kind")
SMALLEST = 8192  # bytes that a paper takes at least


def title_row(own: Sealer, document: DocumentId, title: str) -> dict[str, Any]:
    """What one paper is called, as it is stored."""
    return {"title": own.seal("documents", "title", document, title)}


def add(trail: Trail, document: Document) -> DocumentId:
    """Store a new paper; its number, under which no other lies, nor what one holds whose row is damaged or gone."""
    of = tables.document_contents.c.id
    key = trail.free_id(tables.documents.name, trail.last_id(tables.documents.name))
    while trail.connection.execute(select(of).where(of == key)).first() is not None:
        key = trail.free_id(tables.documents.name, key)
    return DocumentId(trail.add(tables.documents.name, {"id": key, **DOCUMENTS.write(document)}))


def keep_content(trail: Trail, own: Sealer, document: DocumentId, content: bytes) -> None:
    """Store what a new paper holds by its number, filled up to a step: who has a file knows it by its length else."""
    of, filled = tables.document_contents, content.ljust(stored_length(len(content)), b"\0")
    trail.add(of.name, {"id": document, "content": own.seal_bytes(of.name, "content", document, filled)})


def stored_length(size: int) -> int:
    """The bytes of a paper of that size as it lies: 8,192, or the next of 4, 5, 6, 7 times a power of two."""
    unit = max(1 << max((size - 1).bit_length() - 3, 0), SMALLEST // 4)
    return max(-(-size // unit) * unit, SMALLEST)


def of_person(connection: Connection, person: PersonId) -> list[Document]:
    """The papers of a person, latest first."""
    of = tables.documents.c
    return DOCUMENTS.where(connection, of.person_id == person, order=(of.added_at.desc(), of.id.desc()))


def until(connection: Connection, last: date, person: PersonId | None = None) -> list[Document]:
    """The papers of everybody, or of one person, that run out by that day, the first first."""
    of = tables.documents.c
    wanted = DOCUMENTS.rows.where(of.expires_on <= last.isoformat()).order_by(of.expires_on, of.id)
    if person is not None:
        wanted = wanted.where(of.person_id == person)
    return DOCUMENTS.every(connection, wanted)


def title(connection: Connection, own: Sealer, document_id: DocumentId) -> str:
    """What one paper is called. Raises Damaged."""
    return unsealed(connection, own, tables.documents.c.title, document_id)


def content(connection: Connection, own: Sealer, document: Document) -> bytes:
    """One paper as it was taken in. Raises Damaged."""
    of = tables.document_contents
    sealed = connection.execute(select(of.c.content).where(of.c.id == document.id)).scalar_one_or_none()
    return own.unseal_bytes(of.name, "content", document.id, sealed or b"")[: document.size]


# Notes ----------------------------------------------------------------------------------------------------------------


def body_row(own: Sealer, note: NoteId, body: str) -> dict[str, Any]:
    """The words of a note as they are stored."""
    return {"body": own.seal("case_notes", "body", note, body)}


def notes_of(connection: Connection, person: PersonId) -> list[Note]:
    """The notes of a person, latest first."""
    of = tables.case_notes.c
    return NOTES.where(connection, of.person_id == person, order=(of.noted_at.desc(), of.id.desc()))


def body(connection: Connection, own: Sealer, note_id: NoteId) -> str:
    """The words of one note. Raises Damaged."""
    return unsealed(connection, own, tables.case_notes.c.body, note_id)
