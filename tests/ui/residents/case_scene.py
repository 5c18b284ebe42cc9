"""The real window with a small shelter, and forms of a record filled by keyboard alone."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import PersonId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, open_small_shelter
from tests.ui.window.windows import focused, keep_preferences_in, settle, show, type_in

Form = TypeVar("Form", bound=ActForm)
TAB, SPACE, DOWN, UP, ENTER = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_Return,
)
FAR = 80  # presses of Tab, more than any form takes


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The real window, the director of the small shelter at the desk."""
    keep_preferences_in(monkeypatch, tmp_path)
    open_small_shelter(tmp_path / "shelter").close()
    made = show(qtbot, tmp_path / "elsewhere")
    settle(qtbot)
    made._folder = tmp_path / "shelter"
    made.open(unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD))
    yield made
    made.close()
    settle(qtbot)


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def record_page(window: Window, person: PersonId, tab: str = "stay") -> ResidentsPage:
    """The record of that person in the window, at that tab."""
    assert window.frame is not None
    window.frame.open("residents")
    page = window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    page.open_record(person)
    tabs = page.record.head.tabs
    tabs.setCurrentIndex(next(place for place in range(tabs.count()) if tabs.tabData(place) == tab))
    return page


def pressed(qtbot: QtBot, button: QWidget) -> None:
    """Press a button with Space."""
    button.setFocus()
    qtbot.keyClick(button, SPACE)


def form_of(page: ResidentsPage, kind: type[Form]) -> Form:
    """The form that is open."""
    form = page.record.form
    assert isinstance(form, kind)
    return form


def tab_to(qtbot: QtBot, editor: QWidget) -> None:
    """Tab until the keys go to that editor."""
    for _ in range(FAR):
        now = QApplication.focusWidget()
        if now is not None and (now is editor or editor.isAncestorOf(now)):
            return
        qtbot.keyClick(focused(), TAB)
    raise AssertionError(f"Tab never reaches {editor.accessibleName()}")


def typed(qtbot: QtBot, editor: QWidget, text: str) -> None:
    """Tab there and type."""
    tab_to(qtbot, editor)
    type_in(qtbot, text)


def ticked(qtbot: QtBot, box: QWidget) -> None:
    """Tab to a box and tick it."""
    tab_to(qtbot, box)
    qtbot.keyClick(focused(), SPACE)


def chosen(qtbot: QtBot, field: ChoiceField, code: str) -> None:
    """Tab to a list and choose with the arrows, or by typing where it is searched."""
    tab_to(qtbot, field)
    combo = field.combo
    wanted = combo.findData(code)
    assert wanted >= 0
    line = combo.lineEdit()
    if line is not None:
        qtbot.keyClicks(line, _plain(combo.itemText(wanted)))
        completer = combo.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None:
            popup.hide()
        qtbot.keyClick(line, TAB)
    else:
        for _ in range(combo.count() + 1):
            if combo.currentIndex() == wanted:
                break
            qtbot.keyClick(combo, DOWN if combo.currentIndex() < wanted else UP)
    assert field.value() == code


def _plain(text: str) -> str:
    """As it is typed without accents."""
    spread = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def done(qtbot: QtBot) -> None:
    """Ctrl+Enter wherever the keys go."""
    qtbot.keyClick(focused(), ENTER, Qt.KeyboardModifier.ControlModifier)
