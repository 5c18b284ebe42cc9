"""The occupancy of twelve months: the rates that are written never stand upon the line."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QLineF, QRectF
from pytestqt.qtbot import QtBot

from shelter_desk.operations.today.today import MonthRate
from shelter_desk.ui.today.year_chart import YearChart

RISING = [20.0, 30, 42, 50, 61, 70, 78, 84, 90, 95, 98, 99]
PEAK_BEFORE_LAST = [70.0, 72, 65, 74, 80, 78, 76, 81, 79, 83, 96, 88]
FLAT = [100.0] * 12
FALLING_AFTER_A_PEAK = [40.0, 55, 99, 97, 80, 62, 60, 58, 55, 52, 98, 40]


def is_upon(line: QLineF, room: QRectF) -> bool:
    return any(room.contains(line.pointAt(step / 40)) for step in range(41))


@pytest.mark.parametrize("size", [(320, 150), (334, 180), (900, 200)])
@pytest.mark.parametrize("rates", [RISING, PEAK_BEFORE_LAST, FLAT, FALLING_AFTER_A_PEAK])
def test_no_rate_is_written_upon_the_line_or_another_rate(
    qtbot: QtBot, rates: list[float], size: tuple[int, int]
) -> None:
    chart = YearChart()
    qtbot.addWidget(chart)
    chart.resize(*size)
    chart.show_months([MonthRate(date(2026, month, 1), rate) for month, rate in enumerate(rates, start=1)])
    rooms = [room for _, room in chart.rates()]
    lines = [QLineF(first, second) for first, second in pairwise(chart._spot(place) for place in range(12))]
    assert [room for room in rooms for line in lines if is_upon(line, room)] == []
    assert all(not first.intersects(second) for first, second in pairwise(rooms))
    assert all(room.left() >= 0 and room.right() <= chart.width() and room.top() >= 0 for room in rooms)
