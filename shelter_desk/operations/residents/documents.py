"""Papers of a person inside the encrypted file: taken in, shown, written out where somebody chooses, taken out."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import ChangedSince, FileMissing, NoSuch
from shelter_desk.domain.ids import DocumentId, PersonId, StayId
from shelter_desk.domain.residents import notes
from shelter_desk.domain.residents.notes import SOON_DAYS, Document, Ends
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.vault import output_paths
from shelter_desk.storage.file import files
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import notes as stored_documents
from shelter_desk.storage.residents import residents

TOPICS = Changes(cases=True)


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What a paper is. kind: a code of `id_document`, not `aucun`. title: sealed. expires_on: its last day."""

    kind: str
    title: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper kept. title: "" where its key went with the identity. by: who took it in, "" where nobody knows."""

    document: Document
    title: str
    by: str
    ends: Ends


@dataclass(frozen=True, slots=True)
class Ending:
    """A paper that has run out, or will soon, and the code of the person."""

    document: Document
    code: str
    ends: Ends


@needs(Permission.CASE_SEE)
def of(desk: Desk, person: PersonId) -> tuple[PaperLine, ...]:
    """The papers of a person, latest first, by their titles; no content is opened. Raises NotAllowed, Damaged."""
    with desk.reading() as connection:
        found = stored_documents.of_person(connection, person)
        names = stored_settings.user_names(connection)
        opener = residents.opener_of(connection, desk.key_of_protection(Permission.CASE_SEE), person)
        titles = {one.id: "" if opener is None else stored_documents.title(connection, opener, one.id) for one in found}
    return tuple(
        PaperLine(
            one,
            titles[one.id],
            "" if one.added_by is None else names.get(one.added_by, ""),
            notes.ends(one, desk.today()),
        )
        for one in found
    )


@needs(Permission.CASE_SEE)
def ending(desk: Desk, person: PersonId | None = None) -> tuple[Ending, ...]:
    """The papers that have run out or will within `SOON_DAYS`, the first first; no title is opened.

    person: of that person alone.
    """
    with desk.reading() as connection:
        found = stored_documents.until(connection, desk.today() + timedelta(days=SOON_DAYS), person)
        people = residents.persons(connection, {one.person for one in found})
    return tuple(Ending(one, people[one.person].code, notes.ends(one, desk.today())) for one in found)


def look_at(path: Path) -> tuple[str, int]:
    """What a file is by its content, and how many bytes it has; nothing is kept. Raises NotAPaper, FileMissing."""
    content = _content(path)
    return notes.media_type(content), len(content)


@needs(Permission.CASE_EDIT)
def take_in(desk: Desk, person: PersonId, path: Path, paper: NewDocument, stay: StayId | None = None) -> Done:
    """Keep the content of a file inside the encrypted file; the file itself stays where it is.

    Raises NotInList, Missing, NotAPaper, FileMissing, NoConsent (R-15), NotAllowed, DiskFull.
    """
    notes.check_paper(paper.kind, paper.title)
    content = _content(path)
    kind = notes.media_type(content)
    with desk.writing("take_in_document", TOPICS) as writing:
        consents.check_recording(writing.connection, person, desk.today())
        writing.subject = residents.code(writing.connection, person)
        own = residents.protection_of(writing.connection, desk.key_of_protection(Permission.CASE_SEE), person)
        made = Document(
            DocumentId(0), person, paper.kind, kind, len(content), desk.now(), desk.user, stay, paper.expires_on
        )
        key = stored_documents.add(writing.trail, made)
        writing.trail.change("documents", key, stored_documents.title_row(own, key, paper.title.strip()))
        stored_documents.keep_content(writing.trail, own, key, content)
    return writing.done


def _content(path: Path) -> bytes:
    """What the file holds, one byte over the limit at most: more is refused anyway."""
    try:
        with path.open("rb") as file:
            return file.read(notes.MOST_BYTES + 1)
    except OSError as error:
        raise FileMissing(str(path)) from error


@needs(Permission.CASE_SEE)
def save(desk: Desk, document: DocumentId, path: Path) -> None:
    """Write one paper, as it was taken in, to the file that somebody chose; the journal keeps who took it out.

    Nothing is written anywhere else. Raises NoSuch where it is not there any more or its key went with the identity,
    NotAllowed, WouldOverwrite, DiskFull, ReadOnly, Damaged.
    """
    output_paths.check(path)
    content = _opened(desk, document, "document_read")
    files.replace_atomically(path, content)


@needs(Permission.CASE_SEE)
def show(desk: Desk, document: DocumentId) -> bytes:
    """What a paper holds, to be looked at on the screen: no file is written, and the journal says so.

    Raises NoSuch where it is not there any more or its key went with the identity, NotAllowed, Damaged.
    """
    return _opened(desk, document, "document_shown")


def _opened(desk: Desk, document: DocumentId, action: str) -> bytes:
    with desk.reading() as connection:
        one = _known(connection, document)
        code = residents.code(connection, one.person)
        opener = residents.opener_of(connection, desk.key_of_protection(Permission.CASE_SEE), one.person)
        if opener is None:
            raise NoSuch("document", str(document))
        content = stored_documents.content(connection, opener, one)
    desk.note(action, code, document_kind=one.kind, size=one.size)
    return content


@needs(Permission.CASE_EDIT)
def take_out(desk: Desk, document: DocumentId, reason: str) -> Done:
    """Take a paper out of the file; the journal keeps why. Raises Missing, NoSuch."""
    check_given("reason", reason.strip())
    with desk.writing("take_out_document", TOPICS) as writing:
        one = _known(writing.connection, document)
        writing.subject = residents.code(writing.connection, one.person)
        writing.details["reason"] = reason.strip()
        with suppress(ChangedSince):  # somebody took it away past the program
            writing.trail.remove("document_contents", document)
        writing.trail.remove("documents", document)
    return writing.done


def _known(connection: Connection, document: DocumentId) -> Document:
    one = stored_documents.DOCUMENTS.one_or_none(connection, document)
    if one is None:
        raise NoSuch("document", str(document))
    return one
