"""A file to be read, chosen in the window of the system; below it stands what it is."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import ElidedLabel


class FileField(Field):
    """A button that asks for a file, the name of the one chosen beside it. kinds: as Qt reads it, `PDF (*.pdf)`."""

    chosen = Signal(object)  # Path

    def __init__(self, label: str, kinds: str, required: bool = False, parent: QWidget | None = None) -> None:
        self._kinds, self._label = kinds, label
        self.path: Path | None = None
        self.button = Button(words.text("Choose a file…"), icon="document")
        self.button.setAccessibleName(label)
        self.button.clicked.connect(self._choose)
        self.name = ElidedLabel(ink="ink2")
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.button)
        across.addWidget(self.name, 1)
        super().__init__(label, row, required, parent=parent)
        self.label.setBuddy(self.button)
        self.setFocusProxy(self.button)

    def say(self, about: str) -> None:
        """What the file chosen is."""
        self.name.setText(about)

    @Slot()
    def _choose(self) -> None:
        path = files.choose_to_open(self, self._label, self._kinds)
        if path is not None:
            self.path = path
            self.clear()
            self.say(path.name)
            self.chosen.emit(path)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
