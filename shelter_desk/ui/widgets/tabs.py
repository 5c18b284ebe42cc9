"""Tabs: the parts of one page."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QTabBar, QWidget

from shelter_desk.ui import tokens

ROOM, TIGHT = 26, 15  # pixels around a name


class Tabs(QTabBar):
    """Names of parts in a row, the chosen one underlined; arrows move. The page shows the part that was chosen."""

    chosen = Signal(str)  # the code

    def __init__(
        self, tabs: Sequence[tuple[str, str]] = (), parent: QWidget | None = None, *, tight: bool = False
    ) -> None:
        """tight: as little room around each name as can be, for many of them."""
        super().__init__(parent)
        self._room = TIGHT if tight else ROOM
        self.setProperty("tight", tight)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        for code, label in tabs:
            self.add(code, label)
        self.currentChanged.connect(self._changed)

    def add(self, code: str, label: str) -> None:
        """One more part at the right end."""
        self.setTabData(self.addTab(label), code)

    def value(self) -> str:
        """The code of the part shown, "" when there is none."""
        return str(self.tabData(self.currentIndex()) or "")

    def choose(self, code: str) -> None:
        """Show that part; `chosen` is said if it was another."""
        place = next(place for place in range(self.count()) if self.tabData(place) == code)
        self.setCurrentIndex(place)

    def tabSizeHint(self, index: int) -> QSize:
        """Wide enough for the name in bold, so that nothing moves when it is chosen."""
        label = tokens.metrics(bold=True).horizontalAdvance(self.tabText(index))
        return QSize(label + self._room, tokens.high(32) + 4)

    @Slot(int)
    def _changed(self, _place: int) -> None:
        self.chosen.emit(self.value())
