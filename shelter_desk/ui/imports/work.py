"""What the page of imports does on the worker's thread, and what is shown meanwhile.

What a lock would lose of an import: it is kept as a draft, as what is typed into a form.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.imports import excel_edits, import_rejects, intake, intake_batches, intake_drafts
from shelter_desk.operations.imports.import_rejects import Copy
from shelter_desk.operations.imports.intake import LayoutAnswers, Review
from shelter_desk.operations.imports.intake_batches import Taken, Undoing
from shelter_desk.operations.imports.opened_files import RowSource
from shelter_desk.operations.imports.registers import Look
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.drafting import EXCEL_EDIT, IMPORT, Drafting
from shelter_desk.ui.imports import import_texts
from shelter_desk.ui.widgets.layouts import STRETCH, in_column
from shelter_desk.ui.widgets.progress import Progress
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.ui.imports.page import IntakePage


class UnderWay(QWidget):
    """The file under review and the answers so far; nothing while no file is looked at, or once it is written."""

    wanted = Signal(object)  # what was kept, to go on with
    not_resumed = Signal(object)  # the error

    def __init__(self, desk: Desk, page: "IntakePage") -> None:
        super().__init__(page)
        self.hide()
        self._page = page
        self.drafting = Drafting(desk, self, IMPORT, self)

    def show_review(self, reviewed: Review) -> None:
        """What is looked at from now on; changes of a list in Excel have a draft of their own."""
        is_excel = reviewed.opened.source is RowSource.EXCEL
        self.drafting.take_name(EXCEL_EDIT + excel_edits.kind_of(reviewed.opened.path.name) if is_excel else IMPORT)

    def values(self) -> dict[str, Value]:
        """As a draft keeps it."""
        page = self._page
        if page.is_over or page.review is None or page.review.opened.source is RowSource.GRID:
            return {}  # what is typed is kept by its grid
        said = page.columns.answers(page.review.answers) if page.face is page.columns else page.review.answers
        said = page.values.answers(said) if page.face is page.values else said
        return intake_drafts.packed(page.review.opened, page.lines.answers(said))

    def fill(self, values: Mapping[str, Value]) -> None:
        """Go on with it."""
        self.wanted.emit(dict(values))

    def failed(self, error: ShelterDeskError) -> None:
        """The file is gone or another one: there is nothing to go on with."""
        self.drafting.forget()
        self.not_resumed.emit(error)


Report = Callable[[str, int, int], None]


class Working(QWidget):
    """What is being done, how far, and a way to stop it."""

    def __init__(self) -> None:
        super().__init__()
        self._task: tasks.LongTask | None = None
        self.progress = Progress("")
        self.progress.stopped.connect(self._stop)
        in_column(self.progress, STRETCH, within=self, margins=tokens.SPACE_4)

    def run(
        self,
        title: str,
        job: Callable[[Report], Any],
        done: Callable[[Any], None],
        failed: Callable[[ShelterDeskError], None],
    ) -> None:
        """Do the job and tell how it went."""
        self.progress.title.setText(title)
        self.progress.bar.setAccessibleName(title)
        self.progress.stop.setEnabled(True)
        self.progress.refresh("", 0, 0)
        self._task = tasks.run(job, done, failed, self._report)

    def set_first(self) -> None:
        """There is one thing to do here."""
        self.progress.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _report(self, step: str, done: int, total: int) -> None:
        self.progress.refresh(import_texts.step(step), done, total)

    @Slot()
    def _stop(self) -> None:
        if self._task is not None:
            self._task.stop()


def reviewed(desk: Desk, before: Review, answers: LayoutAnswers, report: Report) -> Review:
    """The same file, judged with what was said."""
    return intake.review(desk, before.opened, answers, report, before.lines)


def taken_in(desk: Desk, reviewed: Review, late: str, report: Report) -> Taken:
    """What is accepted is written. late: why lines of closed months come late."""
    with desk.because_late(late):
        return intake_batches.take_in(desk, reviewed, report)


def undone(desk: Desk, batch: int, late: str, report: Report) -> Undoing:
    """An import is taken back. late: as above."""
    with desk.because_late(late):
        return intake_batches.undo(desk, batch, report)


def undoing(desk: Desk, batch: int, report: Report) -> Undoing:
    """What an undo would do."""
    report("compare", 0, 0)
    return intake_batches.undoing(desk, batch)


def copied(look: Look, path: Path, _report: Report) -> Copy:
    """The copy with the reasons beside the lines."""
    reasons = {at: sentence(one.error) for at, one in enumerate(look.judgement.refusals)}
    return import_rejects.write(look, path, reasons)


def refused_besides(review: Review) -> set[tuple[str, int]]:
    """Lines that are refused for another reason than that they are left aside."""
    aside = {place for place, said_of in review.answers.persons.items() if said_of == intake.ASIDE}
    return {line.place for line in review.of("refused")} - aside
