"""Keeps the windows of the program out of pictures and recordings of the screen, where Windows does that.

Only asked for with `captures_kept_out`: somebody who helps from afar sees an empty place then. Nothing of it can be
seen without Windows; its numbers are of `winuser.h`. Tooltips and menus follow within five seconds, or not at all.
"""

import ctypes
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

SHOWN, BLACK, LEFT_OUT = 0x0, 0x1, 0x11  # WDA_NONE, WDA_MONITOR, WDA_EXCLUDEFROMCAPTURE: from Windows 10 (2004) on


class Captures(QObject):
    """What is wanted, told to each window that is there, and to each that comes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.are_kept_out = False
        self._left_out: set[int] = set()  # handles
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self.refresh)

    def obey(self, kept_out: bool) -> None:
        """From now on."""
        before, self.are_kept_out = self.are_kept_out, kept_out
        if before and not kept_out:
            for handle in self._left_out:  # those that are hidden for now too
                ask_windows(handle, SHOWN)
            self._left_out.clear()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Windows that came meanwhile, such as a form over the page."""
        for window in QGuiApplication.topLevelWindows() if self.are_kept_out else ():
            if window.isVisible():
                handle = int(window.winId())
                self._left_out.add(handle)
                ask_windows(handle, LEFT_OUT)


def ask_windows(handle: int, wanted: int) -> None:
    """Ask for it; an older Windows makes the window black where it cannot leave it out."""
    libraries: Any = getattr(ctypes, "windll", None)
    if libraries is None:
        return
    ask = libraries.user32.SetWindowDisplayAffinity
    if not ask(ctypes.c_void_p(handle), ctypes.c_uint32(wanted)) and wanted == LEFT_OUT:
        ask(ctypes.c_void_p(handle), ctypes.c_uint32(BLACK))
