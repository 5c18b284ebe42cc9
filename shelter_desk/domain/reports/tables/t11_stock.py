"""T11: what was in the store, what came, what went, what is left, item by item (field 4.3)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import groupby

from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Figure, Number, Ref, Row, half_up
from shelter_desk.domain.stock.items import THOUSAND, Item, units
from shelter_desk.domain.stock.ledger import settled
from shelter_desk.domain.stock.moves import (
    ENTRIES,
    ISSUES,
    LOSSES,
    OUTS,
    REVERSAL,
    SHORTAGE,
    SURPLUS,
    TO_RESIDENT,
    Lot,
    Move,
)

KINDS: Mapping[str, tuple[str, ...]] = {"t11.in": ENTRIES, "t11.out": OUTS, "t11.losses": LOSSES}
ADJUSTMENTS = (SURPLUS, SHORTAGE, REVERSAL)
BY_DONOR = ("t11.donor_opening", "t11.donor_in", "t11.donor_out", "t11.donor_closing")
AFTER = (
    "t11.adjustments",
    "t11.closing",
    "t11.physical",
    "t11.remaining_gap",
    "t11.mean_daily_use",
    "t11.days_of_cover",
    "t11.use_per_night",
    "t11.near_expiry",
    "t11.expired",
    "t11.alert_level",
)
# quantities of things, which say nothing of a person
KEYS = ("t11.opening", *KINDS, *AFTER, *BY_DONOR)


def of_item(item: Item) -> Dims:
    """The dims of an item."""
    return (("item_code", item.code),)


def stocked(facts: ReportFacts, figures: Mapping[Ref, Figure]) -> dict[Ref, Figure]:
    """The figures of T11; rows are movements. figures: those of T1, for the nights that consumption is divided by."""
    found, by_item = _MoveFound(), facts.store.moves_of()
    slept = figures[("t1.person_nights", TOTAL)].value
    for item in facts.store.items:
        _of_item(found, facts, item, by_item[item.id], slept if isinstance(slept, int) else 0)
    return found.figures


class _MoveFound:
    """Figures under construction."""

    def __init__(self) -> None:
        self.figures: dict[Ref, Figure] = {}

    def put(self, key: str, dims: Dims, value: Number, moves: Iterable[Move] = ()) -> None:
        signed = key == "t11.adjustments"
        rows: tuple[Row, ...] = tuple((int(move.id), units(move.change if signed else move.amount)) for move in moves)
        self.figures[key, dims] = Figure(key, dims, value, rows, "move")


def _of_item(found: _MoveFound, facts: ReportFacts, item: Item, moves: list[Move], person_nights: int) -> None:
    store, dims = facts.store, of_item(item)
    opening = store.opening.get(item.id, 0)
    used = [move for move in moves if move.move_type in ISSUES]
    use = sum(move.amount for move in used)
    closing = opening + sum(move.change for move in moves)
    found.put("t11.opening", dims, units(opening))
    for key, kinds in KINDS.items():
        for kind in kinds:
            of_kind = [move for move in moves if move.move_type == kind]
            if of_kind:
                found.put(key, (*dims, ("move_type", kind)), units(sum(m.amount for m in of_kind)), of_kind)
    adjusted = [move for move in moves if move.move_type in ADJUSTMENTS]
    found.put("t11.adjustments", dims, units(sum(move.change for move in adjusted)), adjusted)
    found.put("t11.closing", dims, units(closing))
    found.put("t11.mean_daily_use", dims, half_up(use, THOUSAND * facts.period.nights), used)
    found.put("t11.days_of_cover", dims, half_up(closing * facts.period.nights, use))
    found.put("t11.use_per_night", dims, half_up(use, THOUSAND * person_nights, 3))
    if store.counted:
        counted = store.counted.get(item.id)
        # nothing where the item was not among those counted
        found.put("t11.physical", dims, None if counted is None else units(counted.physical))
        found.put("t11.remaining_gap", dims, None if counted is None else units(counted.physical - counted.theoretical))
    _lots(found, facts, item, moves)
    if item.min_level is not None:
        found.put("t11.alert_level", dims, units(item.min_level))
    given = [move for move in moves if move.move_type == TO_RESIDENT and move.third_party]
    if given:
        whom = {store.persons.get(move.third_party.casefold(), move.third_party.casefold()) for move in given}
        found.put("t11.beneficiaries", dims, len(whom), given)


def _lots(found: _MoveFound, facts: ReportFacts, item: Item, moves: list[Move]) -> None:
    """What expires soon or has expired on the last day, and the donors of what was there, came and is left."""
    store, dims, last = facts.store, of_item(item), facts.period.last
    soon = last + timedelta(days=facts.limits.expiry_warn_days)
    lots = settled(store.lots.get(item.id, {}))
    expired = sum(amount for lot, amount in lots.items() if lot.is_expired(last))
    near = sum(amount for lot, amount in lots.items() if lot.is_expired(soon + timedelta(days=1))) - expired
    if item.has_expiry or near or expired:
        found.put("t11.near_expiry", dims, units(near))
        found.put("t11.expired", dims, units(expired))
    start, end = _donors(settled(store.eve_lots.get(item.id, {})).items()), _donors(lots.items())
    came = _donors((move.lot, move.amount) for move in moves if move.move_type in ENTRIES)
    for donor in sorted({*start, *end, *came}):
        by = (*dims, ("donor", donor))
        gone = start[donor] + came[donor] - end[donor]
        for key, amount in zip(BY_DONOR, (start[donor], came[donor], gone, end[donor]), strict=True):
            found.put(key, by, units(amount))


def _donors(amounts: Iterable[tuple[Lot, int]]) -> Counter[str]:
    found = Counter[str]()
    for lot, amount in amounts:
        found[lot.donor or NOT_RECORDED] += amount
    return found


def lowest(facts: ReportFacts) -> Iterator[tuple[ItemId, int]]:
    """The least balance of each item at the end of a day of the period, its eve included."""
    for item, moves in facts.store.moves_of().items():
        balance = least = facts.store.opening.get(item, 0)
        for _, group in groupby(moves, key=lambda move: move.moved_on):
            balance += sum(move.change for move in group)
            least = min(least, balance)
        yield item, least
