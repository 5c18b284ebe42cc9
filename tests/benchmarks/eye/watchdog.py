"""Tells when the thread of the window stood still, for how long, and who held it."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, thread_time
from types import FrameType

from PySide6.QtCore import QTimer

BEAT_MS = 5
LOOKS = 0.003  # seconds between two looks at a thread that stands still
OURS = "shelter_desk."


@dataclass(frozen=True, slots=True)
class Stop:
    """One time that the thread stood still. who: the functions of the program in which it was seen most often.

    worked: milliseconds of it that the processor gave to the thread; the others went to whatever else the machine did.
    """

    milliseconds: float
    worked: float
    during: str
    who: str


class Watchdog:
    """The thread of the window beats while it waits; an alarm looks where it is when it does not (not on Windows)."""

    def __init__(self, most_ms: float) -> None:
        self.most_ms = most_ms
        self.during = ""  # what somebody at the keys does now
        self.stops: list[Stop] = []
        self.longest = 0.0
        self._beaten, self._worked = perf_counter(), thread_time()
        self._seen: Counter[str] = Counter()

    def beat(self) -> None:
        """The thread goes on: what it did since the last time is over."""
        worked, took = (thread_time() - self._worked) * 1000, (perf_counter() - self._beaten) * 1000
        seen, self._seen = self._seen, Counter()  # at once: the alarm may look while these are counted
        self.longest = max(self.longest, took)
        if took > self.most_ms:
            who = seen.most_common(1)
            self.stops.append(Stop(took, worked, self.during, who[0][0] if who else "?"))
        signal.setitimer(signal.ITIMER_REAL, self.most_ms / 3000, LOOKS)
        self._beaten, self._worked = perf_counter(), thread_time()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look while the block runs."""
        timer = QTimer(interval=BEAT_MS)
        timer.timeout.connect(self.beat)
        before = signal.signal(signal.SIGALRM, self._look)
        timer.start()
        self._beaten, self._worked = perf_counter(), thread_time()
        try:
            yield
        finally:
            timer.stop()
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        self._seen[_place(frame)] += 1


def _place(frame: FrameType | None) -> str:
    """The two innermost functions of the program, the outer one first."""
    found: list[str] = []
    while frame is not None and len(found) < 2:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(OURS):
            found.append(f"{module.removeprefix(OURS)}.{frame.f_code.co_name}")
        frame = frame.f_back
    return " > ".join(reversed(found)) or "outside the program"
