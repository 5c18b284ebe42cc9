"""A note on a resident: a new one, one's own to change, or the correction of one that stands.

A paper to keep inside the encrypted file, and one to take out of it.
"""

from datetime import datetime, time
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain.errors import Missing, ShelterDeskError
from shelter_desk.domain.ids import DocumentId, NoteId
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.residents.notes import NO_PAPER
from shelter_desk.operations.casefile import notes
from shelter_desk.operations.casefile.notes import Wording
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import documents
from shelter_desk.operations.residents.documents import NewDocument
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.case_form import KeepingForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import Field, LineField, TextField
from shelter_desk.ui.forms.file_field import FileField
from shelter_desk.ui.forms.reading_reason import must_open
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words.casefile import notes as note_words

ENDINGS = "*.pdf *.jpg *.jpeg *.png *.docx *.txt"


class DocumentForm(KeepingForm):
    """Which file, what it is, what it is called, until when it is valid. A draft keeps no file."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Paper of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Keep the paper"), "check")
        self._person, self._code, self._stay = record.person.id, record.person.code, stay.stay.id
        kinds = words.text("Papers ({endings})").format(endings=ENDINGS)
        self.file = FileField(words.text("File"), kinds, required=True, key="document_file")
        listed = code_lists.of("id_document", without=(NO_PAPER,))
        self.kind = ChoiceField(words.text("Kind of paper"), listed, required=True, key="document_kind")
        self.name = LineField(words.text("Title"), required=True, open_words=True, key="document_title")
        self.until = DayField(words.text("Valid until"), desk.today(), kind="ahead", key="expires_on")
        self.file.chosen.connect(self._look)
        self.say_standing(self._person)
        self.file.setMaximumWidth(tokens.wide(560))
        self.add(self.file)
        self.explain(
            words.text("PDF, image, Word or text, 5 MB at most. The file itself stays where it is: delete it there.")
        )
        self.row((self.kind, 248), (self.name, 300), (self.until, 150))
        self.explain(
            words.text("Scans of papers alone, never the photo of a person: of a minor it needs a formal decision.")
        )

    @Slot(object)
    def _look(self, path: Path) -> None:
        """Say at once what the file is, or that it cannot be kept."""
        try:
            kind, size = documents.look_at(path)
        except ShelterDeskError as error:
            self.file.set_error(note_words.sentence(error))
            return
        told = words.text("{name}, {kind}, {size}")
        self.file.say(told.format(name=path.name, kind=note_words.media(kind), size=note_words.size(size)))

    def act(self) -> Told:
        if self.file.path is None:
            raise Missing("document_file")
        if not self.kind.value():
            raise Missing("document_kind")
        paper = NewDocument(self.kind.code(), self.name.text(), self.until.known())
        done = documents.take_in(self.desk, self._person, self.file.path, paper, self._stay)
        return Told("ok", words.text("Paper of {code} kept.").format(code=self._code), done)


class TakeOutForm(KeepingForm):
    """Why a paper is taken out. at: its id."""

    keeps_draft = False

    def __init__(self, desk: Desk, record: Record, at: str) -> None:
        title = words.text("Take a paper of {code} out").format(code=record.person.code)
        super().__init__(desk, title, words.text("Take it out"), "close", danger=True)
        self._code, self._document = record.person.code, DocumentId(int(at) if at.isdecimal() else 0)
        found = documents.of(desk, record.person.id)
        line = next((one for one in found if one.document.id == self._document), None)
        if line is not None:
            kind = words.label("id_document", line.document.kind)
            self.section(words.text("{kind}: {title}").format(kind=kind, title=line.title))
        self.reason = LineField(words.text("Reason"), required=True, open_words=True, key="reason")
        self.reason.setMaximumWidth(tokens.wide(420))
        self.add(self.reason)
        self.explain(words.text("Its content leaves the file; the journal keeps that it was there, and why it went."))

    def act(self) -> Told:
        done = documents.take_out(self.desk, self._document, self.reason.text())
        return Told("ok", words.text("Paper of {code} taken out.").format(code=self._code), done)


class NoteForm(KeepingForm):
    """Kind, day, words. at: the id of the note to change or to correct; it is read, which is written to the journal.

    Raises ReasonMissing for a note of care where nobody says why.
    """

    def __init__(self, desk: Desk, record: Record, stay: StayRecord, at: str = "") -> None:
        found = notes.of(desk, record.person.id) if at.isdecimal() else ()
        self._old = next((one for one in found if str(one.note.id) == at), None)
        self._changes = self._old is not None and self._old.why_locked is None
        self._code = record.person.code
        if self._old is not None and self._old.note.kind in notes.CARE:
            must_open(None, desk, self._code)
        title, verb = self._named()
        super().__init__(desk, title.format(code=self._code), verb, "check")
        self._person, self._stay = record.person.id, stay.stay.id
        today = desk.today()
        self.kind = Segments(note_words.kinds(notes.kinds(desk)), "suivi", words.text("Kind of note"))
        self.kind_field = Field(words.text("Kind of note"), self.kind, required=True, key="note_kind")
        self.day = DayField(words.text("Day"), today, required=True, value=today, key="noted_on")
        self.hour = ClockField(words.text("Hour"))
        self.met = QCheckBox(words.text("The person was met"))
        self.note = TextField(words.text("Words of the note"), required=True, lines=6, key="note")
        self.note.explain("ne_jamais_noter")
        self.former = Label("", wrap=True)
        self.say_standing(self._person)
        if self._old is not None and not self._changes:
            told = words.text("The former words stay as they are and can still be read:")
            self.add(Alert(told, "info"), self.former)
        self.add(self.kind_field)
        self.row((self.day, 140), (self.hour, 90))
        self.add(self.met, self.note)
        self.explain(words.text("Sealed. No diagnosis, no story, no name of others: write their codes."))
        if self._old is not None:
            self._show_old(self._old)
        self.keeps_draft = self._old is None  # a draft of a correction would come back as a new note
        self.first = self.note

    def _named(self) -> tuple[str, str]:
        if self._old is None:
            return words.text("New note on {code}"), words.text("Write the note")
        if self._changes:
            return words.text("Change a note on {code}"), words.text("Save the note")
        return words.text("Correct a note on {code}"), words.text("Write the correction")

    def _show_old(self, line: notes.ReadNote) -> None:
        old = line.note
        self.kind.choose(old.kind)
        self.day.set_day(old.noted_at.date())
        self.hour.set_clock(None if is_plain(old.noted_at) else old.noted_at.time())
        self.met.setChecked(old.is_contact)
        with refusals_told(self.told, note_words.sentence):
            body = notes.read(self.desk, NoteId(old.id))
            if self._changes:
                self.note.set_text(body)
            else:
                self.former.setText(body)

    def said(self) -> Wording:
        """What the form says. Raises Missing."""
        day = self.day.day()
        if day is None or self.hour.is_wrong():
            raise Missing("noted_on")
        at = datetime.combine(day, self.hour.clock() or time.min)
        kind = next((code for code in notes.KINDS if code == self.kind.value()), None)
        if kind is None:
            raise Missing("note_kind")
        return Wording(kind, at, self.note.text(), self.met.isChecked())

    def act(self) -> Told:
        wording = self.said()
        if self._old is None:
            done = notes.write(self.desk, self._person, wording, self._stay)
            told = words.text("Note on {code} written.")
        elif self._changes:
            done = notes.change(self.desk, self._old.note.id, wording)
            told = words.text("Note on {code} changed.")
        else:
            done = notes.correct(self.desk, self._old.note.id, wording)
            told = words.text("Correction of a note on {code} written.")
        return Told("ok", told.format(code=self._code), done)
