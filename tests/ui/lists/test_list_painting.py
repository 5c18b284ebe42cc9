"""A letter typed into the search of a list paints its rows once."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.lists.scene import THINGS, Thing, listed


class Paintings(QObject):
    """How often something is painted."""

    n = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.n += event.type() == QEvent.Type.Paint
        return False


@pytest.mark.parametrize("typed", ["co", "savon"])
def test_rows_that_are_searched_are_painted_once(qtbot: QtBot, typed: str) -> None:
    made = listed(qtbot)
    many: list[Thing] = [(f"{one[0]} {n}", *one[1:]) for n in range(30) for one in THINGS]
    made.rows.show(many)
    QTest.qWait(50)
    assert made.table.verticalScrollBar().isVisible()
    seen = Paintings()
    made.table.viewport().installEventFilter(seen)
    made.rows.search(typed)
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    QTest.qWait(50)
    assert seen.n == 1
