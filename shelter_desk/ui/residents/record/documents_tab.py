"""Papers of a resident inside the encrypted file: what there is, pictures shown, a copy where somebody chooses."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.ids import DocumentId
from shelter_desk.domain.residents.notes import ENDINGS, JPEG, PNG, Ends
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import documents
from shelter_desk.operations.residents.documents import PaperLine
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.record.paper_picture import PaperPicture
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words.casefile import notes as note_words

STATES: Mapping[Ends, State] = {"": "neutral", "soon": "attention", "over": "blocked"}


class DocumentsTab(RecordTab):
    """One line a paper, the latest first. asked: `document`, or `document_out` and which."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        self.lines: dict[DocumentId, DocumentLine] = {}
        found = documents.of(desk, record.person.id)
        may = desk.may(Permission.CASE_EDIT)
        self.card = Card(words.text("Papers kept"), folds=True)
        self.add_button = Button(
            words.text("Keep a paper…"), "primary", "plus", on_click=partial(self.asked.emit, "document", "")
        )
        self.card.head.addWidget(self.add_button)
        self.add_button.setVisible(may and bool(record.stays))
        told = words.text(
            "They lie inside the encrypted file, and a picture is shown without a copy. The scan itself and each copy "
            "you write are not protected: delete them."
        )
        self.card.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        for line in found:
            made = self.lines[line.document.id] = DocumentLine(line, may)
            if line.document.media_type in (JPEG, PNG):
                made.show_picture(partial(documents.show, desk, line.document.id)).told.connect(self.told)
            made.copy_wanted.connect(self._save)
            made.removal_wanted.connect(partial(self.asked.emit, "document_out", str(line.document.id)))
            fill(self.card.body, RuleLine(), made)
        if not found:
            told = words.text("Scans of the papers of this person: birth certificate, passport, consular card.")
            self.card.body.addWidget(Empty("document", words.text("No paper yet"), told))
        in_column(self.card, STRETCH, within=self, spacing=tokens.SPACE_PANEL)

    @Slot(object)
    def _save(self, line: PaperLine) -> None:
        """Write a copy to the file that is chosen; its name suggests the kind alone."""
        ending = ENDINGS.get(line.document.media_type, "")
        named = words.label("id_document", line.document.kind)
        kinds = words.text("{kind} (*{ending})").format(kind=note_words.media(line.document.media_type), ending=ending)
        path = files.choose_to_save(self, words.text("Where to write the copy"), f"{named}{ending}", kinds)
        if path is None:
            return
        with refusals_told(self.told, note_words.sentence):
            documents.save(self.desk, line.document.id, path)
            told = words.text("Copy written to {name}. Nothing protects it there: delete it once it was used.")
            self.told.emit(Told("attention", told.format(name=path.name)))


class DocumentLine(QWidget):
    """Kind and title, what the file is, when it runs out, and what can be done with it."""

    copy_wanted = Signal(object)  # Line
    removal_wanted = Signal()

    def __init__(self, line: PaperLine, may_edit: bool) -> None:
        super().__init__()
        kind = words.label("id_document", line.document.kind)
        title = words.text("{kind}: {title}").format(kind=kind, title=line.title)
        first = in_row((Label(title, bold=True, wrap=True), 1), spacing=tokens.SPACE)
        if line.document.expires_on is not None:
            until = words.text("Run out since {day}") if line.ends == "over" else words.text("Valid until {day}")
            self.badge = Badge(until.format(day=formats.day(line.document.expires_on)), STATES[line.ends])
            first.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        copied = partial(self.copy_wanted.emit, line)
        self.copy_button = Button(words.text("Write a copy…"), "quiet", "save", on_click=copied)
        self.out_button = Button(words.text("Take out…"), "quiet", "close", on_click=self.removal_wanted)
        second = Flow(tokens.SPACE, 0)
        second.add_right(self.copy_button, self.out_button)
        about = Label(_about(line), size="small", ink="ink2", wrap=True)
        self._title, self._buttons = title, second
        self._whole = in_column(first, about, second, within=self, spacing=0)
        self.out_button.setVisible(may_edit)
        self.picture: PaperPicture | None = None

    def show_picture(self, read: Callable[[], bytes]) -> PaperPicture:
        """It is a picture: it may be shown below its line. read: as `PaperPicture`."""
        self.picture = PaperPicture(self._title, read)
        self._buttons.insertWidget(0, self.picture.button)
        self._whole.addWidget(self.picture)
        return self.picture


def _about(line: PaperLine) -> str:
    one = line.document
    by, told = words.text("{kind}, {size}, kept on {day} by {who}"), words.text("{kind}, {size}, kept on {day}")
    told = by if line.by else told
    kind, size = note_words.media(one.media_type), note_words.size(one.size)
    return told.format(kind=kind, size=size, day=formats.day(one.added_at.date()), who=line.by.replace(" ", "\u00a0"))
