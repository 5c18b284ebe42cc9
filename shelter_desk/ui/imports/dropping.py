"""A file that is dropped anywhere on the page."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from shelter_desk.operations.desk import Desk
from shelter_desk.ui.page import Page


class DropPage(Page):
    """A page that reads a file dropped on it, while it says that it may."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAcceptDrops(True)

    def may_drop(self) -> bool:
        """True while a file is welcome."""
        raise NotImplementedError

    def open_file(self, path: Path) -> None:
        """Read it."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this computer."""
        if self.may_drop() and dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.open_file(path)


def dropped_file(event: QDropEvent) -> Path | None:
    """The one file that is brought; None for several, or for what is no file."""
    found = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return found[0] if len(found) == 1 else None
