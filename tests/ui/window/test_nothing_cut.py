"""On an office screen nothing of a page is cut where text is half as large again; twice as large, it scrolls."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.training import training
from shelter_desk.ui import theme
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.frame.pages_stack import ScrolledPages
from shelter_desk.ui.page_registry import pages_for
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record import record_tabs
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.unlock.first_run.page import FirstRun
from shelter_desk.ui.unlock.page import UnlockPage
from tests.operations.shelter import QUICK
from tests.ui.window.cut import cut
from tests.ui.window.windows import settle

SCREEN = (1366, 690)  # a work area of 1366 x 728 below the title of the window
TWICE = 2.0
# beside the list of persons a long line of these is scrolled to where the text is large
SCROLLED_TABS = {f"record {tab}" for tab in ("screening", "vulnerability", "plan", "services", "documents")}
SCALES = pytest.mark.parametrize("scale", [1.0, 1.5, TWICE])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with words.speaking("fr"):
        made = training.make(Path(tmp_path_factory.mktemp("cut")), "bamako", 3, 1, cost=QUICK).desk
    with made:
        yield made


@pytest.fixture(autouse=True)
def scaled(qapp: QApplication, scale: float) -> Iterator[None]:
    theme.wear(qapp, scale=scale)
    yield
    theme.wear(qapp)


def faces(frame: Frame, desk: Desk) -> Iterator[str]:
    """Opens every page and part, and what pages show besides; the name of each."""
    for where, _ in frame.places():
        frame.open_part(where)
        yield where
    today, beds, house = frame.pages["today"], frame.pages["beds"], frame.pages["residents"]
    assert isinstance(today, TodayPage)
    assert isinstance(beds, BedsPage)
    assert isinstance(house, ResidentsPage)
    frame.open("today")
    today.begin_catching_up()
    yield "catching up"
    today.end_catching_up()
    today.begin_roll_call(again=True)
    yield "roll call"
    today.end_roll_call()
    frame.open("beds")
    beds.find_bed()
    yield "a bed"
    frame.open_admission(None)
    yield "admission"
    frame.open_record(residents.listed(desk, "here")[0].person.id)
    for tab in record_tabs.tabs():
        house.record.show_tab(tab)
        yield f"record {tab}"
    reports = frame.pages["reports"]
    assert isinstance(reports, ReportsPage)
    frame.open("reports")
    for code in ("t1", "t4", "t6", "t12", "controls"):
        reports.tabs.choose(code)
        yield f"report {code}"


@SCALES
def test_no_page_is_cut(qtbot: QtBot, desk: Desk, scale: float) -> None:
    frame = Frame(desk, pages_for(desk))
    frame.resize(*SCREEN)
    frame.show()
    settle(qtbot)
    found = []
    try:
        for name in faces(frame, desk):
            settle(qtbot)
            for _ in range(4):  # texts that wrap tell their height only once they have their width
                QApplication.processEvents()
            if scale == TWICE:
                qtbot.waitUntil(lambda: not _unreachable(frame), timeout=5000)
            told = [*_too_large(frame), *(() if scale == TWICE else cut(frame))]
            if scale > 1 and name in SCROLLED_TABS:
                told = [one for one in told if "to its right" not in one]
            found += [f"{name}: {one}" for one in told]
    finally:
        frame.leave()
        delete(frame)  # now: dressing a program anew takes long where so many widgets wait to be thrown away
    assert found == [], "\n".join(found)


@SCALES
@pytest.mark.parametrize("page", [UnlockPage, FirstRun])
def test_no_page_before_the_shelter_is_cut(
    qtbot: QtBot, tmp_path: Path, scale: float, page: type[UnlockPage | FirstRun]
) -> None:
    made = page(tmp_path)
    qtbot.addWidget(made)
    made.resize(*SCREEN)
    made.show()
    settle(qtbot)
    assert [*_too_large(made), *(() if scale == TWICE else cut(made))] == []


def _too_large(window: QWidget) -> list[str]:
    needs = window.minimumSizeHint()
    fits = needs.width() <= SCREEN[0] and needs.height() <= SCREEN[1]
    return [] if fits else [f"needs {needs.width()} x {needs.height()}"]


def _unreachable(frame: Frame) -> list[str]:
    """What of a page larger than its room cannot be scrolled to, and what of the bars around it is cut."""
    room = next(one for one in frame.findChildren(ScrolledPages))
    needs, seen = frame.stack.minimumSizeHint(), room.viewport().size()
    lacks = (
        needs.width() - seen.width() - room.horizontalScrollBar().maximum(),
        needs.height() - seen.height() - room.verticalScrollBar().maximum(),
    )
    told = [f"{lacks} pixels cannot be scrolled to"] if max(lacks) > 0 else []
    return [*told, *cut(frame.top_bar), *cut(frame.rail)]
