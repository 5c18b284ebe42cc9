"""The first step: a file is chosen or dropped; empty lists to fill in; the imports there were."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.register_columns import TITLES
from shelter_desk.domain.registers.templates import MODELS
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches, intake_memory, list_templates
from shelter_desk.operations.imports.intake_batches import Past
from shelter_desk.operations.today import import_gaps
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.imports import import_texts
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.help_mark import HelpMark, explains
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, Stretch, fill, in_column, in_row
from shelter_desk.words import formats

KINDS = "Excel, CSV (*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv)"


class FileFace(QWidget):
    """Says which file is to be read, and which import is to be undone."""

    file_chosen = Signal(object)  # Path
    undo_wanted = Signal(int)  # number of the import
    memory_wanted = Signal()
    gaps_wanted = Signal()
    go_on_wanted = Signal()  # with the file that is open
    grid_wanted = Signal()  # no file: who is here is typed
    told = Signal(object)  # Told

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.choose = Button(words.text("Choose a file…"), "primary", "document", on_click=self._choose)
        self.place = DropPlace(self.choose)
        self.place.dropped.connect(self.file_chosen)
        models = [(key, one.title(words.language())) for key, one in MODELS.items()]
        lists = [(key, words.text("{list} (registers)").format(list=import_texts.list_name(key))) for key in TITLES]
        self.template = ChoiceField(words.text("Empty list to fill in"), [*models, *lists], next(iter(MODELS)))
        self.write = Button(words.text("Save the empty list…"), icon="save", on_click=self._write_template)
        self.rows: TableRows[Past] = TableRows(_columns())
        self.table = TableView(self.rows)
        self.table.setAccessibleName(words.text("Imports there were"))
        self.table.opened.connect(self._opened)
        self.table.selected.connect(self._selected)
        self.undo = Button(words.text("Undo this import…"), icon="undo", on_click=self._undo)
        self.memory = Button(words.text("What imports remember…"), icon="list", on_click=self.memory_wanted)
        self.go_on = Button("", icon="next", on_click=self.go_on_wanted)
        self.place.add(self.go_on)
        self.show_open("")
        self.gaps = Button("", icon="pencil", on_click=self.gaps_wanted)
        self.grid = Button(words.text("Type who is here…"), icon="table", on_click=self.grid_wanted)
        empty = Card(words.text("No file yet?"))
        told = words.text("A list with the right columns and drop-downs, to fill in with Excel and bring here.")
        pasted = words.text("Or paste lines copied in Excel into their list (Ctrl+V), or type who is here into a grid.")
        self.mark = HelpMark("coller_excel", empty.body, -1)
        fill(
            empty.body,
            Label(told, ink="ink2", wrap=True),
            self.template,
            in_row(self.write, STRETCH),
            in_row((Label(pasted, ink="ink2", wrap=True), 1), self.mark, spacing=tokens.SPACE_HALF),
            in_row(self.grid, STRETCH),
            STRETCH,
        )
        past = self._past = Card(words.text("Imports there were"))
        fill(past.body, (self.table, 1), in_row(self.undo, self.memory, self.gaps, STRETCH))
        self._room = in_column(
            in_row((self.place, 2), (empty, 1), spacing=tokens.SPACE_PANEL),
            (past, 1),
            Stretch(0),
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_2),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not explains(event, self.mark):
            super().keyPressEvent(event)

    def show_open(self, name: str) -> None:
        """The file that is open already, "" for none: it can be gone on with."""
        self.go_on.setText(words.text("Go on with {file}").format(file=name))
        self.go_on.setVisible(bool(name))

    def set_first(self) -> None:
        """Work begins with a file, or goes on with the one that is open."""
        first = self.choose if self.go_on.isHidden() else self.go_on
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """The imports there were, as they stand now, and what they left open."""
        n = len(import_gaps.completing(self._desk))
        self.gaps.setText(words.count("{n} value to complete…", "{n} values to complete…", n))
        self.gaps.setVisible(bool(n))
        past, remembers = intake_batches.past(self._desk), bool(intake_memory.remembered(self._desk))
        self.rows.show(past)
        self.memory.setVisible(remembers)
        self.table.setVisible(bool(past))
        self.undo.setVisible(bool(past))
        self._past.setVisible(bool(past) or remembers)
        self._past.title.setText(words.text("Imports there were") if past else words.text("What imports remember"))
        self._room.setStretch(1, 1 if past else 0)
        self._room.setStretch(2, 0 if past else 1)
        if past:
            self.table.go_to(0)
        self._selected(self.table.current())

    @Slot(object)
    def _selected(self, one: Past | None) -> None:
        self.undo.setEnabled(one is not None and one.batch.undone_at is None)

    @Slot(object)
    def _opened(self, one: Past) -> None:
        if one.batch.undone_at is None:
            self.undo_wanted.emit(one.batch.id)

    @Slot()
    def _undo(self) -> None:
        one = self.table.current()
        if one is not None:
            self._opened(one)

    @Slot()
    def _choose(self) -> None:
        path = files.choose_to_open(self, words.text("The file to import"), KINDS)
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        if path is not None:
            self.file_chosen.emit(path)

    @Slot()
    def _write_template(self) -> None:
        key = self.template.value()
        if key is None:
            return
        path = files.choose_to_save(self, words.text("Where to write the empty list"), f"{key}.xlsx", "Excel (*.xlsx)")
        if path is None:
            return
        with refusals_told(self.told):
            of_month = self._desk.today() if list_templates.is_of_presence(key) else None
            prepared = None if of_month is None else list_templates.presence_of(self._desk, of_month)
            list_templates.write(key, path, prepared)
            self.told.emit(Told("ok", words.text("The empty list is in {file}.").format(file=path)))
        self.write.setFocus(Qt.FocusReason.OtherFocusReason)


def dropped_file(event: QDropEvent) -> Path | None:
    """The one file that is brought; None for several, or for what is no file."""
    found = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return found[0] if len(found) == 1 else None


class DropPlace(QFrame):
    """Where a file of this computer can be dropped; the button does the same."""

    dropped = Signal(object)  # Path

    def __init__(self, choose: Button) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAcceptDrops(True)
        middle = Qt.AlignmentFlag.AlignHCenter
        title = Label(words.text("Drop an Excel file here"), size="title", bold=True, wrap=True)
        title.setAlignment(middle)
        told = words.text(
            "Drop it on this page, or choose it. First you see what would be written; nothing is until you say so. "
            "An empty cell never erases anything."
        )
        sentence_ = Label(told, ink="ink2", wrap=True)
        sentence_.setAlignment(middle)
        self._below = QVBoxLayout()
        in_column(
            STRETCH,
            (IconLabel("import", "accent", 24), 0, middle),
            title,
            sentence_,
            (choose, 0, middle),
            self._below,
            STRETCH,
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=None,
        )

    def add(self, button: Button) -> None:
        """One more thing to do, under the first."""
        self._below.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only a file of this computer."""
        if dropped_file(event) is not None:
            event.acceptProposedAction()
            self.setProperty("chosen", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is brought any more."""
        self.setProperty("chosen", False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        self.setProperty("chosen", False)
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)


def _columns() -> list[TableColumn[Past]]:
    return [
        TableColumn(
            words.text("Imported on"), lambda one: formats.moment(one.batch.taken_at), lambda one: one.batch.id
        ),
        TableColumn(words.text("Taken in by"), lambda one: one.by, lambda one: one.by),
        TableColumn(
            words.text("Rows written"), lambda one: formats.number(one.batch.rows), lambda one: one.batch.rows, "right"
        ),
        TableColumn(
            words.text("What it brought"),
            lambda one: import_texts.lists(one.batch),
            tooltip=lambda one: import_texts.lists(one.batch),
        ),
        TableColumn(words.text("State"), _state, ink=lambda one: "ink2" if one.batch.undone_at else None),
    ]


def _state(one: Past) -> str:
    if one.batch.undone_at is None:
        return words.text("in the registers")
    told = words.text("undone on {day} by {who}")
    return told.format(day=formats.moment(one.batch.undone_at), who=one.undone_by)
