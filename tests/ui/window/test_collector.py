"""Garbage is searched for on the window's thread alone."""

import gc
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.system import collecting
from shelter_desk.ui import collector, tasks
from tests import quick


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


@pytest.fixture
def really_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the program keeps is left out of the search, as it is outside of tests."""
    monkeypatch.setattr(gc, "freeze", quick.freeze)
    monkeypatch.setattr(gc, "unfreeze", quick.unfreeze)
    yield
    monkeypatch.undo()
    quick.leave_alone_what_stays()


@pytest.mark.usefixtures("really_kept")
def test_what_was_kept_is_searched_again_when_all_is(qtbot: QtBot) -> None:
    deleted_on: list[int] = []
    Knot(deleted_on)
    collector.keep()
    gc.collect()
    kept = list(deleted_on)
    collector.search_all()
    assert (kept, len(deleted_on)) == ([], 1)


def test_old_objects_are_searched_where_python_would_and_then_set_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []
    kept: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda generation=2: searched.append(generation))
    monkeypatch.setattr(gc, "freeze", lambda: kept.append(1))
    monkeypatch.setattr(gc, "get_count", lambda: (10**6, 10**6, gc.get_threshold()[2]))
    collector.search_old()
    too_early = (list(searched), list(kept))
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, gc.get_threshold()[2] + 1))
    collector.search_old()
    assert (too_early, searched, kept) == (([], []), [2], [1])


def test_while_somebody_works_only_the_young_are_searched_in_parts(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    one = collector.Collector(app)
    searched: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda generation=2: searched.append(generation))
    for young in (100, 15_000, 15_000, 15_000):
        monkeypatch.setattr(gc, "get_count", lambda young=young: (young, 10**6, 10**6))
        one.refresh()
    shiboken6.delete(one)
    assert searched == [0, 1, 0]


def test_nothing_is_searched_while_a_job_makes_masses(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    one = collector.Collector(app)
    searched: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda generation=2: searched.append(generation))
    monkeypatch.setattr(gc, "get_count", lambda: (10**6, 10**6, 10**6))
    with collecting.held_back():
        one.refresh()
        collector.search_old()
        meanwhile = list(searched)
    one.refresh()
    shiboken6.delete(one)
    assert (meanwhile, searched) == ([], [1])


def test_it_is_started_once(qtbot: QtBot) -> None:
    collector.start()
    collector.start()
    app = QCoreApplication.instance()
    assert app is not None
    assert (len(app.findChildren(collector.Collector)), gc.isenabled()) == (1, False)
