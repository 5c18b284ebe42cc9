"""Garbage is searched for on the window's thread alone."""

import gc
import threading

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.ui import collector, tasks


class Knot(QWidget):
    """A widget that is only garbage once somebody searches."""

    def __init__(self, deleted_on: list[int]) -> None:
        super().__init__()
        self.itself = self
        self.deleted_on = deleted_on

    def __del__(self) -> None:
        self.deleted_on.append(threading.get_ident())


def make_garbage() -> list[object]:
    kept: list[object] = []
    for _ in range(200_000):
        kept.append([kept])
    return kept


def test_a_job_deletes_no_widget_on_its_thread(qtbot: QtBot) -> None:
    collector.start()
    deleted_on: list[int] = []
    Knot(deleted_on)
    done: list[object] = []
    tasks.run(lambda: len(make_garbage()), done.append, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    gc.collect()
    assert deleted_on == [threading.get_ident()]


def test_what_is_garbage_goes_after_a_while(qtbot: QtBot) -> None:
    collector.start()
    deleted_on: list[int] = []
    Knot(deleted_on)
    make_garbage()
    qtbot.waitUntil(lambda: bool(deleted_on), timeout=20_000)


def test_it_is_started_once(qtbot: QtBot) -> None:
    collector.start()
    collector.start()
    app = QCoreApplication.instance()
    assert app is not None
    assert (len(app.findChildren(collector.Collector)), gc.isenabled()) == (1, False)
