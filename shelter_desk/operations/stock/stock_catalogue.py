"""The catalogue of the store: items, the packs they come in, kits issued in one line, labels and their reader."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from shelter_desk.domain.assistance.assistance import LODGING
from shelter_desk.domain.checks import check_code, check_given
from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.errors import BadNumber, CodeTaken, NoSuch, NotInList
from shelter_desk.domain.ids import ItemId, KitId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock import items as item_rules
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import MOST, Item, Kit, units
from shelter_desk.domain.stock.moves import NO_LOT, Lot
from shelter_desk.domain.stock.refusals import ItemMoved
from shelter_desk.operations.desk import Desk, Writing, needs
from shelter_desk.operations.services import service_catalogue, service_log
from shelter_desk.operations.stock.stock_posting import STOCK
from shelter_desk.storage.equipment import equipment
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stock import stock


@dataclass(frozen=True, slots=True)
class LabelRead:
    """What a label says. lot_no: "" where it names no lot."""

    item: ItemId
    lot_no: str = ""


@needs(Permission.STOCK_SEE)
def items(desk: Desk) -> tuple[Item, ...]:
    """The catalogue, in order of names."""
    with desk.reading() as connection:
        return tuple(stock.items(connection).values())


@needs(Permission.STOCK_SEE)
def grants(desk: Desk) -> tuple[Grant, ...]:
    """What donors give under, in order of codes."""
    with desk.reading() as connection:
        return tuple(equipment.grants(connection).values())


@needs(Permission.STOCK_EDIT)
def keep_item(desk: Desk, item: Item) -> ItemId:
    """Add an item, or change the one with this id.

    Raises Missing, NotInList, BadNumber, CodeTaken; ItemMoved for the unit of an item that moved, or where what moved
    without lots would expire.
    """
    told = replace(item, code=service_log.tidy(item.code), designation=service_log.tidy(item.designation))
    with desk.writing("keep_item", STOCK, told.code) as writing:
        _check_item(writing.connection, told)
        key = ItemId(writing.trail.put("stock_items", told.id, stock.ITEMS.write(told)))
        _keep_packs(writing, key, told)
    return key


def _check_item(connection: Connection, item: Item) -> None:
    for field, value in (("item_code", item.code), ("designation", item.designation)):
        check_given(field, value)
    for field, value in (("stock_category", item.category), ("unit", item.unit)):
        check_code(field, value)
    if item.service_type and (
        item.service_type == LODGING or item.service_type not in service_catalogue.known(connection)
    ):
        raise NotInList("service_type", item.service_type)
    for pack in item.packs:
        check_code("unit", pack.unit, "pack")
    _check_amounts(item)
    known = stock.items(connection)
    if any(one.id != item.id and one.code.casefold() == item.code.casefold() for one in known.values()):
        raise CodeTaken("item", item.code)
    before, moves = known.get(item.id), stock.moves_of(connection, item.id) if item.id else ()
    if before is not None and moves:
        if before.unit != item.unit:
            raise ItemMoved(item.code, "unit")
        if item.has_expiry and any(not move.lot.lot_no or move.lot.expiry_on is None for move in moves):
            raise ItemMoved(item.code, "has_expiry")


def _check_amounts(item: Item) -> None:
    for field, amount in (("min_level", item.min_level), ("max_level", item.max_level), ("norm", item.norm)):
        if amount is not None and not 0 <= amount <= MOST:
            raise BadNumber(field, f"{units(amount):g}")
    for pack in item.packs:
        if not 0 < pack.factor <= MOST:
            raise BadNumber("pack_factor", f"{units(pack.factor):g}")
    if item.lead_time_days is not None and item.lead_time_days < 0:
        raise BadNumber("lead_time_days", str(item.lead_time_days))


def _keep_packs(writing: Writing, key: ItemId, item: Item) -> None:
    """What a pack holds is written on each line of a receipt: changing it changes nothing past."""
    before = stock.pack_rows(writing.connection, key)
    for pack in item.packs:
        if pack.unit in before:
            writing.trail.change("stock_packs", before.pop(pack.unit), {"factor": pack.factor})
        else:
            writing.trail.add("stock_packs", {"item_id": key, "unit": pack.unit, "factor": pack.factor})
    for row in before.values():
        writing.trail.remove("stock_packs", row)


@needs(Permission.STOCK_SEE)
def all_kits(desk: Desk) -> tuple[Kit, ...]:
    """Every kit, in order of names."""
    with desk.reading() as connection:
        return tuple(stock.kits(connection).values())


@needs(Permission.STOCK_REQUEST)
def kits_offered(desk: Desk) -> tuple[Kit, ...]:
    """The kits in use, in order of names."""
    with desk.reading() as connection:
        return tuple(one for one in stock.kits(connection).values() if one.is_active and one.lines)


@needs(Permission.STOCK_REQUEST)
def kits_in_store(desk: Desk, kit: Kit) -> int:
    """How many of it what may be given out today makes up."""
    today, wanted = desk.today(), Counter[ItemId]()
    for line in kit.lines:
        wanted[line.item] += line.amount
    with desk.reading() as connection:
        free = {item: ledger.free_lots(stock.moves_of(connection, item), today) for item in wanted}
    return min(ledger.usable(free[item], today) // amount for item, amount in wanted.items())


@needs(Permission.STOCK_EDIT)
def keep_kit(desk: Desk, kit: Kit) -> KitId:
    """Add a kit, or change the one with this id; slips of before keep what they gave. Raises Missing, CodeTaken."""
    told = replace(kit, code=service_log.tidy(kit.code), name=service_log.tidy(kit.name))
    for field, value in (("kit_code", told.code), ("name", told.name), ("item_code", told.lines)):
        check_given(field, value)
    with desk.writing("keep_kit", STOCK, told.code) as writing:
        others = [one for one in stock.kits(writing.connection).values() if one.id != told.id]
        if any(one.code.casefold() == told.code.casefold() for one in others):
            raise CodeTaken("kit", told.code)
        row = {"kit_code": told.code, "name": told.name, "service_type": told.service_type, "is_active": told.is_active}
        key = KitId(writing.trail.put("stock_kits", told.id, row))
        for line in stock.kit_line_rows(writing.connection, key):
            writing.trail.remove("stock_kit_lines", line)
        for one in told.lines:
            writing.trail.add("stock_kit_lines", {"kit_id": key, "item_id": one.item, "amount": one.amount})
    return key


# Labels ---------------------------------------------------------------------------------------------------------------


@needs(Permission.STOCK_SEE)
def read_label(desk: Desk, typed: str) -> LabelRead:
    """The item, and the lot, of what a reader typed. Raises NoSuch."""
    with desk.reading() as connection:
        known = {item.code.casefold(): key for key, item in stock.items(connection).items() if item.is_active}
    found = item_rules.read_label(typed, known)
    if found is None:
        raise NoSuch("item", typed.strip())
    return LabelRead(known[found[0]], found[1])


@needs(Permission.STOCK_SEE)
def labels(desk: Desk, keys: Collection[ItemId]) -> tuple[tuple[Item, Lot], ...]:
    """A label for each numbered lot there is of these items, in their order; for the item where none has a number."""
    with desk.reading() as connection:
        known, nets = stock.items(connection), stock.lot_nets(connection, desk.today())
    found = []
    for key in keys:
        lots = ledger.first_expired_first(ledger.settled(nets.get(key, {})))
        numbered = {(lot.lot_no, lot.expiry_on): lot for lot in lots if lot.lot_no}
        found += [(known[key], lot) for lot in numbered.values() or (NO_LOT,)]
    return tuple(found)
