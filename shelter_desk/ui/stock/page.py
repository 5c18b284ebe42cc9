"""Stock: items and their cards, vouchers, loans, counts, what expires and what is used.

T11 of a month for who keeps the store: opening, in, out and closing of each item, then of each of its donors.
"""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.codes import folded
from shelter_desk.domain.reports.layout.stay_tables import FigureRow
from shelter_desk.domain.reports.layout.stock_tables import stock as tables_of
from shelter_desk.domain.reports.report import Report
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_month
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.month_view import MonthFace, figures
from shelter_desk.ui.tabbed_page import Part, PartFace, PartsPage
from shelter_desk.words.reports import reports as report_words

ITEMS, DONORS = "t11", "t11.by_donor"


class StockMonthPart(MonthFace):
    """By item, or by item and donor: what a donor asks where its goods went."""

    def __init__(self, desk: Desk) -> None:
        self.name = words.text("Stock of the month")
        super().__init__(desk, [(ITEMS, words.text("By item")), (DONORS, words.text("By donor"))])

    def compute(self) -> Report:
        return stock_month.month(self.desk, self.period)

    def made(self, report: Report, chosen: str) -> TableView:
        found = next((one for one in tables_of(report) if one.name == chosen), None)
        if found is not None:  # the report goes by codes, who keeps the store by names
            found = replace(found, rows=tuple(sorted(found.rows, key=lambda row: _name(row, report))))
        return figures(report, found, words.text("Item"), self)


def _name(row: FigureRow, report: Report) -> str:
    return folded(report_words.label(row.label, report.names))


def parts() -> tuple[Part, ...]:
    """The parts there are, in order; one more is one more line here."""
    return (
        Part("items", words.text("Items"), "box", _items),
        Part("vouchers", words.text("Vouchers"), "document", _vouchers),
        Part("expiring", words.text("Expiry dates"), "clock", _expiring),
        Part("loans", words.text("Loans"), "swap", _loans),
        Part("counts", words.text("Counts"), "list", _counts),
        Part("use", words.text("Use"), "calendar-bars", _use),
        Part("kits", words.text("Kits"), "bag", _kits),
        Part("month", words.text("Month"), "report", _month),
    )


def _items(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.items_part import ItemsPart

    return ItemsPart(desk)


def _vouchers(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.vouchers_part import VouchersPart

    return VouchersPart(desk)


def _expiring(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.expiring_part import ExpiringPart

    return ExpiringPart(desk)


def _loans(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.loans_part import LoansPart

    return LoansPart(desk)


def _counts(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.counts_part import CountsPart

    return CountsPart(desk)


def _use(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.expiring_part import UsePart

    return UsePart(desk)


def _kits(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.kits_part import KitsPart

    return KitsPart(desk)


def _month(desk: Desk) -> PartFace:

    return StockMonthPart(desk)


class StockPage(PartsPage):
    """The parts of this page."""

    key = "stock"
    concerns = Changes(stock=True, stays=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, words.text("Stock"), parts(), parent)
