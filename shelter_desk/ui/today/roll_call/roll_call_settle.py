"""What the roll call of a night leaves to settle, one line a difference."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import roll_call
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.today.roll_call.roll_call_difference import DifferenceLine
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.refusals.errors import sentence


class Settle(QWidget):
    """The differences of one night, each with its buttons."""

    told = Signal(object)  # Told
    record_wanted = Signal(int)
    admission_wanted = Signal()
    call_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._night = desk, date.min
        self.lines: list[DifferenceLine] = []
        self.title = Label("", bold=True)
        self.nothing = Alert(words.text("Nothing to settle: the roll call and the register agree."), "ok", small=False)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE_2)
        self._column.setSpacing(tokens.SPACE)
        self._column.addWidget(self.title)
        self._column.addWidget(self.nothing)
        self._column.addStretch(1)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled)

    def look_again(self, night: date) -> None:
        """Ask again; nothing is made anew where nothing changed."""
        try:
            found = roll_call.differences(self._desk, night)
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        if night == self._night and [line.one for line in self.lines] == found:
            return
        self._night = night
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [self._line(one) for one in found]
        for place, line in enumerate(self.lines):
            self._column.insertWidget(2 + place, line)
        self.nothing.setVisible(not found)
        self.title.setVisible(bool(found))
        count = words.count("{n} difference to settle", "{n} differences to settle", len(found))
        self.title.setText(count if found else "")

    def _line(self, one: roll_call.Differing) -> DifferenceLine:
        line = DifferenceLine(self._desk, one)
        line.settled.connect(self._settled)
        line.told.connect(self.told)
        line.record_wanted.connect(self.record_wanted)
        line.admission_wanted.connect(self.admission_wanted)
        line.call_wanted.connect(self.call_wanted)
        return line

    def first(self) -> QWidget | None:
        """What takes the focus: the first difference that can be settled here."""
        return next((found for line in self.lines if (found := line.first()) is not None), None)

    @Slot(object)
    def _settled(self, told: Told) -> None:
        self.look_again(self._night)
        self.told.emit(told)
        found = self.first()
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
