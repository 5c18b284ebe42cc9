"""Says when the system locks its screen or goes to sleep; silent where the system does not tell.

What a Linux desktop tells of its session on the buses: locked, screen saver on, about to sleep.

What Windows tells of its session: the screen was locked, somebody else took it, the machine goes to sleep.

Nothing of this can be tried without Windows; the numbers are those of `winuser.h` and `wtsapi32.h`.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from ctypes import wintypes
from pathlib import Path
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QWidget

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


class WindowsMessages(QAbstractNativeEventFilter):
    """Hears the messages of the window."""

    def __init__(self, left: Callable[[], None]) -> None:
        super().__init__()
        self._left = left

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Nothing is kept from the window. message: where the `MSG` lies."""
        name = kind.data() if isinstance(kind, QByteArray) else kind
        if bytes(name).startswith(b"windows"):
            told = wintypes.MSG.from_address(int(message))
            if is_leaving(told.message, told.wParam):
                self._left()
        return False, 0


def listen(window: int, left: Callable[[], None]) -> WindowsMessages:
    """Have `left` called from now on. window: its handle. The answer must be kept as long as it is to hear."""
    heard = WindowsMessages(left)
    app = QCoreApplication.instance()
    if app is not None:
        app.installNativeEventFilter(heard)
    libraries: Any = getattr(ctypes, "windll", None)
    if libraries is not None:  # for the messages of the session; those of the power come anyway
        libraries.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(window), FOR_THIS_SESSION)
    return heard


LOGIN = "org.freedesktop.login1"
SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.mate.ScreenSaver", "org.cinnamon.ScreenSaver")

# texts, though the stubs of Qt ask for bytes, which it refuses
_TURNED: Any = SLOT("_turned(bool)")
_LOCKED: Any = SLOT("_locked()")


class BusSignals(QObject):
    """Hears them from whoever says them; where there is no bus, it stays silent.

    The lock of a session is heard of every session of the machine: whose it is, is not asked, since locking once too
    often harms nobody.
    """

    left = Signal()

    def begin(self) -> None:
        """Hear from now on."""
        system = QDBusConnection.systemBus()
        if system.isConnected():
            manager = f"{LOGIN}.Manager"
            system.connect(LOGIN, "", manager, "PrepareForSleep", self, _TURNED)
            system.connect(LOGIN, "", f"{LOGIN}.Session", "Lock", self, _LOCKED)
        runtime = os.environ.get("XDG_RUNTIME_DIR")
        has_bus = "DBUS_SESSION_BUS_ADDRESS" in os.environ or (runtime is not None and (Path(runtime) / "bus").exists())
        if has_bus and QDBusConnection.sessionBus().isConnected():  # asking where there is none would start one
            for saver in SAVERS:
                QDBusConnection.sessionBus().connect("", "", saver, "ActiveChanged", self, _TURNED)

    @Slot(bool)
    def _turned(self, on: bool) -> None:
        if on:
            self.left.emit()

    @Slot()
    def _locked(self) -> None:
        self.left.emit()


class SessionWatch(QObject):
    """Hears what this system tells, from `begin` on."""

    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._heard: object = None

    def begin(self) -> None:
        """Hear from now on. Called once the window is painted: what is loaded here would make the start slower."""
        if self._heard is not None:
            return
        if sys.platform == "win32":
            self._heard = listen(int(self._window.winId()), self.left.emit)
        elif sys.platform.startswith("linux"):
            with suppress(ImportError):
                signals = BusSignals(self)
                signals.left.connect(self.left)
                signals.begin()
                self._heard = signals
