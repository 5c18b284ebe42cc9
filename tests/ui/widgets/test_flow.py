"""A row that goes on in the next line, whatever happens to what holds it."""

from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelter_desk.ui.forms.reading_order import stops
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
