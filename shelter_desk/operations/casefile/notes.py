"""Notes on a person: written, changed by their author for some hours, then only corrected by a new one.

Those of a psychologist or a nurse have rights of their own, and are opened for a reason.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import NoSuch, NotAllowed
from shelter_desk.domain.ids import NoteId, PersonId, StayId
from shelter_desk.domain.residents import notes as decide
from shelter_desk.domain.residents.notes import Note, NoteKind
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import sealed_access
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents import notes as stored_notes
from shelter_desk.storage.residents import residents

TOPICS = Changes(cases=True)
KINDS, CARE = decide.KINDS, decide.CARE


@dataclass(frozen=True, slots=True)
class Wording:
    """What a note says. noted_at: when it was so; a plain day where the hour is not known."""

    kind: NoteKind
    noted_at: datetime
    body: str
    is_contact: bool = False


@dataclass(frozen=True, slots=True)
class ReadNote:
    """One note without its words.

    by: who wrote it, "" where nobody knows. why_locked: why whoever is at the desk may not change it, None where they
    may. locked_at: from when on it stands as it is. corrected_by: the note that corrects it.
    """

    note: Note
    by: str
    why_locked: str | None
    locked_at: datetime
    corrected_by: NoteId | None = None


@needs(Permission.CASE_SEE)
def of(desk: Desk, person: PersonId) -> tuple[ReadNote, ...]:
    """The notes on a person that the role may read, latest first; none is opened."""
    hours = settings.note_hours(desk)
    with desk.reading() as connection:
        found = stored_notes.notes_of(connection, person)
        names = stored_settings.user_names(connection)
    corrected = {one.corrects: one.id for one in found if one.corrects is not None}
    seen = [one for one in found if one.kind not in CARE or may_see_care(desk)]
    return tuple(
        ReadNote(
            one,
            "" if one.written_by is None else names.get(one.written_by, ""),
            decide.why_locked(one, found, desk.user, desk.now(), hours),
            decide.locked_at(one, hours),
            corrected.get(one.id),
        )
        for one in seen
    )


def may_see_care(desk: Desk) -> bool:
    """Whether the role may know of the notes of a psychologist or a nurse."""
    return desk.may(Permission.CARE_NOTES_SEE)


@needs(Permission.CASE_EDIT)
def kinds(desk: Desk) -> tuple[NoteKind, ...]:
    """The kinds that the role may write."""
    return tuple(kind for kind in KINDS if kind not in CARE or desk.may(Permission.CARE_NOTES_EDIT))


@needs(Permission.CASE_SEE)
def read(desk: Desk, note: NoteId) -> str:
    """The words of one note, "" where their key went with the identity; the reading is written to the journal.

    Raises NoSuch, NotAllowed without the key, Damaged; for a note of care NotAllowed without the right, ReasonMissing.
    """
    with desk.reading() as connection:
        one = _known(connection, note)
        code = residents.code(connection, one.person)
        why: dict[str, str] = {}
        if one.kind in CARE:
            if not may_see_care(desk):
                raise NotAllowed(Permission.CARE_NOTES_SEE.value)
            why = sealed_access.why(desk, code).kept()
        opener = residents.opener_of(connection, desk.key_of_protection(Permission.CASE_SEE), one.person)
        opened = "" if opener is None else stored_notes.body(connection, opener, note)
    desk.note("note_read", code, note_kind=one.kind, **why)
    return opened


@needs(Permission.CASE_EDIT)
def write(desk: Desk, person: PersonId, wording: Wording, stay: StayId | None = None) -> Done:
    """Write a note on a person.

    Raises NotInList, Missing, InTheFuture, NoConsent (R-15), and NotAllowed for a kind that the role may not write.
    """
    with desk.writing("write_note", TOPICS) as writing:
        _add(desk, writing, person, wording, stay)
    return writing.done


@needs(Permission.CASE_EDIT)
def change(desk: Desk, note: NoteId, wording: Wording) -> Done:
    """Write one's own note anew while it is open; the former words stay sealed in the journal.

    Raises NoteLocked once its hours have run out, for somebody else's and for one that was corrected; as `write`.
    """
    hours = settings.note_hours(desk)
    with desk.writing("change_note", TOPICS) as writing:
        one = _known(writing.connection, note)
        _check_kind(desk, one.kind)
        others = stored_notes.notes_of(writing.connection, one.person)
        decide.check_change(one, others, desk.user, desk.now(), hours)
        own = _checked(desk, writing, one.person, wording)
        new = replace(one, kind=wording.kind, noted_at=wording.noted_at, is_contact=wording.is_contact)
        row = {**stored_notes.NOTES.write(new), **stored_notes.body_row(own, note, wording.body.strip())}
        writing.trail.change("case_notes", note, row)
    return writing.done


@needs(Permission.CASE_EDIT)
def correct(desk: Desk, note: NoteId, wording: Wording) -> Done:
    """Write a new note that corrects another; the words of that one stay as they are and can still be read.

    Where it was corrected already, the new one corrects the last correction. Raises as `write`, and NoSuch.
    """
    with desk.writing("correct_note", TOPICS) as writing:
        one = _known(writing.connection, note)
        _check_kind(desk, one.kind)
        chains = decide.threads(stored_notes.notes_of(writing.connection, one.person)).values()
        last = next((chain[-1] for chain in chains if one in chain), one)
        _add(desk, writing, one.person, wording, last.stay, last.id)
    return writing.done


def _add(
    desk: Desk,
    writing: Writing,
    person: PersonId,
    wording: Wording,
    stay: StayId | None,
    corrects: NoteId | None = None,
) -> None:
    own = _checked(desk, writing, person, wording)
    kind, at = wording.kind, wording.noted_at
    made = Note(NoteId(0), person, kind, at, desk.now(), desk.user, stay, wording.is_contact, corrects)
    key = NoteId(writing.trail.add("case_notes", stored_notes.NOTES.write(made)))
    writing.trail.change("case_notes", key, stored_notes.body_row(own, key, wording.body.strip()))


def _checked(desk: Desk, writing: Writing, person: PersonId, wording: Wording) -> Sealer:
    """What seals the words, once they may be written."""
    decide.check_note(wording.kind, wording.noted_at, wording.body, desk.now())
    _check_kind(desk, wording.kind)
    consents.check_recording(writing.connection, person, desk.today())
    writing.subject = residents.code(writing.connection, person)
    return residents.protection_of(writing.connection, desk.key_of_protection(Permission.CASE_SEE), person)


def _check_kind(desk: Desk, kind: NoteKind) -> None:
    if kind in CARE and not desk.may(Permission.CARE_NOTES_EDIT):
        raise NotAllowed(Permission.CARE_NOTES_EDIT.value)


def _known(connection: Connection, note: NoteId) -> Note:
    one = stored_notes.NOTES.one_or_none(connection, note)
    if one is None:
        raise NoSuch("note", str(note))
    return one
