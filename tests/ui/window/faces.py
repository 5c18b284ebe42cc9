"""Everything that the window of an open shelter shows: pages and their parts from the registry, and what they open."""

from collections.abc import Iterator

from shelter_desk.operations.beds import beds as bed_operations
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import old_report
from shelter_desk.operations.residents import residents
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.reports.old_report.form import OldReportForm
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record import record_tabs
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.today.page import TodayPage
from tests.excel.old_workbook import make

RECORDS = 3  # of whom each has something longer than the others


def faces(frame: Frame, desk: Desk) -> Iterator[str]:
    """Opens every page and part, and what pages show besides; the name of each."""
    for where, _ in frame.places():
        frame.open_part(where)
        yield where
    yield from _today(frame)
    yield from _rooms(frame, desk)
    beds = frame.pages["beds"]
    assert isinstance(beds, BedsPage)
    frame.open("beds")
    beds.show_view("plan")
    beds.find_bed()
    yield "a bed"
    frame.open_admission(None)
    yield "admission"
    yield from _records(frame, desk)
    reports = frame.pages["reports"]
    assert isinstance(reports, ReportsPage)
    frame.open("reports")
    tabs = reports.tables.tabs
    for code in (str(tabs.tabData(place)) for place in range(1, tabs.count())):
        tabs.choose(code)
        yield f"report {code}"
    yield from _old_report(reports, desk)


def _today(frame: Frame) -> Iterator[str]:
    today = frame.pages["today"]
    assert isinstance(today, TodayPage)
    frame.open("today")
    today.begin_catching_up()
    yield "catching up"
    today.end_catching_up()
    today.begin_roll_call(again=True)
    yield "roll call"
    today.end_roll_call()


def _rooms(frame: Frame, desk: Desk) -> Iterator[str]:
    settings = frame.pages["settings"]
    assert isinstance(settings, SettingsPage)
    frame.open_part("settings/rooms")
    settings.rooms.rooms.go_to(next(place for place, (_, beds) in enumerate(bed_operations.rooms(desk)) if beds))
    yield "a room with beds"


def _records(frame: Frame, desk: Desk) -> Iterator[str]:
    house = frame.pages["residents"]
    assert isinstance(house, ResidentsPage)
    for row in residents.listed(desk, "here")[:RECORDS]:
        frame.open_record(row.person.id)
        for tab in record_tabs.tabs():
            house.record.show_tab(tab)
            yield f"record {row.person.code} {tab}"


def _old_report(reports: ReportsPage, desk: Desk) -> Iterator[str]:
    old_report.remember(desk, (("Octobre", "D4", "t2.entries"), ("Octobre", "B9", "t2.exits")))
    reports.old_report.click()
    yield "old report, no file"
    assert isinstance(reports.forms.form, OldReportForm)
    reports.forms.form.open_file(make(desk.folder.parent / "ancien.xlsx"))
    yield "old report"
    reports.forms.leave()
