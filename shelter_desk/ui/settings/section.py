"""What every section of the settings has in common."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from shelter_desk.ui import tokens

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class Section(QScrollArea):
    """A column of cards, at most 900 wide, that scrolls."""

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        inner.setMaximumWidth(tokens.wide(900))
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE_2)
        self.column.setSpacing(tokens.SPACE_2)
        self.setWidget(inner)

    def bring(self, form: QWidget) -> None:
        """Scroll to a form that was just opened, once it has its place."""
        QTimer.singleShot(0, form, lambda: self.ensureWidgetVisible(form, 0, tokens.SPACE_2))

    def look(self) -> None:
        """Ask again and show."""

    def is_editing(self) -> bool:
        """True while something typed is not kept yet."""
        return False
