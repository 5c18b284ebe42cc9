"""A file that may have left is asked about beside the list, and over the first page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import uncertain
from shelter_desk.ui import tasks
from shelter_desk.ui.frame.checks import Checks
from shelter_desk.ui.page import Told
from shelter_desk.ui.sending.page import SendingsPage
from tests.operations.sending.cut_scene import may_have_left


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = may_have_left(tmp_path)
    yield opened
    tasks.finish()
    opened.close()


@pytest.mark.parametrize(("act", "state"), [("left", "En vigueur"), ("not_left", "Pas parti")])
def test_who_directs_says_whether_it_left(qtbot: QtBot, desk: Desk, act: str, state: str) -> None:
    page = SendingsPage(desk)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    qtbot.waitExposed(page)
    assert page.part.rows.cells(0)[7] == "Peut-être parti"
    page.part.enter(page.part.rows.row(0))
    view = page.part.view
    assert view is not None
    qtbot.mouseClick(view.buttons[act], Qt.MouseButton.LeftButton)
    assert uncertain.waiting(desk) == []
    page.part.refresh()
    page.part.switch("all" if act == "left" else "here")
    assert page.part.rows.cells(0)[7] == state
    after = page.part.view
    assert after is None or act not in after.buttons


def test_it_is_said_over_the_first_page_until_it_is_settled(qtbot: QtBot, desk: Desk) -> None:
    (one,) = uncertain.waiting(desk)
    checks, said = Checks(desk), list[Told]()
    checks.uncertain.connect(said.append)
    for settled in (False, True):
        if settled:
            uncertain.settle(desk, one.id, left=True)
        with qtbot.waitSignal(checks.checked, timeout=20_000):
            checks.start()
    assert [told.sentence.startswith("Un fichier était peut-être parti") for told in said] == [True]
    assert "Cluster Protection" in said[0].sentence
    checks.stop()
