"""The rows of what the eye waits for, measured in fresh processes of their own."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import shelter, start
from tests.benchmarks.harness import Limit, Pair, Subject

ROUNDS = 9
FRAME_MS = 16.7
STILL_MS = 50.0
SAID = 12  # stops that are named, the longest first


def _run(what: str, folder: Path) -> Any:
    asked = ("-m", "tests.benchmarks.eye.in_process", what, str(folder), shelter.USER, shelter.PASSWORD)
    with start.run(asked, folder) as process:
        return json.loads(process.communicate()[0].splitlines()[-1])


def _opening(place: int) -> Callable[[], "Iterator[Pair]"]:
    """place: 0 for the first opening of a page, 1 for the second."""

    def opened() -> Iterator[Pair]:
        with shelter.copied(full=True) as folder:
            seen: list[dict[str, Sequence[float]]] = []

            def slowest() -> float:
                seen.append(_run("openings", folder))
                return max(took[place] for took in seen[-1].values())

            def each(_slowest: float, bare: float) -> list[Limit]:
                took = {page: median(one[page][place] for one in seen) for page in seen[0]}
                return [
                    Limit(f"{page} {one:.0f} ms, {one / bare:.2f} of a bare window", True) for page, one in took.items()
                ]

            yield Pair(slowest, start.to_first_paint(start.BARE, folder), ROUNDS, each)

    return opened


def pressed() -> Iterator[Pair]:
    """Every field of every page and part, ten years of data."""
    with shelter.copied(full=True) as folder:
        last: dict[str, list[float]] = {}

        def slow() -> float:
            last.clear()
            last.update(_run("keystrokes", folder))
            every = sorted(one for took in last.values() for one in took)
            return every[int(len(every) * 0.99)]

        def fields(_slow: float, _frame: float) -> list[Limit]:
            count = sum(map(len, last.values()))
            worst = sorted(last, key=lambda name: -max(last[name]))[:SAID]
            said = [Limit(f"{count} keys in {len(last)} fields", count > 0)]
            return [*said, *(Limit(f"{name} {max(last[name]):.0f} ms", True) for name in worst)]

        yield Pair(slow, lambda: FRAME_MS, 3, fields)


def stood() -> Iterator[Pair]:
    """A manager's day by keyboard; the longest time between two beats of the window's thread."""
    with shelter.copied(full=True) as folder:
        last: dict[str, Any] = {}

        def longest() -> float:
            last.update(_run("day", folder))
            return float(last["longest"])

        def who(_longest: float, _still: float) -> list[Limit]:
            stops = sorted(last["stops"], reverse=True)[:SAID]
            said = f"{last['keys']} keys, {len(last['stops'])} times over {STILL_MS:.0f} ms"
            told = (f"{took:.0f} ms, {worked:.0f} at work, {part}: {name}" for took, worked, part, name in stops)
            return [Limit(said, True), *(Limit(one, True) for one in told)]

        yield Pair(longest, lambda: STILL_MS, 3, who)


def subjects() -> list[Subject]:
    """All four, in the order of the table."""
    bare = "a bare PySide6 window, fresh processes"
    once, again = contextmanager(_opening(0)), contextmanager(_opening(1))
    return [
        Subject("first opening", "the slowest page painted, ten years", bare, once, 5, 3),
        Subject("second opening", "the same page again", bare, again, 1, 0.5),
        Subject("keystroke", "painted, 99 of 100, every field, ten years", "a frame", contextmanager(pressed), 2, 1),
        Subject("day of work", "the longest stop of the window's thread", "50 ms", contextmanager(stood), None, 1),
    ]
