"""Every page at 100 and 150 %, light and dark, French and English, on both screens: nothing cut or overlapping.

And nothing that a reader of the screen is silent about, nothing that Tab misses or takes out of order. `make torture`
looks at every page in each of the sixteen ways (`dresses`).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.training import training
from shelter_desk.ui import theme
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.page_registry import pages_for
from tests.examples import LONG
from tests.operations.shelter import QUICK
from tests.ui.access.silent import silent
from tests.ui.access.tab_walk import astray
from tests.ui.window.cut import cut, overlapping, too_large
from tests.ui.window.dresses import DRESSES, Dress, worn
from tests.ui.window.faces import faces
from tests.ui.window.windows import settle, show_active

assert isinstance(LONG, bool)  # so that torture runs this too


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with words.speaking("fr"):
        made = training.make(Path(tmp_path_factory.mktemp("faces")), "bamako", 3, 1, cost=QUICK).desk
    with made:
        yield made


@pytest.fixture
def dress(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Dress]:
    one: Dress = request.param
    with worn(qapp, one):
        yield one
    theme.wear(qapp)


@pytest.mark.parametrize("dress", DRESSES, indirect=True, ids=str)
def test_every_page_is_whole_read_out_and_gone_through_by_keys(qtbot: QtBot, desk: Desk, dress: Dress) -> None:
    frame = Frame(desk, pages_for(desk))
    frame.resize(*dress.size)
    show_active(qtbot, frame)
    settle(qtbot)
    found = []
    try:
        for name in faces(frame, desk):
            settle(qtbot)
            for _ in range(4):  # texts that wrap tell their height only once they have their width
                QApplication.processEvents()
            told = [*too_large(frame, dress.size), *cut(frame), *overlapping(frame), *silent(frame)]
            page = frame.stack.currentWidget()
            assert page is not None
            found += [f"{name}: {one}" for one in [*told, *astray(frame, page)]]
    finally:
        frame.leave()
        delete(frame)  # now: dressing a program anew takes long where so many widgets wait to be thrown away
    assert found == [], "\n".join(found)
