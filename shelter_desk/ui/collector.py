"""Python's search for cycles, on the window's thread alone: what it finds is deleted where it is found, widgets too.

A search of everything takes 100 ms and more once pages are made, so what stays while the shelter is open is set apart
(`keep`), and searched with the rest when it is locked (`search_all`).
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from shelter_desk.system import collecting

EVERY_MS = 200  # what is made in a second of work may take 80 ms to walk over
_YOUNG = 20_000  # objects made since the young were searched twice: so many take 15 ms to walk over


class Collector(QObject):
    """Searches in small parts, never on another thread and never in the middle of Qt's own work."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # Objects that may have outlived one search. `gc.get_objects` would count them, and break each `tuple(...)` that
        # another thread is in the midst of.
        self._made = 0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()

    @Slot()
    def refresh(self) -> None:
        """Search the youngest objects once there are enough of them, those that outlived it once they are many."""
        young = gc.get_count()[0]
        if young > gc.get_threshold()[0] and not collecting.is_held_back():
            self._made += young
            are_many = self._made > _YOUNG
            gc.collect(1 if are_many else 0)
            if are_many:
                self._made = 0


def search_old() -> None:
    """Search the old objects too where Python would have; while nobody touches anything, as it takes 100 ms."""
    if gc.get_count()[2] > gc.get_threshold()[2] and not collecting.is_held_back():
        gc.collect()
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
