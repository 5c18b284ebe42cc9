"""Stock: items and their cards, vouchers, loans, counts, what expires and what is used."""

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.tabbed_page import Part, PartFace, PartsPage


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
    from shelter_desk.ui.stock.use_part import UsePart

    return UsePart(desk)


def _kits(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.kits_part import KitsPart

    return KitsPart(desk)


def _month(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.month_part import MonthPart

    return MonthPart(desk)


class StockPage(PartsPage):
    """The parts of this page."""

    key = "stock"
    concerns = Changes(stock=True, stays=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, words.text("Stock"), parts(), parent)
