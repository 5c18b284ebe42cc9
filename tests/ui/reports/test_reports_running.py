"""A period that runs on the report page, and what stands on each of its tabs."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.storage.file import journal
from shelter_desk.system import clock
from shelter_desk.ui import tasks
from shelter_desk.ui.equipment.page import EquipmentMonthPart as EquipmentMonth
from shelter_desk.ui.reports import printing
from shelter_desk.ui.reports.export_dialog import ExportDialog
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.residents.record import stays_tab
from shelter_desk.ui.stock.page import StockMonthPart as StockMonth
from shelter_desk.ui.widgets import files
from tests.operations.shelter import admit, bed, born, small_shelter
from tests.ui.reports.test_reports import EXITS, opened_page, told_by
from tests.ui.sending.gates import to_somebody

NOVEMBER = Period.month(2026, 11)
At = Callable[[datetime], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    def moved(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return moved


@pytest.fixture
def desk(tmp_path: Path, at: At) -> Iterator[Desk]:
    """Two women since the 18th of November, a third who comes at eight minutes past midnight on the 28th."""
    at(datetime(2026, 11, 28, 0, 9))
    with small_shelter(tmp_path / "shelter") as opened:
        admit(opened, "1A", days=10)
        admit(opened, "1B", days=10)
        spot = Spot("lit", bed(opened, "1C").id)
        stays.admit(
            opened, Admission(datetime(2026, 11, 28, 0, 8), "premiere", "transit", "f", born(30), "GN", spot=spot)
        )
        yield opened
        tasks.finish()


def test_until_the_figures_are_there_the_page_says_which_month_is_computed(qtbot: QtBot, desk: Desk) -> None:
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    page.show()
    assert page.head.chooser.text() == "Octobre 2026"
    assert (page._computing.isVisible(), page._figures.isVisible(), page.head.state.isVisible()) == (True, False, False)
    qtbot.waitUntil(lambda: page.computed is not None)
    assert (page._computing.isVisible(), page._figures.isVisible(), page.head.state.isVisible()) == (False, True, True)


def test_the_page_shows_a_running_month_up_to_yesterday_and_says_so(qtbot: QtBot, desk: Desk) -> None:
    page = opened_page(qtbot, desk, NOVEMBER)
    assert page.computed is not None
    report = page.computed.month.report
    assert (report.value("t1.person_nights"), report.value("t2.entries")) == (20, 2)
    assert page.head.chooser.text() == "Novembre 2026"
    assert (page.head.state.text(), page.head.state.toolTip()) == ("Provisoire au 27/11", "Calculé à 00:09")
    assert "27 nuitées" not in page.tables.nights.summary.text()
    assert not page.head.after.isEnabled()


def test_on_its_first_day_a_month_is_shown_without_a_night(qtbot: QtBot, desk: Desk, at: At) -> None:
    at(datetime(2026, 12, 1, 9))
    page = opened_page(qtbot, desk, Period.month(2026, 12))
    for code in page.tables.sheets:
        page.tables.tabs.choose(code)
    page.tables.show_controls()
    page.tables.open_figure(("t1.person_nights", ()))
    assert (page.head.state.text(), page.head.state.toolTip()) == ("Provisoire au 30/11", "Calculé à 09:00")
    assert page.controls_badge.badge.state() == "ok"


def test_a_period_to_come_is_refused_and_the_one_shown_stays(qtbot: QtBot, desk: Desk) -> None:
    page = opened_page(qtbot, desk, NOVEMBER)
    told = told_by(page)
    page.go_to(Period.month(2027, 12))
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].sentence.startswith("Cette période n’a pas commencé")
    assert page.head.chooser.text() == "Novembre 2026"
    page.head.before.click()
    qtbot.waitUntil(lambda: page.head.chooser.text() == "Octobre 2026")


def test_a_free_period_to_come_cannot_be_asked_for(qtbot: QtBot, desk: Desk) -> None:
    page = opened_page(qtbot, desk)
    page.head.free_wanted.emit()
    dialog = page.free_dialog
    assert dialog is not None
    dialog.first.set_day(date(2026, 11, 29))
    dialog.last.set_day(date(2026, 12, 3))
    assert not dialog.verb.isEnabled()
    assert dialog.first.message().startswith("Cette période n’a pas commencé")
    dialog.first.set_day(date(2026, 11, 28))
    assert (dialog.verb.isEnabled(), dialog.first.message()) == (True, "")


def test_the_file_proposed_for_a_running_month_says_that_it_is_provisional(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened_page(qtbot, desk, NOVEMBER)
    proposed: list[str] = []
    monkeypatch.setattr(files, "choose_to_save", lambda *asked: proposed.append(asked[2]))
    page.exporting.ask()
    assert page.exporting.dialog is not None
    assert page.exporting.dialog.windowTitle() == "Exporter\u00a0: Novembre 2026, provisoire au 27/11"
    to_somebody(page.exporting.dialog)
    page.exporting.dialog.verb.click()
    assert proposed == ["rapport_2026-11-provisoire-au-27-11_partenaire.xlsx"]


def test_each_printed_page_of_a_running_month_says_up_to_which_day_it_counts(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened_page(qtbot, desk, NOVEMBER)
    asked: list[str] = []

    def printed(_parent: object, _tables: object, title: str, _training: bool) -> bool:
        asked.append(title)
        return True

    monkeypatch.setattr(printing, "ask", printed)
    page.print_shown()
    assert asked == ["Novembre 2026, provisoire au 27/11"]
    with desk.reading() as connection:
        *_, last = journal.lines(connection)
    assert (last.action, last.subject) == ("report_tables_printed", f"2026-11-01 {page.tables.tabs.value().upper()}")


@pytest.mark.parametrize("part", [EquipmentMonth, StockMonth])
def test_the_months_of_equipment_and_stock_say_up_to_which_day_they_count(
    qtbot: QtBot, desk: Desk, part: type[EquipmentMonth] | type[StockMonth]
) -> None:
    face = part(desk)
    qtbot.addWidget(face)
    face.refresh()
    assert face.title.text() == "Octobre 2026"
    face.go_on()
    assert face.title.text() == "Novembre 2026, provisoire au 27/11"
    face.go_on()
    assert face.title.text() == "Novembre 2026, provisoire au 27/11"


def test_nights_of_a_leave_that_are_still_to_come_are_not_counted(desk: Desk) -> None:
    assert stays_tab._nights(datetime(2026, 11, 26), datetime(2026, 12, 3), desk.today()) == 2
    assert stays_tab._nights(datetime(2026, 11, 20), datetime(2026, 11, 22), desk.today()) == 2


# What stands on each tab


def test_the_nights_stand_beside_the_tables_that_count_nights_alone(qtbot: QtBot, desk: Desk) -> None:
    page = opened_page(qtbot, desk, NOVEMBER)
    seen = []
    for code in page.tables.sheets:
        page.tables.tabs.choose(code)
        seen += [code] if page.tables.nights.isVisible() else []
    page.tables.show_controls()
    assert (seen, page.tables.nights.isVisible()) == (["t1", "t2"], False)


def test_a_figure_that_is_open_is_not_left_open_on_another_tab(qtbot: QtBot, desk: Desk) -> None:
    page = opened_page(qtbot, desk, NOVEMBER)
    page.tables.tabs.choose("t2")
    page.tables.open_figure(EXITS)
    page.tables.tabs.choose("t8")
    assert page.tables.opened_card.isHidden()
    page.tables.tabs.choose("t2")
    assert page.tables.opened_card.isHidden()


def test_a_night_that_is_open_stays_open_where_the_nights_stand(qtbot: QtBot, desk: Desk) -> None:
    page = opened_page(qtbot, desk, NOVEMBER)
    page.tables.tabs.choose("t2")
    page.tables.open_figure(("t1.presence", (("night", "2026-11-20"),)))
    page.tables.tabs.choose("t1")
    assert not page.tables.opened_card.isHidden()
    page.tables.tabs.choose("t3")
    assert page.tables.opened_card.isHidden()


def test_who_exports_for_a_partner_reads_what_is_hidden_without_numbers_of_tables(qtbot: QtBot, desk: Desk) -> None:
    dialog = ExportDialog(desk, "Export", 5)
    qtbot.addWidget(dialog)
    told = dialog.cards["partenaire"].toolTip()
    assert "T3" not in told
    assert "5" in told
