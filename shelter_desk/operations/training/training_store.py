"""What registers have no sheet for, in the store of the training shelter: packs, kits, blankets lent, a request."""

from dataclasses import replace

from shelter_desk.domain.ids import ItemId, KitId
from shelter_desk.domain.stock.items import THOUSAND, Item, Kit, KitLine, Pack
from shelter_desk.domain.stock.vouchers import AskedLine, Slip
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import issuing, stock, stock_catalogue
from shelter_desk.training.stock import GOODS, KITS
from shelter_desk.words import label

LENT = 3  # blankets that are out


def fill(desk: Desk) -> None:
    """Write them through the operations that the window calls."""
    known = {item.code: item for item in stock_catalogue.items(desk)}
    for good in GOODS:
        pack, in_pack = good.pack
        if pack:
            packs = (Pack(pack, in_pack * THOUSAND),)
            stock_catalogue.keep_item(desk, replace(known[good.code], packs=packs))
    for kind, lines in KITS.items():
        made = tuple(KitLine(known[code].id, amount) for code, amount in lines)
        stock_catalogue.keep_kit(desk, Kit(KitId(0), _code(kind), label("service_type", kind), made, kind))
    _lend(desk, known["COUVERT"])
    _ask(desk, known)


def _code(kind: str) -> str:
    return kind.removeprefix("nfi_").upper()[:6]


def _lend(desk: Desk, blanket: Item) -> None:
    usable = next(one.usable for one in stock.standing(desk) if one.item.id == blanket.id)
    for resident in stock.recipients(desk)[: min(LENT, usable // THOUSAND)]:
        lines = (AskedLine(blanket.id, THOUSAND, lent=True),)
        issuing.issue(desk, Slip(desk.today(), "individuel", lines, resident.stay, approved_by=desk.user))


def _ask(desk: Desk, known: dict[str, Item]) -> None:
    lines = tuple(AskedLine(ItemId(known[code].id), amount * THOUSAND) for code, amount in (("CAHIER", 6), ("FIL", 2)))
    issuing.ask(desk, Slip(desk.today(), "formation", lines, third_party="Atelier"))
