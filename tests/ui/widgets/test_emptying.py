"""What a layout showed is not seen once more under what it shows next."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.ui.widgets.label import empty


def test_what_is_taken_away_is_hidden_at_once(qtbot: QtBot) -> None:
    face = QWidget()
    qtbot.addWidget(face)
    column, old = QVBoxLayout(face), QLabel("before")
    column.addWidget(old)
    column.addStretch(1)
    face.show()
    empty(column)
    assert (column.count(), old.isVisible()) == (0, False)
