"""The fields of forms, typed in by a person."""

import ctypes
import sys
from collections.abc import Callable
from datetime import date, time
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.plausible_dates import Kind
from shelter_desk.ui.forms import code_lists as lists
from shelter_desk.ui.forms import password_field
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import Ticks
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField, TextField
from shelter_desk.ui.forms.password_field import PasswordField
from shelter_desk.ui.forms.several_field import SeveralField
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.ui.widgets.segments import Segments

TODAY = date(2026, 12, 3)
COUNTRIES = ["Mali", "Bénin", "Guinée", "Togo", "Sénégal", "Ghana", "Niger", "Nigéria", "Burkina", "Côte-d’Ivoire"]


def shown(qtbot: QtBot, widget: QWidget) -> None:
    """On screen and active, so that keys and focus go where they go for a person."""
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()


def test_a_day_is_read_as_it_is_typed(qtbot: QtBot) -> None:
    field = DayField("Date", TODAY)
    shown(qtbot, field)
    QTest.keyClicks(field.line, "5/12")
    assert field.day() == date(2026, 12, 5)


def test_a_day_is_written_whole_when_the_field_is_left(qtbot: QtBot) -> None:
    field = DayField("Date", TODAY)
    shown(qtbot, field)
    QTest.keyClicks(field.line, "5/12")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "05/12/2026"


@pytest.mark.parametrize(
    ("kind", "typed", "whole"),
    [("ahead", "31/12/98", "31/12/2098"), ("birth", "4/12/26", "04/12/1926"), ("event", "1/2/25", "01/02/2025")],
)
def test_a_year_of_two_digits_is_written_in_full_when_the_field_is_left(
    qtbot: QtBot, kind: Kind, typed: str, whole: str
) -> None:
    field = DayField("Date", TODAY, kind=kind)
    shown(qtbot, field)
    QTest.keyClicks(field.line, typed)
    field.button.setFocus()
    assert field.line.text() == whole


def test_a_day_that_does_not_exist_is_refused_in_red(qtbot: QtBot) -> None:
    field = DayField("Date", TODAY)
    shown(qtbot, field)
    QTest.keyClicks(field.line, "31/02/2026")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert (field.state(), "31/02/2026" in field.message()) == ("blocked", True)


def test_the_refusal_of_a_day_goes_when_the_day_is_mended(qtbot: QtBot) -> None:
    field = DayField("Date", TODAY)
    shown(qtbot, field)
    QTest.keyClicks(field.line, "31/02/2026")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    field.line.selectAll()
    QTest.keyClicks(field.line, "28/02/2026")
    assert field.state() == "normal"


def test_a_warning_of_the_page_stays_while_the_day_is_typed(qtbot: QtBot) -> None:
    field = DayField("Date", TODAY, value=TODAY)
    shown(qtbot, field)
    field.set_warning("Trop tard.")
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.state() == "attention"


def test_f4_opens_the_calendar_and_enter_picks_a_day(qtbot: QtBot) -> None:
    field = DayField("Date", TODAY, value=TODAY)
    shown(qtbot, field)
    QTest.keyClick(field.line, Qt.Key.Key_F4)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    inner = popup.findChild(QWidget, "qt_calendar_calendarview")
    assert inner is not None
    QTest.keyClick(inner, Qt.Key.Key_Right)
    QTest.keyClick(inner, Qt.Key.Key_Return)
    assert field.day() == date(2026, 12, 4)


@pytest.mark.parametrize("typed", ["16:35", "16h35", "1635"])
def test_an_hour_is_read_as_people_write_it(qtbot: QtBot, typed: str) -> None:
    field = ClockField("Heure")
    shown(qtbot, field)
    QTest.keyClicks(field.line, typed)
    assert field.clock() == time(16, 35)


def test_an_hour_that_does_not_exist_is_refused_in_red(qtbot: QtBot) -> None:
    field = ClockField("Heure")
    shown(qtbot, field)
    QTest.keyClicks(field.line, "25:10")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.state() == "blocked"


