"""Rows and columns made in one expression are the layouts that calls one by one would make."""

import gc

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, laid_out_once, scrolling


def margins(widget: QWidget) -> tuple[int, int, int, int]:
    layout = widget.layout()
    assert layout is not None
    each = layout.contentsMargins()
    return each.left(), each.top(), each.right(), each.bottom()


def test_items_stand_in_order_with_their_shares_and_gaps(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    head, table, close, save = QLabel("head"), QLabel("table"), QLabel("close"), QLabel("save")
    foot = in_row(STRETCH, close, (save, 0, Qt.AlignmentFlag.AlignTop), spacing=7)
    whole = in_column(head, 5, (table, 2), foot, within=around, spacing=3)
    assert around.layout() is whole
    assert [whole.stretch(place) for place in range(whole.count())] == [0, 0, 2, 0]
    assert (whole.spacing(), foot.spacing(), foot.stretch(0)) == (3, 7, 1)
    gap, last = whole.itemAt(1), foot.itemAt(2)
    assert gap is not None
    assert last is not None
    assert (gap.sizeHint().height(), last.alignment()) == (5, Qt.AlignmentFlag.AlignTop)
    assert [child.text() for child in around.findChildren(QLabel)] == ["head", "table", "close", "save"]


def test_margins_are_none_unless_said_for_all_sides_for_pairs_or_for_each(qtbot: QtBot) -> None:
    found = []
    for said in (0, 4, (1, 2), (1, 2, 3, 4)):
        widget = QWidget()
        qtbot.addWidget(widget)
        in_row(within=widget, margins=said)
        found.append(margins(widget))
    assert found == [(0, 0, 0, 0), (4, 4, 4, 4), (1, 2, 1, 2), (1, 2, 3, 4)]


def test_a_column_is_filled_later_and_scrolls(qtbot: QtBot) -> None:
    column = in_column(QLabel("first"))
    area: QScrollArea = scrolling(column, only_down=True)
    qtbot.addWidget(area)
    fill(column, QLabel("second"), STRETCH)
    assert [child.text() for child in area.findChildren(QLabel)] == ["first", "second"]
    assert area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert (area.focusPolicy(), area.widgetResizable()) == (Qt.FocusPolicy.NoFocus, True)


def test_what_scrolls_stays_though_python_throws_away_what_was_looked_at_of_it(qtbot: QtBot) -> None:
    """A widget of Qt's, found from inside and searched, is garbage: what was found there is not."""
    page, label = QWidget(), QLabel("inside")
    qtbot.addWidget(page)
    in_column(scrolling(in_column(label)), within=page)
    inside = label.parentWidget()
    assert inside is not None
    between = inside.parentWidget()
    assert between is not None
    between.findChildren(QWidget)
    loop: list[object] = [between]
    loop.append(loop)
    del inside, between, loop
    gc.collect()
    assert isValid(label)


def test_what_is_taken_out_of_an_area_is_held_by_it_no_more(qtbot: QtBot) -> None:
    area, label = scrolling(QLabel("inside")), QLabel("another")
    qtbot.addWidget(area)
    former = area.takeWidget()
    qtbot.addWidget(former)
    area.setWidget(label)
    assert (former.parentWidget(), area.widget()) == (None, label)


def test_what_is_put_there_is_laid_out_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = in_column(within=window)
    window.resize(200, 300)
    with qtbot.waitExposed(window):
        window.show()
    asked: list[int] = []

    class Line(QWidget):
        def sizeHint(self) -> QSize:
            asked.append(1)
            return QSize(50, 10)

    with laid_out_once(column):
        for _ in range(20):
            line = Line()
            column.addWidget(line)
            line.show()
        assert asked == []
    assert asked
    places = [column.itemAt(place).geometry().y() for place in range(20)]  # type: ignore[union-attr]
    assert places == sorted(set(places)), "at once, whatever Qt does later"
    assert [column.itemAt(place).widget().isVisible() for place in range(20)] == [True] * 20  # type: ignore[union-attr]
