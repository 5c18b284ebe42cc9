"""What came of a donor, or under one grant, what went out of it and what is left: for its dossier (N14, F69)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.ids import ItemId, MoveId
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
        received = sum(move.change for move in mine if _is_receipt(move, came) and belongs(move.lot))
        left = sum(amount for lot, amount in ledger.settled(ledger.nets(mine)).items() if belongs(lot))
        if received or left:
            found.append(Supply(item, received, left))
    return tuple(found)


def _is_receipt(move: Move, came: Collection[MoveId]) -> bool:
    """True for what came in, and for the taking back of it."""
    return move.id in came or (move.move_type == REVERSAL and move.reverses in came)
