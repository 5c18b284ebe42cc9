"""What the ledger says: balances, what may go out on a day, which lot goes first. Amounts are thousandths.

What a slip is worth, and whether somebody has to approve it (field 3.12, field 10). Money in whole francs (XOF).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from shelter_desk.domain.stock.items import THOUSAND
from shelter_desk.domain.stock.moves import Lot, Move

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


Changes = Iterable[tuple[date, int]]
NEVER = date.max


def by_day(changes: Changes) -> list[tuple[date, int]]:
    """The balance at the end of each day on which something moved, in order of time."""
    found, balance = [], 0
    for day, group in groupby(sorted(changes), key=lambda one: one[0]):
        balance += sum(change for _, change in group)
        found.append((day, balance))
    return found


def free_on(changes: Changes, day: date) -> tuple[int, date]:
    """How much may go out on that day so that no later day falls below zero, and the day that says so (S-01)."""
    ends = by_day(changes)
    before = [balance for moved_on, balance in ends if moved_on <= day]
    found = [(before[-1] if before else 0, day)]
    found += [(balance, moved_on) for moved_on, balance in ends if moved_on > day]
    return min(found)


def first_expired_first(lots: Iterable[Lot]) -> list[Lot]:
    """In the order in which they should go out; those that never expire last, else as they came."""
    return sorted(lots, key=lambda lot: lot.expiry_on or NEVER)


def settled(nets: Mapping[Lot, int]) -> dict[Lot, int]:
    """What is in each lot. nets: entries less what went out under that name, in the order in which they came.

    A movement out that did not say from which lot leaves a lot below zero: it is taken from lots that agree with what
    it said, the number first, then the donor, then the grant, the first expired of them first.
    """
    full = {lot: net for lot, net in nets.items() if net > 0}
    for lot, net in sorted(nets.items(), key=lambda one: _says(one[0]), reverse=True):
        wanted = -net
        for other in _agreeing(lot, full) if wanted > 0 else ():
            taken = min(wanted, full[other])
            full[other] -= taken
            wanted -= taken
    return {lot: amount for lot, amount in full.items() if amount}


def _says(lot: Lot) -> tuple[bool, bool, bool, bool]:
    return bool(lot.lot_no), lot.expiry_on is not None, bool(lot.donor), bool(lot.grant)


def _agreeing(lot: Lot, full: Mapping[Lot, int]) -> list[Lot]:
    order = first_expired_first(full)
    return sorted(
        order,
        key=lambda one: (
            one.lot_no != lot.lot_no,
            one.donor != lot.donor if lot.donor else False,
            one.grant != lot.grant if lot.grant else False,
        ),
    )


def nets(moves: Iterable[Move]) -> dict[Lot, int]:
    """What each lot got less what left it, by the name that each movement gave it."""
    found: dict[Lot, int] = {}
    for move in moves:
        found[move.lot] = found.get(move.lot, 0) + move.change
    return found


def proposed(lots: Mapping[Lot, int], wanted: int, day: date) -> list[tuple[Lot, int]]:
    """From which lots so much would go out on that day: usable ones, the first expired first; less where they lack."""
    found = []
    for lot in first_expired_first(lots):
        taken = 0 if lot.is_expired(day) else min(wanted, lots[lot])
        if taken > 0:
            found.append((lot, taken))
            wanted -= taken
    return found


def usable(lots: Mapping[Lot, int], day: date) -> int:
    """What may still be issued on that day."""
    return sum(amount for lot, amount in lots.items() if not lot.is_expired(day))


def free_lots(moves: Sequence[Move], day: date) -> dict[Lot, int]:
    """What may be taken from each lot on that day so that neither it nor the item falls below zero later (S-01)."""
    free, _ = free_on(((move.moved_on, move.change) for move in moves), day)
    ends = [day, *sorted({move.moved_on for move in moves if move.moved_on > day})]
    first, *later = [settled(nets(move for move in moves if move.moved_on <= end)) for end in ends]
    found = {lot: min([amount, free, *(one.get(lot, 0) for one in later)]) for lot, amount in first.items()}
    return {lot: amount for lot, amount in found.items() if amount > 0}
