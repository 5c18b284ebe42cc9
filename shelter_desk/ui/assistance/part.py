"""What the parts of the page have in common: they look, tell, and lead to a record."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.page import Told
from shelter_desk.words.errors import sentence


class PartFace(QWidget):
    """One part of the page, made when it is first shown."""

    told = Signal(object)  # Told
    record_wanted = Signal(int)  # PersonId
    draft_found = Signal(object)  # Draft

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def look(self) -> None:
        """Ask again and show; each part has its own."""
        raise NotImplementedError

    def is_editing(self) -> bool:
        """True while something typed would be lost by looking again."""
        return False

    def set_first(self) -> None:
        """Put the focus where work begins."""

    def fail(self, error: ShelterDeskError) -> None:
        """Say what was refused."""
        self.told.emit(Told("blocked", sentence(error)))
