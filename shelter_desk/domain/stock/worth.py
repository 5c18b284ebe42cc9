"""What a slip is worth, and whether somebody has to approve it (field 3.12, field 10). Money in whole francs (XOF)."""

from collections.abc import Iterable, Sequence

from shelter_desk.domain.stock.moves import Lot, Move
from shelter_desk.domain.stock.quantities import THOUSAND

Priced = tuple[int, int | None]  # thousandths of a unit, and what one unit costs


def unit_cost(moves: Sequence[Move], lot: Lot) -> int | None:
    """What one unit of that lot cost when it came in, else one of the item the last time; None where nothing says so.

    moves: of the item, in order of time; what was taken back again tells nothing.
    """
    gone = {move.reverses for move in moves if move.reverses is not None}
    told = [move for move in moves if move.change > 0 and move.unit_cost_xof is not None and move.id not in gone]
    of_lot = [move for move in told if move.lot == lot]
    return (of_lot or told)[-1].unit_cost_xof if told else None


def worth(lines: Iterable[Priced]) -> int | None:
    """All of them together, a part of a franc counted as one; None where one of the prices is not known."""
    total = 0
    for amount, cost in lines:
        if cost is None:
            return None
        total += amount * cost
    return -(-total // THOUSAND)


def needs_approval(value: int | None, threshold: int) -> bool:
    """True of every slip where the threshold is 0, else of one that is worth more, or whose worth is not known."""
    return threshold == 0 or value is None or value > threshold
