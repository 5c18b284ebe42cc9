"""A file that came back, chosen or dropped: whether it left the shelter, and as it left."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.sendings import Proven
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import proving
from shelter_desk.ui import tasks
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets import files
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import closing as closing_words


class FileProof(QObject):
    """Says in one sentence what is known of a file."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    @Slot()
    def choose(self) -> None:
        """Ask which file."""
        path = files.choose_to_open(self._page, words.text("The file to verify"), "Excel (*.xlsx)")
        if path is not None:
            self.verify(path)

    def verify(self, path: Path) -> None:
        """Compare it with everything that left."""
        tasks.run(partial(proving.verify, self._desk, path), self._say, self._fail)

    def _say(self, found: Proven) -> None:
        is_good = found.is_intact and found.replaced_by is None
        self.told.emit(Told("ok" if is_good else "attention", " ".join(closing_words.proven(found))))

    def _fail(self, error: ShelterDeskError) -> None:
        self.told.emit(Told("blocked", sentence(error)))


def dropped(what: QMimeData) -> Path | None:
    """The one workbook that is dropped, None for anything else."""
    paths = [Path(url.toLocalFile()) for url in what.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() == ".xlsx" else None
