"""Labels of the store: what gets one, and which item and lot a reader has read."""

from collections.abc import Collection
from dataclasses import dataclass

from shelter_desk.domain.errors import NoSuch
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock import items, ledger
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.moves import NO_LOT, Lot
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.stock import stock


@dataclass(frozen=True, slots=True)
class LabelRead:
    """What a label says. lot_no: "" where it names no lot."""

    item: ItemId
    lot_no: str = ""


@needs(Permission.STOCK_SEE)
def read(desk: Desk, typed: str) -> LabelRead:
    """The item, and the lot, of what a reader typed. Raises NoSuch."""
    with desk.reading() as connection:
        known = {item.code.casefold(): key for key, item in stock.items(connection).items() if item.is_active}
    found = items.read_label(typed, known)
    if found is None:
        raise NoSuch("item", typed.strip())
    return LabelRead(known[found[0]], found[1])


@needs(Permission.STOCK_SEE)
def to_print(desk: Desk, keys: Collection[ItemId]) -> tuple[tuple[Item, Lot], ...]:
    """A label for each numbered lot there is of these items, in their order; for the item where none has a number."""
    with desk.reading() as connection:
        known, nets = stock.items(connection), stock.lot_nets(connection, desk.today())
    found = []
    for key in keys:
        lots = ledger.first_expired_first(ledger.settled(nets.get(key, {})))
        numbered = {(lot.lot_no, lot.expiry_on): lot for lot in lots if lot.lot_no}
        found += [(known[key], lot) for lot in numbered.values() or (NO_LOT,)]
    return tuple(found)
