"""Notes on a person that are corrected and never rewritten, and papers kept inside the file.

What may be kept as a paper inside the file: known by its content, never by its name.
"""

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from shelter_desk.domain import codes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import InTheFuture, NotInList, RuleBroken
from shelter_desk.domain.ids import DocumentId, NoteId, PersonId, StayId, UserId
from shelter_desk.domain.moments import is_plain

NoteKind = Literal["suivi", "protection", "psy", "sante"]
KINDS: tuple[NoteKind, ...] = ("suivi", "protection", "psy", "sante")
CARE = frozenset({"psy", "sante"})  # under the secrecy of who cares: with a right of their own, for a reason


class NoteLocked(RuleBroken):
    """The note can be changed no more, only corrected by a new one.

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
    check_given("note", body.strip())
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


MOST_BYTES = 5 * 1024 * 1024
SOON_DAYS = 30  # a paper that runs out within so many days is said
NO_PAPER = "aucun"  # of `id_document`: nothing to keep
Ends = Literal["", "soon", "over"]

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAIN = "text/plain"
ENDINGS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", DOCX: ".docx", PLAIN: ".txt"}
_BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


class NotAPaper(RuleBroken):
    """A file that is not kept.

    why: `size` over `MOST_BYTES`, `empty`, `kind` for content that is none of the kinds kept, `macro` for a document
    that holds a program.
    """

    why: str


def media_type(content: bytes) -> str:
    """What the content is. Raises NotAPaper."""
    if not content:
        raise NotAPaper("empty")
    if len(content) > MOST_BYTES:
        raise NotAPaper("size")
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(b"PK"):
        return _document(content)
    return _text(content)


def _document(content: bytes) -> str:
    """A text document is an archive with a part of that name; no part is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise NotAPaper("kind") from error
    if any(name.endswith("vbaproject.bin") for name in names):
        raise NotAPaper("macro")
    if not {"[content_types].xml", "word/document.xml"} <= names:
        raise NotAPaper("kind")
    return DOCX


def _text(content: bytes) -> str:
    """Words alone: no control character, and readable as UTF-8 or as Windows writes French."""
    if any(byte in _CONTROLS for byte in content):
        raise NotAPaper("kind")
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return PLAIN
    raise NotAPaper("kind")


def check_paper(kind: str, title: str) -> None:
    """Whether a paper is named. Raises NotInList, Missing."""
    if kind == NO_PAPER or not codes.is_code("id_document", kind):
        raise NotInList("document_kind", kind)
    check_given("document_title", title.strip())


def ends(document: Document, today: date) -> Ends:
    """Whether the paper has run out, or will soon; its last day still counts."""
    if document.expires_on is None or (document.expires_on - today).days > SOON_DAYS:
        return ""
    return "over" if document.expires_on < today else "soon"
