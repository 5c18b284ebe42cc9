"""What every tab of a record has in common."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record


class RecordTab(QWidget):
    """One page of a record, made anew after each change; it asks operations for what the record does not hold."""

    told = Signal(object)  # Told: it was done, or trouble
    acted = Signal()
    asked = Signal(str, str)  # a form by its name, and what it opens at
    opened = Signal(int)  # PersonId of somebody else
    draft_found = Signal(object)  # Draft of what is typed on the tab itself

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__()
        self.desk, self.record = desk, record

    def is_editing(self) -> bool:
        """True while something typed on the tab itself is not kept yet."""
        return False
