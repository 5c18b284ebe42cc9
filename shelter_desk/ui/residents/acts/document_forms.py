"""A paper to keep inside the encrypted file, and one to take out of it (F35)."""

from pathlib import Path

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.errors import Missing, ShelterDeskError
from shelter_desk.domain.ids import DocumentId
from shelter_desk.domain.residents.notes import NO_PAPER
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import documents
from shelter_desk.operations.residents.documents import Paper
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.file_field import FileField
from shelter_desk.ui.forms.keeping_form import KeepingForm
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import notes as in_words

ENDINGS = "*.pdf *.jpg *.jpeg *.png *.docx *.txt"


class DocumentForm(KeepingForm):
    """Which file, what it is, what it is called, until when it is valid. A draft keeps no file."""

    when = "expires_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Paper of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Keep the paper"), "check")
        self._person, self._code, self._stay = record.person.id, record.person.code, stay.stay.id
        kinds = words.text("Papers ({endings})").format(endings=ENDINGS)
        self.file = FileField(words.text("File"), kinds, required=True)
        listed = choices.of("id_document", without=(NO_PAPER,))
        self.kind = ChoiceField(words.text("Kind of paper"), listed, required=True)
        self.name = LineField(words.text("Title"), required=True, open_words=True)
        self.until = DayField(words.text("Valid until"), desk.today(), kind="ahead")
        self.fields = {
            "document_file": self.file,
            "document_kind": self.kind,
            "document_title": self.name,
            "expires_on": self.until,
        }
        self.drafted = {"kind": self.kind, "title": self.name, "until": self.until}
        self.file.chosen.connect(self._look)
        self._lay_out()

    def _lay_out(self) -> None:
        self.say_standing(self._person)
        self.file.setMaximumWidth(tokens.wide(560))
        self.body.addWidget(self.file)
        told = words.text("PDF, image, Word or text, 5 MB at most. The file itself stays where it is: delete it there.")
        self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        row = Flow()
        for field, width in ((self.kind, 240), (self.name, 300), (self.until, 150)):
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.body.addLayout(row)
        told = words.text("Scans of papers alone, never the photo of a person: of a minor it needs a formal decision.")
        self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))

    @Slot(object)
    def _look(self, path: Path) -> None:
        """Say at once what the file is, or that it cannot be kept."""
        try:
            kind, size = documents.look_at(path)
        except ShelterDeskError as error:
            self.file.set_error(in_words.sentence(error))
            return
        told = words.text("{name}, {kind}, {size}")
        self.file.say(told.format(name=path.name, kind=in_words.media(kind), size=in_words.size(size)))

    def act(self) -> Told:
        if self.file.path is None:
            raise Missing("document_file")
        if not self.kind.value():
            raise Missing("document_kind")
        if self.until.is_wrong():
            raise Missing("expires_on")
        paper = Paper(self.kind.value() or "", self.name.text(), self.until.day())
        done = documents.take_in(self.desk, self._person, self.file.path, paper, self._stay)
        return Told("ok", words.text("Paper of {code} kept.").format(code=self._code), done)


class TakeOutForm(KeepingForm):
    """Why a paper is taken out. at: its id."""

    def __init__(self, desk: Desk, record: Record, at: str) -> None:
        title = words.text("Take a paper of {code} out").format(code=record.person.code)
        super().__init__(desk, title, words.text("Take it out"), "close", danger=True)
        self._code, self._document = record.person.code, DocumentId(int(at) if at.isdecimal() else 0)
        found = documents.of(desk, record.person.id)
        line = next((one for one in found if one.document.id == self._document), None)
        if line is not None:
            kind = words.label("id_document", line.document.kind)
            self.body.addWidget(Label(words.text("{kind}: {title}").format(kind=kind, title=line.title), bold=True))
        self.reason = LineField(words.text("Reason"), required=True, open_words=True)
        self.reason.setMaximumWidth(tokens.wide(420))
        self.body.addWidget(self.reason)
        told = words.text("Its content leaves the file; the journal keeps that it was there, and why it went.")
        self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        self.fields = {"reason": self.reason}

    def act(self) -> Told:
        done = documents.take_out(self.desk, self._document, self.reason.text())
        return Told("ok", words.text("Paper of {code} taken out.").format(code=self._code), done)
