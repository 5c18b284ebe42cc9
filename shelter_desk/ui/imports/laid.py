"""What the steps of an import have in common: a column that scrolls down, and a foot with what leads on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import Label


def column() -> tuple[QScrollArea, QVBoxLayout]:
    """What scrolls, and the column in it."""
    inner = QWidget()
    inner.setProperty("role", "scrolled")
    inside = QVBoxLayout(inner)
    inside.setContentsMargins(0, 0, tokens.SPACE_HALF, 0)
    inside.setSpacing(tokens.SPACE)
    scrolled = QScrollArea()
    scrolled.setWidgetResizable(True)
    scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scrolled.setWidget(inner)
    return scrolled, inside


class TickText(Label):
    """What is written beside a box to tick, over several lines where there is no room; a click upon it ticks too."""

    def __init__(self, box: QCheckBox) -> None:
        super().__init__(wrap=True)
        self._box = box

    def say(self, text: str) -> None:
        """Another text; it is the name of the box too."""
        self.setText(text)
        self._box.setAccessibleName(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._box.click()


def over_foot(face: QWidget, above: QBoxLayout, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
    """Lay out a whole step: what is above, and its foot."""
    foot = QFrame()
    foot.setProperty("role", "footer")
    row = QHBoxLayout(foot)
    row.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
    row.setSpacing(tokens.SPACE)
    for one in left:
        row.addWidget(one)
    row.addStretch(1)
    for one in right:
        row.addWidget(one)
    whole = QVBoxLayout(face)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addLayout(above, 1)
    whole.addWidget(foot)
