"""The watchdog tells a stop and who held the thread, and nothing of a thread that only waits."""

import time

from pytestqt.qtbot import QtBot

from tests.benchmarks.eye.watchdog import Watchdog


def test_a_stop_is_told_with_who_held_the_thread(qtbot: QtBot) -> None:
    made = {"__name__": "shelter_desk.made_up", "perf_counter": time.perf_counter}
    exec("def held(until):\n    while perf_counter() < until: pass", made)  # noqa: S102 - a function of the program
    watchdog = Watchdog(50)
    with watchdog.watching():
        watchdog.during = "the work"
        qtbot.wait(20)
        made["held"](time.perf_counter() + 0.15)  # type: ignore[operator]
        qtbot.wait(20)
    held = [one for one in watchdog.stops if one.who == "made_up.held"]
    assert len(held) == 1
    assert held[0].during == "the work"
    assert 150 <= held[0].milliseconds == watchdog.longest
    assert 0 < held[0].worked <= held[0].milliseconds


def test_what_the_machine_does_besides_is_no_work_of_the_thread(qtbot: QtBot) -> None:
    watchdog = Watchdog(50)
    with watchdog.watching():
        qtbot.wait(20)
        time.sleep(0.15)
        qtbot.wait(20)
    longest = max(watchdog.stops, key=lambda one: one.milliseconds)
    assert longest.worked < longest.milliseconds / 2


def test_a_thread_that_waits_is_not_held(qtbot: QtBot) -> None:
    watchdog = Watchdog(400)
    with watchdog.watching():
        qtbot.wait(100)
    assert watchdog.stops == []
