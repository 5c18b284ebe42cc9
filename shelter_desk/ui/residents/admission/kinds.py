"""Whom an admission is about: one person, or a family."""

from typing import Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui.widgets.layouts import in_row
from shelter_desk.ui.widgets.segments import Segments

Kind = Literal["person", "family"]


class KindSwitch(QWidget):
    """Both kinds side by side, on each of the two forms; what is typed into the other one is kept there."""

    wanted = Signal(str)  # the other kind

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind
        kinds = [("person", words.text("One person")), ("family", words.text("A family"))]
        self.segments = Segments(kinds, kind, words.text("Admit"))
        self.segments.chosen.connect(self._chosen)
        in_row(self.segments, within=self)
        self.setFocusProxy(self.segments)

    def show_kind(self, kind: Kind) -> None:
        """The kind of the form it stands on."""
        self.segments.choose(kind)

    @Slot(str)
    def _chosen(self, kind: str) -> None:
        if kind != self._kind:
            self.segments.choose(self._kind)
            self.wanted.emit(kind)
