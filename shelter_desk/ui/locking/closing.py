"""Closes whatever of the program stands beside its window: dialogs, menus, calendars, lists of fields, tool tips."""

from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from shelter_desk.ui.locking import asked

MOST_POPUPS = 20  # one popup opens the next at most a few times


def close_all_but(window: QWidget) -> None:
    """Close them at once, as if they were given up; a choice of file or printer that the system shows, too."""
    if asked.is_dragging():
        QDrag.cancel()
    for _ in range(MOST_POPUPS):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()
    for beside in QApplication.topLevelWidgets():
        if beside is not window and not beside.isHidden():
            _close(beside)


def _close(widget: QWidget) -> None:
    if isinstance(widget, QDialog):
        widget.reject()
    else:
        widget.close()
    if widget.isVisible():  # it would not go
        widget.hide()
