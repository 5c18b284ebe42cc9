"""What Windows tells of its session: the screen was locked, somebody else took it, the machine goes to sleep.

A window of its own that nobody sees hears it: what is sent to the others, such as every move of the mouse, does not
come through Python. Nothing of this can be tried without Windows; its numbers are of `winuser.h` and `wtsapi32.h`.
"""

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QWindow

WM_WTSSESSION_CHANGE = 0x02B1
WM_POWERBROADCAST = 0x0218
CONSOLE_DISCONNECT, REMOTE_DISCONNECT, SESSION_LOGOFF, SESSION_LOCK = 0x2, 0x4, 0x6, 0x7
SUSPEND = 0x4
FOR_THIS_SESSION = 0
_LEAVING = {
    WM_WTSSESSION_CHANGE: frozenset({CONSOLE_DISCONNECT, REMOTE_DISCONNECT, SESSION_LOGOFF, SESSION_LOCK}),
    WM_POWERBROADCAST: frozenset({SUSPEND}),
}


def is_leaving(message: int, what: int) -> bool:
    """Whether this message says that nobody sees the screen from now on. what: the word parameter of the message."""
    return what in _LEAVING.get(message, frozenset())


class WindowsMessages(QWindow):
    """Hears the messages that are sent to itself, or, as those of the power, to every window there is."""

    def __init__(self, left: Callable[[], None]) -> None:
        super().__init__()
        self._left = left

    def nativeEvent(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Nothing is kept from Qt. message: where the `MSG` lies."""
        name = kind.data() if isinstance(kind, QByteArray) else kind
        if bytes(name).startswith(b"windows"):
            told = wintypes.MSG.from_address(int(message))
            if is_leaving(told.message, told.wParam):
                self._left()
        return False, 0


def listen(left: Callable[[], None]) -> WindowsMessages:
    """Have `left` called from now on. The answer must be kept as long as it is to hear."""
    heard = WindowsMessages(left)
    heard.create()
    _register(int(heard.winId()))
    return heard


def _register(window: int) -> None:
    """Ask for the messages of the session; those of the power come anyway. window: a handle."""
    libraries: Any = getattr(ctypes, "windll", None)
    if libraries is not None:
        libraries.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(window), FOR_THIS_SESSION)
