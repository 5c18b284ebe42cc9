"""The sections of a record, one below the other."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.section_bar import SectionBar, SectionColumn
from tests.ui.window.windows import show_active

SECTIONS = {key: key.title() for key in "abcdefghijkl"}


def column(qtbot: QtBot, high: int) -> SectionColumn:
    made = SectionColumn(SectionBar(SECTIONS, "Dossier"))
    qtbot.addWidget(made)
    made.resize(made.width(), high)
    show_active(qtbot, made)
    return made


def test_every_section_is_in_sight_where_there_is_little_height(qtbot: QtBot) -> None:
    made = column(qtbot, 300)
    assert made.verticalScrollBar().maximum() == 0
    last = made.bar.tabRect(made.bar.count() - 1)
    assert made.viewport().rect().contains(last.translated(made.bar.mapTo(made.viewport(), QPoint())))
    made.resize(made.width(), 600)
    qtbot.waitUntil(lambda: made.bar.tabRect(0).height() == tokens.high(30))


def test_the_wheel_opens_no_other_section(qtbot: QtBot) -> None:
    made = column(qtbot, 200)
    made.bar.setCurrentIndex(3)
    where = QPointF(20, 60)
    turned = QWheelEvent(
        where, made.bar.mapToGlobal(where), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(made.bar, turned)
    assert made.bar.currentIndex() == 3
