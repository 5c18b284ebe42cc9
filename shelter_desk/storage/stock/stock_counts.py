"""Counts of the stock in the file (field 3.13)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from shelter_desk.domain.ids import CountId, ItemId
from shelter_desk.domain.stock.counting import StockCount, StockCountLine
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.numbering import Numbering
from shelter_desk.storage.stock import stock

_OF, _LINES = tables.stock_counts.c, tables.stock_count_lines.c
COUNTS = Mapper(tables.stock_counts, StockCount, without=("lines",), category="stock_category", status="count_status")
COUNT_LINES = Mapper(tables.stock_count_lines, StockCountLine, without=("lot",))
NUMBERS = Numbering(_OF.count_no, "INV", 3)


def line_row(connection: Connection, count: CountId, line: StockCountLine) -> dict[str, Any]:
    """A line of a count as it is stored, without its id."""
    return {"count_id": count, **COUNT_LINES.write(line), **stock.lot_row(connection, line.lot)}


def count(connection: Connection, key: CountId) -> StockCount:
    """One count with its lines."""
    return _with_lines(connection, connection.execute(select(tables.stock_counts).where(_OF.id == key)).all())[0]


def listed(connection: Connection) -> tuple[StockCount, ...]:
    """Every count, the last one first."""
    wanted = select(tables.stock_counts).order_by(_OF.counted_on.desc(), _OF.id.desc())
    return _with_lines(connection, connection.execute(wanted).all())


def still_open(connection: Connection) -> tuple[StockCount, ...]:
    """Those that are neither approved nor given up."""
    wanted = select(tables.stock_counts).where(_OF.count_status == "ouvert").order_by(_OF.id)
    return _with_lines(connection, connection.execute(wanted).all())


def last_days(connection: Connection) -> dict[ItemId, date]:
    """When each item was counted last, of approved counts."""
    wanted = (
        select(_LINES.item_id, func.max(_OF.counted_on).label("day"))
        .join(tables.stock_counts, _OF.id == _LINES.count_id)
        .where(_OF.count_status == "approuve")
        .group_by(_LINES.item_id)
    )
    return {ItemId(row.item_id): date.fromisoformat(row.day) for row in connection.execute(wanted)}


def _with_lines(connection: Connection, rows: Iterable[Any]) -> tuple[StockCount, ...]:
    kept = list(rows)
    lines: dict[int, list[StockCountLine]] = defaultdict(list)
    codes = stock.grant_codes(connection)
    wanted = select(tables.stock_count_lines).where(_LINES.count_id.in_(bindparam("keys", expanding=True)))
    for row in connection.execute(wanted.order_by(_LINES.id), {"keys": [row.id for row in kept]}):
        lines[row.count_id].append(COUNT_LINES.read(row, lot=stock.lot_of(row, codes)))
    return tuple(COUNTS.read(row, lines=tuple(lines[row.id])) for row in kept)
