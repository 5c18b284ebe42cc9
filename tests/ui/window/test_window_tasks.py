"""Long work beside the window, and the crash window."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelter_desk.domain.errors import DiskFull, ShelterDeskError
from shelter_desk.ui import tasks
from shelter_desk.ui.errors import Crashes, CrashWindow
from tests.conftest import end_jobs
from tests.ui.window.windows import settle


def nothing(_value: object) -> None:
    """Not called in these tests."""


def test_a_job_runs_beside_the_window_and_ends_in_it(qtbot: QtBot) -> None:
    threads: list[bool] = []

    def done(off_the_window: object) -> None:
        threads.extend((bool(off_the_window), current_thread() is main_thread()))

    tasks.run(lambda: current_thread() is not main_thread(), done, nothing)
    settle(qtbot)
    assert threads == [True, True]


def test_a_named_error_of_a_job_is_handed_over(qtbot: QtBot) -> None:
    met: list[ShelterDeskError] = []

    def job() -> None:
        raise DiskFull("x")

    tasks.run(job, nothing, met.append)
    settle(qtbot)
    assert [type(error) for error in met] == [DiskFull]


def test_a_bug_in_a_job_reaches_the_crash_window(qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        tasks.run(lambda: 1 // 0, nothing, nothing)
        settle(qtbot)
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_jobs_run_one_after_the_other(qtbot: QtBot) -> None:
    order: list[object] = []
    for number in range(5):
        tasks.run(lambda number=number: number, order.append, nothing)
    settle(qtbot)
    assert order == [0, 1, 2, 3, 4]


def test_a_job_reports_its_progress(qtbot: QtBot) -> None:
    seen: list[tuple[str, int, int]] = []

    def job(report: Callable[[str, int, int], None]) -> None:
        report("half", 1, 2)

    tasks.run(job, nothing, nothing, lambda *step: seen.append(step))
    settle(qtbot)
    assert seen == [("half", 1, 2)]


def test_a_stopped_job_ends_at_its_next_report(qtbot: QtBot) -> None:
    met: list[ShelterDeskError] = []

    asked = Event()

    def job(report: Callable[[str, int, int], None]) -> None:
        asked.wait(10)
        report("next", 1, 2)

    task = tasks.run(job, nothing, met.append, lambda *_: None)
    task.stop()
    asked.set()
    settle(qtbot)
    assert [type(error) for error in met] == [tasks.Stopped]


def test_the_outcome_for_a_page_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    heard: list[object] = []

    class Gone(QObject):
        def done(self, value: object) -> None:
            heard.append(value)

    page = Gone()
    tasks.run(lambda: 1, page.done, nothing)
    delete(page)
    settle(qtbot)
    assert heard == []


def test_the_crash_window_copies_its_trace(qtbot: QtBot) -> None:
    crash = CrashWindow("ValueError\n  ui/page.py:12 look", Path("shelter-desk.log"))
    qtbot.addWidget(crash)
    crash.copy_button.click()
    assert "ui/page.py:12 look" in QGuiApplication.clipboard().text()


def test_a_crash_shows_no_value(qtbot: QtBot) -> None:
    crashes = Crashes(None)
    try:
        raise ValueError("Aminata")
    except ValueError as error:
        crashes.meet(error)
    assert crashes.shown is not None
    told = crashes.shown.trace.toPlainText()
    crashes.shown.close()
    assert ("ValueError" in told, "Aminata" in told) == (True, False)


@pytest.mark.parametrize("times", [3])
def test_one_crash_window_at_a_time(qtbot: QtBot, times: int) -> None:
    crashes = Crashes(None)
    windows = []
    for _ in range(times):
        crashes.meet(ValueError())
        windows.append(crashes.shown)
    assert windows[0] is not None
    assert windows == [windows[0]] * times
    windows[0].close()


def test_an_error_that_is_explained_opens_no_crash_window(qtbot: QtBot) -> None:
    told: list[BaseException] = []

    def explain(error: BaseException) -> bool:
        told.append(error)
        return True

    crashes, error = Crashes(None, explain=explain), ValueError()
    crashes.meet(error)
    assert (told, crashes.shown) == ([error], None)


def test_what_somebody_waits_for_comes_back_while_the_window_goes_on(qtbot: QtBot) -> None:
    beats: list[bool] = []
    is_under_way = Event()
    beat = QTimer(interval=1)
    beat.timeout.connect(lambda: beats.append(is_under_way.is_set()))
    beat.start()

    def job() -> str:
        is_under_way.set()
        time.sleep(0.1)
        is_under_way.clear()
        return f"done on {current_thread() is main_thread()}"

    assert tasks.wait_for(job) == "done on False"
    assert sum(beats) > 3
    assert not tasks.is_busy()


def test_what_is_refused_is_raised_where_it_is_waited_for(qtbot: QtBot) -> None:
    def refused() -> None:
        raise DiskFull("shelter.db")

    with pytest.raises(DiskFull):
        tasks.wait_for(refused)
    assert not tasks.is_busy()


def test_nobody_waits_behind_long_work(qtbot: QtBot) -> None:
    gate = Event()
    tasks.run(lambda: gate.wait(20), tasks.nobody, tasks.nobody)
    assert tasks.wait_for(lambda: "done") == "done"
    assert not gate.is_set()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.is_busy())


def test_a_lock_waits_for_what_somebody_waits_for(qtbot: QtBot) -> None:
    """All else that is under way is dropped as the pages go; this ends whole, and is told."""

    def job() -> str:
        time.sleep(0.1)
        return "done"

    QTimer.singleShot(20, tasks.stop_all)
    assert tasks.wait_for(job) == "done"


def test_a_job_that_a_test_leaves_ends_with_it() -> None:
    is_done = Event()

    def job() -> None:
        time.sleep(0.1)
        is_done.set()

    tasks.run(job, tasks.nobody, tasks.nobody)
    end_jobs()
    assert is_done.is_set()
