"""T11 of a month for who keeps the store: opening, in, out and closing of each item, then of each of its donors."""

from dataclasses import replace

from shelter_desk import words
from shelter_desk.domain.codes import folded
from shelter_desk.domain.reports.layout.stay_tables import Row
from shelter_desk.domain.reports.layout.stock_tables import stock as tables_of
from shelter_desk.domain.reports.report import Report
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_month
from shelter_desk.ui.lists.table import Table
from shelter_desk.ui.month_view import MonthFace, figures
from shelter_desk.words.reports import reports as said

ITEMS, DONORS = "t11", "t11.by_donor"


class MonthPart(MonthFace):
    """By item, or by item and donor: what a donor asks where its goods went."""

    def __init__(self, desk: Desk) -> None:
        self.name = words.text("Stock of the month")
        super().__init__(desk, [(ITEMS, words.text("By item")), (DONORS, words.text("By donor"))])

    def compute(self) -> Report:
        return stock_month.month(self.desk, self.period)

    def made(self, report: Report, chosen: str) -> Table:
        found = next((one for one in tables_of(report) if one.name == chosen), None)
        if found is not None:  # the report goes by codes, who keeps the store by names
            found = replace(found, rows=tuple(sorted(found.rows, key=lambda row: _name(row, report))))
        return figures(report, found, words.text("Item"), self)


def _name(row: Row, report: Report) -> str:
    return folded(said.label(row.label, report.names))
