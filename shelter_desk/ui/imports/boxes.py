"""Searched lists without labels: what is typed counts at once, or is told."""

from collections.abc import Iterable

from PySide6.QtCore import Qt

from shelter_desk import words
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.widgets.label import Label


def take_typed(boxes: Iterable[ChoiceBox], note: Label) -> bool:
    """Take what stands in the lines; the first that means no row, or several, gets the keys and is told in the note."""
    for box in boxes:
        line = box.lineEdit()
        if not box.take_typed():
            told = words.text("“{typed}” is not in the list. Choose a line.")
            note.setText(told.format(typed=line.text().strip() if line is not None else ""))
            note.set_ink("blocked")
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
    note.setText("")
    note.set_ink("ink2")
    return True
