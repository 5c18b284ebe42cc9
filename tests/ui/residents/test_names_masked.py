"""Names masked for a visitor behind the desk: hidden at once, and not shown anywhere until it is turned off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.file import journal
from shelter_desk.ui.beds.openings import ResidentFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.residents.acts.correction_form import CorrectionForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.widgets.name_on_demand import NameOnDemand
from shelter_desk.ui.window import Window
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.beds.beds_scene import key
from tests.ui.window.windows import keep_preferences_in, settle, show, take_turns

AWA = Names("Sacko", "Awa")
DOTS, LETTERS = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The real window with the real pages, empty but for one resident."""
    keep_preferences_in(monkeypatch, tmp_path)
    made = show(qtbot, tmp_path / "elsewhere")
    made.open(open_small_shelter(tmp_path / "shelter"))
    settle(qtbot)
    yield made
    settle(qtbot)  # pytest-qt closed it already: the desk is backed up and closed out of sight


@pytest.fixture
def awa(window: Window) -> Admitted:
    assert window.desk is not None
    return admit(window.desk, "1A", names=AWA)


def frame_of(window: Window) -> Frame:
    assert window.frame is not None
    return window.frame


def turn(window: Window, qtbot: QtBot) -> None:
    """Turn the switch by its key."""
    switch = frame_of(window).top_bar.mask_switch
    assert switch is not None
    qtbot.keyClick(switch, Qt.Key.Key_Space)


def record_of(window: Window, someone: Admitted) -> ResidentsPage:
    frame_of(window).open_record(someone.person)
    take_turns()
    page = frame_of(window).pages["residents"]
    assert isinstance(page, ResidentsPage)
    return page


def name_in_bed(window: Window) -> NameOnDemand:
    frame_of(window).open("beds")
    page = frame_of(window).pages["beds"]
    assert isinstance(page, BedsPage)
    page.open_panel(key(page.desk, "1A"))
    assert isinstance(page.panel.face, ResidentFace)
    return page.panel.face.name


def names_read(window: Window) -> int:
    assert window.desk is not None
    with window.desk.reading() as connection:
        return sum(line.action == "name_read" for line in journal.lines(connection))


def test_a_name_shown_on_the_record_hides_at_once(window: Window, awa: Admitted, qtbot: QtBot) -> None:
    name = record_of(window, awa).record.head.name
    qtbot.mouseClick(name.button, Qt.MouseButton.LeftButton)
    before = name.name.text()
    turn(window, qtbot)
    assert (before, name.name.text(), name.hide_timer.isActive()) == ("Awa Sacko", "Noms masqués", False)


def test_a_name_shown_in_the_bed_panel_hides_at_once(window: Window, awa: Admitted, qtbot: QtBot) -> None:
    name = name_in_bed(window)
    qtbot.mouseClick(name.button, Qt.MouseButton.LeftButton)
    before = name.name.text()
    turn(window, qtbot)
    assert (before, name.name.text()) == ("Awa Sacko", "Noms masqués")


def test_no_name_is_shown_or_read_while_masked(window: Window, awa: Admitted, qtbot: QtBot) -> None:
    turn(window, qtbot)
    name = record_of(window, awa).record.head.name
    qtbot.mouseClick(name.button, Qt.MouseButton.LeftButton)
    name.show_name()
    assert (name.name.text(), name.button.isEnabled(), names_read(window)) == ("Noms masqués", False, 0)


def test_a_panel_opened_while_masked_shows_no_name(window: Window, awa: Admitted, qtbot: QtBot) -> None:
    turn(window, qtbot)
    name = name_in_bed(window)
    name.show_name()
    assert (name.name.text(), name.button.isEnabled()) == ("Noms masqués", False)


def test_it_is_said_why_no_name_can_be_shown(window: Window, awa: Admitted, qtbot: QtBot) -> None:
    turn(window, qtbot)
    hint = record_of(window, awa).record.head.name.hint
    assert hint.isVisible()
    assert "Masquer les noms" in hint.text()


def test_names_can_be_shown_again_after_the_visitor_left(window: Window, awa: Admitted, qtbot: QtBot) -> None:
    turn(window, qtbot)
    name = record_of(window, awa).record.head.name
    turn(window, qtbot)
    qtbot.mouseClick(name.button, Qt.MouseButton.LeftButton)
    assert name.name.text() == "Awa Sacko"


def test_names_being_typed_become_dots(window: Window, qtbot: QtBot) -> None:
    frame_of(window).open_admission(None)
    page = frame_of(window).pages["residents"]
    assert isinstance(page, ResidentsPage)
    person = page.admission.person
    qtbot.keyClicks(person.last.line, "Sacko")
    before = person.last.line.echoMode()
    turn(window, qtbot)
    after = [field.line.echoMode() for field in (person.last, person.given, person.alias)]
    assert (before, after, person.last.text()) == (LETTERS, [DOTS] * 3, "Sacko")


def test_a_correction_begun_while_masked_shows_dots(window: Window, awa: Admitted, qtbot: QtBot) -> None:
    turn(window, qtbot)
    page = record_of(window, awa)
    page.record.open_form("correct")
    form = page.record.form
    assert isinstance(form, CorrectionForm)
    assert [field.line.echoMode() for field in (form.last, form.given, form.alias)] == [DOTS] * 3


def test_what_stands_in_the_searches_goes(window: Window, awa: Admitted, qtbot: QtBot) -> None:
    page = record_of(window, awa)
    search = frame_of(window).top_bar.search
    assert search is not None
    qtbot.keyClicks(search, "Sacko")
    qtbot.keyClicks(page.people.search, "Sacko")
    turn(window, qtbot)
    assert (search.text(), page.people.search.text(), search.results.isVisible()) == ("", "", False)


def test_a_search_by_name_still_finds_the_code(window: Window, awa: Admitted, qtbot: QtBot) -> None:
    turn(window, qtbot)
    search = frame_of(window).top_bar.search
    assert search is not None
    search.setFocus()
    qtbot.keyClicks(search, "Sacko")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert list(search.persons()) == [awa.person]


def test_another_language_leaves_names_masked(window: Window, awa: Admitted, qtbot: QtBot) -> None:
    turn(window, qtbot)
    window._build_frame()
    name = record_of(window, awa).record.head.name
    assert (frame_of(window).top_bar.masks_names(), name.button.isEnabled()) == (True, False)


def test_parents_and_numbers_are_seen_and_hidden_with_the_name(window: Window, qtbot: QtBot) -> None:
    told = Names("Sacko", "Awa", mother_name="Bintou Sacko", iom_no="ML-77", partner_no="A 1", partner_no_of="Kanuya")
    assert window.desk is not None
    made = admit(window.desk, "1A", names=told)
    name = record_of(window, made).record.head.name
    before = name.others.isHidden()
    qtbot.mouseClick(name.button, Qt.MouseButton.LeftButton)
    assert (before, name.name.text()) == (True, "Awa Sacko")
    assert name.others.text().replace("\u00a0", " ") == "mère : Bintou Sacko · OIM ML-77 · Kanuya : A 1"
    turn(window, qtbot)
    assert (name.others.isHidden(), name.others.text()) == (True, "")
