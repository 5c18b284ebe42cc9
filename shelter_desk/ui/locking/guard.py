"""Everything that watches over an open shelter: idle time, the session of the system, copied names."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.locking.clipboard import NamesOnClipboard
from shelter_desk.ui.locking.idle import Idle
from shelter_desk.ui.locking.session import SessionWatch

AFTER_PAINT_MS = 500


class Guard(QObject):
    """Says when to lock and when to cover, from `begin` to `rest`."""

    lock_wanted = Signal()
    neutral_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.idle = Idle(self)
        self.session = SessionWatch(window)
        self.names = NamesOnClipboard(self)
        self.idle.passed.connect(self.lock_wanted)
        self.idle.lock_wanted.connect(self.lock_wanted)
        self.idle.neutral_wanted.connect(self.neutral_wanted)
        self.session.left.connect(self.lock_wanted)
        QTimer.singleShot(AFTER_PAINT_MS, self.session, self.session.begin)

    def begin(self, desk: Desk) -> None:
        """Somebody is at the desk."""
        self.obey(desk)
        self.idle.begin()

    def obey(self, desk: Desk) -> None:
        """Take the setting of the shelter."""
        self.idle.minutes = settings.idle_minutes(desk)

    def rest(self) -> None:
        """Nobody is: nothing that was copied stays."""
        self.idle.rest()
        self.names.forget()
