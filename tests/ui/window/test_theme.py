"""The dress of the program: colours, icons, focus ring, chart."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.ui import icons, theme
from shelter_desk.ui.charts import Night, NightsChart
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.tokens import current
from shelter_desk.ui.widgets.buttons import Button


def inked(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize(("dark", "training"), [(False, False), (True, False), (False, True), (True, True)])
def test_the_program_wears_the_set_that_was_chosen(qapp: QApplication, dark: bool, training: bool) -> None:
    theme.wear(qapp, dark, training)
    assert (current().dark, current().training) == (dark, training)
    assert current().accent in qapp.styleSheet()


def test_larger_text_makes_buttons_higher(qapp: QApplication, qtbot: QtBot) -> None:
    button = Button("Admettre")
    qtbot.addWidget(button)
    before = button.sizeHint().height()
    theme.wear(qapp, scale=1.5)
    button.ensurePolished()
    grown = button.sizeHint().height()
    theme.wear(qapp)
    assert (before, grown) == (32, 42)


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_is_drawn_in_the_colour_asked_for(name: str, qapp: QApplication) -> None:
    assert inked(icons.pixmap(name, "#ff0000", 48).toImage()) == {"#ff0000"}


def test_there_is_an_icon_for_each_meaning() -> None:
    assert len(icons.names()) == 69


def ring_of(window: QWidget) -> QWidget | None:
    rings = [child for child in window.findChildren(QWidget) if type(child).__name__ == "_Ring"]
    return next((ring for ring in rings if not ring.isHidden()), None)


def test_the_ring_goes_where_the_focus_goes(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second = QPushButton("un", window), QPushButton("deux", window)
    first.setGeometry(20, 20, 80, 32)
    second.setGeometry(20, 80, 80, 32)
    window.resize(200, 200)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    ring = ring_of(window)
    assert ring is not None
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)


def test_the_ring_scrolls_with_the_page(qtbot: QtBot) -> None:
    area, page = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    column = QVBoxLayout(page)
    buttons = [QPushButton(str(n)) for n in range(20)]
    for button in buttons:
        column.addWidget(button)
    area.setWidget(page)
    area.resize(160, 120)
    with qtbot.waitExposed(area):
        area.show()
    area.activateWindow()
    buttons[0].setFocus()
    area.verticalScrollBar().setValue(30)
    ring = ring_of(area)
    assert ring is not None
    at = ring.mapToGlobal(ring.rect().topLeft())
    assert at == buttons[0].mapToGlobal(buttons[0].rect().topLeft()) - at.__class__(4, 4)


def nights() -> list[Night]:
    return [Night(date(2026, 11, day), 17 + day % 9, 30) for day in range(1, 31)]


def test_keys_walk_through_the_nights_of_the_chart(qtbot: QtBot) -> None:
    chart = NightsChart()
    qtbot.addWidget(chart)
    chart.show_nights(nights())
    QTest.keyClick(chart, Qt.Key.Key_End)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    night = chart.night()
    assert night is not None
    assert night.day == date(2026, 11, 29)


def test_enter_opens_the_night_the_keys_are_on(qtbot: QtBot) -> None:
    chart = NightsChart()
    qtbot.addWidget(chart)
    chart.show_nights(nights())
    QTest.keyClick(chart, Qt.Key.Key_Home)
    with qtbot.waitSignal(chart.opened) as opened:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert opened.args == [date(2026, 11, 1)]


def test_the_chart_says_every_night_to_a_reader_of_screens(qtbot: QtBot) -> None:
    chart = NightsChart()
    qtbot.addWidget(chart)
    chart.show_nights(nights())
    assert len(chart.accessibleDescription().splitlines()) == 30


@pytest.mark.parametrize("given", [[], [Night(date(2026, 2, 1), 0, None)], nights()])
def test_the_chart_can_be_painted_with_any_number_of_nights(qtbot: QtBot, given: list[Night]) -> None:
    chart = NightsChart()
    qtbot.addWidget(chart)
    chart.resize(400, 120)
    chart.show_nights(given)
    drawn = inked(chart.grab().toImage())
    has_bars = any(night.present for night in given)
    assert (current().accent.lower() in drawn) == has_bars


def test_a_table_of_many_rows_reads_only_those_it_shows(qtbot: QtBot) -> None:
    read: list[int] = []

    def value(row: int) -> str:
        read.append(row)
        return str(row)

    rows: TableRows[int] = TableRows([TableColumn("Code", value, lambda row: row)])
    table = TableView(rows)
    qtbot.addWidget(table)
    table.resize(300, 300)
    rows.show(range(24_000))
    with qtbot.waitExposed(table):
        table.show()
    table.grab()
    assert len(read) <= 220
