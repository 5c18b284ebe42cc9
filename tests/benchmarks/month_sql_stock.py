"""The figures of T11 as somebody would write them by hand, in SQL: what was in store, came, went, is left."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

from shelter_desk.domain.reports.figures import Dims
from tests.benchmarks.month_tables import Bounds, Line

_THOUSAND = 1000
_TABLES = {
    "t11.in": ("stock_initial", "achat", "don", "transfert_recu", "retour"),
    "t11.out": ("dist_individuelle", "dist_collective", "conso_interne", "transfert_emis"),
    "t11.losses": ("peremption", "casse_avarie", "perte_vol"),
}
_KIND = {kind: key for key, kinds in _TABLES.items() for kind in kinds}
_IN = "moved_on BETWEEN :first AND :last"
_USED = "move_type IN ('dist_individuelle', 'dist_collective', 'conso_interne')"
_ITEMS = (
    "CREATE TEMP TABLE item AS SELECT i.id, item_code, ifnull(sum(change) FILTER (WHERE moved_on < :first), 0) AS "
    f"opening, ifnull(sum(change) FILTER (WHERE moved_on <= :last), 0) AS closing, ifnull(sum(change) FILTER (WHERE "
    f"{_IN} AND move_type IN ('ecart_plus', 'ecart_moins', 'correction')), 0) AS adjusted, "
    f"ifnull(sum(-change) FILTER (WHERE {_IN} AND {_USED}), 0) AS used, "
    "is_active OR count(m.id) FILTER (WHERE moved_on <= :last) AS is_kept "
    "FROM stock_items i LEFT JOIN stock_moves m ON m.item_id = i.id GROUP BY i.id"
)
_LEVELS = (
    "SELECT i.item_code, min_level FROM item i JOIN stock_items USING (id) WHERE is_kept AND min_level IS NOT NULL"
)
_KINDS = (
    f"SELECT item_code, move_type, sum(abs(change)) FROM stock_moves m JOIN item i ON i.id = m.item_id WHERE {_IN} "
    "GROUP BY item_code, move_type"
)
# in other letters than it is stored is rare, and no index helps there
_SERVED = (
    "SELECT item_code, count(DISTINCT coalesce(s.person_id, p.id, "
    "(SELECT person_id FROM stays WHERE stay_no = third_party COLLATE NOCASE), "
    "(SELECT id FROM persons WHERE person_code = third_party COLLATE NOCASE), lower(third_party))) FROM stock_moves m "
    "JOIN item i ON i.id = m.item_id LEFT JOIN stays s ON s.stay_no = third_party "
    f"LEFT JOIN persons p ON p.person_code = third_party WHERE {_IN} "
    "AND move_type = 'dist_individuelle' AND third_party <> '' GROUP BY item_code"
)
# at both ends of the period, in the order in which they came
_LOTS = (
    "SELECT item_code, lot_no, expiry_on, donor, ifnull(sum(change) FILTER (WHERE moved_on < :first), 0), sum(change) "
    "FROM stock_moves m JOIN item i ON i.id = m.item_id WHERE moved_on <= :last "
    "GROUP BY item_id, lot_no, expiry_on, donor "
    "ORDER BY min(moved_on), coalesce(min(m.id) FILTER (WHERE moved_on < :first), min(m.id))"
)
_CAME = (
    f"SELECT item_code, donor, sum(change) FROM stock_moves m JOIN item i ON i.id = m.item_id WHERE {_IN} "
    f"AND move_type IN {_TABLES['t11.in']} GROUP BY item_code, donor"
)
# of the last approved count of each item: what was found, and what the ledger says of that instant
_COUNTED = (
    "WITH last AS (SELECT item_id, sum(coalesce(recount, counted)) AS physical, c.*, row_number() OVER "
    "(PARTITION BY item_id ORDER BY counted_on DESC, c.id DESC) AS nth FROM stock_counts c "
    "JOIN stock_count_lines l ON l.count_id = c.id WHERE count_status = 'approuve' "
    "AND counted_on BETWEEN :first AND :last GROUP BY c.id, item_id) "
    "SELECT item_code, physical, (SELECT ifnull(sum(change), 0) FROM stock_moves m LEFT JOIN stock_vouchers v "
    "ON v.id = m.voucher_id WHERE m.item_id = last.item_id AND (moved_on < counted_on OR moved_on = counted_on "
    "AND (m.id <= last_move OR v.reference = count_no))) FROM last JOIN item i ON i.id = last.item_id WHERE nth = 1"
)
KEYS = frozenset(_TABLES) | {
    f"t11.{name}"
    for name in (
        *("opening", "adjustments", "closing", "mean_daily_use", "days_of_cover", "use_per_night"),
        *("near_expiry", "expired", "alert_level", "beneficiaries", "physical", "remaining_gap"),
        *("donor_opening", "donor_in", "donor_out", "donor_closing"),
    )
}
Lot = tuple[str, str | None, str]  # number, last day, donor


def figures(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """Every figure of T11 that has a row."""
    plain.execute(_ITEMS, bounds)
    days, nights = plain.execute(
        "SELECT (SELECT count(*) FROM day), (SELECT count(*) FROM night WHERE NOT away)"
    ).fetchone()
    for code, opening, closing, adjusted, used in plain.execute(
        "SELECT item_code, opening, closing, adjusted, used FROM item WHERE is_kept"
    ):
        dims = _of(code)
        yield ("t11.opening", dims), opening / _THOUSAND
        yield ("t11.closing", dims), closing / _THOUSAND
        yield ("t11.adjustments", dims), adjusted / _THOUSAND
        yield ("t11.mean_daily_use", dims), used / _THOUSAND / days if days else None
        yield ("t11.days_of_cover", dims), closing * days / used if used else None
        yield ("t11.use_per_night", dims), used / _THOUSAND / nights if nights else None
    for code, kind, amount in plain.execute(_KINDS, bounds):
        if kind in _KIND:
            yield (_KIND[kind], (*_of(code), ("move_type", kind))), amount / _THOUSAND
    for code, count in plain.execute(_SERVED, bounds):
        yield ("t11.beneficiaries", _of(code)), count
    for code, physical, theoretical in plain.execute(_COUNTED, bounds):
        yield ("t11.physical", _of(code)), physical / _THOUSAND
        yield ("t11.remaining_gap", _of(code)), (physical - theoretical) / _THOUSAND
    for code, level in plain.execute(_LEVELS):
        yield ("t11.alert_level", _of(code)), level / _THOUSAND
    yield from _lots(plain, bounds)


def _of(code: str) -> Dims:
    return (("item_code", code),)


def _lots(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """What runs out soon, what has run out, and whose it is."""
    days = plain.execute("SELECT value FROM settings WHERE key = 'expiry_warn_days'").fetchone()
    ahead = f"+{days[0] if days else 60} days"
    soon = plain.execute("SELECT date(:last, :ahead)", {**bounds, "ahead": ahead}).fetchone()[0]
    rows = plain.execute(_LOTS, bounds).fetchall()
    start, end = _left((row[:4], row[4]) for row in rows), _left((row[:4], row[5]) for row in rows)
    for code, lots in end.items():
        expired = sum(amount for (_, day, _), amount in lots.items() if day and day < bounds["last"])
        near = sum(amount for (_, day, _), amount in lots.items() if day and bounds["last"] <= day <= soon)
        yield ("t11.expired", _of(code)), expired / _THOUSAND
        yield ("t11.near_expiry", _of(code)), near / _THOUSAND
    came: dict[str, dict[str, int]] = defaultdict(dict)
    for code, donor, amount in plain.execute(_CAME, bounds):
        came[code][donor or "non_renseigne"] = amount
    for code in start.keys() | end.keys() | came.keys():
        was, stays, more = _by_donor(start.get(code, {})), _by_donor(end.get(code, {})), came.get(code, {})
        for donor in was.keys() | stays.keys() | more.keys():
            dims = (*_of(code), ("donor", donor))
            amounts = was.get(donor, 0), more.get(donor, 0), stays.get(donor, 0)
            for key, amount in zip(("opening", "in", "closing"), amounts, strict=True):
                yield (f"t11.donor_{key}", dims), amount / _THOUSAND
            yield ("t11.donor_out", dims), (amounts[0] + amounts[1] - amounts[2]) / _THOUSAND


def _left(rows: Iterable[tuple[tuple[str, str, str | None, str], int]]) -> dict[str, dict[Lot, int]]:
    """What is in each lot of each item; what went out of no lot is taken from those that agree best with it."""
    found: dict[str, dict[Lot, int]] = defaultdict(dict)
    for (code, number, day, donor), net in rows:
        found[code][number, day, donor] = net
    for lots in found.values():
        owed = [lot for lot, net in lots.items() if net < 0]
        for number, day, donor in sorted(owed, key=lambda lot: (not lot[0], lot[1] is None, not lot[2])):
            wanted = -lots.pop((number, day, donor))
            order = sorted(lots, key=lambda lot: (lot[0] != number, bool(donor) and lot[2] != donor, lot[1] or "9"))
            for lot in order:
                taken = min(wanted, max(lots[lot], 0))
                lots[lot] -= taken
                wanted -= taken
    return found


def _by_donor(lots: dict[Lot, int]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for (_, _, donor), amount in lots.items():
        if amount:
            found[donor or "non_renseigne"] += amount
    return found
