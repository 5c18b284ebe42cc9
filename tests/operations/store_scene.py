"""A store to try operations on: soap without lots, rice that expires, blankets that are lent."""

from datetime import date, timedelta

from shelter_desk.domain.ids import ItemId, KitId, VoucherId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stock.items import Item, Kit, KitLine, Pack
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.vouchers import AskedLine, Receipt, ReceivedLine, Slip
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import issuing, stock, stock_catalogue, vouchers
from shelter_desk.system import clock

NONE = ItemId(0)
NO_LOT = Lot()


def ago(days: int) -> date:
    """That many days before today."""
    return clock.today() - timedelta(days=days)


def ahead(days: int) -> date:
    """That many days after today."""
    return clock.today() + timedelta(days=days)


def soap(desk: Desk) -> ItemId:
    """Soap in pieces, in cartons of 24; given to a resident it is a hygiene kit."""
    made = Item(
        NONE,
        "SAV",
        "Savon",
        "hygiene",
        "piece",
        50_000,
        lead_time_days=10,
        service_type="nfi_hygiene",
        packs=(Pack("carton", 24_000),),
    )
    return stock_catalogue.keep_item(desk, made)


def rice(desk: Desk) -> ItemId:
    """Rice in kilograms, which expires."""
    return stock_catalogue.keep_item(desk, Item(NONE, "RIZ", "Riz", "aliments_secs", "kg", has_expiry=True))


def blanket(desk: Desk) -> ItemId:
    """Blankets, lent."""
    return stock_catalogue.keep_item(desk, Item(NONE, "COUV", "Couverture", "nfi_couchage", "piece", lendable=True))


def kit(desk: Desk, *lines: tuple[ItemId, int], service_type: str = "nfi_hygiene", code: str = "HYG") -> None:
    """A kit with these items, in thousandths."""
    made = tuple(KitLine(item, amount) for item, amount in lines)
    stock_catalogue.keep_kit(desk, Kit(KitId(0), code, "Kit d’hygiène", made, service_type))


def came(
    desk: Desk,
    item: ItemId,
    amount: int,
    day: date | None = None,
    lot: Lot = NO_LOT,
    kind: str = "achat",
) -> VoucherId:
    """So much came in, today unless said; the voucher."""
    line = ReceivedLine(item, amount, lot)
    return voucher(desk, vouchers.receive(desk, Receipt(day or clock.today(), kind, (line,))).subject)


def went(desk: Desk, item: ItemId, amount: int, day: date | None = None, purpose: str = "cuisine") -> VoucherId:
    """So much went out, from the lots that expire first; the voucher."""
    slip = Slip(day or clock.today(), purpose, (AskedLine(item, amount),), approved_by=desk.user)
    return voucher(desk, issuing.issue(desk, slip).subject)


def voucher(desk: Desk, number: str) -> VoucherId:
    """The voucher of that number."""
    period = Period(date(2020, 1, 1), clock.today())
    return next(one.id for one in stock.papers(desk, period) if one.voucher_no == number)


def balance(desk: Desk, item: ItemId) -> int:
    """What is there today, in thousandths."""
    return next(one.physical for one in stock.standing(desk) if one.item.id == item)
