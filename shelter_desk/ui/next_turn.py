"""What takes long in two steps, with the window painted between them, and no key or click lost or out of order."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid


class NextTurn(QObject):
    """Does it once the window has painted, or before the next key or click reaches anything, whichever is first.

    A step may ask for the next one: the key waits for that one too. Nothing happens where the owner is gone by then.
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
            self._go_through()
        return False

    def _go_through(self) -> None:
        owner = self.parent()
        self.go()
        following = owner.findChildren(NextTurn) if owner is not None and isValid(owner) else []
        for one in following:
            if one._step is not None:
                one._go_through()
