"""What takes long in two steps, with the window painted between them, and no key or click lost or out of order."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication


class NextTurn(QObject):
    """Does it once the window has painted, or before the next key or click reaches anything, whichever is first.

    Nothing happens where its owner is gone by then.
    """

    INPUTS: ClassVar = frozenset(
        {
            QEvent.Type.ShortcutOverride,
            QEvent.Type.KeyPress,
            QEvent.Type.InputMethod,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonDblClick,
            QEvent.Type.TouchBegin,
            QEvent.Type.Wheel,
        }
    )

    def __init__(self, owner: QObject, step: Callable[[], object]) -> None:
        super().__init__(owner)
        self._step: Callable[[], object] | None = step
        for window in QGuiApplication.topLevelWindows():  # what reaches a window, not the thousands of events inside
            window.installEventFilter(self)
        QTimer.singleShot(0, self, self.go)

    @Slot()
    def go(self) -> None:
        """Do it, once."""
        step, self._step = self._step, None
        if step is not None:
            for window in QGuiApplication.topLevelWindows():
                window.removeEventFilter(self)
            self.deleteLater()
            step()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A key or a click finds done what was asked before it."""
        if event.type() in self.INPUTS:
            self.go()
        return False
