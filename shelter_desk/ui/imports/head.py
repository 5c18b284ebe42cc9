"""The head of the page of imports: which file, which step."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.imports.steps import Steps
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label


class Head(QFrame):
    """Title, name of the file, steps."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = Steps()
        self.icon = IconLabel("table", "ink2")
        self.name = ElidedLabel(ink="ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL)
        row.setSpacing(tokens.SPACE)
        row.addWidget(Label(words.text("Import"), size="title", bold=True))
        row.addSpacing(tokens.SPACE)
        row.addWidget(self.icon)
        row.addWidget(self.name, 1)
        row.addWidget(self.steps)

    def show_file(self, name: str) -> None:
        """The file that is looked at, "" for none."""
        self.name.setText(name)
        self.icon.setVisible(bool(name))
