"""The start and the memory of the program in fresh processes, against a bare PySide6 window."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from tests.benchmarks import shelter
from tests.benchmarks.harness import Pair, Subject

ROOT = Path(__file__).parents[2]
# says `painted` when the first picture is on the screen; only the windows are watched: to watch the whole application
# makes Python's class of each thing that meets an event
_TELL = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

class Watch(QObject):
    done = False

    def eventFilter(self, _seen, event):
        if event.type() == QEvent.Type.Paint and not self.done:
            self.done = True
            QTimer.singleShot(0, told)
        return False

def told():
    sys.stdout.write("painted\\n")
    sys.stdout.flush()
    QTimer.singleShot(0, QApplication.quit)

run = QApplication.exec

def watched(*_):
    app = QApplication.instance()
    app.watch = Watch()
    for shown in app.topLevelWidgets():
        shown.installEventFilter(app.watch)
    return run()

QApplication.exec = watched
"""
_PROGRAM = "from shelter_desk import app\nsys.exit(app.main(['--data-dir', sys.argv[1]]))\n"
BARE = """
from PySide6.QtWidgets import QWidget
app = QApplication(sys.argv[:1])
window = QWidget()
window.resize(1366, 768)
window.show()
sys.exit(app.exec())
"""
_BARE_MEMORY = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
from tests.benchmarks.resident import resident
app = QApplication(sys.argv[:1])
window = QWidget()
window.resize(1366, 768)
window.show()
app.processEvents()
window.repaint()
print(resident())
"""


def run(command: Sequence[str], folder: Path) -> "subprocess.Popen[str]":
    # an installed program has its bytecode, as PySide6 has here; a checkout may be told not to write any
    kept = {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "XDG_STATE_HOME": str(folder.parent),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder.parent / "bytecode"),
    }
    return subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | kept,
    )


def to_first_paint(script: str, folder: Path) -> Callable[[], float]:
    def measured() -> float:
        begun = perf_counter()
        with run(("-c", _TELL + script, str(folder)), folder) as process:
            assert process.stdout is not None
            said = process.stdout.readline()
            took = (perf_counter() - begun) * 1000
        if said != "painted\n":
            raise RuntimeError("nothing was painted")
        return took

    return measured


@contextmanager
def started() -> Iterator[Pair]:
    """From the command to the first picture of the unlock screen."""
    with shelter.copied() as folder:
        yield Pair(to_first_paint(_PROGRAM, folder), to_first_paint(BARE, folder), rounds=11)


def _printed(command: Sequence[str], folder: Path) -> Callable[[], float]:
    def measured() -> float:
        with run(command, folder) as process:
            return float(process.communicate()[0].split()[-1])

    return measured


def _measured(what: str, folder: Path) -> Callable[[], float]:
    asked = ("-m", "tests.benchmarks.fresh_process", what, str(folder), shelter.USER, shelter.PASSWORD)
    return _printed(asked, folder)


@contextmanager
def opened() -> Iterator[Pair]:
    """Resident memory with the frame and its first page painted."""
    with shelter.copied() as folder:
        yield Pair(_measured("memory", folder), _printed(("-c", _BARE_MEMORY), folder), rounds=9)


@contextmanager
def unlocked() -> Iterator[Pair]:
    """The first unlock of a process, as after each lock."""
    with shelter.copied() as folder:
        yield Pair(_measured("unlock", folder), _measured("argon2", folder))


def subjects() -> list[Subject]:
    """All three; memory where the system tells it and the first page is built."""
    bare = "a bare PySide6 window"
    found = [Subject("start", "first paint of the unlock screen", f"{bare}, fresh processes", started, 1.5, 1.25)]
    if Path("/proc/self/status").exists():
        found.append(Subject("memory", "resident after unlock, ten years", bare, opened, 3, 2.3, unit="MiB"))
    argon2 = "Argon2id alone in such a process, 64 MiB, t 3, p 4"
    first = "password to page of beds painted in a process made ready as after a lock, ten years"
    found.append(Subject("first unlock", first, argon2, unlocked, 1.8, 1.4))
    return found
