"""Beside a closed month: which rows moved a figure, and below it who wrote them, when and why; a point leads home."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.points import Point
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing
from shelter_desk.operations.stays import stays
from shelter_desk.ui import tasks
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.reports.points_card import PointsCard
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.reports.test_reports import opened_page


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A woman left on a day of a month that was closed before it was typed."""
    made = open_small_shelter(tmp_path / "shelter")
    she = admit(made, "1A", days=100)
    month = Period(made.today(), made.today()).month_before
    closing.close(made, month, lambda _: "sans_objet")
    with made.because_late("preuve_nouvelle"):
        left = datetime.combine(month.first + timedelta(days=20), time(15))
        stays.leave(made, she.stay, left, "autonomie", "inconnue")
    yield made
    tasks.finish()
    made.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ReportsPage:
    return opened_page(qtbot, desk, Period(desk.today(), desk.today()).month_before)


def test_who_moved_a_figure_when_and_why_stands_below_the_row_that_is_chosen(qtbot: QtBot, page: ReportsPage) -> None:
    card = page.side.closed_card
    qtbot.waitUntil(lambda: card.isVisible() and card.rows.rowCount() > 0)
    figures = [one.correction.ref[0] for one in card.rows.rows()]
    at = figures.index("t2.exits")
    card.table.setFocus()
    while card.table.currentIndex().row() < at:
        qtbot.keyClick(card.table, Qt.Key.Key_Down)
    assert card.rows.cells(at)[1:] == ("0", "1", "1")
    assert card.why.text().startswith("Sorties\N{NO-BREAK SPACE}: Agent A, ")
    assert card.why.text().endswith("Preuve nouvelle")
    right = card.table.columnViewportPosition(3) + card.table.columnWidth(3)
    assert right <= card.table.viewport().width()  # no number is cut off


def test_the_page_opens_at_the_month_of_a_task(qtbot: QtBot, page: ReportsPage, desk: Desk) -> None:
    before = Period(desk.today(), desk.today()).month_before.month_before
    page.open(f"{before.first:%Y-%m}")
    qtbot.waitUntil(lambda: page.computed is not None and page.computed.month.report.period == before, timeout=10_000)


def test_a_point_of_the_store_leads_to_its_place(qtbot: QtBot) -> None:
    card = PointsCard()
    qtbot.addWidget(card)
    point = Point("stock_request", None, None, "DM-2026-0001", place="stock/vouchers/4", row=4)
    card.show_points((point,))
    with qtbot.waitSignal(card.page_wanted) as asked:
        card.open_point(point)
    assert asked.args == ["stock/vouchers/4"]


@pytest.mark.parametrize("width", [330, 342, 348, 360])  # at two of them a sentence has room without the bar alone
def test_points_are_as_high_as_their_sentences_beside_the_scroll_bar_that_they_bring(qtbot: QtBot, width: int) -> None:
    card = PointsCard()
    qtbot.addWidget(card)
    card.resize(width, 200)
    card.show()
    card.show_points(tuple(Point("no_destination", StayId(n), PersonId(n), "T72-ZAM-S") for n in range(9)))
    qtbot.waitUntil(card.list.verticalScrollBar().isVisible)
    first, second = (card.rows.index(place, 0) for place in (0, 1))
    needed = card.list.itemDelegate().sizeHint(QStyleOptionViewItem(), first).height()
    qtbot.waitUntil(lambda: card.list.visualRect(second).top() - card.list.visualRect(first).top() == needed)
