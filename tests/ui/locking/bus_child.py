"""Says each time the buses tell that nobody sees the screen any more.

Called with the address of a bus, which stands for both, and which of `TOLD` is told there.
"""

import sys

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from shelter_desk.ui.locking.bus_signals import LOGIN, BusSignals

TOLD = {
    "sleeps": ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [True]),
    "wakes": ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [False]),
    "locked": ("/org/freedesktop/login1/session/_32", f"{LOGIN}.Session", "Lock", []),
    "saved": ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
    "gnome": ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
}


def main(address: str, told: str) -> int:
    """0 where it was heard, 3 where it was not."""
    app = QCoreApplication([])
    other = QDBusConnection.connectToBus(address, "other")
    other.registerService(LOGIN)
    signals = BusSignals()
    signals.left.connect(lambda: app.exit(0))
    signals.begin()
    path, interface, member, values = TOLD[told]
    message = QDBusMessage.createSignal(path, interface, member)
    message.setArguments(values)
    other.send(message)
    QTimer.singleShot(5000 if told != "wakes" else 300, lambda: app.exit(3))
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
