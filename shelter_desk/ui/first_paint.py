"""What can wait until the first picture of a starting program is on the screen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

_waiting: "list[_FirstPaint]" = []


class _FirstPaint(QObject):
    """Sees the first picture being painted, then does what waits for it, in order."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.calls: list[Callable[[], object]] = []
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self in _waiting:
            _waiting.remove(self)
            QTimer.singleShot(0, self, self._go)
        return False

    def _go(self) -> None:
        self.deleteLater()
        for call in self.calls:
            call()


def expect(app: QApplication) -> None:
    """The program starts: what is given to `after` waits from now on."""
    _waiting.append(_FirstPaint(app))


def after(call: Callable[[], object]) -> None:
    """Do this once the first picture is on the screen; at once where none is expected."""
    if _waiting:
        _waiting[-1].calls.append(call)
    else:
        call()
