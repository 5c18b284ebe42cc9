"""The figures of T10 as somebody would write them by hand, in SQL: what came, what left, how the rest stands."""

import sqlite3
from collections.abc import Iterator

from tests.benchmarks.month_tables import Bounds, Line

_GONE = "('reforme', 'perdu', 'vole', 'transfere')"
# each event with the status that it leaves, empty where it says nothing of it
_TOLD = (
    "CREATE TEMP TABLE told AS SELECT e.*, CASE WHEN asset_status <> '' THEN asset_status ELSE CASE asset_event "
    "WHEN 'affectation' THEN 'en_service' WHEN 'retour_service' THEN 'en_service' WHEN 'panne' THEN 'en_panne' "
    "WHEN 'reparation' THEN 'en_reparation' WHEN 'hors_service' THEN 'hors_service' WHEN 'reforme' THEN 'reforme' "
    "WHEN 'perte' THEN 'perdu' WHEN 'vol' THEN 'vole' WHEN 'transfert_sortant' THEN 'transfere' ELSE '' END END "
    "AS makes FROM asset_events e"
)
_TOLD_INDEX = "CREATE INDEX temp.told_of ON told (asset_id, event_on, id)"
_WAS = (
    "CASE WHEN status_was <> '' THEN status_was WHEN asset_event = 'affectation' THEN 'en_stock' ELSE 'en_service' END"
)


def _of(what: str, where: str, order: str = "DESC") -> str:
    """Of the last such event of an asset `a`, or of the first one."""
    return (
        f"(SELECT {what} FROM told t WHERE t.asset_id = a.id AND {where} ORDER BY event_on {order}, id {order} LIMIT 1)"
    )


_SPEAKS = "makes <> ''"
# present: as it stands now; before: as it stood before any event spoke of it, in use where only its row is gone
_OWNED = (
    "CREATE TEMP TABLE owned AS SELECT *, CASE WHEN last_made IN {gone} AND asset_status NOT IN {gone} THEN last_made "
    "ELSE asset_status END AS present, coalesce(first_was, CASE WHEN last_on IS NOT NULL AND asset_status IN {gone} "
    "THEN 'en_service' END, asset_status) AS before FROM (SELECT a.*, "
    f"{_of('event_on', '1')} AS last_on, {_of('makes', _SPEAKS)} AS last_made, "
    f"{_of(_WAS, _SPEAKS, 'ASC')} AS first_was, EXISTS (SELECT 1 FROM told t WHERE t.asset_id = a.id "
    "AND asset_event = 'transfert_recu') AS received FROM assets a)"
).replace("{gone}", _GONE)


def _status(day: str) -> str:
    """The status at the end of that day; empty before the asset came."""
    return (
        f"CASE WHEN acquired_on > {day} THEN '' WHEN ifnull(last_on <= {day}, 1) THEN present "
        f"ELSE ifnull({_of('makes', _SPEAKS + ' AND event_on <= ' + day)}, before) END"
    )


