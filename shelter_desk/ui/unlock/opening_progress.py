"""What is done to a file that takes long to open: one of before, or one whose case file is made anew."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.ui.widgets.progress import Progress


class OpeningProgress(QWidget):
    """A bar with what is being done now; it stands there once something was told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress = Progress(words.text("The file is being prepared"), stoppable=False)
        told = words.text(
            "This happens after an update or a return to a backup. Leave the computer on: after a cut it begins again."
        )
        in_column(self.progress, Label(told, ink="ink2", wrap=True), within=self, spacing=tokens.SPACE)
        self.hide()

    @Slot(str, int, int)
    def refresh(self, step: str, done: int, total: int) -> None:
        """What is being done now and how far; 0 of 0 where that is not known."""
        self.show()
        self.progress.refresh(_told(step), done, total)


def _told(step: str) -> str:
    said = {
        "copy": words.text("A copy of the file as it was is kept and looked through"),
        "rows": words.text("Case files are sealed"),
        "journal": words.text("Lines of the journal are sealed"),
        "check": words.text("The file is looked through"),
        "case_file": words.text("Case files are opened"),
    }
    return said[step]
