"""After a lock the window goes on in a new process: what was open before stays in no memory (decision 008).

The new one makes its window ready without showing it, says so, and waits for a word. Where somebody is typing by then,
or has opened the shelter again, it is sent away, and the next lock tries again.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, get_args

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from shelter_desk.ui import window_place

if TYPE_CHECKING:
    from shelter_desk.ui.window import Window

READY, SHOWN = b"ready\n", b"shown\n"
_PACKAGES = Path(__file__).parents[3]
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0


class Renewal(QObject):
    """Of the process that was locked."""

    _heard = Signal(bytes)

    def __init__(self, window: "Window", program: list[str] | None = None) -> None:
        super().__init__(window)
        self._window, self._program = window, program or _program()
        self._process: subprocess.Popen[bytes] | None = None
        self._heard.connect(self._hear)
        window.forgotten.connect(self.begin)

    @Slot()
    def begin(self) -> None:
        """Start the new one. Where that cannot be, this one goes on."""
        if self._process is not None or not self._is_idle():
            return
        with suppress(OSError):
            self._process = subprocess.Popen(
                [*self._program, *self._window.asked_again()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
                creationflags=_NO_WINDOW,
            )
            Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()

    def _is_idle(self) -> bool:
        window = self._window
        return window.desk is None and window.unlock is not None and not window.unlock.is_in_use()

    def _take_keys(self, takes: bool) -> None:
        if self._window.unlock is not None:
            self._window.unlock.setEnabled(takes)

    def _listen(self, said: IO[bytes]) -> None:
        with suppress(RuntimeError):  # the window is gone
            for line in iter(said.readline, b""):
                self._heard.emit(line)
            self._heard.emit(b"")

    @Slot(bytes)
    def _hear(self, line: bytes) -> None:
        process = self._process
        if process is None or process.stdin is None:
            return
        if line == SHOWN:
            self._window.close()
            QApplication.quit()
        elif line == READY and self._is_idle():
            window_place.remember(self._window)
            _let_to_the_front(process.pid)
            call = {"minimised": self._window.isMinimized(), "behind": not self._window.isActiveWindow()}
            self._take_keys(False)  # what is typed from now on is for the other window
            with suppress(OSError):
                process.stdin.write(json.dumps(call).encode() + b"\n")
                process.stdin.flush()
        else:  # it ended, or is not wanted any more
            self._process = None
            self._take_keys(True)
            with suppress(OSError):
                process.stdin.close()
            Thread(target=process.wait, daemon=True).start()


def appear_when_called(window: "Window") -> bool:
    """In the new process: bring in what opening needs, then wait; False where the old one goes on."""
    from shelter_desk.ui import deferred_start

    prepare()
    with os.fdopen(os.dup(0), "rb") as asked, os.fdopen(os.dup(1), "wb", buffering=0) as told:
        told.write(READY)
        line = asked.readline()
        if not line:
            return False
        call = json.loads(line)
        window.appear(minimised=call["minimised"], behind=call["behind"])
        deferred_start.after(_tell_shown)
    return True


def prepare() -> None:
    """What the first opening of a process would wait for: what it loads, and what Qt makes when it is first used."""
    from shelter_desk.operations.vault import unlocking
    from shelter_desk.system import clock
    from shelter_desk.ui import page_registry  # noqa: F401
    from shelter_desk.ui.beds.head import PageHead, Strip
    from shelter_desk.ui.beds.page import BedsPage  # noqa: F401
    from shelter_desk.ui.beds.plan import BedPlan
    from shelter_desk.ui.beds.tiles import CardLook, PlacedTile
    from shelter_desk.ui.frame import frame  # noqa: F401
    from shelter_desk.ui.widgets.bed_tile import TileLook, TileState

    unlocking.prepare_whole()
    states: tuple[TileState, ...] = get_args(TileState)
    looks = {one: TileLook("1A", "7K3-QMX-E", "12", one, "F", icon="triangle") for one in states}
    tiles = tuple(PlacedTile(state, look) for state, look in looks.items())
    plan = BedPlan()
    plan.show_cards([CardLook("1", "1", "F", "1/1", "1", "ok", "circle-check", tiles)])
    for made in (plan, PageHead(clock.now().date()), Strip()):
        made.resize(1366, 768)
        made.grab()  # letters and icons are drawn once and kept
        made.deleteLater()


def _tell_shown() -> None:
    """The last word: who listened is gone then."""
    with suppress(OSError):
        os.write(1, SHOWN)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _let_to_the_front(process: int) -> None:
    """Windows lets only the process that has the focus give it to another one."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(process)


def _program() -> list[str]:
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-s", "-m", "shelter_desk"]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHELTER_DESK_")}
    return kept | {"PYTHONPATH": str(_PACKAGES)}
