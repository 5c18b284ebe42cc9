"""Sentences that explain, each with an icon."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import IconLabel, Ink, Label


def fact(icon: str, color: Ink, told: str) -> QHBoxLayout:
    """One sentence, with the icon of its kind."""
    row = QHBoxLayout()
    row.setSpacing(tokens.SPACE)
    row.addWidget(IconLabel(icon, color), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(told, wrap=True), 1)
    return row
