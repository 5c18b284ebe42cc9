"""The side panel: what was chosen on the page, and what can be done with it."""

import re

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import in_column, in_row, scrolling


class SidePanel(QFrame):
    """Title and close above, a body that scrolls, a foot that stays. Escape closes it.

    `body` and `foot` are the layouts to fill. The panel hides itself, then says `closed`.
    """

    closed = Signal()

    def __init__(self, title: str = "", secondary: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setFixedWidth(tokens.wide(310))
        self.title = Label(title, size="title", bold=True, wrap=True)
        self.secondary = Label(secondary, size="small", ink="ink2", wrap=True)
        self.close_button = IconButton("close", words.text("Close the panel"), bare=True, on_click=self.dismiss)
        self.body = QVBoxLayout()
        self.foot = QVBoxLayout()
        head = in_row(
            (in_column(self.title, self.secondary, spacing=0), 1), (self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        )
        self.body.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE_2)
        self.body.setSpacing(tokens.SPACE_PANEL)
        head.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE, 0)
        self.foot.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        in_column(
            head,
            (scrolling(self.body, only_down=True), 1),
            self.foot,
            within=self,
            spacing=tokens.SPACE,
            margins=(0, tokens.SPACE_2, 0, tokens.SPACE_PANEL),
        )
        self.secondary.setVisible(bool(secondary))

    def clear(self) -> None:
        """Take everything out of the body."""
        empty(self.body)

    def name_it(self, title: str, secondary: str = "") -> None:
        """Another title from now on."""
        self.title.setText(title)
        self.secondary.setText(secondary)
        self.secondary.setVisible(bool(secondary))

    @Slot()
    def dismiss(self) -> None:
        """Hide and say so."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self.setFixedWidth(tokens.wide(310))


_LONG = re.compile(r"\S{20,}")  # what could make a panel too wide: the name of a file


def breakable(text: str) -> str:
    """The text with places in its long words where a line may end, unseen."""
    return _LONG.sub(lambda found: re.sub(r"([_.-])", "\\1\u200b", found.group()), text)


_LONGEST, _NAMED = 40, 200  # letters of a label on one line, and how wide a longer one is at least


class FactList(QWidget):
    """Facts as label and value, one a line."""

    def __init__(self, facts: list[tuple[str, str]] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.SPACE_PANEL)
        self._grid.setVerticalSpacing(tokens.SPACE_HALF)
        self._grid.setColumnStretch(1, 1)
        for label, value in facts or []:
            self.add(label, value)

    def add(self, label: str, value: str) -> Label:
        """One more fact; returns the label that shows the value."""
        row = self._grid.rowCount()
        shown = Label(breakable(value), wrap=True)
        name = Label(label, size="small", ink="ink2", wrap=len(label) > _LONGEST)
        if len(label) > _LONGEST:
            name.setMinimumWidth(tokens.wide(_NAMED))
        name.setContentsMargins(0, 2, 0, 0)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, row, 1)
        return shown

    def clear(self) -> None:
        """Take every fact away."""
        empty(self._grid)
