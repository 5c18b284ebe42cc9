"""The headlines first: other periods and comments beside them, months instead of nights of a long period."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import calendar_periods
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations
from shelter_desk.ui import tasks
from shelter_desk.ui.reports.figure_table import FigureTable
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.reports.table_sheet import SYNTHESIS
from shelter_desk.ui.widgets import files
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.reports.test_reports import go_to, opened_page, told_by

ENTRIES = ("t2.entries", ())


@pytest.fixture
def month(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """One woman came in the last month, one in the month before it; of the first something is said."""
    made = open_small_shelter(tmp_path / "shelter")
    last = Period(made.today(), made.today()).month_before
    for code, day in (("1A", last.first), ("1B", last.month_before.first)):
        admit(made, code, days=(made.today() - day - timedelta(days=2)).days)
    annotations.comment(made, last, ENTRIES, "Une seule arrivée.")
    yield made
    tasks.finish()
    made.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, month: Period) -> ReportsPage:
    made = opened_page(qtbot, desk, month)
    qtbot.waitUntil(lambda: "…" not in headlines(made).figures.texts[0])
    return made


def headlines(page: ReportsPage) -> FigureTable:
    (found,) = page.tables.sheets[SYNTHESIS].tables()
    return found


def test_the_headlines_stand_first_with_other_periods_beside_them(page: ReportsPage, month: Period) -> None:
    figures = headlines(page).figures
    assert (page.tables.tabs.value(), page.tables.tabs.tabText(0)) == (SYNTHESIS, "Synthèse")
    assert headlines(page).isVisible()
    since = "2" if month.first.month > 1 else "1"
    assert list(figures.texts[figures.labels.index("Entrées")]) == ["1", "1", "—", since]


def test_what_is_said_of_a_headline_stands_beside_it_and_is_changed_there(qtbot: QtBot, page: ReportsPage) -> None:
    table = headlines(page)
    beside = table.figures.index(table.figures.place_of(ENTRIES).row(), table.figures.columnCount() - 1)
    assert beside.data() == "Une seule arrivée."
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(beside).center())
    assert page.side.comments_card.line.text() == "Une seule arrivée."
    assert page.focusWidget() is page.side.comments_card.line.line


def test_a_click_on_a_night_opens_who_was_here(qtbot: QtBot, page: ReportsPage) -> None:
    nights = page.tables.below.nights
    nights.chart.setFocus()
    qtbot.keyClick(nights.chart, Qt.Key.Key_End)
    qtbot.keyClick(nights.chart, Qt.Key.Key_Return)
    shown = page.tables.opened_card.opened()
    assert shown is not None
    assert (shown.ref[0], shown.value) == ("t1.presence", "2")


def test_a_year_has_twelve_months_and_each_opens_its_report(qtbot: QtBot, page: ReportsPage, month: Period) -> None:
    go_to(qtbot, page, calendar_periods.around(month.first, "year"))
    nights, flows = page.tables.below.nights, page.tables.below.flows
    qtbot.waitUntil(lambda: flows.months.count() == 12 and nights.months.count() == 12)
    assert (nights.chart.isHidden(), nights.months.count(), flows.months.count()) == (True, 12, 12)
    at = next(n for n in range(12) if "Entrées\u00a0: 1" in flows.months.sentence(n))
    chart = flows.months
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(chart._spot(at).x()) + 2, chart.height() // 2))
    qtbot.waitUntil(lambda: page.left is not None and page.left.month.report.period.is_month)
    assert page.left is not None
    assert page.left.month.report.value("t2.entries") == 1


def test_what_left_is_reached_from_an_empty_shelter_too(qtbot: QtBot, tmp_path: Path) -> None:
    with open_small_shelter(tmp_path / "empty") as nobody:
        shown = opened_page(qtbot, nobody)
        qtbot.mouseClick(shown.sendings_from_empty, Qt.MouseButton.LeftButton)
        assert shown.sendings.is_open()
        tasks.finish()


def test_all_rows_of_the_period_go_into_a_file_that_stays_here(
    qtbot: QtBot, page: ReportsPage, month: Period, tmp_path: Path
) -> None:
    files.answer_with(tmp_path / "lignes")
    told = told_by(page)
    qtbot.mouseClick(page.rows.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told))
    assert (told[0].state, "lignes.xlsx" in told[0].sentence) == ("ok", True)
    book = openpyxl.load_workbook(tmp_path / "lignes.xlsx")
    assert sum(1 for row in book["nuits"].iter_rows(min_row=3) if row[0].value) == 2 * month.nights - 2
