"""The chart of months: what stands above its last columns is whole."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.ui.charts import MonthColumns, MonthsChart


@pytest.mark.parametrize("width", [200, 385, 400, 900])
@pytest.mark.parametrize("numbers", [(166, 140), (1, 0), (12_345, 9_876), (4_129,)], ids=str)
def test_the_numbers_of_the_last_month_are_inside(qtbot: QtBot, numbers: tuple[int, ...], width: int) -> None:
    chart = MonthsChart("Mois", ["entrées", "sorties"][: len(numbers)])
    qtbot.addWidget(chart)
    chart.resize(width, 140)
    chart.show_months([MonthColumns(date(2026, month, 1), numbers) for month in range(1, 13)])
    boxes = [chart._number_box(chart._box(11, place), place, str(number)) for place, number in enumerate(numbers)]
    assert max(box.right() for box in boxes) <= width
    assert min(box.left() for box in boxes) >= 0
    assert all(box.top() >= 0 for box in boxes)
