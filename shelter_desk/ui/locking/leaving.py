"""One lock, from the cover to the closed file.

What is shown from the first moment of a lock until the unlock screen is there: nothing.

Closes whatever of the program stands beside its window: dialogs, menus, calendars, lists of fields, tool tips.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDrag, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import collector, tasks
from shelter_desk.ui.backing_up import before_leaving
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.forms.drafting import Unsaved
from shelter_desk.ui.locking import asked
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column

if TYPE_CHECKING:
    from shelter_desk.ui.window import Window


MOST_POPUPS = 20  # one popup opens the next at most a few times


def close_all_but(window: QWidget) -> None:
    """Close them at once, as if they were given up; a choice of file or printer that the system shows, too."""
    if asked.is_dragging():
        QDrag.cancel()
    for _ in range(MOST_POPUPS):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()
    for beside in QApplication.topLevelWidgets():
        if beside is window or beside.isHidden():
            continue
        if isinstance(beside, QDialog):
            beside.reject()
        else:
            beside.close()
        if beside.isVisible():  # it would not go
            beside.hide()


class LockCover(QWidget):
    """A blank page; it says why it stays where a job must end first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setProperty("ring", "none")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.why = Label(words.text("Locked. The work under way is being ended."), ink="ink2")
        self.why.hide()
        in_column((self.why, 0, Qt.AlignmentFlag.AlignCenter), within=self, margins=None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing is taken in."""
        event.accept()


AGAIN_MS = 20


class LockSequence(QObject):
    """Waits for what cannot be cut, then forgets everything.

    A page is not deleted while a line of it waits for a dialog, though the dialog is closed by now. The file is not
    closed while a job has it: a job that can be stopped is stopped at its next step, one that cannot ends whole, one
    that did not begin never does. Then the drafts are kept and the desk is handed over to be backed up and closed.
    Nothing here asks anything, and no refusal of the disk keeps the desk open.

    frame: the pages, None where none was shown yet. drop_pages: deletes them; called once.
    """

    over = Signal()
    swept = Signal()
    waited = Signal()  # something must end first

    def __init__(self, desk: Desk, frame: QWidget | None, drop_pages: Callable[[], None], window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.cover = LockCover()
        self.waited.connect(self.cover.why.show)
        self._desk: Desk | None = desk
        self._frame, self._typed = frame, list[Unsaved]()
        self._drop_pages: Callable[[], None] | None = drop_pages
        self._are_pages_gone = False
        self.timer = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self.timer.timeout.connect(self.go_on)

    def begin(self) -> None:
        """Cover, close what is open, take what is typed, and go on; also where a form fails to say what is typed."""
        window = self._window
        window.addWidget(self.cover)
        window.setCurrentWidget(self.cover)
        self.cover.setFocus()
        window.setWindowTitle(words.text("Open"))
        window.repaint()
        if window.guard is not None:
            window.guard.rest()
        close_all_but(self._window)
        frame, self._frame = self._frame, None
        self._are_pages_gone = frame is None
        try:
            if frame is not None:
                frame.destroyed.connect(self._pages_gone)
                self._typed = drafting.unsaved_in(frame)
        finally:
            self.go_on()

    @Slot()
    def _pages_gone(self) -> None:
        self._are_pages_gone = True

    @Slot()
    def go_on(self) -> None:
        """Go as far as can be gone now."""
        if asked.is_open():
            close_all_but(self._window)  # one that closed may have opened the next
            self._wait()
            return
        if self._drop_pages is not None:
            drop, self._drop_pages = self._drop_pages, None
            drop()
        tasks.stop_all()
        if tasks.is_busy():
            self._wait()
            return
        self.end()

    def _wait(self) -> None:
        self.waited.emit()
        self.timer.start()

    def end(self, *, closing: bool = False) -> None:
        """Keep the drafts and hand the desk over, now: it is backed up and closed out of sight."""
        self.timer.stop()
        desk, self._desk = self._desk, None
        if desk is None:
            return
        for told in self._typed:
            drafting.write(desk, told)
        self._typed = []
        before_leaving(desk, closing=closing)
        self.over.emit()

    @Slot()
    def sweep(self) -> None:
        """Once the pages are deleted and the desk is closed, forget what they knew where it went round in circles."""
        if tasks.is_busy() or not self._are_pages_gone:
            QTimer.singleShot(AGAIN_MS, self, self.sweep)
            return
        collector.search_all()
        self.swept.emit()
        self.deleteLater()
