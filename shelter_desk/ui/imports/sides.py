"""Beside the steps of an import: the imports there were, what they remember, what they left open.

Undoing an import: what goes back, what stays and why, before and after.
"""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports.intake_batches import LeftRow, Undoing
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.imports import import_texts, work
from shelter_desk.ui.imports.file_view import FileFace, dropped_file
from shelter_desk.ui.imports.memory_view import GapsFace, MemoryFace
from shelter_desk.ui.imports.work import Working
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.page import Page, Told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.ui.widgets.steps import Steps
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence


class ImportHead(QFrame):
    """Title, name of the file, steps."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = Steps(
            {
                "file": words.text("File"),
                "columns": words.text("Columns"),
                "review": words.text("Look through"),
                "result": words.text("Result"),
            }
        )
        self.icon = IconLabel("table", "ink2")
        self.name = ElidedLabel(ink="ink2")
        in_row(
            Label(words.text("Import"), size="title", bold=True),
            tokens.SPACE,
            self.icon,
            (self.name, 1),
            self.steps,
            within=self,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL),
        )

    def show_file(self, name: str) -> None:
        """The file that is looked at, "" for none."""
        self.name.setText(name)
        self.icon.setVisible(bool(name))


class UndoFace(QWidget):
    """First what an undo would do, with the verb; then what it did."""

    wanted = Signal(int)  # number of the import
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._batch = 0
        self.late_reason = LateReason(desk)
        self.title = Label("", size="title", bold=True, wrap=True)
        self.sentence = Label("", ink="ink2", wrap=True)
        self.facts = FactList()
        self.rows: TableRows[LeftRow] = TableRows(
            [
                TableColumn(words.text("List"), lambda one: import_texts.list_name(one.list), lambda one: one.list),
                TableColumn(words.text("Code"), lambda one: one.code, lambda one: one.code, bold=True),
                TableColumn(words.text("Why it stays"), import_texts.why, tooltip=import_texts.why),
            ]
        )
        self.table = TableView(self.rows)
        self.table.setAccessibleName(words.text("Rows that stay"))
        self.close_button = Button(words.text("Close"), on_click=self.closed)
        self.verb = Button(words.text("Undo this import"), "danger", "undo", on_click=self._go)
        card = Card()
        fill(card.body, self.title, self.sentence, self.facts)
        self.left = Label("", bold=True, wrap=True)
        fill(card.body, self.left, (self.table, 1), self.late_reason, in_row(self.close_button, STRETCH, self.verb))
        self._whole = in_column(card, STRETCH, within=self, margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_2))

    def show_undoing(self, told: Undoing, *, done: bool) -> None:
        """What an undo would do, or did."""
        self._batch = told.batch.id
        self.late_reason.forget()
        day = formats.moment(told.batch.taken_at)
        title = words.text("The import of {day} is undone") if done else words.text("Undo the import of {day}?")
        self.title.setText(title.format(day=day))
        going = words.count("{n} row goes back to what it was.", "{n} rows go back to what they were.", told.rows)
        gone = words.count("{n} row is as it was before.", "{n} rows are as they were before.", told.rows)
        self.sentence.setText(gone if done else going)
        self.facts.clear()
        for name, n in told.removed.items():
            self.facts.add(import_texts.list_name(name), words.count("{n} taken out", "{n} taken out", n))
        for name, n in told.restored.items():
            self.facts.add(import_texts.list_name(name), words.count("{n} as before", "{n} as before", n))
        stay = words.count(
            "{n} row stays, since it was used after the import:",
            "{n} rows stay, since they were used after the import:",
            len(told.left),
        )
        self.left.setText(stay)
        self.left.setVisible(bool(told.left))
        self.rows.show(told.left)
        self.table.setVisible(bool(told.left))
        self.verb.setVisible(not done)
        self.verb.setEnabled(bool(told.rows))
        self._whole.setStretch(0, 1 if told.left else 0)
        self._whole.setStretch(1, 0 if told.left else 1)

    def set_first(self) -> None:
        """Closing does no harm."""
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _go(self) -> None:
        self.wanted.emit(self._batch)


SIDES = UndoFace, MemoryFace, GapsFace  # what is no step of an import
SideT = TypeVar("SideT", UndoFace, MemoryFace, GapsFace)


class FacesPage(Page):
    """One face at a time under the head; work is done on the worker's thread."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self.setAcceptDrops(True)
        self._back: QWidget | None = None  # where work goes back to when it is stopped or fails
        self.head = ImportHead()
        self.steps = self.head.steps
        self.file = FileFace(desk)
        self.working = Working()
        self._faces = QStackedWidget()
        in_column(self.head, (self._faces, 1), within=self, spacing=0)
        for face in (self.file, self.working):
            self._faces.addWidget(face)
        self.file.undo_wanted.connect(self.ask_undo)
        self.file.memory_wanted.connect(self._show_memory)
        self.file.gaps_wanted.connect(self.show_gaps)
        self.file.told.connect(self.told)

    @cached_property
    def undoing(self) -> UndoFace:
        """What undoing an import would do, made when it is first asked for, as the other sides are."""
        made = self._side(UndoFace(self.desk))
        made.wanted.connect(self._undo)
        return made

    @cached_property
    def memory(self) -> MemoryFace:
        """What imports remember."""
        made = self._side(MemoryFace(self.desk))
        made.told.connect(self.told)
        return made

    @cached_property
    def gaps(self) -> GapsFace:
        """What imports left open."""
        made = self._side(GapsFace(self.desk))
        made.told.connect(self.told)
        made.page_wanted.connect(self.page_wanted)
        return made

    def _side(self, made: SideT) -> SideT:
        self._faces.addWidget(made)
        made.closed.connect(self.begin)
        if self.names_masked:
            self.mask_names(True)
        return made

    @Slot()
    def begin(self) -> None:
        """Back to the first step."""
        raise NotImplementedError

    def forget(self) -> None:
        """What was reviewed is over."""
        raise NotImplementedError

    def open_file(self, path: Path) -> None:
        """Read it."""
        raise NotImplementedError

    def _show(self, face: QWidget) -> None:
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this computer, dropped anywhere, while none is looked at."""
        if self.face is self.file and dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.open_file(path)

    @property
    def face(self) -> QWidget:
        """What is shown under the head."""
        return self._faces.currentWidget() or self.file

    def _set_first(self) -> None:
        first = getattr(self.face, "set_first", None)
        if first is not None:
            first()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page has nothing to type into itself: it hands the focus on."""
        super().focusInEvent(event)
        self._set_first()

    def refresh(self) -> None:
        self._see_past()

    def _see_past(self) -> None:
        try:
            self.file.refresh()
        except ShelterDeskError as error:
            self._fail(error)

    def _work(
        self,
        title: str,
        job: Callable[[work.Report], Any],
        done: Callable[[Any], None],
        failed: Callable[[ShelterDeskError], None] | None = None,
    ) -> None:
        self._back = self.face
        self._show(self.working)
        self.working.run(title, job, done, failed or self._fail)

    def _fail(self, error: ShelterDeskError) -> None:
        if self.face is self.working:
            self._show(self._back or self.file)
        if isinstance(error, tasks.Stopped):
            self.told.emit(Told("held", words.text("Stopped: nothing was written.")))
        else:
            self.told.emit(Told("blocked", sentence(error)))

    @Slot(int)
    def ask_undo(self, batch: int) -> None:
        """Show what undoing that import would do."""
        if self.face is self.working:
            return
        job = partial(work.undoing, self.desk, batch)
        self._work(words.text("Looking at what was written since"), job, self._ask)

    def _ask(self, told: Undoing) -> None:
        self.undoing.show_undoing(told, done=False)
        self._show(self.undoing)

    @Slot(int)
    def _undo(self, batch: int) -> None:
        job = partial(work.undone, self.desk, batch, self.undoing.late_reason.said())
        self._work(words.text("Undoing the import"), job, self._undone, self._not_undone)

    def _not_undone(self, error: ShelterDeskError) -> None:
        if isinstance(error, NeedsLateReason):
            self._show(self.undoing)
            self.undoing.late_reason.ask(error)
        else:
            self._fail(error)

    @Slot()
    def _show_memory(self) -> None:
        self._show_kept(self.memory)

    @Slot()
    def show_gaps(self) -> None:
        """What imports left open."""
        self._show_kept(self.gaps)

    def _show_kept(self, face: MemoryFace | GapsFace) -> None:
        try:
            face.refresh()
        except ShelterDeskError as error:
            self._fail(error)
        else:
            self._show(face)

    def _undone(self, told: Undoing) -> None:
        self.forget()
        self.undoing.show_undoing(told, done=True)
        self._show(self.undoing)
        QTimer.singleShot(0, self, self._see_past)

    def open(self, part: str) -> None:
        """Show one part of the page, `to_complete`, unless a file is looked at."""
        if part == "to_complete" and self.face is self.file:
            self.show_gaps()
