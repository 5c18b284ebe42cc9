"""Which windows were shown while somebody looked on."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

FLOATING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Sheet)


class ShownWindows(QObject):
    """The windows that were shown while it looked on, by class."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched.windowType() not in FLOATING
        ):
            self.names.append(type(watched).__name__)
        return False
