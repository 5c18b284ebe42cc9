"""Which backup to open: those found beside the files and on the stick, or a file somebody brings."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.operations.vault.backups import Held
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.option_card import OptionCard, Proposal
from shelter_desk.words import backups as said
from shelter_desk.words import formats

MOST = 4  # of those found; older ones are chosen as files
KINDS = "*.sauvegarde"


class BackupChoice(QWidget):
    """The newest as cards, the first one chosen; a button for any other file."""

    chosen = Signal(object)  # Path of the backup to open
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[Path, OptionCard] = {}
        self._none = Label(words.text("No backup was found here. Choose its file."), ink="ink2", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(tokens.SPACE)
        self.file_button = Button(words.text("Choose a file…"), icon="document", tall="footer")
        self.file_button.clicked.connect(self.choose_file)
        self.back_button = Button(words.text("Back"), icon="previous", tall="footer")
        self.back_button.clicked.connect(self.left)
        self.go_on_button = Button(words.text("Continue"), kind="primary", tall="footer")
        self.go_on_button.clicked.connect(self.go_on)
        self._lay_out()
        self.show_found([])

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.file_button)
        row.addWidget(self.go_on_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_2)
        whole.addWidget(self._none)
        whole.addLayout(self._list)
        whole.addLayout(row)

    def show_found(self, found: Sequence[Held]) -> None:
        """Show the newest of these."""
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = {}
        for one in found[:MOST]:
            made = formats.moment(one.manifest.moment)
            holds = said.holds(one.manifest.counts)
            self.cards[one.path] = card = OptionCard(Proposal(str(one.path), made, said.place(one.where), holds), self)
            self._list.addWidget(card)
        for card in list(self.cards.values())[:1]:
            card.setChecked(True)
        self._none.setVisible(not self.cards)
        self.go_on_button.setVisible(bool(self.cards))
        self.file_button.set_kind("plain" if self.cards else "primary")

    def set_first(self) -> None:
        """Put the focus on the newest, else on the button."""
        first: QWidget = next(iter(self.cards.values()), self.file_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """While one is read."""
        for button in (self.back_button, self.file_button, self.go_on_button):
            button.setEnabled(not busy)

    @Slot()
    def go_on(self) -> None:
        """Open the one that is chosen."""
        path = next((path for path, card in self.cards.items() if card.isChecked()), None)
        if path is not None:
            self.chosen.emit(path)

    @Slot()
    def choose_file(self) -> None:
        """Let a file be chosen."""
        title = words.text("Which backup")
        kinds = words.text("Backups ({kinds})").format(kinds=KINDS)
        path = files.choose_to_open(self, title, kinds)
        if path is not None:
            self.chosen.emit(path)
