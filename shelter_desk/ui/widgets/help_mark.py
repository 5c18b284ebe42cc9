"""The "?" beside a term, and the short card it opens below: by a click, or by F1 where the focus is."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.words.help import explanation


class HelpCard(QFrame):
    """Explains a term."""

    def __init__(self, topic: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "help")
        told = explanation(topic)
        self.setAccessibleName(told.title)
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE)
        head.addWidget(IconLabel("help", "accent"))
        head.addWidget(Label(told.title, bold=True, wrap=True), 1)
        self.text = QLabel(told.text)
        self.text.setTextFormat(Qt.TextFormat.MarkdownText)
        self.text.setWordWrap(True)
        self.text.setAccessibleName(told.text)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL)
        whole.addLayout(head)
        whole.addWidget(self.text)


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
            self.card = HelpCard(self.topic)
            self._below.insertWidget(self._at, self.card)
            self.card.show()
            return
        self.card.setVisible(self.card.isHidden())
