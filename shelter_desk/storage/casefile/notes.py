"""Notes on a person in the file; their words are sealed and read one by one."""

from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.ids import NoteId, PersonId, StayId, UserId
from shelter_desk.domain.residents.notes import Note
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import moment, to_text
from shelter_desk.storage.file.sealing import Sealer

_OPEN = [column for column in tables.case_notes.c if column.name != "body"]


def note_of(row: Any) -> Note:
    """The fact in a row of `case_notes`, without its words."""
    return Note(
        NoteId(row.id),
        PersonId(row.person_id),
        row.note_kind,
        moment(row.noted_at),
        moment(row.written_at),
        None if row.written_by is None else UserId(row.written_by),
        None if row.stay_id is None else StayId(row.stay_id),
        bool(row.is_contact),
        None if row.corrects_id is None else NoteId(row.corrects_id),
    )


def note_row(note: Note) -> dict[str, Any]:
    """A note as it is stored, without its id and its words."""
    return {
        "person_id": note.person,
        "stay_id": note.stay,
        "note_kind": note.kind,
        "noted_at": to_text(note.noted_at),
        "written_at": to_text(note.written_at),
        "written_by": note.written_by,
        "is_contact": note.is_contact,
        "corrects_id": note.corrects,
    }


def body_row(own: Sealer, note: NoteId, body: str) -> dict[str, Any]:
    """The words of a note as they are stored."""
    return {"body": own.seal("case_notes", "body", note, body)}


def of_person(connection: Connection, person: PersonId) -> list[Note]:
    """The notes of a person, latest first."""
    of = tables.case_notes.c
    wanted = select(*_OPEN).where(of.person_id == person).order_by(of.noted_at.desc(), of.id.desc())
    return list(map(note_of, connection.execute(wanted)))


def note(connection: Connection, note_id: NoteId) -> Note | None:
    """One note, None where the act that made it was undone."""
    found = connection.execute(select(*_OPEN).where(tables.case_notes.c.id == note_id)).first()
    return None if found is None else note_of(found)


def body(connection: Connection, own: Sealer, note_id: NoteId) -> str:
    """The words of one note. Raises Damaged."""
    wanted = select(tables.case_notes.c.body).where(tables.case_notes.c.id == note_id)
    return own.unseal("case_notes", "body", note_id, connection.execute(wanted).scalar_one() or b"")
