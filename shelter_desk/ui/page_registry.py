"""The pages there are: each is loaded when it is first opened, or before, while nobody waits for anything."""

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tasks
from shelter_desk.ui.frame.frame import PageEntry
from shelter_desk.ui.frame.rail import Entry
from shelter_desk.ui.page import Page
from shelter_desk.words import guide

if TYPE_CHECKING:
    from shelter_desk.ui.tabbed_page import Part

_Parts = list[tuple[str, str]]  # how a part of a page is asked for, and what it is called


def _today(_desk: Desk) -> type[Page]:
    from shelter_desk.ui.today.page import TodayPage

    return TodayPage


def _beds(_desk: Desk) -> type[Page]:
    from shelter_desk.ui.beds.page import BedsPage

    return BedsPage


def _residents(_desk: Desk) -> type[Page]:
    from shelter_desk.ui.residents.page import ResidentsPage

    return ResidentsPage


def _assistance(_desk: Desk) -> type[Page]:
    from shelter_desk.ui.assistance.page import AssistancePage

    return AssistancePage


def _equipment(_desk: Desk) -> type[Page]:
    from shelter_desk.ui.equipment.page import EquipmentPage

    return EquipmentPage


def _stock(_desk: Desk) -> type[Page]:
    from shelter_desk.ui.stock.page import StockPage

    return StockPage


def _reports(desk: Desk) -> type[Page]:
    if not desk.may(Permission.REPORT_SEE):
        from shelter_desk.ui.reports.reading_page import ReadingPage

        return ReadingPage
    from shelter_desk.ui.reports.page import ReportsPage

    return ReportsPage


def _intake(_desk: Desk) -> type[Page]:
    from shelter_desk.ui.imports.page import IntakePage

    return IntakePage


def _settings(_desk: Desk) -> type[Page]:
    from shelter_desk.ui.settings.page import SettingsPage

    return SettingsPage


def _beds_parts(_desk: Desk) -> _Parts:
    return [("calendar", words.text("Calendar"))]


def _assistance_parts(desk: Desk) -> _Parts:
    from shelter_desk.ui.assistance.page import parts

    return _allowed(desk, parts())


def _equipment_parts(desk: Desk) -> _Parts:
    from shelter_desk.ui.equipment.page import parts

    return _allowed(desk, parts())


def _stock_parts(desk: Desk) -> _Parts:
    from shelter_desk.ui.stock.page import parts

    return _allowed(desk, parts())


def _settings_parts(desk: Desk) -> _Parts:
    from shelter_desk.ui.settings.section_list import offered

    return [(one.key, one.word) for one in offered(desk)]


def _allowed(desk: Desk, parts: "Sequence[Part]") -> _Parts:
    return [(one.key, one.label) for one in parts if one.permission is None or desk.may(one.permission)]


def pages_for(desk: Desk) -> dict[str, PageEntry]:
    """The pages there are and that the role may open, in the order of the rail."""
    every: tuple[tuple[Permission | None, PageEntry], ...] = (
        (Permission.SEE_COUNTS, PageEntry(Entry("today", words.text("Today"), "today", 1), _today)),
        (Permission.SEE_BEDS, PageEntry(Entry("beds", words.text("Beds"), "bed", 2), _beds, _beds_parts)),
        (Permission.SEE_BEDS, PageEntry(Entry("residents", words.text("Residents"), "residents", 3), _residents)),
        # who gives no services has the part of incidents there
        (
            Permission.INCIDENT_REPORT,
            PageEntry(Entry("assistance", words.text("Assistance"), "heart", 4), _assistance, _assistance_parts),
        ),
        (
            Permission.ASSETS_SEE,
            PageEntry(Entry("equipment", words.text("Equipment"), "cabinet", 5), _equipment, _equipment_parts),
        ),
        (Permission.STOCK_SEE, PageEntry(Entry("stock", words.text("Stock"), "box", 6), _stock, _stock_parts)),
        # who reads the month, who reads closed ones, who signs the tables of the store
        *(
            (permission, PageEntry(Entry("reports", words.text("Reports"), "report", 7), _reports))
            for permission in (Permission.REPORT_SEE, Permission.REPORT_SEE_FROZEN, Permission.REPORT_VISA)
        ),
        (
            Permission.REGISTERS_IMPORT,
            PageEntry(Entry("intake", words.text("Import"), "import", 8, at_foot=True), _intake),
        ),
        (
            None,  # everybody has an account and a display
            PageEntry(
                Entry("settings", words.text("Settings"), "settings", 9, at_foot=True), _settings, _settings_parts
            ),
        ),
    )
    return {page.entry.key: page for permission, page in every if permission is None or desk.may(permission)}


def load_ahead(desk: Desk, pages: Sequence[PageEntry]) -> None:
    """Load what these pages are made of beside the window, one after the other: what is asked for goes first.

    Then the parts of pages that are opened first, the calendar of beds, the guide, which the search reads,
    and the timeline, whose statements are many.
    """
    if pages:
        tasks.run(partial(pages[0].load, desk), lambda _loaded: load_ahead(desk, pages[1:]), tasks.nobody)
    else:
        tasks.run(partial(_prepare, desk), tasks.nobody, tasks.nobody)


def _prepare(desk: Desk) -> None:
    from shelter_desk.operations.residents import timeline

    for part in ("beds.calendar.calendar_view", "equipment.register_part", "assistance.sheet_part"):
        import_module(f"shelter_desk.ui.{part}")
    guide.load()
    if desk.may(Permission.CASE_SEE):
        timeline.prepare(desk)
