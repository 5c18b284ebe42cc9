"""Stock: items and their cards, vouchers, loans, counts, what expires and what is used.

T11 of a month for who keeps the store: opening, in, out and closing of each item, then of each of its donors.
"""

from collections.abc import Iterable, Iterator
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
from shelter_desk.ui.stock.items_part import ItemsPart  # shown first: loaded with the page, beside the window
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
        if found is not None:
            found = replace(found, rows=tuple(_by_name(report, found.rows)))
        return figures(report, found, words.text("Item"), self)


def _by_name(report: Report, rows: Iterable[FigureRow]) -> Iterator[FigureRow]:
    """Below each category its items by name: the report goes by codes, who keeps the store by names."""

    def name(row: FigureRow) -> str:
        kind, code = row.label
        return folded(report_words.label(("item_code" if kind == "item_low" else kind, code), report.names))

    items: list[FigureRow] = []
    for row in rows:
        if row.label[0] == "stock_category":
            yield from sorted(items, key=name)
            items = []
            yield row
        else:
            items.append(row)
    yield from sorted(items, key=name)


def parts() -> tuple[Part, ...]:
    """The parts there are, in order; one more is one more line here, and its case in `face_of`."""
    return (
        Part("items", words.text("Items"), "box"),
        Part("vouchers", words.text("Vouchers"), "document"),
        Part("expiring", words.text("Expiry dates"), "clock"),
        Part("loans", words.text("Loans"), "swap"),
        Part("counts", words.text("Counts"), "list"),
        Part("use", words.text("Use"), "calendar-bars"),
        Part("kits", words.text("Kits"), "bag"),
        Part("month", words.text("Month"), "report"),
    )


class StockPage(PartsPage):
    """The parts of this page."""

    key = "stock"
    concerns = Changes(stock=True, stays=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, words.text("Stock"), parts(), parent)

    def face_of(self, key: str) -> PartFace:
        match key:
            case "items":
                return ItemsPart(self.desk)
            case "vouchers":
                from shelter_desk.ui.stock.vouchers_part import VouchersPart

                return VouchersPart(self.desk)
            case "expiring":
                from shelter_desk.ui.stock.expiring_part import ExpiringPart

                return ExpiringPart(self.desk)
            case "loans":
                from shelter_desk.ui.stock.loans_part import LoansPart

                return LoansPart(self.desk)
            case "counts":
                from shelter_desk.ui.stock.counts_part import CountsPart

                return CountsPart(self.desk)
            case "use":
                from shelter_desk.ui.stock.expiring_part import UsePart

                return UsePart(self.desk)
            case "kits":
                from shelter_desk.ui.stock.kits_part import KitsPart

                return KitsPart(self.desk)
            case "month":
                return StockMonthPart(self.desk)
        return super().face_of(key)
