"""The report on screen: figures, the rows behind them, periods, what leaves the shelter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import calendar_periods
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import reports
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.system import clock
from shelter_desk.ui import tasks
from shelter_desk.ui.page import Told
from shelter_desk.ui.reports import printing
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.widgets import files
from shelter_desk.words.reports import reports as report_words
from tests.operations.shelter import admit, days_ago, open_small_shelter
from tests.ui.sending.gates import to_somebody
from tests.ui.window.windows import take_turns

WOMEN = (("sex", "f"), ("age_group", "a18_59"))
EXITS = ("t2.exits", WOMEN)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_small_shelter(tmp_path / "shelter")
    yield made
    tasks.finish()
    made.close()


@pytest.fixture
def last_days() -> Period:
    """The thirty days that are over: the night of today is not slept yet."""
    today = clock.today()
    return Period(today - timedelta(days=30), today - timedelta(days=1))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, last_days: Period) -> ReportsPage:
    """Two women and a man in the last thirty days; one of the women left after ten nights."""
    admit(desk, "1A", days=20)
    left = admit(desk, "1B", days=15)
    admit(desk, "2A", sex="m", days=12)
    stays.leave(desk, left.stay, days_ago(5), "reunification")
    made = opened_page(qtbot, desk, last_days)
    made.tables.tabs.choose("t2")
    return made


def opened_page(qtbot: QtBot, desk: Desk, period: Period | None = None) -> ReportsPage:
    made = ReportsPage(desk)
    qtbot.addWidget(made)
    made.resize(1270, 696)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(lambda: made.computed is not None)
    if period is not None:
        go_to(qtbot, made, period)
    return made


def go_to(qtbot: QtBot, page: ReportsPage, period: Period) -> None:
    page.go_to(period)
    qtbot.waitUntil(lambda: page.left is not None and page.left.month.report.period.whole == period)


def told_by(page: ReportsPage) -> list[Told]:
    found: list[Told] = []
    page.told.connect(found.append)
    return found


def test_a_click_on_a_figure_opens_its_rows(qtbot: QtBot, page: ReportsPage) -> None:
    table = page.tables.sheets["t2"].tables()[0]
    box = table.visualRect(table.figures.place_of(EXITS))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert page.tables.opened_card.figure.text() == "Sorties, femmes 18–59"


def test_the_rows_of_a_count_are_as_many_as_the_figure_says(page: ReportsPage) -> None:
    page.tables.open_figure(EXITS)
    shown = page.tables.opened_card.opened()
    assert shown is not None
    assert (shown.value, len(shown.lines), shown.counted) == ("1", 1, "1 séjour")


def test_the_sum_of_the_nights_equals_the_figure(page: ReportsPage) -> None:
    page.tables.open_figure(("t1.person_nights", ()))
    shown = page.tables.opened_card.opened()
    assert shown is not None
    assert shown.total == sum(line.amount for line in shown.lines) == 20 + 10 + 12
    assert shown.value == "42"


def test_arrows_walk_through_the_cells_and_enter_opens_one(qtbot: QtBot, page: ReportsPage) -> None:
    table = page.tables.sheets["t2"].tables()[0]
    table.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(table, key)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    shown = page.tables.opened_card.opened()
    assert shown is not None
    assert shown.ref == ("t2.entries", WOMEN)


def test_down_from_the_last_row_goes_to_the_next_block(qtbot: QtBot, page: ReportsPage) -> None:
    first, second = page.tables.sheets["t2"].tables()[:2]
    first.setFocus()
    first.setCurrentIndex(first.figures.index(first.figures.rowCount() - 1, 1))
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    assert (second.currentIndex().row(), second.currentIndex().column()) == (0, 1)


def test_escape_closes_the_figure(qtbot: QtBot, page: ReportsPage) -> None:
    page.tables.open_figure(EXITS)
    table = page.tables.sheets["t2"].tables()[0]
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert page.tables.opened_card.isHidden()


def test_enter_on_a_row_behind_a_figure_opens_the_record(qtbot: QtBot, page: ReportsPage) -> None:
    page.tables.open_figure(EXITS)
    shown = page.tables.opened_card.opened()
    assert shown is not None
    with qtbot.waitSignal(page.record_wanted) as wanted:
        qtbot.keyClick(page.tables.opened_card.table, Qt.Key.Key_Return)
    assert wanted.args == [shown.lines[0].person]


def test_a_point_opens_the_record_it_is_about(qtbot: QtBot, page: ReportsPage) -> None:
    assert page.left is not None
    point = page.left.points[0]
    page.side.points_card.list.setCurrentIndex(page.side.points_card.rows.index(0, 0))
    with qtbot.waitSignal(page.record_wanted) as wanted:
        qtbot.keyClick(page.side.points_card.list, Qt.Key.Key_Return)
    assert wanted.args == [point.person]


def test_a_point_says_the_code_and_what_is_the_matter(page: ReportsPage) -> None:
    texts = [page.side.points_card.rows.cells(place)[0] for place in range(page.side.points_card.rows.rowCount())]
    assert page.left is not None
    code = page.left.points[0].code
    assert any(text.startswith(code) for text in texts)
    assert any("sortie sans destination" in text for text in texts)


def test_the_card_counts_the_points(page: ReportsPage) -> None:
    assert page.left is not None
    assert page.side.points_card.badge.text() == str(len(page.left.points))


def test_figures_are_shown_while_what_is_left_to_settle_is_still_asked_for(
    qtbot: QtBot, page: ReportsPage, last_days: Period, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, points = Event(), reports.points
    monkeypatch.setattr(reports, "points", lambda *asked: points(*asked) if goes_on.wait(10) else ())
    before = Period(last_days.first - timedelta(days=30), last_days.first - timedelta(days=1))
    page.go_to(before)
    qtbot.waitUntil(lambda: page.computed is not None and page.computed.month.report.period == before)
    shown = page.side.points_card
    assert (page.left, shown.rows.rowCount(), shown.nothing.isHidden()) == (None, 0, True)
    goes_on.set()
    qtbot.waitUntil(lambda: page.left is not None)
    assert (page.side.points_card.list.isHidden(), page.side.points_card.nothing.isHidden()) == (True, False)


def test_the_points_stay_while_the_same_period_is_computed_again(qtbot: QtBot, page: ReportsPage, desk: Desk) -> None:
    shown = page.left
    assert shown is not None
    came = admit(desk, "1C", days=3)
    page.changed(came.done.changes)
    assert page.left is shown
    qtbot.waitUntil(lambda: page.left is not None and came.stay in {one.stay for one in page.left.points})
    assert page.left is not None
    assert len(page.left.points) > len(shown.points)


def test_a_night_of_the_chart_opens_who_was_here(qtbot: QtBot, page: ReportsPage, last_days: Period) -> None:
    page.tables.nights.chart.setFocus()
    qtbot.keyClick(page.tables.nights.chart, Qt.Key.Key_End)
    qtbot.keyClick(page.tables.nights.chart, Qt.Key.Key_Return)
    shown = page.tables.opened_card.opened()
    assert shown is not None
    assert shown.ref == ("t1.presence", (("night", last_days.last.isoformat()),))
    assert shown.value == str(len(shown.lines)) == "2"


def test_the_nights_are_summed_up_beside_the_chart(page: ReportsPage) -> None:
    assert "42 nuitées en lit ou natte sur 360\u00a0: 11,7\u00a0%" in page.tables.nights.summary.text()


def test_the_previous_period_is_one_click_away(qtbot: QtBot, page: ReportsPage, last_days: Period) -> None:
    qtbot.mouseClick(page.head.before, Qt.MouseButton.LeftButton)
    before = calendar_periods.earlier(last_days)
    qtbot.waitUntil(lambda: page.computed is not None and page.computed.month.report.period == before)
    assert page.head.chooser.text() == report_words.title(before)


def test_the_figure_stays_open_when_the_period_changes(qtbot: QtBot, page: ReportsPage, last_days: Period) -> None:
    page.tables.open_figure(EXITS)
    go_to(qtbot, page, calendar_periods.earlier(last_days))
    shown = page.tables.opened_card.opened()
    assert shown is not None
    assert (shown.ref, shown.value) == (EXITS, "0")


def test_no_period_after_today_can_be_asked_for(qtbot: QtBot, page: ReportsPage) -> None:
    go_to(qtbot, page, calendar_periods.around(clock.today(), "month"))
    assert not page.head.after.isEnabled()


def test_the_menu_offers_months_quarters_years_and_a_free_period(page: ReportsPage) -> None:
    page.head.menu.aboutToShow.emit()
    texts = [action.text() for action in page.head.menu.actions()]
    assert texts[0] == report_words.title(calendar_periods.around(clock.today(), "month"))
    assert texts[-1] == "Période libre…"
    assert [menu.title() for menu in page.head.menu.findChildren(QMenu)] == ["Trimestres", "Années"]


def test_a_free_period_needs_its_days_in_order(qtbot: QtBot, page: ReportsPage) -> None:
    page.head.free_wanted.emit()
    dialog = page.free_dialog
    assert dialog is not None
    dialog.first.set_day(date(2026, 3, 2))
    dialog.last.set_day(date(2026, 3, 1))
    assert not dialog.verb.isEnabled()
    assert dialog.last.message() != ""


def test_a_free_period_is_shown(qtbot: QtBot, page: ReportsPage) -> None:
    page.head.free_wanted.emit()
    dialog = page.free_dialog
    assert dialog is not None
    first, last = days_ago(18).date(), days_ago(14).date()
    dialog.first.set_day(first)
    dialog.last.set_day(last)
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.computed is not None and page.computed.month.report.period == Period(first, last))
    assert page.head.chooser.text() == report_words.title(Period(first, last))


def test_the_badge_counts_the_controls_and_leads_to_them(qtbot: QtBot, page: ReportsPage) -> None:
    assert page.computed is not None
    n = len(page.computed.month.report.identities)
    assert page.controls_badge.badge.text() == f"{n}/{n}"
    assert page.controls_badge.accessibleName() == f"Contrôles {n}/{n}"
    qtbot.mouseClick(page.controls_badge, Qt.MouseButton.LeftButton)
    assert page.tables.controls.isVisible()
    assert page.tables.controls.rows.rowCount() == n


def broken(page: ReportsPage) -> None:
    """Let one control of the report fail."""
    assert page.computed is not None
    report = page.computed.month.report
    first = replace(report.identities[0], left=99, holds=False)
    month = replace(page.computed.month, report=replace(report, identities=(*report.identities[1:], first)))
    page._show(replace(page.computed, month=month))
    take_turns()


def test_a_control_that_fails_turns_the_badge_red_and_comes_first(page: ReportsPage) -> None:
    broken(page)
    page.tables.show_controls()
    assert page.controls_badge.badge.state() == "blocked"
    assert page.tables.controls.controls.cells(0)[-1] == "Faux"


def test_a_control_that_fails_refuses_the_export(page: ReportsPage) -> None:
    broken(page)
    told = told_by(page)
    page.exporting.ask()
    assert page.exporting.dialog is None
    assert [(one.state, "I-01" in one.sentence) for one in told] == [("blocked", True)]


def test_the_export_is_meant_for_a_partner_unless_said_otherwise(qtbot: QtBot, page: ReportsPage) -> None:
    qtbot.mouseClick(page.head.export, Qt.MouseButton.LeftButton)
    assert page.exporting.dialog is not None
    assert page.exporting.dialog.profile() == "partenaire"


def test_the_workbook_is_written_and_told_with_its_place(qtbot: QtBot, page: ReportsPage, tmp_path: Path) -> None:
    files.answer_with(tmp_path / "rapport.xlsx")
    told = told_by(page)
    page.exporting.ask()
    assert page.exporting.dialog is not None
    to_somebody(page.exporting.dialog)
    page.exporting.dialog.cards["public"].setChecked(True)
    qtbot.mouseClick(page.exporting.dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert [one.state for one in told] == ["ok"]
    assert "rapport.xlsx" in told[0].sentence
    assert (tmp_path / "rapport.xlsx").stat().st_size > 0


def test_the_keys_come_back_to_the_export_and_never_to_what_closes_the_month(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path
) -> None:
    files.answer_with(tmp_path / "rapport.xlsx")
    told = told_by(page)
    page.head.close_month.show()
    page.head.export.setFocus()
    page.exporting.ask()
    assert page.exporting.dialog is not None
    to_somebody(page.exporting.dialog)
    page.exporting.dialog.cards["public"].setChecked(True)
    qtbot.mouseClick(page.exporting.dialog.verb, Qt.MouseButton.LeftButton)
    meanwhile = page.window().focusWidget()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert (meanwhile, page.window().focusWidget()) == (page.head.chooser, page.head.export)


def test_an_empty_shelter_says_what_the_page_is_for(qtbot: QtBot, desk: Desk) -> None:
    page = opened_page(qtbot, desk)
    assert page.empty.isVisible()
    assert page.empty.button is not None
    with qtbot.waitSignal(page.admission_wanted):
        qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)


def test_a_commit_is_shown_at_once(qtbot: QtBot, page: ReportsPage, desk: Desk) -> None:
    page.tables.open_figure(("t2.entries", ()))
    done = admit(desk, "1C", days=3).done
    page.changed(done.changes)
    qtbot.waitUntil(lambda: page.tables.opened_card.number.text() == "4")
    assert len(page.tables.opened_card.rows.rows()) == 4


def test_the_column_of_what_was_not_recorded_is_there_only_when_needed(
    qtbot: QtBot, page: ReportsPage, desk: Desk, last_days: Period
) -> None:
    before = page.tables.sheets["t2"].tables()[0].figures.columnCount()
    of_unknown_age = Admission(days_ago(3), "premiere", "transit", "m", Birth(), "GN")
    stays.admit(desk, of_unknown_age)
    go_to(qtbot, page, Period(last_days.first - timedelta(days=1), last_days.last))
    assert page.tables.sheets["t2"].tables()[0].figures.columnCount() == before + 1


def test_every_tab_shows_its_tables(page: ReportsPage) -> None:
    found = {}
    for code in ("t1", "t2", "t3", "t8"):
        page.tables.tabs.choose(code)
        found[code] = [
            table.isVisible() and table.figures.rowCount() > 0 for table in page.tables.sheets[code].tables()
        ]
    assert {code: all(seen) and bool(seen) for code, seen in found.items()} == dict.fromkeys(found, True)


def test_a_year_is_summed_up_without_bars_too_narrow_to_click(qtbot: QtBot, page: ReportsPage) -> None:
    last_year = clock.today().replace(month=1, day=1) - timedelta(days=1)  # of this one there are few nights in January
    go_to(qtbot, page, calendar_periods.around(last_year, "year"))
    page.tables.tabs.choose("t1")
    assert (page.tables.nights.chart.isHidden(), page.tables.nights.months.isHidden()) == (True, False)
    assert "nuitées en lit ou natte sur" in page.tables.nights.summary.text()


def test_the_busiest_night_opens_who_was_here(page: ReportsPage) -> None:
    page.tables.open_figure(("t1.max_presence", ()))
    shown = page.tables.opened_card.opened()
    assert shown is not None
    assert (shown.value, len(shown.lines)) == ("3", 3)


def test_a_rate_says_what_it_is_made_of(page: ReportsPage) -> None:
    page.tables.open_figure(("t1.occupancy_rate", ()))
    assert page.tables.opened_card.note.text() == "(42 nuitées en lit + 0 sur natte) ÷ 360 lits-nuits × 100"


def test_a_figure_of_beds_opens_the_beds(page: ReportsPage) -> None:
    page.tables.open_figure(("t1.installed_beds", ()))
    shown = page.tables.opened_card.opened()
    assert shown is not None
    assert (shown.counted, shown.lines[0].code) == ("12 lits", "1A")


def test_turning_the_tab_takes_the_focus_along(page: ReportsPage) -> None:
    page.tables.sheets["t2"].tables()[0].setFocus()
    page.tables.tabs.choose("t8")
    assert page.tables.sheets["t8"].tables()[0].hasFocus()


def test_a_table_too_wide_keeps_its_labels_while_it_scrolls(qtbot: QtBot, page: ReportsPage) -> None:
    page.resize(900, 696)
    table = page.tables.sheets["t2"].tables()[0]
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.labels.isVisible()
    assert table.labels.x() == 0


def test_the_tables_are_printed_to_a_file(page: ReportsPage, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "t2.pdf"))
    printing.write(printer, page.tables.sheets["t2"].tables(), "Novembre 2026")
    assert (tmp_path / "t2.pdf").read_bytes().startswith(b"%PDF")
