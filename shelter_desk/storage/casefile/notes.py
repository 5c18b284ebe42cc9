"""Notes on a person in the file; their words are sealed and read one by one."""

from typing import Any

from sqlalchemy import Connection

from shelter_desk.domain.ids import NoteId, PersonId
from shelter_desk.domain.residents.notes import Note
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents.person_sealers import unsealed

NOTES = Mapper(tables.case_notes, Note, kind="note_kind")


def body_row(own: Sealer, note: NoteId, body: str) -> dict[str, Any]:
    """The words of a note as they are stored."""
    return {"body": own.seal("case_notes", "body", note, body)}


def of_person(connection: Connection, person: PersonId) -> list[Note]:
    """The notes of a person, latest first."""
    of = tables.case_notes.c
    return NOTES.where(connection, of.person_id == person, order=(of.noted_at.desc(), of.id.desc()))


def body(connection: Connection, own: Sealer, note_id: NoteId) -> str:
    """The words of one note. Raises Damaged."""
    return unsealed(connection, own, tables.case_notes.c.body, note_id)
