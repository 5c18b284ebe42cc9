"""What the steps of an import have in common: a column that scrolls down, and a foot with what leads on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row


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


def over_foot(face: QWidget, above: QBoxLayout, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
    """Lay out a whole step: what is above, and its foot."""
    foot = QFrame()
    foot.setProperty("role", "footer")
    in_row(
        *left,
        STRETCH,
        *right,
        within=foot,
        spacing=tokens.SPACE,
        margins=(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE),
    )
    in_column((above, 1), foot, within=face, spacing=0)
