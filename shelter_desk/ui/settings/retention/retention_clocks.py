"""How many months each kind of data is kept, and what is never erased."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.retention.retention import Clocks, Kind
from shelter_desk.domain.settings import bounds
from shelter_desk.operations import settings
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import NumberField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import retention as retention_words
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

ABREAST = 3
MONTHS = bounds("retention_identity_months")


class ClockCard(Card):
    """One number for each kind; Enter or the button keeps those that changed."""

    told = Signal(object)  # Told
    done = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("How long data are kept"), parent=parent)
        self._desk = desk
        self._kept: Clocks | None = None
        unit = words.text("months")
        self.fields = {
            kind: NumberField(retention_words.clock(kind), *MONTHS, required=True, unit=unit) for kind in Kind
        }
        self.months = self.fields[Kind.IDENTITY]
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_2)
        for place, field in enumerate(self.fields.values()):
            field.line.returnPressed.connect(self.keep)
            grid.addWidget(field, place // ABREAST, place % ABREAST, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        self.keep_button = Button(words.text("Save"), icon="save")
        self.keep_button.clicked.connect(self.keep)
        row = QHBoxLayout()
        row.addWidget(self.keep_button)
        row.addStretch(1)
        self.body.addLayout(row)
        for told in (
            words.text(
                "The names of a minor stay until 18 years and these months, if that is later. "
                "A case that nobody closed counts from the exit."
            ),
            words.text("Proposed where no law says otherwise; a shorter time makes more lines due at once."),
            words.text(
                "Stock, equipment and reports hold no personal data: keep them 10 years. The journal is kept whole, so "
                "that its chain can be verified; what was erased cannot be read in it."
            ),
        ):
            self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))

    def show_clocks(self, clocks: Clocks) -> None:
        """Show what is kept."""
        self._kept = clocks
        for kind, field in self.fields.items():
            field.set_number(clocks.of(kind))

    def is_editing(self) -> bool:
        """True while another number is typed."""
        kept = self._kept
        return kept is not None and any(field.number() != kept.of(kind) for kind, field in self.fields.items())

    @Slot()
    def keep(self) -> None:
        """Keep the numbers typed, or say beside the first that does not do why."""
        for field in self.fields.values():
            field.clear()
        kept = self._kept or Clocks()
        typed = {kind: field.number() for kind, field in self.fields.items()}
        wrong = next((kind for kind, months in typed.items() if months is None), None)
        if wrong is not None:
            told = words.text("A number from {least} to {most}.")
            self.fields[wrong].set_error(told.format(least=MONTHS[0], most=MONTHS[1]))
            self.fields[wrong].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            settings.keep_clocks(self._desk, {kind: n for kind, n in typed.items() if n not in (None, kept.of(kind))})
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._kept = settings.clocks(self._desk)
            self.told.emit(Told("ok", words.text("Settings saved.")))
            self.done.emit()
