"""Notes on a person that are corrected and never rewritten, and papers kept inside the file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from shelter_desk.domain.ids import DocumentId, NoteId, PersonId, StayId, UserId

NoteKind = Literal["suivi", "protection", "psy", "sante"]


@dataclass(frozen=True, slots=True)
class Note:
    """One note; its words are sealed and read apart.

    noted_at: when it was so. written_at: when it was typed. corrects: the note that this one corrects.
    is_contact: the case worker met the person (R-25).
    """

    id: NoteId
    person: PersonId
    kind: NoteKind
    noted_at: datetime
    written_at: datetime
    written_by: UserId | None = None
    stay: StayId | None = None
    is_contact: bool = False
    corrects: NoteId | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A paper kept inside the encrypted file; title and content are sealed and read apart. size: bytes."""

    id: DocumentId
    person: PersonId
    kind: str
    media_type: str
    size: int
    added_at: datetime
    added_by: UserId | None = None
    stay: StayId | None = None
    expires_on: date | None = None
