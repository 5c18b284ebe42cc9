"""The real window on a record whose interview is led."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import interviews
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.ui.residents.interviewing.interview_form import InterviewForm
from shelter_desk.ui.residents.interviewing.screening_tab import ScreeningTab
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.window import Window
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.window.windows import focused, keep_preferences_in, settle, show, type_in, unlock

OTHER = "deux citrons jaunes"
TAB, SPACE, ENTER, ESCAPE, DOWN = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Down,
)
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small shelter with a storekeeper, closed."""
    with open_small_shelter(tmp_path / "shelter") as desk:
        user_accounts.add(desk, "Agent S", Role.STOREKEEPER, OTHER)
    return desk.folder


@pytest.fixture
def window(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Window]:
    keep_preferences_in(monkeypatch, tmp_path)
    made = show(qtbot, tmp_path / "elsewhere")
    unlock(qtbot, made, folder)
    yield made
    made.close()
    settle(qtbot)


@pytest.fixture
def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


@pytest.fixture
def page(window: Window) -> ResidentsPage:
    assert window.frame is not None
    window.frame.open("residents")
    page = window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    return page


@pytest.fixture
def woman(desk: Desk) -> Admitted:
    return admit(desk, "1A", days=60)


@pytest.fixture
def girl(desk: Desk) -> Admitted:
    return admit(desk, "3A", age=12, days=60)


def screening(page: ResidentsPage, person: PersonId) -> ScreeningTab:
    """The record of that person at its tab."""
    page.open_record(person)
    tabs = page.record.head.tabs
    tabs.setCurrentIndex([tabs.tabData(place) for place in range(tabs.count())].index("screening"))
    return shown(page)


def shown(page: ResidentsPage) -> ScreeningTab:
    (tab,) = [one for one in page.record.findChildren(ScreeningTab) if one.isVisible()]
    return tab


def opened(page: ResidentsPage) -> InterviewForm:
    form = page.record.form
    assert isinstance(form, InterviewForm)
    return form


def started(qtbot: QtBot, page: ResidentsPage, person: Admitted) -> InterviewForm:
    """The form opened from the tab, by the keyboard."""
    tab = screening(page, person.person)
    tab.start_button.setFocus()
    type_in(qtbot, SPACE)
    return opened(page)


def tab_to(qtbot: QtBot, wanted: QWidget) -> None:
    """Tab until that widget, or what stands in for it, has the focus."""
    for _ in range(80):
        here = focused()
        if here is wanted or wanted.isAncestorOf(here):
            return
        type_in(qtbot, TAB)
    raise AssertionError(wanted.accessibleName())


def tick(qtbot: QtBot, *boxes: QWidget) -> None:
    for box in boxes:
        tab_to(qtbot, box)
        type_in(qtbot, SPACE)


def go_on(qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), ENTER, CTRL)


def before(qtbot: QtBot, form: InterviewForm) -> None:
    """Stage 0 filled in by keyboard, then the welcome."""
    of = form.editors
    tab_to(qtbot, of.place)
    type_in(qtbot, "Bureau 2", TAB)
    tab_to(qtbot, of.choices["language"])
    type_in(qtbot, "Bambara", TAB)
    tick(qtbot, of.checks["interviewer_trained"], of.checks["interviewer_sex_ok"])
    tick(qtbot, of.ticks["others_present"].boxes["personne_confiance"])
    tick(qtbot, *(of.checks[name] for name in ("ready_rested", "ready_care", "ready_safe")))
    go_on(qtbot)
    go_on(qtbot)


def agreed(qtbot: QtBot, form: InterviewForm) -> None:
    """Up to the needs, the person agreeing."""
    before(qtbot, form)
    tab_to(qtbot, form.editors.choices["consent_interview"])
    type_in(qtbot, DOWN)
    tab_to(qtbot, form.editors.said["to_record"])
    if form.editors.said["to_record"].value() is None:
        type_in(qtbot, DOWN)
    if form.is_child:
        tab_to(qtbot, form.editors.no_guardian)
        type_in(qtbot, "mère au pays, injoignable")
    go_on(qtbot)


def kept(desk: Desk, person: Admitted) -> Interview:
    (one,) = interviews.of_stay(desk, person.stay).interviews
    return one


def services(desk: Desk, person: Admitted) -> list[tuple[str, str]]:
    return [(one.service_type, one.status) for one in assistance.of_stays(desk, [person.stay]).get(person.stay, ())]
