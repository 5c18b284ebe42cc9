"""What the steps of an import have in common: a column that scrolls down, and a foot with what leads on."""

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, scrolling


def column() -> tuple[QScrollArea, QVBoxLayout]:
    """What scrolls, and the column in it."""
    inside = in_column(spacing=tokens.SPACE, margins=(0, 0, tokens.SPACE_HALF, 0))
    return scrolling(inside, only_down=True), inside


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
