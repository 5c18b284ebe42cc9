"""Notes on a person that are corrected and never rewritten, and papers kept inside the file."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from shelter_desk.domain.errors import InTheFuture, Missing, NotInList, RuleBroken
from shelter_desk.domain.ids import DocumentId, NoteId, PersonId, StayId, UserId
from shelter_desk.domain.moments import is_plain

NoteKind = Literal["suivi", "protection", "psy", "sante"]
KINDS: tuple[NoteKind, ...] = ("suivi", "protection", "psy", "sante")
CARE = frozenset({"psy", "sante"})  # under the secrecy of who cares (F49): with a right of their own, for a reason


class NoteLocked(RuleBroken):
    """F48: the note can be changed no more, only corrected by a new one.

    why: `hours` where its time has run out, `author` where somebody else wrote it, `corrected` where a correction
    points to it.
    """

    why: str
    since: datetime


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


def locked_at(note: Note, hours: int) -> datetime:
    """The moment from which the note stands as it is."""
    return note.written_at + timedelta(hours=hours)


def why_locked(note: Note, others: Collection[Note], by: UserId, now: datetime, hours: int) -> str | None:
    """Why that person may not change the note now, as `NoteLocked` says it; None where they may.

    others: the notes of the same person.
    """
    if any(one.corrects == note.id for one in others):
        return "corrected"
    if note.written_by != by:
        return "author"
    return "hours" if now >= locked_at(note, hours) else None


def check_change(note: Note, others: Collection[Note], by: UserId, now: datetime, hours: int) -> None:
    """Whether that person may change the words of the note now. Raises NoteLocked."""
    why = why_locked(note, others, by, now, hours)
    if why is not None:
        raise NoteLocked(why, locked_at(note, hours))


def check_note(kind: str, noted_at: datetime, body: str, now: datetime) -> None:
    """Whether a note is whole. Raises NotInList, Missing, InTheFuture."""
    if kind not in KINDS:
        raise NotInList("note_kind", kind)
    if not body.strip():
        raise Missing("note")
    if noted_at.date() > now.date() or (not is_plain(noted_at) and noted_at > now):
        raise InTheFuture(noted_at)


def threads(notes: Collection[Note]) -> dict[NoteId, tuple[Note, ...]]:
    """The notes that correct no other, each with its corrections in the order in which they were written."""
    by_id = {one.id: one for one in notes}
    found: dict[NoteId, list[Note]] = {}
    for one in sorted(notes, key=lambda note: (note.written_at, note.id)):
        first = one
        while first.corrects is not None and first.corrects in by_id:
            first = by_id[first.corrects]
        found.setdefault(first.id, []).append(one)
    return {key: tuple(ones) for key, ones in found.items()}


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
