"""A dialog over the window in which F1 opens the guide as it does on a page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog


class GuidedDialog(QDialog):
    """Keys that nothing in it took: F1 asks for the chapter of what stands in it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            from shelter_desk.ui.guide.here import open_guide

            open_guide(self)
            return
        super().keyPressEvent(event)
