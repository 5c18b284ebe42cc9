"""The card that explains a term."""

from PySide6 import QtCore
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import IconLabel, Label


class HelpCard(QFrame):
    """Explains a term where the question is asked. formatted: the explanation is Markdown."""

    def __init__(self, title: str, explanation: str, formatted: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "help")
        self.setAccessibleName(title)
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE)
        head.addWidget(IconLabel("help", "accent"))
        head.addWidget(Label(title, bold=True, wrap=True), 1)
        self.text = Label(explanation, ink="ink2", wrap=True)
        if formatted:
            self.text.setTextFormat(QtCore.Qt.TextFormat.MarkdownText)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL)
        whole.addLayout(head)
        whole.addWidget(self.text)
