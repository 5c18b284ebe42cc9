"""Says when the system locks its screen or goes to sleep; silent where the system does not tell.

What each system needs for it is loaded there alone, and after the first picture.
"""

import sys
from contextlib import suppress

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class SessionWatch(QObject):
    """Hears what this system tells, from `begin` on."""

    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._heard: object = None

    def begin(self) -> None:
        """Hear from now on. Called once the window is painted: what is loaded here would make the start slower."""
        if self._heard is not None:
            return
        if sys.platform == "win32":
            from shelter_desk.ui.locking import windows_messages

            self._heard = windows_messages.listen(self.left.emit)
        elif sys.platform.startswith("linux"):
            with suppress(ImportError):
                from shelter_desk.ui.locking.bus_signals import BusSignals

                signals = BusSignals(self)
                signals.left.connect(self.left)
                signals.begin()
                self._heard = signals
