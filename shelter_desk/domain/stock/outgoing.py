"""What a slip would take out, line by line: kits as what is in them, from which lots, and what is left then.

Amounts are thousandths.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import THOUSAND, Item, Kit
from shelter_desk.domain.stock.moves import Lot

Wanted = tuple[Item, int, Lot | None]  # an item, how much of it, and the lot chosen by hand


@dataclass(frozen=True, slots=True)
class Outgoing:
    """So much of an item from these lots. rest: what may still be given then, below zero where it lacks."""

    item: Item
    amount: int
    lots: tuple[Lot, ...]
    rest: int


def contents(kit: Kit, items: Mapping[ItemId, Item], amount: int) -> list[Wanted]:
    """What is in so many thousandths of a kit; items that are not known any more are left out."""
    return [(items[line.item], line.amount * amount // THOUSAND, None) for line in kit.lines if line.item in items]


def going_out(lines: Iterable[Wanted], free: Mapping[ItemId, Sequence[tuple[Lot, int]]], day: date) -> list[Outgoing]:
    """Each line after those before it. free: what may be taken from each lot on that day."""
    left = {item: dict(lots) for item, lots in free.items()}
    found = []
    for item, amount, by_hand in lines:
        there = left.setdefault(item.id, {})
        may = {lot: n for lot, n in there.items() if by_hand in (None, lot)}
        taken = ledger.proposed(may, amount, day)
        for lot, n in taken:
            there[lot] -= n
        lacks = amount - sum(n for _, n in taken)
        rest = -lacks if lacks else ledger.usable(there, day)
        found.append(Outgoing(item, amount, tuple(lot for lot, _ in taken), rest))
    return found
