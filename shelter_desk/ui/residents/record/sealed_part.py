"""Something sealed that is opened on demand: a button, then what it says, hidden again after a while."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.page import names_masked_around
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats

SHOWN_MS = 120_000  # as long as what is sealed stays open (field 10, auto_lock_minutes_sealed)

Read = Callable[[], Sequence[tuple[str, str]]]


class SealedPart(QWidget):
    """read: opens it, with its line in the journal, as labels and what they say; about: for who hears the button.

    allowed: asked before, where a reason is due.
    """

    told = Signal(object)  # Told: it could not be opened

    def __init__(
        self,
        text: str,
        about: str,
        read: Read,
        allowed: Callable[[], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._allowed = allowed
        self._text, self._read = text, read
        self._is_masked = False
        self.button = Button(text, "quiet", "eye")
        self.button.setAccessibleName(about)
        self.button.clicked.connect(self.turn)
        self.facts = FactList()
        self.facts.hide()
        self.hide_timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self.hide_timer.timeout.connect(self.close_it)
        whole = in_column(within=self, spacing=tokens.SPACE_HALF)
        whole.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.facts)

    @Slot()
    def turn(self) -> None:
        """Open it, or close it again."""
        if not self.facts.isHidden():
            self.close_it()
            return
        if self._is_masked or (self._allowed is not None and not self._allowed()):
            return
        with refusals_told(self.told):
            found = self._read()
            for label, value in found:
                self.facts.add(label, value or formats.NONE)
            self.facts.show()
            self.button.setText(words.text("Hide"))
            self.hide_timer.start()

    @Slot()
    def close_it(self) -> None:
        """Nothing of it is on the screen any more."""
        self.hide_timer.stop()
        self.facts.clear()
        self.facts.hide()
        self.button.setText(self._text)

    def mask_names(self, on: bool) -> None:
        """Close it at once, and open nothing while on."""
        if on == self._is_masked:
            return
        self._is_masked = on
        self.close_it()
        self.button.setEnabled(not on)
        self.button.setToolTip(words.text("Turn off “Mask names” to open it.") if on else "")

    def showEvent(self, event: QShowEvent) -> None:
        """A part made while names are masked learns it here."""
        super().showEvent(event)
        self.mask_names(names_masked_around(self))
