"""Every page and form at 100 and 150 %, light and dark, French and English, on both screens: nothing cut.

And nothing that overlaps, that a reader of the screen is silent about, that Tab misses or takes out of order, or that
is a window of its own before it has its place, which flashes and takes the keys.
`make torture` looks at each in all of the sixteen ways (`dresses`).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.training import training
from shelter_desk.system import preferences
from shelter_desk.ui import theme, tokens
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.page_registry import pages_for
from shelter_desk.ui.window import Window
from tests.examples import LONG
from tests.operations.shelter import QUICK, open_small_shelter
from tests.ui.access.silent import silent
from tests.ui.access.tab_walk import astray
from tests.ui.forms.every_form_scene import FACTS, NAMES, Facts, over, woman
from tests.ui.residents.record_walk import page_of
from tests.ui.window.cut import cut, overlapping, too_large
from tests.ui.window.dresses import DRESSES, Dress, worn
from tests.ui.window.faces import faces
from tests.ui.window.shown_windows import ShownWindows
from tests.ui.window.windows import keep_preferences_in, settle, show_active

assert isinstance(LONG, bool)  # so that torture runs this too
FORMS: dict[Facts, list[str]] = {}  # by what they need, which is made once for all of them
for _name in NAMES:
    FORMS.setdefault(FACTS.get(_name, woman), []).append(_name)
DRESSED = pytest.mark.parametrize("dress", DRESSES, indirect=True, ids=str)


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


@pytest.fixture
def shown_windows(qapp: QApplication) -> Iterator[ShownWindows]:
    found = ShownWindows()
    qapp.installEventFilter(found)
    yield found
    qapp.removeEventFilter(found)


@DRESSED
def test_every_page_is_whole_read_out_and_gone_through_by_keys(
    qtbot: QtBot, desk: Desk, dress: Dress, shown_windows: ShownWindows
) -> None:
    desk.is_training = not dress.dark  # it shows more in the one than in the other
    frame = Frame(desk, pages_for(desk))
    frame.resize(*dress.size)
    show_active(qtbot, frame)
    settle(qtbot)
    found = []
    try:
        for name in faces(frame, desk):
            told = looked_at(qtbot, frame, dress)
            page = frame.stack.currentWidget()
            assert page is not None
            found += [f"{name}: {one}" for one in [*told, *astray(frame, page)]]
    finally:
        frame.leave()
        delete(frame)  # now: dressing a program anew takes long where so many widgets wait to be thrown away
    assert found == [], "\n".join(found)
    assert shown_windows.names == ["Frame"]


def test_a_part_shown_before_it_has_its_place_is_found(qtbot: QtBot, shown_windows: ShownWindows) -> None:
    page, part = QWidget(), QLabel("a card")
    qtbot.addWidget(page)
    part.setHidden(False)
    QVBoxLayout(page).addWidget(part)
    page.show()
    assert shown_windows.names == ["QLabel", "QWidget"]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dress: Dress) -> Iterator[Window]:
    keep_preferences_in(monkeypatch, tmp_path)
    theme_name = "dark" if dress.dark else "light"
    text = round(dress.scale * 100)
    preferences.write(preferences.read()._replace(text=text, theme=theme_name, language=dress.language))
    desk = open_small_shelter(tmp_path / "data")
    made = Window(tmp_path / "data", "Agent A")
    qtbot.addWidget(made)
    made.resize(*dress.size)
    show_active(qtbot, made)
    made.open(desk)
    settle(qtbot)
    yield made
    made.lock()
    settle(qtbot)


@DRESSED
@pytest.mark.parametrize("facts", FORMS, ids=lambda facts: facts.__name__)
def test_every_form_is_whole_and_read_out(qtbot: QtBot, window: Window, dress: Dress, facts: Facts) -> None:
    """Where Tab goes in each of them: `tests/ui/forms/test_every_form.py`."""
    assert window.desk is not None
    assert window.frame is not None
    assert (tokens.pixels("text"), tokens.current().dark) == (round(14 * dress.scale), dress.dark)
    window.resize(*dress.size)
    made, at = facts(window.desk)
    found = []
    for name in FORMS[facts]:
        over(qtbot, window, name, made, at)
        found += [f"{name}: {one}" for one in looked_at(qtbot, window.frame, dress)]
        page_of(window).record.close_form()
    assert found == [], "\n".join(found)


def looked_at(qtbot: QtBot, frame: Frame, dress: Dress) -> list[str]:
    """What is wrong in what it shows, once texts that wrap have their height."""
    settle(qtbot)
    for _ in range(6):
        QApplication.processEvents()
    return [*too_large(frame, dress.size), *cut(frame), *overlapping(frame), *silent(frame)]
