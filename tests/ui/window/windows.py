"""Windows to try, with a small shelter and pages that only remember what was asked of them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.changes import Changes
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import folders
from shelter_desk.ui import page_registry, tasks
from shelter_desk.ui.locking.leaving import LockSequence
from shelter_desk.ui.next_turn import is_later
from shelter_desk.ui.page import Page
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, open_small_shelter

_TURNS, _MOST_TURNS = 5, 500


class StandIn(Page):
    """A page that remembers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.looks = 0
        self.heard: list[Changes] = []
        self.records: list[int] = []
        self.shown_beds: list[int] = []
        self.spots: list[object] = []

    def refresh(self) -> None:
        self.looks += 1

    def changed(self, changes: Changes) -> None:
        self.heard.append(changes)
        super().changed(changes)

    def show_record(self, person: int) -> None:
        self.records.append(person)

    def admit(self, spot: object) -> None:
        self.spots.append(spot)

    def show_bed(self, bed: int) -> None:
        self.shown_beds.append(bed)


def pretend_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand-ins for the pages that have tests of their own."""
    for name in ("_beds", "_residents", "_assistance", "_equipment", "_stock", "_reports", "_intake"):
        monkeypatch.setattr(page_registry, name, lambda _desk: StandIn)


def keep_preferences_in(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Language and theme are kept there, not in the home of whoever runs the tests."""
    monkeypatch.setattr(folders, "remembered", lambda name: folder / name)


def make_shelter(folder: Path) -> None:
    """The small shelter, closed."""
    open_small_shelter(folder).close()


def show(qtbot: QtBot, folder: Path, user: str = "") -> Window:
    """A window on that folder, closed at the end of the test, and held until then as `main` holds it."""
    made = Window(folder, user)
    qtbot.addWidget(made, before_close_func=lambda _: made.hide())
    show_active(qtbot, made)
    settle(qtbot)
    return made


def unlock(qtbot: QtBot, window: Window, folder: Path, name: str = "Agent A", password: str = PASSWORD) -> None:
    """Somebody enters the shelter of that folder, once the desk of before is backed up and closed."""
    wait_for(qtbot, lambda: window._leaving is None)  # a job that is under way ends first
    settle(qtbot)
    window._folder = folder
    window.open(unlocking.unlock(folder, name, password))


def show_active(qtbot: QtBot, widget: QWidget) -> None:
    """Show it and give it the keys."""
    widget.show()
    widget.activateWindow()
    wait_for(qtbot, widget.isActiveWindow)


def settle(qtbot: QtBot) -> None:
    """Until no job runs, no lock waits for one and what was put off is done, a job that begins so among it."""
    while True:
        qtbot.waitUntil(lambda: not _is_at_work(), timeout=20_000)
        take_turns()
        if not _is_at_work():
            return


def _is_at_work() -> bool:
    windows = QApplication.topLevelWidgets()
    locks = (one for window in windows for one in window.findChildren(LockSequence))
    return tasks.is_busy() or any(one.timer.isActive() for one in locks)


def take_turns() -> None:
    """What is done in the next turn of the loop, and in those after it, rows made a few at a time among it."""
    for turn in range(_MOST_TURNS):
        QApplication.processEvents()
        if turn >= _TURNS and not _goes_on():
            return


def _goes_on() -> bool:
    windows = QApplication.topLevelWidgets()
    timers = (one for window in windows for one in window.findChildren(QTimer))
    return is_later() or any(one.isActive() and not one.interval() for one in timers)


@contextmanager
def worker_held() -> Iterator[None]:
    """Another job goes on inside: whatever is asked for beside the window waits behind it."""
    gate = threading.Event()
    tasks.run(lambda: gate.wait(20), tasks.nobody, tasks.nobody)
    try:
        yield
    finally:
        gate.set()


def focused() -> QWidget:
    """What the keys go to."""
    found = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert found is not None
    return found


def type_in(qtbot: QtBot, *parts: str | Qt.Key) -> None:
    """Type texts and keys into whatever has the focus."""
    for part in parts:
        if isinstance(part, Qt.Key):
            qtbot.keyClick(focused(), part)
        elif part.isascii():
            qtbot.keyClicks(focused(), part)
        else:
            _type_accents(part)


def _type_accents(text: str) -> None:
    """As a French keyboard does without Shift; `keyClicks` ends the program at a small letter with an accent."""
    for letter in text:
        key = Qt.Key(ord(letter.upper()))  # the keys of Latin letters are numbered by their capitals
        QTest.sendKeyEvent(QTest.KeyAction.Click, focused(), key, letter, Qt.KeyboardModifier.NoModifier)


def wait_for(qtbot: QtBot, true: Callable[[], bool]) -> None:
    """Until that is true."""
    qtbot.waitUntil(true, timeout=20_000)
