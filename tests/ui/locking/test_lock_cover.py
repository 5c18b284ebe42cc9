"""What a lock covers and closes, and a job that is under way when it comes."""

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.changes import Changes
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui import tasks
from shelter_desk.ui.locking import asked
from shelter_desk.ui.locking.leaving import LockCover
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.ask import answer_with, ask
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD
from tests.ui.locking.locking_scene import desk_of, folder, is_locked, residents_page, window
from tests.ui.window.windows import settle, wait_for

__all__ = ["folder", "window"]


# What is covered and closed ------------------------------------------------------------------------------------------


class Order(QObject):
    """Remembers what is painted and hidden, in order."""

    def __init__(self, beside: QWidget) -> None:
        super().__init__()
        self._beside = beside
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, LockCover) and event.type() == QEvent.Type.Paint:
            self.seen.append("covered")
        if watched is self._beside and event.type() == QEvent.Type.Hide:
            self.seen.append("closed")
        return False


def test_the_cover_is_painted_before_a_dialog_is_closed_and_the_file(window: Window) -> None:
    dialog = QDialog(window)
    dialog.open()
    order = Order(dialog)
    desk_of(window).database.on_commit = None
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(order)
    window.lock()
    app.removeEventFilter(order)
    assert order.seen[:2] == ["covered", "closed"]


def test_a_question_is_closed_unanswered_and_its_page_outlives_it(qtbot: QtBot, window: Window) -> None:
    answer_with(None)  # shown, and closed by the lock
    page = residents_page(window)
    there: list[bool] = []

    def lock() -> None:
        window.lock()
        there.append(window.frame is not None)

    QTimer.singleShot(0, window, lock)
    answer = ask(page, "Annuler le séjour ?", "Rien n’est effacé.", "Annuler le séjour")
    still_there = window.frame is not None
    wait_for(qtbot, lambda: is_locked(window))
    assert (answer, there, still_there, asked.is_open()) == (None, [True], True, False)


def test_a_choice_of_file_is_closed(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    page = residents_page(window)
    QTimer.singleShot(50, window, window.lock)
    chosen = files.choose_folder(page, "Fichier de la sauvegarde")
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, on=False)
    wait_for(qtbot, lambda: is_locked(window))
    assert chosen is None


def test_a_question_that_follows_another_is_closed_too(qtbot: QtBot, window: Window) -> None:
    answer_with(None)  # shown, and closed by the lock
    page = residents_page(window)
    QTimer.singleShot(0, window, window.lock)
    answers = [ask(page, "Un ?", "…", "Oui"), ask(page, "Deux ?", "…", "Oui")]
    wait_for(qtbot, lambda: is_locked(window))
    assert answers == [None, None]


@pytest.mark.parametrize("how", ["lock", "neutral"])
def test_nothing_of_the_program_is_left_open_beside_its_window(qtbot: QtBot, window: Window, how: str) -> None:
    page = residents_page(window)
    page.admit(None)
    page.admission.arrival.day.open_calendar()
    dialog = QDialog()
    dialog.show()
    menu = QMenu()
    menu.addAction("…")
    menu.popup(QPoint(20, 20))
    completer = page.admission.person.country.combo
    completer.showPopup()
    if how == "lock":
        window.lock()
    else:
        window.show_neutral()
    left = [type(one).__name__ for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
    assert (left, QApplication.activePopupWidget()) == ([], None)


def test_the_title_says_nothing_while_the_neutral_screen_is_there(window: Window) -> None:
    residents_page(window)
    window.show_neutral()
    assert window.windowTitle() == "Fournitures de bureau"


# A job under way -----------------------------------------------------------------------------------------------------


def nothing(_value: object) -> None:
    """Not called in these tests."""


def long_job() -> Event:
    """A job that has begun and ends when the answer is set."""
    begun, goes_on = Event(), Event()

    def job() -> None:
        begun.set()
        goes_on.wait(20)

    tasks.run(job, nothing, nothing)
    begun.wait(20)
    return goes_on


def test_a_lock_covers_while_a_job_goes_on_and_closes_the_file_after_it(qtbot: QtBot, window: Window) -> None:
    desk, begun, goes_on, ended = desk_of(window), Event(), Event(), []

    def job() -> None:
        with desk.writing("test", Changes()) as writing:
            begun.set()
            goes_on.wait(20)
            writing.subject = "whole"
        ended.append("whole")

    tasks.run(job, nothing, nothing)
    begun.wait(20)
    window.lock()
    assert isinstance(window.currentWidget(), LockCover)
    assert (window.desk, window.frame, window.unlock) == (None, None, None)
    goes_on.set()
    wait_for(qtbot, lambda: is_locked(window))
    settle(qtbot)
    assert ended == ["whole"]
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again, again.reading() as connection:
        last = connection.exec_driver_sql("SELECT subject FROM journal WHERE action = 'test'").scalar_one()
    assert last == "whole"


def test_all_is_settled_once_a_lock_that_waited_for_a_job_is_over(qtbot: QtBot, window: Window) -> None:
    desk, goes_on = desk_of(window), long_job()
    window.lock()
    assert window._leaving is not None
    window._leaving.timer.start(300)  # it looks again long after the job
    goes_on.set()
    settle(qtbot)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert again.user_name == "Agent A"


def test_the_cover_says_why_it_stays(qtbot: QtBot, window: Window) -> None:
    goes_on = long_job()
    window.lock()
    cover = window.currentWidget()
    assert isinstance(cover, LockCover)
    told = cover.why.isVisible()
    goes_on.set()
    wait_for(qtbot, lambda: is_locked(window))
    assert told


def test_a_job_that_can_be_stopped_is_and_leaves_no_half_change(qtbot: QtBot, window: Window) -> None:
    desk, begun, goes_on = desk_of(window), Event(), Event()

    def job(report: Callable[[str, int, int], None]) -> None:
        with desk.writing("test", Changes()):
            begun.set()
            goes_on.wait(20)
            report("half", 1, 2)

    met: list[object] = []
    tasks.run(job, met.append, met.append, nothing_of_progress)
    begun.wait(20)
    window.lock()
    goes_on.set()
    wait_for(qtbot, lambda: is_locked(window))
    settle(qtbot)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again, again.reading() as connection:
        stored = connection.exec_driver_sql("SELECT count(*) FROM journal WHERE action = 'test'").scalar_one()
    assert (stored, met) == (0, [])


def nothing_of_progress(_step: str, _done: int, _total: int) -> None:
    """Not looked at."""


def test_a_job_that_waits_never_begins(qtbot: QtBot, window: Window) -> None:
    goes_on, begun = long_job(), []
    tasks.run(lambda: begun.append(1), nothing, nothing)
    window.lock()
    goes_on.set()
    wait_for(qtbot, lambda: is_locked(window))
    assert begun == []


def test_the_window_closes_in_the_middle_of_a_lock(qtbot: QtBot, window: Window) -> None:
    desk, goes_on = desk_of(window), long_job()
    window.lock()
    goes_on.set()
    window.close()
    settle(qtbot)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert again.user_name == "Agent A"
