"""What a fresh process measures of the window, printed as JSON: `python -m tests.benchmarks.eye.in_process WHAT …`.

`openings`: milliseconds of the first and the second opening of each page, what it computes by the side left out.
`keystrokes`: milliseconds of each key typed into each field, from when it was to be pressed until it was painted.
`day`: the longest time that the thread of the window stood still in a day of work, and each longer than 50 ms.
Nothing of what makes the shelter is loaded here.
"""

import gc
import json
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from shelter_desk import words
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui import tasks
from shelter_desk.ui.locking import renewal
from shelter_desk.ui.window import Window
from tests.benchmarks import window

PACE_MS = 120  # from one key to the next: somebody who types fast
LETTERS = (Qt.Key.Key_A, Qt.Key.Key_M, Qt.Key.Key_I)
STILL_MS = 50
REST_MS = 1500  # until what begins by itself after the opening is over


def entered(folder: Path, user: str, password: str) -> Window:
    """The window with somebody at the desk, as after a lock, its first page painted."""
    shown = Window(folder)
    renewal.prepare()
    window.paint(shown)
    shown.open(unlocking.unlock(folder, user, password))
    window.paint(shown)
    rest(REST_MS)
    return shown


def rest(milliseconds: int = 0) -> None:
    """Let that much time pass, and whatever is under way end."""
    QTest.qWait(milliseconds)
    while tasks.is_busy():
        QTest.qWait(5)
    window.settle()


def openings(shown: Window) -> dict[str, tuple[float, float]]:
    assert shown.frame is not None
    first = shown.frame.page_key
    found = {}
    for key in [key for key, _ in shown.frame.places() if "/" not in key and key != first]:
        took = []
        for _ in range(2):
            rest()
            gc.collect()
            begun = perf_counter()
            shown.frame.open(key)
            window.settle()
            shown.repaint()
            took.append((perf_counter() - begun) * 1000)
            shown.frame.open(first)
        found[key] = (took[0], took[1])
    return found


def keystrokes(shown: Window) -> dict[str, list[float]]:
    assert shown.frame is not None
    found: dict[str, list[float]] = {}
    for place, _ in shown.frame.places():
        shown.frame.open_part(place)
        rest()
        for field in fields(shown):
            name = f"{place}: {field.accessibleName() or type(field).__name__}"
            if name not in found and field.isVisible():
                found[name] = typed(field)
                rest()
    return found


def fields(shown: QWidget) -> list[QWidget]:
    """What takes letters and is on the screen."""
    every: list[QWidget] = [*shown.findChildren(QPlainTextEdit), *shown.findChildren(QTextEdit)]
    for line in shown.findChildren(QLineEdit):
        around = line.parentWidget()
        every.append(around if isinstance(around, QComboBox) else line)
    reads = [one for one in every if not (hasattr(one, "isReadOnly") and one.isReadOnly())]
    return [one for one in reads if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus]


def typed(field: QWidget) -> list[float]:
    """A few letters at a pace, and away again; a key that comes late because something else runs counts from when it
    was to come.
    """
    field.setFocus(Qt.FocusReason.TabFocusReason)
    rest(PACE_MS)
    took: list[float] = []
    loop = QEventLoop()
    keys = [*LETTERS, *(Qt.Key.Key_Backspace for _ in LETTERS)]
    begun = perf_counter() + PACE_MS / 1000

    def press() -> None:
        due = begun + len(took) * PACE_MS / 1000
        at = QApplication.focusWidget() or field
        QTest.keyClick(at, keys[len(took)])
        window.settle()
        took.append((perf_counter() - due) * 1000)
        if len(took) == len(keys):
            loop.quit()
        else:
            wait()

    def wait() -> None:
        due = begun + len(took) * PACE_MS / 1000
        timer.start(max(0, round((due - perf_counter()) * 1000)))

    timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(press)
    wait()
    loop.exec()
    return took


def day(shown: Window) -> dict[str, object]:
    from tests.benchmarks.eye import day_of_work
    from tests.benchmarks.eye.watchdog import Watchdog

    watchdog = Watchdog(STILL_MS)
    with ExitStack() as stack:
        stack.enter_context(watchdog.watching())
        keys = day_of_work.play(shown, watchdog)
    stops = [(one.milliseconds, one.worked, one.during, one.who) for one in watchdog.stops]
    return {"longest": watchdog.longest, "keys": keys, "stops": stops}


def main() -> None:
    """Print what was asked for."""
    app = window.application()
    words.use("fr")
    what, folder, *who = sys.argv[1:]
    shown = entered(Path(folder), *who)
    sys.stdout.write(f"{json.dumps(globals()[what](shown))}\n")
    sys.stdout.flush()
    with suppress(AttributeError):
        shown.desk.close()  # type: ignore[union-attr]
    app.quit()


if __name__ == "__main__":
    main()
