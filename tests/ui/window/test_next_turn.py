"""What is done in the turn after: once, in order, and before the next key."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from time import sleep

import pytest
import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shelter_desk.ui.next_turn import NextTurn, in_steps, later, over_turns


def test_it_is_done_once_after_what_asked_for_it(qtbot: QtBot) -> None:
    done: list[str] = []
    owner = QObject()
    NextTurn(owner, lambda: done.append("then"))
    done.append("first")
    qtbot.waitUntil(lambda: len(done) > 1)
    QTest.qWait(20)
    assert done == ["first", "then"]
    assert not owner.children()


def handle_of(widget: QLineEdit):  # type: ignore[no-untyped-def]
    return widget.windowHandle()


def test_a_key_that_comes_before_finds_it_done(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.setFocus()
    seen: list[str] = []
    field.textChanged.connect(seen.append)
    NextTurn(field, lambda: field.setText("made "))
    QTest.keyClick(handle_of(field), Qt.Key.Key_A)
    QTest.qWait(20)
    assert seen == ["made ", "made a"]


def test_a_key_waits_for_every_step_that_a_step_asks_for(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.setFocus()

    def step(left: int) -> None:
        if left:
            NextTurn(field, lambda: step(left - 1))
        else:
            field.setText("made ")

    step(4)  # more than the events of one key
    QTest.keyClick(handle_of(field), Qt.Key.Key_A)
    QTest.qWait(20)
    assert field.text() == "made a"


@pytest.mark.usefixtures("qtbot")
def test_nothing_is_done_where_its_owner_is_gone() -> None:
    done: list[str] = []
    owner = QObject()
    NextTurn(owner, lambda: done.append("then"))
    shiboken6.delete(owner)
    QTest.qWait(20)
    assert done == []


class InParts(QObject):
    """Made in three steps, each of which says so."""

    def __init__(self, done: list[str], inner: bool = False) -> None:
        super().__init__()
        self._done, self._inner = done, inner
        in_steps(self, self._make())

    def _make(self) -> Iterator[None]:
        for step in ("head", "table", "foot"):
            if self._inner and step == "table":
                InParts(self._done)
            self._done.append(step)
            yield


@pytest.mark.usefixtures("qtbot")
def test_what_is_made_in_steps_is_whole_at_once() -> None:
    done: list[str] = []
    InParts(done)
    assert done == ["head", "table", "foot"]


@pytest.mark.usefixtures("qtbot")
def test_over_turns_there_is_one_step_between_two_looks_at_what_waits() -> None:
    owner, loop = QObject(), QEventLoop()  # the loop of the program, where what is posted goes before every timer
    done: list[str] = []
    beats: list[int] = []
    beat = QTimer(owner, interval=0)
    beat.timeout.connect(lambda: beats.append(len(done)))
    beat.start()
    over_turns(owner, lambda _made: loop.quit(), InParts, done)
    assert done == []
    loop.exec()
    assert done == ["head", "table", "foot"]
    assert {1, 2, 3} <= set(beats)  # never two steps from one look to the next


def test_what_is_made_within_a_step_is_whole_before_the_step_goes_on(qtbot: QtBot) -> None:
    owner = QObject()
    done: list[str] = []
    made: list[InParts] = []
    over_turns(owner, made.append, InParts, done, True)
    qtbot.waitUntil(lambda: bool(made))
    assert done == ["head", "head", "table", "foot", "table", "foot"]


def test_a_key_waits_for_all_that_is_made_over_turns(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.setFocus()
    over_turns(field, lambda _made: field.setText("made "), InParts, [])
    QTest.keyClick(handle_of(field), Qt.Key.Key_A)
    QTest.qWait(20)
    assert field.text() == "made a"


@pytest.mark.usefixtures("qtbot")
def test_what_comes_later_lets_a_timer_come_before() -> None:
    owner, loop = QObject(), QEventLoop()
    done: list[str] = []
    beat = QTimer(owner, interval=0)
    beat.timeout.connect(lambda: done.append("timer"))
    beat.start()

    def go_on(left: int) -> None:
        done.append(f"{left} left")
        later(owner, partial(go_on, left - 1) if left else loop.quit)

    later(owner, partial(go_on, 3))
    loop.exec()
    told = [name for place, name in enumerate(done) if done[place - 1 : place] != [name]]
    assert [name for name in told if name != "timer"] == ["3 left", "2 left", "1 left", "0 left"]
    assert all("timer" in (name, after) for name, after in pairwise(told))


@pytest.mark.usefixtures("qtbot")
def test_of_what_several_put_off_one_thing_is_done_a_turn() -> None:
    owner, gone, loop = QObject(), QObject(), QEventLoop()
    done: list[str] = []
    beat = QTimer(owner, interval=0)
    beat.timeout.connect(lambda: done.append("timer"))
    later(owner, partial(done.append, "first"))
    later(gone, partial(done.append, "of nobody"))
    later(owner, partial(done.append, "second"))
    later(owner, loop.quit)
    shiboken6.delete(gone)
    beat.start()
    loop.exec()
    told = [name for place, name in enumerate(done) if done[place - 1 : place] != [name]]
    assert [name for name in told if name != "timer"] == ["first", "second"]
    assert "timer" in told[told.index("first") : told.index("second")]


def test_what_is_asked_for_again_before_it_is_done_is_done_once(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()

    class Rows:
        def make(self) -> None:
            done.append("made")

    rows = Rows()
    for _ in range(2):
        later(owner, rows.make)
    later(owner, partial(done.append, "over"))
    qtbot.waitUntil(lambda: "over" in done)
    later(owner, rows.make)
    qtbot.waitUntil(lambda: len(done) > 2)
    assert done == ["made", "over", "made"]


class WithAPart(QObject):
    """What has its own steps only after a part that is whole before."""

    def __init__(self, done: list[str]) -> None:
        super().__init__()
        self._done = done
        InParts(done)
        done.append("part")
        in_steps(self, self._make())

    def _make(self) -> Iterator[None]:
        for _ in range(3):
            self._done.append("own")
            yield


def test_a_part_is_whole_before_what_it_is_a_part_of_goes_on(qtbot: QtBot) -> None:
    owner = QObject()
    done: list[str] = []
    made: list[WithAPart] = []
    over_turns(owner, made.append, WithAPart, done)
    assert done == ["head", "table", "foot", "part"]
    qtbot.waitUntil(lambda: bool(made))
    assert done[4:] == ["own"] * 3


def test_it_gives_way_once_to_what_waits_where_something_long_came_in_between(qtbot: QtBot) -> None:
    done: list[str] = []
    owner = QObject()

    def paint() -> None:
        sleep(0.03)
        done.append("paint")

    beat = QTimer(owner, interval=5)
    beat.timeout.connect(lambda: done.append("beat"))
    beat.start()
    later(owner, lambda: done.append("step"))
    QTimer.singleShot(0, paint)
    qtbot.waitUntil(lambda: "step" in done)
    beat.stop()
    assert done[:3] == ["paint", "beat", "step"]
