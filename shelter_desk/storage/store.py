"""What the figures of the stock need, read in one transaction."""

from datetime import date

from sqlalchemy import Connection, text

from shelter_desk.domain.ids import ItemId, MoveId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stock.store import Counted, SlipLine, Store
from shelter_desk.storage import stock

_SLIPS = text(
    "SELECT l.item_id, l.amount FROM stock_voucher_lines l JOIN stock_vouchers v ON v.id = l.voucher_id "
    "WHERE v.voucher_kind = 'sortie' AND v.voucher_on BETWEEN :first AND :last ORDER BY l.id"
)
_TAKEN_BACK = text(
    "SELECT m.id FROM stock_moves c JOIN stock_moves m ON m.id = c.reverses_id WHERE m.moved_on BETWEEN :first AND :last"
)
_COUNTED = text(
    "SELECT c.counted_on, l.item_id, sum(coalesce(l.recount, l.counted)) AS physical FROM stock_counts c "
    "JOIN stock_count_lines l ON l.count_id = c.id WHERE c.count_status = 'approuve' "
    "AND c.counted_on BETWEEN :first AND :last GROUP BY c.id, l.item_id ORDER BY c.counted_on, c.id"
)


def store(connection: Connection, period: Period) -> Store:
    """The store over the period; nothing is computed here but sums."""
    first, last = period.first, period.last
    bounds = {"first": first.isoformat(), "last": last.isoformat()}
    items = tuple(stock.items(connection).values())
    if not items:
        return Store()
    closing = stock.balances(connection, last)
    moves = stock.moves_within(connection, first, last)
    moved = closing.keys() | {move.item for move in moves}
    return Store(
        items=tuple(one for one in items if one.is_active or one.id in moved),
        opening=stock.balances(connection, first, before=True),
        closing=closing,
        moves=moves,
        eve_lots=stock.lot_nets(connection, first, before=True),
        lots=stock.lot_nets(connection, last),
        taken_back=frozenset(MoveId(key) for key in connection.execute(_TAKEN_BACK, bounds).scalars()),
        slips=tuple(SlipLine(ItemId(row.item_id), row.amount) for row in connection.execute(_SLIPS, bounds)),
        counted=_counted(connection, bounds),
        persons=stock.persons_of_codes(connection, {move.third_party for move in moves if move.third_party}),
    )


def _counted(connection: Connection, bounds: dict[str, str]) -> dict[ItemId, Counted]:
    """The last count of each item, against the ledger of that evening."""
    found = {}
    for row in connection.execute(_COUNTED, bounds).all():
        day, item = date.fromisoformat(row.counted_on), ItemId(row.item_id)
        found[item] = Counted(day, row.physical, stock.balances(connection, day).get(item, 0))
    return found
