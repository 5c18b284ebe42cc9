"""Equipment, in parts under one row of segments.

T10 of a month for who keeps the equipment: by category and by donor, and what happened.
"""

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.equipment.assets import Happened
from shelter_desk.domain.reports.layout.equipment_tables import equipment as tables_of
from shelter_desk.domain.reports.report import Report
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn, TableRows
from shelter_desk.ui.month_view import MonthFace, figures
from shelter_desk.ui.tabbed_page import Part, PartFace, PartsPage
from shelter_desk.words import equipment as _sentences  # noqa: F401 its refusals are said too
from shelter_desk.words import formats
from shelter_desk.words.reports import reports as report_words

CATEGORIES, DONORS, EVENTS = "t10.asset_category", "t10.donor", "events"


class EquipmentMonthPart(MonthFace):
    """By category, by donor, or the events one by one."""

    def __init__(self, desk: Desk) -> None:
        self.name = words.text("Equipment of the month")
        options = [
            (CATEGORIES, words.text("By category")),
            (DONORS, words.text("By donor")),
            (EVENTS, words.text("Events")),
        ]
        super().__init__(desk, options)

    def compute(self) -> Report:
        return equipment.month(self.desk, self.period)

    def made(self, report: Report, chosen: str) -> TableView:
        if chosen == EVENTS:
            rows: TableRows[Happened] = TableRows(_event_columns(), self)
            table = TableView(rows, fits=True)
            rows.show(report.happened)
            return table
        found = next(one for one in tables_of(report) if one.name == chosen)
        return figures(report, found, report_words.table(chosen), self)


def _event_columns() -> list[TableColumn[Happened]]:
    return [
        TableColumn(words.text("Date"), lambda one: formats.day(one.on), lambda one: one.on),
        TableColumn(words.text("Tag"), lambda one: one.tag_no, BY_TEXT, bold=True),
        TableColumn(words.text("Designation"), lambda one: one.designation, BY_TEXT),
        TableColumn(words.text("Event"), lambda one: words.label("asset_event", one.kind), lambda one: one.kind),
        TableColumn(words.text("Minutes no."), lambda one: one.pv_no),
    ]


def parts() -> tuple[Part, ...]:
    """The parts there are, in order; one more is one more line here, and its case in `face_of`."""
    return (
        Part("register", words.text("Register"), "list"),
        Part("receptions", words.text("Receptions"), "truck"),
        Part("counts", words.text("Inventory"), "barcode"),
        Part("maintenance", words.text("Maintenance"), "wrench"),
        Part("donors", words.text("Donors and grants"), "flag"),
        Part("month", words.text("Month"), "report"),
    )


class EquipmentPage(PartsPage):
    """The parts of this page."""

    key = "equipment"
    concerns = Changes(assets=True, rooms=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, words.text("Equipment"), parts(), parent)

    def face_of(self, key: str) -> PartFace:
        match key:
            case "register":
                from shelter_desk.ui.equipment.register_part import RegisterPart

                return RegisterPart(self.desk)
            case "receptions":
                from shelter_desk.ui.equipment.receptions_part import ReceptionsPart

                return ReceptionsPart(self.desk)
            case "counts":
                from shelter_desk.ui.equipment.counts_part import CampaignsPart

                return CampaignsPart(self.desk)
            case "maintenance":
                from shelter_desk.ui.equipment.maintenance_part import MaintenancePart

                return MaintenancePart(self.desk)
            case "donors":
                from shelter_desk.ui.equipment.donors_part import DonorsPart

                return DonorsPart(self.desk)
            case "month":
                return EquipmentMonthPart(self.desk)
        return super().face_of(key)
