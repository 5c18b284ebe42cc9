"""The "?" beside a term, and the short card it opens below: by a click, or by F1 where the focus is."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout

from shelter_desk import words
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.card import HelpCard
from shelter_desk.words.help import explanation


def topic_card(topic: str) -> HelpCard:
    """The card of a topic."""
    told = explanation(topic)
    return HelpCard(told.title, told.text, formatted=True)


class HelpMark(IconButton):
    """Opens the card of a topic at the end of a layout, or where it says, and closes it again.

    It takes no focus: Tab goes from question to question, F1 opens the card of the one that is asked.
    """

    def __init__(self, topic: str, below: QVBoxLayout, at: int = -1) -> None:
        super().__init__("help", words.text("Explain this term"), bare=True, shortcut_text="F1", little=True)
        self.topic, self._below, self._at = topic, below, at
        self.card: HelpCard | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self.turn)

    @Slot()
    def turn(self) -> None:
        """Open the card, or close it."""
        if self.card is None:
            self.card = topic_card(self.topic)
            self._below.insertWidget(self._at, self.card)
            self.card.show()
            return
        self.card.setVisible(self.card.isHidden())
