"""What stands where the panel will: while no bed is chosen it keeps the room, so that no tile moves when one is."""

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column


class NothingChosen(QFrame):
    """How a bed is chosen, and the keys of what can be done with it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        told = words.text("Choose a bed to see who sleeps there and what can be done.")
        self._keys = QGridLayout()
        self._keys.setHorizontalSpacing(tokens.SPACE)
        self._keys.setVerticalSpacing(tokens.SPACE)
        self._keys.setColumnStretch(1, 1)
        for key, what in self._said(desk):
            self._add(key, what)
        margins = tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE_PANEL
        in_column(
            Label(words.text("No bed chosen"), bold=True),
            Label(told, ink="ink2", wrap=True),
            self._keys,
            STRETCH,
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=margins,
        )

    @staticmethod
    def _said(desk: Desk) -> list[tuple[str, str]]:
        """Keys and what they do, as far as the person at the desk may."""
        found = [
            (words.text("Arrows"), words.text("go from bed to bed")),
            (words.text("Enter"), words.text("open the bed")),
        ]
        if desk.may(Permission.MOVE):
            found += [("D", words.text("Move…")), ("E", words.text("Swap…")), ("A", words.text("Note an absence…"))]
        if desk.may(Permission.DISCHARGE):
            found.append(("S", words.text("Record the exit…")))
        return [*found, ("L", words.text("Everything that is held"))]

    def _add(self, key: str, what: str) -> None:
        mark = Label(key, size="small")
        mark.setProperty("role", "key")
        row = self._keys.rowCount()
        self._keys.addWidget(mark, row, 0)
        self._keys.addWidget(Label(what, size="small", ink="ink2", wrap=True), row, 1)
