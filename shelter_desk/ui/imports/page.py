"""Imports: file, columns, values, review, result; undoing one. The long work is done on the worker's thread."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ChangedSince, ShelterDeskError
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft, Value
from shelter_desk.operations.imports import intake, intake_drafts, intake_layouts, typed_lines
from shelter_desk.operations.imports.import_rejects import Copy
from shelter_desk.operations.imports.intake import LayoutAnswers, Review
from shelter_desk.operations.imports.intake_batches import Batch, Taken, Undoing
from shelter_desk.operations.imports.opened_files import RowSource
from shelter_desk.operations.today import import_gaps
from shelter_desk.ui.forms import unsaved
from shelter_desk.ui.forms.drafting import GRID
from shelter_desk.ui.imports import work
from shelter_desk.ui.imports.columns_view import ColumnsFace
from shelter_desk.ui.imports.result_view import ResultFace
from shelter_desk.ui.imports.review_view import ReviewFace
from shelter_desk.ui.imports.sides import SIDES, FacesPage, UndoFace
from shelter_desk.ui.imports.values_view import KindAdding, ValuesFace
from shelter_desk.ui.imports.work import UnderWay
from shelter_desk.ui.lists.list_intake import BroughtRows
from shelter_desk.ui.next_turn import in_steps
from shelter_desk.ui.page import Told
from shelter_desk.words import imports

if TYPE_CHECKING:
    from shelter_desk.ui.imports.typing.grid_face import GridFace


class IntakePage(FacesPage):
    """One face at a time; Ctrl+Enter goes on, Escape gives up."""

    taken_in = Signal(str)  # the name of a workbook that was changed in Excel

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.review: Review | None = None
        self.batch: Batch | None = None
        self.grid: GridFace | None = None
        self._typed: tuple[int, list[list[str]]] = (0, [])  # what was taken in from the grid, by its import
        in_steps(self, self._make())

    def _make(self) -> Iterator[None]:
        desk = self.desk
        yield
        self.columns = ColumnsFace()
        self.values = ValuesFace(desk)
        yield
        self.lines = ReviewFace(desk)
        yield
        self.result = ResultFace()
        self.under_way = UnderWay(desk, self)
        for face in (self.columns, self.values, self.lines, self.result):
            self._faces.addWidget(face)
        self.kinds = KindAdding(desk, self._faces, self.values)
        self.file.file_chosen.connect(self.open_file)
        self.file.go_on_wanted.connect(self._go_on_with_file)
        self.columns.list_changed.connect(self._look_again_at_columns)
        self.columns.finished.connect(self._columns_done)
        self.values.finished.connect(self._values_done)
        self.values.kind_wanted.connect(self.kinds.open)
        self.kinds.added.connect(self._kind_added)
        self.kinds.closed.connect(partial(self._show, self.values))
        self.kinds.told.connect(self.told)
        self.lines.wanted.connect(self.take_in)
        self.lines.values_wanted.connect(self._show_values)
        self.lines.told.connect(self.told)
        for changed in (self.lines.detail.decided, self.columns.answered):
            changed.connect(self.under_way.drafting.touch)
        self.under_way.wanted.connect(self.go_on_with)
        self.under_way.not_resumed.connect(self._fail)
        for face in (self.columns, self.values, self.lines):
            face.given_up.connect(self.begin)
            face.back_wanted.connect(self.go_back)
        self.lines.incomplete_wanted.connect(self._take_incomplete)
        for copied in (self.lines, self.result):
            copied.copy_wanted.connect(self._write_copy)
        self.result.other_wanted.connect(self.begin)
        for asking in (self.file, self.result):
            asking.grid_wanted.connect(self.open_grid)
        self.result.undo_wanted.connect(self.ask_undo)
        self.result.gaps_wanted.connect(self.show_gaps)
        self.result.residents_wanted.connect(partial(self.page_wanted.emit, "residents"))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._go_on)
        self._show(self.file)

    @property
    def is_over(self) -> bool:
        """Whether what was looked at was taken in, or is taken out again."""
        return self.face is self.result or isinstance(self.face, UndoFace)

    def _show(self, face: QWidget) -> None:
        had_focus = self.isVisible() and (self.focusWidget() is None or self.isAncestorOf(self.focusWidget()))
        steps = {self.columns: "columns", self.values: "columns", self.lines: "review", self.result: "result"}
        self._faces.setCurrentWidget(face)
        self.steps.setVisible(face is not self.grid and not isinstance(face, SIDES))
        if face is not self.working:
            self.steps.show_step(steps.get(face, "file"))
        self.head.show_file("" if isinstance(face, UndoFace) else self._name())
        self.under_way.drafting.touch()
        if had_focus:
            self._set_first()

    @Slot()
    def begin(self) -> None:
        """Back to the first step; what was reviewed is forgotten."""
        self.forget()
        self.under_way.drafting.forget()
        self._show(self.file)
        self._see_past()

    def forget(self) -> None:
        self.review, self.batch = None, None
        self.file.show_open("")

    @Slot()
    def go_back(self) -> None:
        """One step back; the file and all that was said of it stay."""
        if self.face is self.lines and self.review is not None and self.review.opened.source is RowSource.GRID:
            self.open_grid()
            return
        if self.face is self.columns:
            self.file.show_open(self._name())
            self._show(self.file)
            return
        has_values = self.review is not None and (self.review.unknown or self.review.meant)
        self._show(self.values if self.face is self.lines and has_values else self.columns)

    @Slot()
    def _go_on_with_file(self) -> None:
        if self.review is not None:
            self._show(self.columns)

    def resume(self, draft: Draft) -> None:
        """Go on with an import that a lock cut, or with the grid."""
        if draft.form == GRID:
            self.open_grid()
            return
        if self.face is self.file:
            self.under_way.drafting.take_name(draft.form)
            self.under_way.drafting.resume(draft)  # which asks for `go_on_with`

    @Slot(object)
    def go_on_with(self, kept: Mapping[str, Value]) -> None:
        """Read the file again and show where it stood."""
        job = partial(intake_drafts.resume, self.desk, kept)
        self._work(words.text("Reading the file"), job, self._resumed, self.under_way.failed)

    def _resumed(self, reviewed: Review) -> None:
        self.columns.show_review(reviewed)
        self._compared(reviewed)

    def is_editing(self) -> bool:
        return self.face is not self.file or self.review is not None

    def _is_looked_at(self) -> bool:
        """Whether lines wait to be taken in."""
        return self.review is not None and self.face in (self.file, self.columns, self.values, self.lines)

    def _is_file_looked_at(self) -> bool:
        return self._is_looked_at() and self.review is not None and self.review.opened.source is not RowSource.GRID

    @Slot()
    def _go_on(self) -> None:
        """What Ctrl+Enter does: the verb of the face."""
        if self.face is self.lines:
            self.lines.go_on()
            return
        if self.grid is not None and self.face is self.grid:
            self.grid.finish()
            return
        for face in (self.columns, self.values):
            if self.face is face and face.go.isEnabled():
                face.go.click()
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:  # out of an open list
            self._go_on()
            return
        is_side = isinstance(self.face, SIDES)
        if event.key() == Qt.Key.Key_Escape and (is_side or self.face in (self.columns, self.values)):
            if self.review is None or is_side or unsaved.lets_go(self):
                self.begin()
            return
        super().keyPressEvent(event)

    def open(self, part: str) -> None:
        """Show one part of the page, `grid` too, unless a file is looked at."""
        if part == "grid" and self.face in (self.file, self.result):
            self.open_grid()
        super().open(part)

    @Slot()
    def open_grid(self) -> None:
        """Type who is here, or go on with it."""
        if self.face is self.working or (self._is_file_looked_at() and not unsaved.lets_go(self)):
            return
        self.forget()
        grid = self.grid = self.grid or self._made_grid()
        try:
            grid.begin()
        except ShelterDeskError as error:
            self._fail(error)
        else:
            self._show(grid)
            grid.set_first()

    def _made_grid(self) -> "GridFace":
        from shelter_desk.ui.imports.typing.grid_face import GridFace  # not for the first picture

        made = GridFace(self.desk)
        made.table.mask_names(self.names_masked)
        made.finished.connect(self._look_through_grid)
        made.closed.connect(self.begin)
        made.told.connect(self.told)
        self._faces.addWidget(made)
        return made

    @Slot()
    def _look_through_grid(self) -> None:
        if self.grid is not None:
            job = partial(typed_lines.review, self.desk, self.grid.lines())
            self._work(words.text("Comparing the lines"), job, self._show_lines)

    def _keep_what_stays(self, reviewed: Review, batch: Batch | None) -> None:
        """Lines that were refused stay in the grid; the others come back to it if the import is undone."""
        if self.grid is None:
            return
        lines = self.grid.lines()
        self._typed = (batch.id if batch is not None else 0, lines)
        self.grid.put(typed_lines.left(lines, reviewed))

    def _undone(self, told: Undoing) -> None:
        super()._undone(told)
        batch, lines = self._typed
        if self.grid is not None and batch == told.batch.id:
            self._typed = (0, [])
            self.grid.put(lines)

    @Slot(object)
    def open_file(self, path: Path) -> None:
        """Read a file and show what was recognised in it."""
        if self.face is self.working:
            return
        job = partial(intake.open_file, self.desk, path)
        self._work(words.text("Reading {file}").format(file=path.name), job, self._opened)

    @Slot(object)
    def bring(self, rows: BroughtRows) -> None:
        """Look at rows that no file holds, unless another import is looked at."""
        is_same = self.review is not None and self.review.opened.source is RowSource.EXCEL and rows.is_understood
        typed = self.grid is not None and self.face is self.grid and bool(self.grid.lines())
        is_under_way = typed or (self._is_looked_at() and not (is_same and self._name() == rows.name))
        if self.face is self.working or is_under_way:
            told = words.text("An import is under way. Take it in or give it up, then bring the rows again.")
            self.told.emit(Told("attention", told))
            return
        self.forget()
        self._show(self.file)
        job = partial(rows.review, self.desk)
        done = self._resumed if rows.is_understood else self._opened
        self._work(words.text("Reading the rows"), job, done)

    def _name(self) -> str:
        return "" if self.review is None else self.review.opened.path.name

    def _look_at(self, reviewed: Review) -> None:
        self.under_way.show_review(reviewed)
        self.review = reviewed

    def _opened(self, reviewed: Review) -> None:
        self._look_at(reviewed)
        self.columns.show_review(reviewed)
        self._show(self.columns)

    def _review_with(self, answers: LayoutAnswers, done: Callable[[Review], None]) -> None:
        if self.review is not None:
            job = partial(work.reviewed, self.desk, self.review, answers)
            self._work(words.text("Comparing the lines"), job, done)

    @Slot()
    def _look_again_at_columns(self) -> None:
        if self.review is not None:
            self._review_with(self.columns.answers(self.review.answers), self._opened)

    @Slot()
    def _columns_done(self) -> None:
        if self.review is None:
            return
        answers = self.columns.answers(self.lines.answers(self.review.answers))
        if answers == self.review.answers:
            self._compared(self.review)
        else:
            self._review_with(answers, self._remembered)

    def _remembered(self, reviewed: Review) -> None:
        """What was corrected is kept at once: the next file with these headings needs no correction."""
        self._keep(reviewed)
        self.columns.show_review(reviewed)
        self._compared(reviewed)

    def _compared(self, reviewed: Review) -> None:
        self._look_at(reviewed)
        if reviewed.unknown:
            self._show_values()
        else:
            self._show_lines(reviewed)

    @Slot()
    def _show_values(self) -> None:
        if self.review is not None:
            self.values.show_review(self.review)
            self._show(self.values)

    @Slot()
    def _values_done(self) -> None:
        if self.review is None:
            return
        answers = self.values.answers(self.lines.answers(self.review.answers))
        if answers == self.review.answers:
            self._show_lines(self.review)
        else:
            self._review_with(answers, self._values_kept)

    def _values_kept(self, reviewed: Review) -> None:
        self._keep(reviewed)
        self._show_lines(reviewed)

    def _keep(self, reviewed: Review) -> None:
        try:
            intake_layouts.remember(self.desk, reviewed.marks, reviewed.answers)
        except ShelterDeskError as error:
            self._fail(error)

    @Slot()
    def _kind_added(self) -> None:
        """The new kind is known by its name: the lines are compared again."""
        if self.review is not None:
            self._review_with(self.values.answers(self.review.answers), self._compared)

    @Slot(bool)
    def _take_incomplete(self, on: bool) -> None:
        """Lines whose values are not understood are taken in, to be completed; or refused again."""
        if self.review is not None:
            answers = replace(self.lines.answers(self.review.answers), incomplete=on)
            self._review_with(answers, self._show_lines)

    def _show_lines(self, reviewed: Review) -> None:
        self._look_at(reviewed)
        self.lines.show_review(reviewed)
        self._show(self.lines)

    @Slot()
    def take_in(self) -> None:
        """Write what is accepted; what was decided of doubts is compared first."""
        if self.review is None or self.face is not self.lines:
            return
        answers = self.lines.answers(self.review.answers)
        if answers != self.review.answers:
            self._review_with(answers, self._decided)
        else:
            self._take_in(self.review)

    def _decided(self, reviewed: Review) -> None:
        former, self.review = self.review, reviewed
        new = work.refused_besides(reviewed) - (work.refused_besides(former) if former else set())
        if new:
            self._show_lines(reviewed)
            told = words.count(
                "{n} line is refused with what you decided. Look at it, then take in again.",
                "{n} lines are refused with what you decided. Look at them, then take in again.",
                len(new),
            )
            self.told.emit(Told("attention", told))
        else:
            self._take_in(reviewed)

    def _take_in(self, reviewed: Review) -> None:
        self._show(self.lines)
        reason = self.lines.late_reason
        if reviewed.closed and not reason.said():
            reason.ask(NeedsLateReason(reviewed.closed))
            return
        job = partial(work.taken_in, self.desk, reviewed, reason.said())
        self._work(words.text("Taking in the lines"), job, self._taken, self._not_taken)

    def _not_taken(self, error: ShelterDeskError) -> None:
        """Something was written meanwhile: the lines are compared again, and nothing is taken in unseen."""
        if isinstance(error, ChangedSince) and self.review is not None:
            self._show(self.lines)
            self._review_with(self.review.answers, self._show_lines)
            told = words.text("The registers changed meanwhile: the lines were compared again. Look, then take in.")
            self.told.emit(Told("attention", told))
        else:
            self._fail(error)

    def _taken(self, taken: Taken) -> None:
        self.batch = taken.batch
        if self.review is not None:
            if self.review.opened.source is RowSource.GRID:
                self._keep_what_stays(self.review, taken.batch)
            left_open = len(import_gaps.completing(self.desk))
            self.result.show_result(self.review, taken.batch, taken.lent_to, left_open)
            self._show(self.result)
            self.under_way.drafting.forget()
            if self.review.opened.source is RowSource.EXCEL:
                self.taken_in.emit(self._name())

    @Slot(object)
    def _write_copy(self, path: Path) -> None:
        if self.review is None or self.review.look is None:
            return
        self._work(words.text("Writing the copy"), partial(work.copied, self.review.look, path), self._copied)

    def _copied(self, copy: Copy) -> None:
        self._show(self._back or self.file)
        self.told.emit(Told("attention" if copy.kind == "list" else "ok", imports.copy(copy.kind, copy.path)))
