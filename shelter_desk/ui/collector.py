"""Python's search for cycles, on the window's thread alone: what it finds is deleted where it is found, widgets too.

A search of everything takes 100 ms and more once pages are made, so what stays while the shelter is open is set apart
(`keep`), and searched with the rest when it is locked (`search_all`).
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

EVERY_MS = 1000


class Collector(QObject):
    """Searches when Python would have, but never on another thread and never in the middle of Qt's own work."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()

    @Slot()
    def refresh(self) -> None:
        """Search the youngest objects, or older ones with them, once there are enough of them."""
        full = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if full[0]:
            gc.collect(2 if all(full) else 1 if full[1] else 0)
        if all(full):
            keep()


def start() -> None:
    """Search on this thread alone from now on; before any other thread runs Python."""
    app = QCoreApplication.instance()
    if app is not None and app.findChild(Collector) is None:
        gc.disable()
        Collector(app)


def keep() -> None:
    """What there is now stays: no search walks over it until `search_all`. Called once a page is made."""
    gc.freeze()


def search_all() -> None:
    """Search what was kept too: the pages are gone, and what they knew is to go with them."""
    gc.unfreeze()
    gc.collect()
