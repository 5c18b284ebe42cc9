"""Beside the steps of an import: the imports there were, what they remember, what they left open."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches
from shelter_desk.operations.imports.intake_batches import Undoing
from shelter_desk.ui import tasks
from shelter_desk.ui.imports import work
from shelter_desk.ui.imports.dropping import DropPage
from shelter_desk.ui.imports.file_view import FileFace
from shelter_desk.ui.imports.gaps_view import GapsFace
from shelter_desk.ui.imports.head import Head
from shelter_desk.ui.imports.memory_view import MemoryFace
from shelter_desk.ui.imports.undo_view import UndoFace
from shelter_desk.ui.imports.work import Working
from shelter_desk.ui.page import Told
from shelter_desk.words.refusals.errors import sentence


class FacesPage(DropPage):
    """One face at a time under the head; work is done on the worker's thread."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self._back: QWidget | None = None  # where work goes back to when it is stopped or fails
        self.head = Head()
        self.steps = self.head.steps
        self.file = FileFace(desk)
        self.undoing = UndoFace()
        self.memory = MemoryFace(desk)
        self.gaps = GapsFace(desk)
        self.working = Working()
        self._faces = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self._faces, 1)
        for face in (self.file, self.undoing, self.memory, self.gaps, self.working):
            self._faces.addWidget(face)
        self._connect_sides()

    def _connect_sides(self) -> None:
        self.file.undo_wanted.connect(self.ask_undo)
        self.file.memory_wanted.connect(self.show_memory)
        self.file.gaps_wanted.connect(self.show_gaps)
        for face in (self.file, self.memory, self.gaps):
            face.told.connect(self.told)
        for side in (self.memory, self.gaps, self.undoing):
            side.closed.connect(self.begin)
        self.gaps.page_wanted.connect(self.page_wanted)
        self.undoing.wanted.connect(self._undo)

    @Slot()
    def begin(self) -> None:
        """Back to the first step."""
        raise NotImplementedError

    def forget(self) -> None:
        """What was reviewed is over."""
        raise NotImplementedError

    def _show(self, face: QWidget) -> None:
        raise NotImplementedError

    @property
    def sides(self) -> tuple[QWidget, ...]:
        """What is no step of an import."""
        return self.undoing, self.memory, self.gaps

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

    def look(self) -> None:
        self._see_past()

    def _see_past(self) -> None:
        try:
            self.file.look()
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
        job = partial(intake_batches.undo, self.desk, batch)
        self._work(words.text("Undoing the import"), job, self._undone)

    @Slot()
    def show_memory(self) -> None:
        """What imports remember."""
        try:
            self.memory.look()
        except ShelterDeskError as error:
            self._fail(error)
        else:
            self._show(self.memory)

    def _undone(self, told: Undoing) -> None:
        self.forget()
        self.undoing.show_undoing(told, done=True)
        self._show(self.undoing)
        QTimer.singleShot(0, self, self._see_past)

    @Slot()
    def show_gaps(self) -> None:
        """What imports left open."""
        try:
            self.gaps.look()
        except ShelterDeskError as error:
            self._fail(error)
        else:
            self._show(self.gaps)

    def open(self, part: str) -> None:
        """Show one part of the page, `to_complete`, unless a file is looked at."""
        if part == "to_complete" and self.face is self.file:
            self.show_gaps()
