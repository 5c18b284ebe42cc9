"""What can wait until the first picture of a starting program is on the screen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_waiting: "list[_FirstPaint]" = []


class _FirstPaint(QObject):
    """Sees the first picture being painted, then does what waits for it, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Callable[[], object]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._go)
        return False

    def _go(self) -> None:
        _waiting.remove(self)
        for call in self.calls:
            call()


def expect() -> None:
    """The program starts: what is given to `after` waits from now on."""
    _waiting.append(_FirstPaint())


def of(window: QWidget) -> None:
    """It is the first picture of this window that is waited for."""
    window.installEventFilter(_waiting[-1])


def after(call: Callable[[], object]) -> None:
    """Do this once the first picture is on the screen; at once where none is expected."""
    if _waiting:
        _waiting[-1].calls.append(call)
    else:
        call()
