"""Random stores: items with and without lots, movements that the ledger allows, reversals, gifts to residents."""

from collections import defaultdict
from datetime import date, timedelta

from hypothesis import strategies as st

from shelter_desk.domain.ids import ItemId, MoveId
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.moves import ISSUES, REVERSAL, Lot, Move, sign

START, DAYS = date(2026, 8, 20), 150
_ITEMS = (
    Item(ItemId(1), "SAV", "Savon", "hygiene", "piece"),
    Item(ItemId(2), "RIZ", "Riz", "aliments_secs", "kg", has_expiry=True),
    Item(ItemId(3), "COUV", "Couverture", "nfi_couchage", "piece", min_level=5_500),
)
_COME = ("stock_initial", "achat", "don", "transfert_recu", "retour", "ecart_plus")
_GO = (
    "dist_individuelle",
    "dist_collective",
    "conso_interne",
    "transfert_emis",
    "peremption",
    "casse_avarie",
    "perte_vol",
    "ecart_moins",
)
_EXPIRIES = (date(2026, 9, 15), date(2026, 12, 31), date(2027, 3, 1))


@st.composite
def stores(draw: st.DrawFn, most: int = 40) -> tuple[tuple[Item, ...], tuple[Move, ...]]:
    """Items, and movements in order of time, never below zero in all nor in a lot."""
    moves: list[Move] = []
    day = START
    for number in range(1, draw(st.integers(0, most)) + 1):
        day += timedelta(days=draw(st.integers(0, 8)))
        found = _another(draw, moves, MoveId(number), day)
        if found is not None:
            moves.append(found)
    return _ITEMS, tuple(moves)


def _another(draw: st.DrawFn, moves: list[Move], key: MoveId, day: date) -> Move | None:
    item = draw(st.sampled_from(_ITEMS))
    amount = draw(st.integers(1, 40)) * draw(st.sampled_from((1000, 500, 125)))
    full = {lot: left for lot, left in _lots(moves, item.id).items() if left > 0}
    way = draw(st.sampled_from(("comes", "goes", "goes", "back")))
    if way == "back":
        return _taken_back(draw, moves, key, day)
    if way == "comes" or not full:
        kind, lot = draw(st.sampled_from(_COME)), _lot(draw, item)
    else:
        kind, lot = draw(st.sampled_from(_GO)), draw(st.sampled_from(sorted(full, key=repr)))
        kind = "peremption" if kind in ISSUES and lot.is_expired(day) else kind
        amount = min(amount, full[lot])
    whom = draw(st.sampled_from(("S001", "s002", "P01", "B-17"))) if kind == "dist_individuelle" else ""
    return Move(key, f"M{key}", item.id, day, kind, sign(kind) * amount, lot, third_party=whom)


def _lot(draw: st.DrawFn, item: Item) -> Lot:
    donor = draw(st.sampled_from(("", "oim", "ue")))
    if not item.has_expiry:
        return Lot(donor=donor)
    return Lot(draw(st.sampled_from("AB")), draw(st.sampled_from(_EXPIRIES)), donor)


def _lots(moves: list[Move], item: ItemId) -> dict[Lot, int]:
    left: dict[Lot, int] = defaultdict(int)
    for move in moves:
        if move.item == item:
            left[move.lot] += move.change
    return left


def _taken_back(draw: st.DrawFn, moves: list[Move], key: MoveId, day: date) -> Move | None:
    gone = {move.reverses for move in moves}
    fit = [
        move
        for move in moves
        if move.move_type != REVERSAL
        and move.id not in gone
        and (move.change < 0 or _lots(moves, move.item)[move.lot] >= move.change)
    ]
    if not fit:
        return None
    move = draw(st.sampled_from(fit))
    return Move(key, f"M{key}", move.item, day, REVERSAL, -move.change, move.lot, reverses=move.id)
