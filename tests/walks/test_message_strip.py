"""A message comes and goes at the foot of the window: nothing moves under the mouse, and the keys reach its verb."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.training import training
from shelter_desk.ui import theme
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.frame.pages_stack import ScrolledPages
from shelter_desk.ui.page import Told
from shelter_desk.ui.page_registry import pages_for
from tests.operations.shelter import QUICK
from tests.ui.window.windows import focused, settle, show_active, wait_for

SCREEN = (1366, 690)  # a work area of 1366 x 728 below the title of the window
SENTENCE = "Sortie enregistrée : le lit 1A est libre à partir du 28 novembre 2026."
Places = dict[QWidget, QRect]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with words.speaking("fr"):
        made = training.make(Path(tmp_path_factory.mktemp("strip")), "bamako", 3, 1, cost=QUICK).desk
    with made:
        yield made


@pytest.fixture(params=[1.0, 1.5])
def frame(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, desk: Desk) -> Iterator[Frame]:
    theme.wear(qapp, scale=request.param)
    made = Frame(desk, pages_for(desk))
    made.resize(*SCREEN)
    show_active(qtbot, made)
    settle(qtbot)
    yield made
    made.leave()
    delete(made)  # now: dressing a program anew takes long where so many widgets wait to be thrown away
    theme.wear(qapp)


def places(frame: Frame) -> Places:
    """Where each widget of bars and page that is seen stands in the window."""
    for _ in range(4):  # texts that wrap tell their height only once they have their width
        QApplication.processEvents()
    around = (frame.rail, frame.top_bar, frame.stack)
    seen = [one for bar in around for one in (bar, *bar.findChildren(QWidget)) if one.isVisible()]
    return {one: QRect(one.mapTo(frame, QPoint(0, 0)), one.size()) for one in seen}


def places_at_rest(qtbot: QtBot, frame: Frame) -> Places:
    """Once the rows that are made between two keys are all there."""
    seen = [places(frame)]

    def is_still() -> bool:
        seen.append(places(frame))
        return seen[-1] == seen[-2]

    wait_for(qtbot, is_still)
    return seen[-1]


def moved(before: Places, after: Places) -> list[str]:
    kept = before.keys() & after.keys()
    return [f"{type(one).__name__} {before[one]} {after[one]}" for one in kept if before[one] != after[one]]


def say(frame: Frame) -> None:
    frame.messages.tell(Told("ok", SENTENCE, undo=lambda: None))


def test_nothing_of_any_page_moves_when_a_message_comes_and_goes(qtbot: QtBot, desk: Desk, frame: Frame) -> None:
    told = []
    for where in [*(key for key in frame._offered if key != "residents"), "record"]:
        if where == "record":
            frame.open_record(residents.listed(desk, "here")[0].person.id)
        else:
            frame.open(where)
        settle(qtbot)
        before = places_at_rest(qtbot, frame)
        say(frame)
        during = places(frame)
        frame.bar.close_button.click()
        told += [f"{where}: {one}" for one in (*moved(before, during), *moved(before, places(frame)))]
    assert told == [], "\n".join(told[:5])


def test_a_message_covers_nothing_of_the_page(frame: Frame) -> None:
    say(frame)
    QApplication.processEvents()
    bar = QRect(frame.bar.mapTo(frame, QPoint(0, 0)), frame.bar.size())
    room = frame.findChildren(ScrolledPages)[0]
    assert not bar.intersects(QRect(room.mapTo(frame, QPoint(0, 0)), room.size()))


def test_a_message_is_read_whole_beside_the_state_of_the_file(qtbot: QtBot, frame: Frame) -> None:
    say(frame)
    shown = frame.bar.sentence
    qtbot.waitUntil(lambda: shown.fontMetrics().horizontalAdvance(SENTENCE) <= shown.width(), timeout=2000)
    assert frame.status.isVisible()


def test_the_next_zone_after_the_page_is_the_message(qtbot: QtBot, frame: Frame) -> None:
    say(frame)
    frame.pages[frame.page_key].setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_F6)
    assert focused() is frame.bar.verb


def test_tab_goes_through_the_message(frame: Frame) -> None:
    say(frame)
    chain, one = [frame.top_bar.lock_button], frame.top_bar.lock_button.nextInFocusChain()
    while one is not None and one is not chain[0]:
        chain.append(one)  # type: ignore[arg-type]
        one = one.nextInFocusChain()
    reached = [widget for widget in chain if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()]
    assert reached.index(frame.bar.verb) == 1