def test_a_long_list_is_searched_without_accents(qtbot: QtBot) -> None:
    field = ChoiceField("Pays", [(name.lower(), name) for name in COUNTRIES])
    shown(qtbot, field)
    line = field.combo.lineEdit()
    assert line is not None
    QTest.keyClicks(line, "BENI")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert field.value() == "bénin"


def test_what_fits_several_rows_chooses_none(qtbot: QtBot) -> None:
    field = ChoiceField("Pays", [(name.lower(), name) for name in COUNTRIES], "mali")
    shown(qtbot, field)
    line = field.combo.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "g")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert (field.value(), line.text(), field.state()) == ("mali", "g", "normal")


def test_a_choice_made_by_keys_is_told_by_its_code(qtbot: QtBot) -> None:
    field = ChoiceField("Sexe", [("f", "Féminin"), ("m", "Masculin")])
    shown(qtbot, field)
    with qtbot.waitSignal(field.chosen) as told:
        QTest.keyClick(field.combo, Qt.Key.Key_Down)
    assert told.args == [field.value()]


def test_a_choice_made_by_the_program_is_not_told(qtbot: QtBot) -> None:
    field = ChoiceField("Sexe", [("f", "Féminin"), ("m", "Masculin")])
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.chosen):
        field.choose("m")
    assert field.value() == "m"


def test_a_number_out_of_its_bounds_is_none(qtbot: QtBot) -> None:
    field = NumberField("Âge", 0, 120)
    shown(qtbot, field)
    QTest.keyClicks(field.line, "17")
    inside = field.number()
    QTest.keyClicks(field.line, "7")
    assert (inside, field.number()) == (17, None)


def shown_windows() -> set[QWidget]:
    return {one for one in QApplication.topLevelWidgets() if one.isVisible()}


def test_a_field_that_must_be_filled_in_opens_no_window_of_its_own(qtbot: QtBot) -> None:
    before = shown_windows()
    field = LineField("Nom", required=True)
    qtbot.addWidget(field)
    assert field.star is not None
    assert shown_windows() - before == set()  # one of another test may still be saving
    assert field.isAncestorOf(field.star)


def test_the_message_of_a_field_reaches_readers_of_screens(qtbot: QtBot) -> None:
    field = LineField("Nom", required=True)
    qtbot.addWidget(field)
    field.set_error("Le nom manque.")
    assert (field.line.accessibleName(), field.line.accessibleDescription()) == ("Nom", "Le nom manque.")


def test_the_eye_shows_and_hides_the_password(qtbot: QtBot) -> None:
    field = PasswordField("Mot de passe")
    shown(qtbot, field)
    QTest.mouseClick(field.eye, Qt.MouseButton.LeftButton)
    seen = field.line.echoMode()
    QTest.keyClick(field.line, Qt.Key.Key_F4)
    assert (seen, field.line.echoMode()) == (QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password)


@pytest.mark.parametrize("make", [lambda: PasswordField("Mot de passe"), lambda: DayField("Date", TODAY)])
def test_tab_goes_on_to_the_next_field_and_not_to_a_button_inside_one(
    qtbot: QtBot, make: Callable[[], PasswordField | DayField]
) -> None:
    first, second = make(), LineField("Suivant")
    form = QWidget()
    in_column(first, second, within=form)
    shown(qtbot, form)
    first.line.setFocus()
    QTest.keyClick(first.line, Qt.Key.Key_Tab)
    assert form.focusWidget() is second.line


def test_a_capital_without_shift_tells_that_capitals_are_locked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password_field, "_caps_lock", lambda: None)  # as on a system that does not tell
    field = PasswordField("Mot de passe")
    shown(qtbot, field)
    QTest.keyClicks(field.line, "A")
    after_capital = field.hint.isVisible()
    QTest.keyClicks(field.line, "a")
    assert (after_capital, field.hint.isVisible()) == (True, False)


