"""A row that goes on in the next line, whatever happens to what holds it."""

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelter_desk.ui.forms.reading_order import stops
from shelter_desk.ui.widgets.chips import Chip, ChipBar
from shelter_desk.ui.widgets.flow import Flow


def flow_of(qtbot: QtBot, count: int) -> tuple[QWidget, Flow, list[QWidget]]:
    whole, flow = QWidget(), Flow(gap=10, line_gap=10)
    whole.setLayout(flow)
    qtbot.addWidget(whole)
    parts = [QWidget() for _ in range(count)]
    for part in parts:
        part.setFixedSize(100, 20)
    flow.add(*parts)
    whole.show()
    return whole, flow, parts


def test_what_does_not_fit_goes_to_the_next_line(qtbot: QtBot) -> None:
    whole, flow, _ = flow_of(qtbot, 3)
    assert whole.isVisible()
    assert (flow.heightForWidth(330), flow.heightForWidth(210)) == (20, 50)


def test_a_widget_that_is_gone_takes_no_room(qtbot: QtBot) -> None:
    whole, flow, parts = flow_of(qtbot, 3)
    delete(parts[0])
    assert (whole.isVisible(), flow.count(), flow.heightForWidth(210)) == (True, 2, 20)


def test_reading_a_form_ends_where_something_in_it_has_no_height_yet(qtbot: QtBot) -> None:
    """It never did: Tab held the window for good when something had just been shown."""
    whole = QWidget()
    qtbot.addWidget(whole)
    flat, box = QWidget(whole), QCheckBox("Enceinte", whole)
    flat.setGeometry(0, 40, 100, 0)
    box.setGeometry(0, 60, 100, 20)
    whole.show()
    assert stops(whole, []) == [box]


def test_a_row_that_python_took_apart_before_qt_still_answers(qtbot: QtBot) -> None:
    """As when another record is opened: the former one is collected while it is still laid out."""
    whole, flow, _ = flow_of(qtbot, 3)
    vars(flow).clear()
    whole.resize(340, 100)  # three of 100 with the gaps of the class
    assert (flow.sizeHint().height(), flow.minimumSize().height(), flow.heightForWidth(1000)) == (20, 20, 20)


@pytest.mark.parametrize("wraps", [True, False])
def test_chips_stand_in_the_order_in_which_they_were_given(qtbot: QtBot, wraps: bool) -> None:
    bar = ChipBar((("a", "Problèmes", 3), ("b", "Refusées", 2), ("c", "Tout", 12)), wraps=wraps)
    bar.add("d", "Nouvelles", 0)
    qtbot.addWidget(bar)
    bar.resize(900, 60)
    bar.show()
    places = [chip.x() for chip in bar.findChildren(Chip)]
    assert (places, len(places)) == (sorted(places), 4)


def test_what_comes_after_a_stretch_stands_at_the_right_of_its_line(qtbot: QtBot) -> None:
    whole, flow, parts = flow_of(qtbot, 2)
    last = [QWidget(), QWidget()]
    for part in last:
        part.setFixedSize(100, 20)
    flow.add_right(*last)
    whole.resize(800, 40)
    QApplication.processEvents()
    last[0].hide()
    flow.activate()
    assert [one.x() for one in (*parts, last[1])] == [0, 110, 700]