_SEEN = _of("asset_condition", "asset_condition <> '' AND event_on <= :last")
_SEEN_LATER = _of("condition_was", "asset_condition <> '' AND event_on > :last", "ASC")
_STOOD = (
    f"CREATE TEMP TABLE stood AS SELECT a.*, {_status(':eve')} AS at_start, {_status(':last')} AS at_end, "
    f"CASE WHEN ifnull(last_on <= :last, 1) THEN asset_condition ELSE "
    f"coalesce({_SEEN}, nullif({_SEEN_LATER}, ''), asset_condition) END AS condition FROM owned a"
)
# every status an asset had, in turn; where one that counts follows one that does not, or the other way round
_COURSE = (
    "CREATE TEMP TABLE passed AS WITH course AS (SELECT id AS asset_id, acquired_on AS day, 0 AS turn, acquired_on AS "
    "nth_on, 0 AS nth, before AS status FROM owned UNION ALL SELECT asset_id, max(event_on, acquired_on), 1, event_on, "
    "t.id, makes FROM told t JOIN owned o ON o.id = t.asset_id WHERE makes <> '' UNION ALL SELECT id, "
    "max(acquired_on, ifnull(last_on, '')), 2, '', 0, present FROM owned), "
    f"turned AS (SELECT *, status IN {_GONE} AS is_gone, ifnull(lag(status IN {_GONE}) OVER turns, 0) AS was_gone "
    "FROM course WINDOW turns AS (PARTITION BY asset_id ORDER BY turn, nth_on, nth)) "
    "SELECT *, CASE WHEN is_gone THEN status ELSE lag(status) OVER (PARTITION BY asset_id ORDER BY turn, nth_on, nth) "
    "END AS way FROM turned WHERE is_gone <> was_gone"
)
_COUNTS = f"<> '' AND {{}} NOT IN {_GONE}"
_IN = "BETWEEN :first AND :last"
_AT_START = f"at_start {_COUNTS.format('at_start')}"
_AT_END = f"at_end {_COUNTS.format('at_end')}"
_OF_ASSETS = {
    "start": ("quantity", _AT_START),
    "acquired": ("quantity", f"NOT received AND acquired_on {_IN}"),
    "received": ("quantity", f"received AND acquired_on {_IN}"),
    "end": ("quantity", _AT_END),
    "value": ("cost_xof", f"cost_xof IS NOT NULL AND {_AT_END}"),
    "value_unknown": ("quantity", f"cost_xof IS NULL AND {_AT_END}"),
}
_WAYS = "CASE way WHEN 'reforme' THEN 'disposed' WHEN 'transfere' THEN 'transferred' ELSE 'lost' END"
_MOVED = (
    "CREATE TEMP TABLE counted AS "
    + " UNION ALL ".join(
        f"SELECT '{key}' AS figure, asset_category, donor, {amount} AS amount FROM stood WHERE {where}"
        for key, (amount, where) in _OF_ASSETS.items()
    )
    + f" UNION ALL SELECT {_WAYS}, asset_category, donor, CASE WHEN is_gone THEN quantity ELSE -quantity END "
    f"FROM passed JOIN owned ON id = asset_id WHERE day {_IN} UNION ALL SELECT CASE asset_event WHEN 'affectation' "
    "THEN 'assigned' ELSE 'put_out' END, asset_category, donor, quantity FROM told JOIN owned ON owned.id = asset_id "
    f"WHERE asset_event IN ('affectation', 'hors_service') AND event_on {_IN}"
)
KEYS = frozenset(
    f"t10.{name}"
    for name in (
        *_OF_ASSETS,
        *("disposed", "lost", "transferred", "assigned", "put_out", "open_tickets"),
        *("by_status", "by_condition", "status_by_category", "status_by_donor"),
    )
)


def figures(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """Every figure of T10 that has a row."""
    for statement in (_TOLD, _TOLD_INDEX, _OWNED, _STOOD, _COURSE, _MOVED):
        plain.execute(statement, bounds)
    for figure, amount in plain.execute("SELECT figure, sum(amount) FROM counted GROUP BY figure"):
        yield (f"t10.{figure}", ()), amount
    for name in ("asset_category", "donor"):
        for figure, value, amount in plain.execute(
            f"SELECT figure, {name}, sum(amount) FROM counted GROUP BY figure, {name}"
        ):
            yield (f"t10.{figure}", ((name, value),)), amount
    yield from _states(plain)
    open_then = "SELECT count(*) FROM tickets WHERE reported_on <= :last AND ifnull(closed_on > :last, 1)"
    yield ("t10.open_tickets", ()), plain.execute(open_then, bounds).fetchone()[0]


def _states(plain: sqlite3.Connection) -> Iterator[Line]:
    """How the assets that are left stand at the end."""
    total = plain.execute(f"SELECT ifnull(sum(quantity), 0) FROM stood WHERE {_AT_END}").fetchone()[0]
    for key, name, column in (
        ("t10.by_status", "asset_status", "at_end"),
        ("t10.by_condition", "asset_condition", "condition"),
    ):
        yield (key, ()), total
        for value, pieces in plain.execute(
            f"SELECT {column}, sum(quantity) FROM stood WHERE {_AT_END} GROUP BY {column}"
        ):
            yield (key, ((name, value),)), pieces
    for key, name in (("t10.status_by_category", "asset_category"), ("t10.status_by_donor", "donor")):
        for value, status, pieces in plain.execute(
            f"SELECT {name}, at_end, sum(quantity) FROM stood WHERE {_AT_END} GROUP BY {name}, at_end"
        ):
            yield (key, ((name, value), ("asset_status", status))), pieces
