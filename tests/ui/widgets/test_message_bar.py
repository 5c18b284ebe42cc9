"""The message at the foot of the window: its verb, its key, and all of its sentence."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.message_bar import HEIGHT, MessageBar
from tests.ui.window.windows import show_active

LONG = (
    "2Q5-QN2-F est admise à titre provisoire. Un agent complète son dossier. Une personne de moins de 18 ans dormira "
    "avec des adultes qui ne sont pas de sa famille\u00a0: prévenez la direction."
)


def test_the_message_bar_does_its_verb_once(qtbot: QtBot) -> None:
    bar, done = MessageBar(), []
    qtbot.addWidget(bar)
    bar.say("ok", "Sortie enregistrée.", "Annuler", lambda: done.append(1))
    QTest.mouseClick(bar.verb, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.verb, Qt.MouseButton.LeftButton)
    assert (done, bar.isHidden()) == ([1], True)


def test_the_key_of_the_message_bar_does_its_verb(qtbot: QtBot) -> None:
    window, done = QWidget(), []
    column = QVBoxLayout(window)
    bar, button = MessageBar(), Button("Voir")
    column.addWidget(bar)
    column.addWidget(button)
    qtbot.addWidget(window)
    show_active(qtbot, window)
    bar.say("ok", "Sortie enregistrée.", "Annuler", lambda: done.append(1), QKeySequence.StandardKey.Undo)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == [1]


def said(qtbot: QtBot, sentence: str, wide: int) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.resize(wide, bar.height())
    bar.say("ok", sentence, "Annuler", lambda: None)
    show_active(qtbot, bar)
    return bar


def test_a_long_sentence_is_said_whole_on_two_lines(qtbot: QtBot) -> None:
    bar = said(qtbot, LONG, 1100)
    bar.repaint()
    first, second = bar.sentence.lines()
    assert (f"{first} {second}", bool(second), bar.sentence.toolTip()) == (LONG, True, "")
    assert bar.height() == tokens.high(HEIGHT) >= 2 * tokens.metrics("small").height()


def test_what_has_no_room_on_two_lines_either_is_in_the_tool_tip(qtbot: QtBot) -> None:
    bar = said(qtbot, LONG, 500)
    bar.repaint()
    assert bar.sentence.lines()[1].endswith("…")
    assert bar.sentence.toolTip() == LONG
