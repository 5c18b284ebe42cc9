"""What is shown from the first moment of a lock until the unlock screen is there: nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui.widgets.label import Label


class Cover(QWidget):
    """A blank page; it says why it stays where a job must end first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setProperty("ring", "none")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.why = Label(words.text("Locked. The work under way is being ended."), ink="ink2")
        self.why.hide()
        whole = QVBoxLayout(self)
        whole.addWidget(self.why, 0, Qt.AlignmentFlag.AlignCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing is taken in."""
        event.accept()
