"""What the figures of the stock are computed from (T11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shelter_desk.domain.ids import ItemId, MoveId, PersonId
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.moves import Lot, Move

Balances = Mapping[ItemId, int]
Nets = Mapping[ItemId, Mapping[Lot, int]]


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A line of a slip of the period, as the paper has it."""

    item: ItemId
    amount: int


@dataclass(frozen=True, slots=True)
class Counted:
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
    last approved count of each item in the period. persons: who a code of `third_party` means, folded.
    """

    items: tuple[Item, ...] = ()
    opening: Balances = field(default_factory=dict)
    closing: Balances = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    eve_lots: Nets = field(default_factory=dict)
    lots: Nets = field(default_factory=dict)
    taken_back: frozenset[MoveId] = frozenset()
    slips: tuple[SlipLine, ...] = ()
    counted: Mapping[ItemId, Counted] = field(default_factory=dict)
    persons: Mapping[str, PersonId] = field(default_factory=dict)

    def moves_of(self) -> dict[ItemId, list[Move]]:
        """The movements of the period by item."""
        found: dict[ItemId, list[Move]] = {item.id: [] for item in self.items}
        for move in self.moves:
            found[move.item].append(move)
        return found
