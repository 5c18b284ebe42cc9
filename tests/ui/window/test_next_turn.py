"""What is done in the turn after: once, in order, and before the next key."""

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shelter_desk.ui.next_turn import NextTurn


def test_it_is_done_once_after_what_asked_for_it(qtbot: QtBot) -> None:
    done: list[str] = []
    owner = QObject()
    NextTurn(owner, lambda: done.append("then"))
    done.append("first")
    qtbot.waitUntil(lambda: len(done) > 1)
    QTest.qWait(20)
    assert done == ["first", "then"]
    assert not owner.children()


def handle_of(widget: QLineEdit):  # type: ignore[no-untyped-def]
    return widget.windowHandle()


def test_a_key_that_comes_before_finds_it_done(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.setFocus()
    seen: list[str] = []
    field.textChanged.connect(seen.append)
    NextTurn(field, lambda: field.setText("made "))
    QTest.keyClick(handle_of(field), Qt.Key.Key_A)
    QTest.qWait(20)
    assert seen == ["made ", "made a"]


def test_a_key_waits_for_every_step_that_a_step_asks_for(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.setFocus()

    def step(left: int) -> None:
        if left:
            NextTurn(field, lambda: step(left - 1))
        else:
            field.setText("made ")

    step(4)  # more than the events of one key
    QTest.keyClick(handle_of(field), Qt.Key.Key_A)
    QTest.qWait(20)
    assert field.text() == "made a"


@pytest.mark.usefixtures("qtbot")
def test_nothing_is_done_where_its_owner_is_gone() -> None:
    done: list[str] = []
    owner = QObject()
    NextTurn(owner, lambda: done.append("then"))
    shiboken6.delete(owner)
    QTest.qWait(20)
    assert done == []
