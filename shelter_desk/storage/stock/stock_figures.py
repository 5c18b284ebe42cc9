"""What the figures of the stock need, read in one transaction."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, text

from shelter_desk.domain.ids import ItemId, MoveId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.stock.moves import TO_RESIDENT, Lot, Move
from shelter_desk.domain.stock.store import CountedStock, Nets, SlipLine, Store
from shelter_desk.storage.file.column_values import moment, moment_or_none
from shelter_desk.storage.stays.stays import UNCOUNTED
from shelter_desk.storage.stock import stock

_SLIPS = text(
    "SELECT l.item_id, l.amount FROM stock_voucher_lines l JOIN stock_vouchers v ON v.id = l.voucher_id "
    "WHERE v.voucher_kind = 'sortie' AND v.voucher_on BETWEEN :first AND :last ORDER BY l.id"
)
_TAKEN_BACK = text(
    "SELECT m.id FROM stock_moves c JOIN stock_moves m ON m.id = c.reverses_id "
    "WHERE m.moved_on BETWEEN :first AND :last"
)
_SERVED_LATER = text(
    "SELECT DISTINCT service_no FROM stock_moves WHERE actual_on IS NOT NULL "
    "AND actual_on BETWEEN :first AND :last AND moved_on > :last AND service_no <> ''"
)
_COUNTED = text(
    "SELECT c.id, c.count_no, c.counted_on, c.last_move, l.item_id, sum(coalesce(l.recount, l.counted)) AS physical "
    "FROM stock_counts c JOIN stock_count_lines l ON l.count_id = c.id WHERE c.count_status = 'approuve' "
    "AND c.counted_on BETWEEN :first AND :last GROUP BY c.id, l.item_id ORDER BY c.counted_on, c.id"
)
# what the counters found done, and what was adjusted since
_THEORETICAL = text(
    "SELECT coalesce(sum(m.change), 0) FROM stock_moves m LEFT JOIN stock_vouchers v ON v.id = m.voucher_id "
    "WHERE m.item_id = :item_id AND (m.moved_on < :counted_on OR m.moved_on = :counted_on "
    "AND (m.id <= :last_move OR v.reference = :count_no))"
)


def store(connection: Connection, period: Period) -> Store:
    """The store over the period; nothing is computed here but sums."""
    first, last = period.first, period.last
    bounds = {"first": first.isoformat(), "last": last.isoformat()}
    items = tuple(stock.items(connection).values())
    if not items:
        return Store()
    closing, eve_lots = stock.balances(connection, last), stock.lot_nets(connection, first, before=True)
    moves = stock.moves_within(connection, first, last)
    moved = closing.keys() | {move.item for move in moves}
    return Store(
        items=tuple(one for one in items if one.is_active or one.id in moved),
        opening=stock.balances(connection, first, before=True),
        closing=closing,
        moves=moves,
        eve_lots=eve_lots,
        lots=_after(eve_lots, moves),
        taken_back=frozenset(MoveId(key) for key in connection.execute(_TAKEN_BACK, bounds).scalars()),
        served_later=frozenset(connection.execute(_SERVED_LATER, bounds).scalars()),
        slips=tuple(SlipLine(ItemId(row.item_id), row.amount) for row in connection.execute(_SLIPS, bounds)),
        counted=_counted(connection, bounds),
        persons=stock.persons_of_codes(
            connection, {move.third_party for move in moves if move.move_type == TO_RESIDENT}
        ),
    )


def _after(eve_lots: Nets, moves: Iterable[Move]) -> dict[ItemId, dict[Lot, int]]:
    """What the movements of the period left of the lots of the eve."""
    found = {item: dict(lots) for item, lots in eve_lots.items()}
    for move in moves:
        lots = found.setdefault(move.item, {})
        lots[move.lot] = lots.get(move.lot, 0) + move.change
    return found


def _counted(connection: Connection, bounds: dict[str, str]) -> dict[ItemId, CountedStock]:
    """The last count of each item, against the ledger of that instant as it is known now."""
    last = {row.item_id: row for row in connection.execute(_COUNTED, bounds)}
    found = {}
    for key, row in last.items():
        asked = {"item_id": key, **{name: getattr(row, name) for name in ("counted_on", "last_move", "count_no")}}
        theoretical = connection.execute(_THEORETICAL, asked).scalar_one()
        found[ItemId(key)] = CountedStock(date.fromisoformat(row.counted_on), row.physical, theoretical)
    return found


_SLEPT = text(
    "SELECT s.id, s.admitted_at, s.exited_at, a.started_at, a.ended_at FROM stays s "
    f"LEFT JOIN absences a ON a.stay_id = s.id WHERE s.uncounted NOT IN {UNCOUNTED} "
    "AND s.admitted_at < :after AND (s.exited_at IS NULL OR s.exited_at >= :first)"
)


def person_nights(connection: Connection, period: Period) -> int:
    """Nights slept here over the period, absences left out: what consumption is divided by."""
    bounds = {"first": period.first.isoformat(), "after": (period.last + ONE_DAY).isoformat()}
    total, seen = 0, set()
    for row in connection.execute(_SLEPT, bounds):
        left = moment_or_none(row.exited_at)
        if row.id not in seen:
            seen.add(row.id)
            total += period.nights_of(moment(row.admitted_at), left)
        if row.started_at is not None:
            ends = [end for end in (moment_or_none(row.ended_at), left) if end is not None]
            total -= period.nights_of(max(moment(row.started_at), moment(row.admitted_at)), min(ends, default=None))
    return total
