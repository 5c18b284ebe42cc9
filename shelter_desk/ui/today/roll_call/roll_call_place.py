"""Where somebody was seen, if not in the place the register has: a bed by its code, or one key."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import BedId
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_row

EXTRA_KEY, SHARED_KEY = "+", "="
_CODE = 100


class PlaceAsk(QWidget):
    """The code of a bed and Enter, + for an extra place, = for the bed of a parent; Escape asks no more."""

    said = Signal(str, object)  # place, BedId or None
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._beds: Mapping[BedId, str] = {}
        self.line = QLineEdit()
        self.line.setFixedWidth(tokens.wide(_CODE))
        self.line.setAccessibleName(words.text("Code of the bed in which this person was seen"))
        self.line.setPlaceholderText(words.text("Bed code"))
        self.extra = Button(words.text("Extra place"), shortcut_text=EXTRA_KEY, on_click=self._extra_said)
        self.shared = Button(words.text("With a parent"), shortcut_text=SHARED_KEY, on_click=self._shared_said)
        self.wrong = Label("", size="small", ink="blocked")
        in_row(
            Label(words.text("Seen in bed"), bold=True),
            self.line,
            self.extra,
            self.shared,
            self.wrong,
            within=self,
            spacing=tokens.SPACE,
        )
        for button in (self.extra, self.shared):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self._entered)
        self.hide()

    def ask(self, beds: Mapping[BedId, str]) -> None:
        """Ask for one of these beds, or for a place without one."""
        self._beds = beds
        self.line.clear()
        self.wrong.setText("")
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _edited(self, typed: str) -> None:
        self.wrong.setText("")
        if typed == EXTRA_KEY:
            self._extra_said()
        elif typed == SHARED_KEY:
            self._shared_said()

    @Slot()
    def _entered(self) -> None:
        typed = self.line.text().strip().casefold()
        if not typed:
            self.left.emit()
            return
        found = next((key for key, code in self._beds.items() if code.casefold() == typed), None)
        if found is None:
            self.wrong.setText(words.text("No bed has this code."))
            self.line.selectAll()
        else:
            self.said.emit("lit", found)

    @Slot()
    def _extra_said(self) -> None:
        self.said.emit("appoint", None)

    @Slot()
    def _shared_said(self) -> None:
        self.said.emit("partage", None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
