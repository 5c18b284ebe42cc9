"""What the figures of the stock are computed from (T11).

What came of a donor, or under one grant, what went out of it and what is left: for its dossier.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from shelter_desk.domain.ids import ItemId, MoveId, PersonId
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.moves import RECEIPTS, REVERSAL, Lot, Move


@dataclass(frozen=True, slots=True)
class Supply:
    """One item, in thousandths. received: what came in and was not taken back."""

    item: Item
    received: int
    left: int

    @property
    def gone(self) -> int:
        """What was given out, used, lost or adjusted."""
        return self.received - self.left


def supplies(
    items: Mapping[ItemId, Item], moves: Iterable[Move], belongs: Callable[[Lot], bool], day: date
) -> tuple[Supply, ...]:
    """Of each item of which anything came so by that day, in order of the items. moves: all of them."""
    of_item: defaultdict[ItemId, list[Move]] = defaultdict(list)
    for move in moves:
        if move.moved_on <= day:
            of_item[move.item].append(move)
    found = []
    for key, item in items.items():
        mine = of_item[key]
        came = {move.id for move in mine if move.move_type in RECEIPTS}
        # what came in, and the taking back of it
        received = sum(
            move.change
            for move in mine
            if (move.id in came or (move.move_type == REVERSAL and move.reverses in came)) and belongs(move.lot)
        )
        left = sum(amount for lot, amount in ledger.settled(ledger.nets(mine)).items() if belongs(lot))
        if received or left:
            found.append(Supply(item, received, left))
    return tuple(found)


Balances = Mapping[ItemId, int]
Nets = Mapping[ItemId, Mapping[Lot, int]]


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A line of a slip of the period, as the paper has it."""

    item: ItemId
    amount: int


@dataclass(frozen=True, slots=True)
class CountedStock:
    """An approved count of an item, all its lots together. physical, theoretical: in thousandths, that evening."""

    counted_on: date
    physical: int
    theoretical: int


@dataclass(frozen=True, slots=True)
class Store:
    """The store over a period; amounts in thousandths.

    opening, closing: summed over the whole ledger up to the eve and to the last day. moves: those of the period in
    order of time. eve_lots, lots: what each lot got less what left it, at both ends.
    taken_back: movements of the period that were taken back, then or later. slips: lines of its slips. counted: the
    last approved count of each item in the period. persons: who a code of `third_party` means, folded. served_later:
    services by number whose movement happened in the period and is dated after it.
    """

    items: tuple[Item, ...] = ()
    opening: Balances = field(default_factory=dict)
    closing: Balances = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    eve_lots: Nets = field(default_factory=dict)
    lots: Nets = field(default_factory=dict)
    taken_back: frozenset[MoveId] = frozenset()
    slips: tuple[SlipLine, ...] = ()
    counted: Mapping[ItemId, CountedStock] = field(default_factory=dict)
    persons: Mapping[str, PersonId] = field(default_factory=dict)
    served_later: frozenset[str] = frozenset()

    def moves_of(self) -> dict[ItemId, list[Move]]:
        """The movements of the period by item."""
        found: dict[ItemId, list[Move]] = {item.id: [] for item in self.items}
        for move in self.moves:
            found[move.item].append(move)
        return found
