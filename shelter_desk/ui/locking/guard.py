"""Everything that watches over an open shelter: idle time, the session of the system, copied names."""

import time
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import collector
from shelter_desk.ui.locking.captures import Captures
from shelter_desk.ui.locking.clipboard import NamesOnClipboard
from shelter_desk.ui.locking.session import SessionWatch

TICK_MS = 5_000
USUAL_MINUTES = 5


class Idle(QObject):
    """Watches the windows of the program, popups and dialogs too; only what reaches a window passes here, so that
    painting a page of hundreds of widgets costs nothing.

    One timer looks every five seconds: for new windows, and for the last touch. It looks at the clock of the computer
    too, which goes on while the machine sleeps: a look that comes later than the limit means that it slept, whether
    the system tells so or not.
    """

    passed = Signal()
    rested = Signal()  # nobody touched anything since the last look
    lock_wanted = Signal()
    neutral_wanted = Signal()

    TOUCHES: ClassVar = frozenset(
        {
            QEvent.Type.ShortcutOverride,  # a key that is a shortcut comes as nothing else
            QEvent.Type.KeyPress,
            QEvent.Type.KeyRelease,
            QEvent.Type.InputMethod,
            QEvent.Type.MouseMove,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonDblClick,
            QEvent.Type.Wheel,
            QEvent.Type.NativeGesture,
            QEvent.Type.TouchBegin,
            QEvent.Type.TouchUpdate,
            QEvent.Type.TouchEnd,
            QEvent.Type.TabletMove,
            QEvent.Type.TabletPress,
        }
    )

    def __init__(self, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self.minutes = USUAL_MINUTES
        self._touched = 0.0
        self._looked = 0.0
        self._watched: list[QWindow] = []
        self.timer = QTimer(self, interval=TICK_MS)
        self.timer.timeout.connect(self.refresh)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch_all)

    def begin(self) -> None:
        """Somebody is at the desk from now on."""
        self._touched, self._looked = time.monotonic(), time.time()
        self.timer.start()
        self._watch_all()

    def rest(self) -> None:
        """Nobody is any more."""
        self.timer.stop()
        for window in self._watched:
            if isValid(window):
                window.removeEventFilter(self)
        self._watched = []

    @Slot()
    def refresh(self) -> None:
        """Whether the limit is reached."""
        limit = self.minutes * 60
        slept, self._looked = time.time() - self._looked, time.time()
        untouched = time.monotonic() - self._touched
        if max(untouched, slept) >= limit:
            self.rest()
            self.passed.emit()
            return
        if untouched * 1000 >= TICK_MS:
            self.rested.emit()
        self._watch_all()

    @Slot()
    def _watch_all(self) -> None:
        if not self.timer.isActive():
            return
        there = QGuiApplication.topLevelWindows()
        for window in there:
            if not any(window is one for one in self._watched):
                window.installEventFilter(self)
        self._watched = there

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Remember the touch. In another window, a dialog or a menu the keys of the window are asleep: they are heard
        here.
        """
        if event.type() in self.TOUCHES:
            self._touched = time.monotonic()
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                return self._heard(event)
        return False

    def _heard(self, event: QKeyEvent) -> bool:
        is_elsewhere = QApplication.activeWindow() not in (None, self._window)
        if not (is_elsewhere or QApplication.activeModalWidget() or QApplication.activePopupWidget()):
            return False
        wanted = None
        if event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            wanted = self.lock_wanted
        elif event.key() == Qt.Key.Key_F9 and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            wanted = self.neutral_wanted
        if wanted is None:
            return False
        QTimer.singleShot(0, self, wanted.emit)  # once the window has done with this key
        return True


AFTER_PAINT_MS = 500


class Guard(QObject):
    """Says when to lock and when to cover, from `begin` to `rest`."""

    lock_wanted = Signal()
    neutral_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.idle = Idle(window, self)
        self.session = SessionWatch(window)
        self.names = NamesOnClipboard(self)
        self.captures = Captures(self)
        self.idle.timer.timeout.connect(self.captures.refresh)
        self.idle.passed.connect(self.lock_wanted)
        self.idle.rested.connect(collector.search_old)
        self.idle.lock_wanted.connect(self.lock_wanted)
        self.idle.neutral_wanted.connect(self.neutral_wanted)
        self.session.left.connect(self.lock_wanted)
        QTimer.singleShot(AFTER_PAINT_MS, self.session, self.session.begin)

    def begin(self, desk: Desk) -> None:
        """Somebody is at the desk."""
        self.obey(desk)
        self.idle.begin()

    def obey(self, desk: Desk) -> None:
        """Take the settings of the shelter."""
        self.idle.minutes = settings.idle_minutes(desk)
        self.captures.obey(settings.captures_kept_out(desk))

    def rest(self) -> None:
        """Nobody is: nothing that was copied stays."""
        self.idle.rest()
        self.names.forget()
