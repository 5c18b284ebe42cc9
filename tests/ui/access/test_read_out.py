"""What a reader of the screen is told of the widgets of the program that are not Qt's own."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.ui.charts import Night, NightsChart
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.widgets.message_bar import MessageBar
from shelter_desk.ui.widgets.segments import Segments
from tests.ui.access.reader import Read, read
from tests.ui.window.windows import show_active

LONG_LIST = [(str(n), f"Région {n}") for n in range(20)]


def heard(widget: QWidget) -> Read:
    thing = QAccessible.queryAccessibleInterface(widget)
    inner = thing.focusChild()
    return read(thing if inner is None else inner)


def test_the_night_that_the_arrows_are_on_is_read_out(qtbot: QtBot) -> None:
    chart = NightsChart()
    qtbot.addWidget(chart)
    chart.show_nights([Night(date(2026, 11, day), 17, 30) for day in range(1, 31)])
    assert (heard(chart).role, heard(chart).name) == ("Chart", "Personnes présentes par nuit")
    QTest.keyClick(chart, Qt.Key.Key_Right)
    night = "Nuit du 01/11/2026 : 17 présents, 30 lits utilisables"
    assert heard(chart).name == f"Personnes présentes par nuit, {night}"


def test_a_list_that_is_searched_says_its_name_where_the_keys_are(qtbot: QtBot) -> None:
    field = ChoiceField("Région", LONG_LIST, required=True)
    qtbot.addWidget(field)
    show_active(qtbot, field)
    field.setFocus()
    told = heard(field.combo)
    assert (told.role, told.name, told.told) == ("EditableText", "Région", "obligatoire")


def test_a_field_says_that_it_must_be_filled_until_something_is_wrong_with_it(qtbot: QtBot) -> None:
    field = LineField("Motif", required=True)
    qtbot.addWidget(field)
    told = [heard(field.line).told]
    field.set_error("Le motif manque.")
    told.append(heard(field.line).told)
    field.clear()
    field.set_required(False)
    told.append(heard(field.line).told)
    assert told == ["obligatoire", "Le motif manque.", ""]


@pytest.mark.parametrize(("key", "chosen"), [(Qt.Key.Key_Down, "m"), (Qt.Key.Key_Right, "m"), (Qt.Key.Key_Up, "f")])
def test_every_arrow_goes_through_segments_which_say_what_they_are_of(qtbot: QtBot, key: Qt.Key, chosen: str) -> None:
    segments = Segments([("f", "Féminin"), ("m", "Masculin")], "f", "Sexe")
    qtbot.addWidget(segments)
    show_active(qtbot, segments)
    segments.setFocus()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)
    told = heard(segments.segment(chosen))
    assert (segments.value(), told.role, told.group) == (chosen, "RadioButton", "Sexe")


def test_a_message_is_read_out_as_soon_as_it_is_shown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.say("ok", "Fait.")
    assert [(one.type(), one.object()) for one in told] == [(QAccessible.Event.Announcement, bar)]
    assert (heard(bar).role, heard(bar).name) == ("AlertMessage", "Fait.")
