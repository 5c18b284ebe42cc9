"""A file to be read, chosen in the window of the system; apart from `fields`, since the start needs neither."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import ElidedLabel
from shelter_desk.ui.widgets.layouts import in_row


class FileField(Field):
    """A button that asks for a file, the name of the one chosen beside it. kinds: as Qt reads it, `PDF (*.pdf)`."""

    chosen = Signal(object)  # Path

    def __init__(self, label: str, kinds: str, required: bool = False, key: str = "") -> None:
        self._kinds, self._label = kinds, label
        self.path: Path | None = None
        self.button = Button(words.text("Choose a file…"), icon="document")
        self.button.setAccessibleName(label)
        self.button.clicked.connect(self._choose)
        self.name = ElidedLabel(ink="ink2")
        row = QWidget()
        in_row(self.button, (self.name, 1), within=row)
        super().__init__(label, row, required, key=key)
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
