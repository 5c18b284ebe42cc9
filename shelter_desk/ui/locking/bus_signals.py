"""What a Linux desktop tells of its session on the buses: locked, screen saver on, about to sleep."""

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

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
        session = QDBusConnection.sessionBus() if _has_session_bus() else None
        if session is not None and session.isConnected():
            for saver in SAVERS:
                session.connect("", "", saver, "ActiveChanged", self, _TURNED)

    @Slot(bool)
    def _turned(self, on: bool) -> None:
        if on:
            self.left.emit()

    @Slot()
    def _locked(self) -> None:
        self.left.emit()


def _has_session_bus() -> bool:
    """Asking for one where there is none would start one."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return "DBUS_SESSION_BUS_ADDRESS" in os.environ or (runtime is not None and (Path(runtime) / "bus").exists())
