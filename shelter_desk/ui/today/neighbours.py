"""Lines below each other: the arrows go from one to the next."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

Line = TypeVar("Line", bound=QWidget)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def is_step(event: QKeyEvent) -> bool:
    """Whether an arrow was pressed that goes to another line."""
    return Qt.Key(event.key()) in _STEPS


def go_to_next(
    event: QKeyEvent, lines: Sequence[Line], stop: Callable[[Line], QWidget], scrolled: QScrollArea | None = None
) -> bool:
    """Give the keys to the line above or below; False where no arrow was pressed, or no line has the keys.

    stop: what of a line takes them. scrolled: where the line is brought into sight.
    """
    step, focused = _STEPS.get(Qt.Key(event.key())), QApplication.focusWidget()
    at = next((place for place, line in enumerate(lines) if focused is not None and line.isAncestorOf(focused)), None)
    if step is None or at is None:
        return False
    line = lines[max(0, min(len(lines) - 1, at + step))]
    stop(line).setFocus(Qt.FocusReason.TabFocusReason)
    if scrolled is not None:
        scrolled.ensureWidgetVisible(line)
    return True