def test_windows_tells_that_capitals_are_locked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    states: dict[int, int] = {0x14: 1}  # VK_CAPITAL
    user32 = SimpleNamespace(GetKeyState=lambda key: states[key])
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    field = PasswordField("Mot de passe")
    shown(qtbot, field)
    QTest.keyClicks(field.line, "a")
    locked = field.hint.isVisible()
    states[0x14] = 0
    QTest.keyClicks(field.line, "A")
    assert (locked, field.hint.isVisible()) == (True, False)


def test_a_wrong_password_is_selected_to_be_typed_over(qtbot: QtBot) -> None:
    field = PasswordField("Mot de passe")
    shown(qtbot, field)
    QTest.keyClicks(field.line, "azerty")
    field.refuse("Nom ou mot de passe incorrect.")
    assert (field.line.hasSelectedText(), field.state()) == (True, "blocked")


@pytest.mark.parametrize(
    ("chosen", "left"), [(("esclavage", "aucune"), ("aucune",)), (("aucune", "esclavage"), ("esclavage",))]
)
def test_none_stands_alone_among_ticks_and_among_several(
    qtbot: QtBot, chosen: tuple[str, ...], left: tuple[str, ...]
) -> None:
    ticks, several = Ticks("", lists.of("assimilated_practice")), SeveralField("", lists.of("assimilated_practice"))
    for field in (ticks, several):
        qtbot.addWidget(field)
    for code in chosen:
        ticks.boxes[code].setFocus()
        QTest.keyClick(ticks.boxes[code], Qt.Key.Key_Space)
        several.field.chosen.emit(code)
    assert (ticks.values(), several.values()) == (left, left)


def test_what_was_kept_beside_none_is_shown_without_it(qtbot: QtBot) -> None:
    ticks, several = Ticks("", lists.of("other_present")), SeveralField("", lists.of("other_present"))
    for field in (ticks, several):
        qtbot.addWidget(field)
        field.choose(["aucune", "tuteur"])
    assert (ticks.values(), several.values()) == (("tuteur",), ("tuteur",))


def _segments() -> Field:
    return Field("Sexe", Segments([("f", "Féminin"), ("m", "Masculin")]))


FILLED: dict[str, tuple[Callable[[], Any], Callable[[Any], object]]] = {
    "line": (lambda: LineField("Nom"), lambda field: field.line.setText("A")),
    "text": (lambda: TextField("Note"), lambda field: field.area.setPlainText("A")),
    "number": (lambda: NumberField("Âge"), lambda field: field.set_number(3)),
    "day": (lambda: DayField("Date", TODAY), lambda field: field.set_day(TODAY)),
    "clock": (lambda: ClockField("Heure"), lambda field: field.line.setText("8h")),
    "choice": (
        lambda: ChoiceField("Sexe", [("f", "Féminin"), ("m", "Masculin")]),
        lambda field: field.combo._take(1),
    ),
    "segments": (_segments, lambda field: field.editor.segment("f").click()),
    "ticks": (lambda: Ticks("Besoins", [("a", "A"), ("b", "B")]), lambda field: field.boxes["a"].click()),
    "tick": (lambda: Field("", QCheckBox("Oui")), lambda field: field.editor.click()),
}


@pytest.mark.parametrize("kind", FILLED)
def test_that_a_field_is_empty_is_said_no_longer_once_it_is_filled(qtbot: QtBot, kind: str) -> None:
    make, fill = FILLED[kind]
    field = make()
    qtbot.addWidget(field)
    field.set_error("Ce champ est vide.")
    fill(field)
    assert (field.state(), field.message()) == ("normal", "")


def test_what_a_field_warns_of_stays_while_it_is_filled(qtbot: QtBot) -> None:
    field = LineField("Nom")
    qtbot.addWidget(field)
    field.set_warning("Nom déjà connu.")
    field.set_text("A")
    assert field.message() == "Nom déjà connu."
