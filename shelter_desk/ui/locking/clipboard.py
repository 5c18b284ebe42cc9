"""Forgets a copied name, or rows copied from a list, after half a minute, and at once at a lock."""

import hashlib

from PySide6.QtCore import QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

FORGET_MS = 30_000
HOLDS_A_NAME = "holdsAName"
_PRIVATE = "application/x-shelter-desk-private"  # says that it is ours
# asks the history of Windows, its copy in the cloud and watching programs, and that of KDE, to leave it out
_LEFT_OUT = {
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
    "x-kde-passwordManagerHint": b"secret",
    _PRIVATE: b"1",
}
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


def may_hold_a_name(widget: QWidget) -> None:
    """What is copied while this widget has the focus is a name."""
    widget.setProperty(HOLDS_A_NAME, True)


def private(text: str) -> QMimeData:
    """This text, for the clipboard alone, and for half a minute."""
    carried = QMimeData()
    carried.setText(text)
    for kind, content in _LEFT_OUT.items():
        carried.setData(kind, content)
    return carried


class NamesOnClipboard(QObject):
    """Sees what is copied from a field that holds a name, and what is `private`.

    It remembers no name itself, only what one hashes to. What another program put there meanwhile is left alone. What
    is selected counts too, where that is a clipboard.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._copied: dict[QClipboard.Mode, bytes] = {}
        self._is_putting = False
        self.timer = QTimer(self, singleShot=True, interval=FORGET_MS)
        self.timer.timeout.connect(self.forget)
        self._clipboard.changed.connect(self._changed)

    @Slot(QClipboard.Mode)
    def _changed(self, mode: QClipboard.Mode) -> None:
        if self._is_putting or mode not in _MODES:
            return
        text, widget, is_copy = self._clipboard.text(mode), QApplication.focusWidget(), mode == _MODES[0]
        # another program may copy something while the widget has the focus; not every system tells whose it is
        is_ours = self._clipboard.ownsClipboard() if is_copy else self._clipboard.ownsSelection()
        is_ours = is_ours or (isinstance(widget, QLineEdit) and widget.selectedText() == text)
        of_name = widget is not None and bool(widget.property(HOLDS_A_NAME))
        carried = self._clipboard.mimeData(mode)
        is_private = carried is not None and carried.hasFormat(_PRIVATE)
        if not text or not (is_private or (of_name and is_ours)):
            self._copied.pop(mode, None)
            return
        self._copied[mode] = _hashed(text)
        self.timer.start()
        if is_copy and not is_private:  # a selection is not kept in any history, and a new one each letter
            self._is_putting = True
            self._clipboard.setMimeData(private(text), mode)
            self._is_putting = False

    @Slot()
    def forget(self) -> None:
        """Clear what is still there of it."""
        self.timer.stop()
        copied, self._copied = self._copied, {}
        for mode, hashed in copied.items():
            if _hashed(self._clipboard.text(mode)) == hashed:
                self._clipboard.clear(mode)


def _hashed(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
