"""Counts of the stock in the file (field 3.13)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from shelter_desk.domain.ids import CountId, ItemId, UserId
from shelter_desk.domain.stock.counting import StockCount, StockCountLine
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none, joined, moment, parts, to_text
from shelter_desk.storage.numbering import last_number
from shelter_desk.storage.stock import lots

_OF, _LINES = tables.stock_counts.c, tables.stock_count_lines.c


def count_row(count: StockCount) -> dict[str, Any]:
    """A count as it is stored, without its id and its lines."""
    return {
        "count_no": count.count_no,
        "stock_category": count.category,
        "counted_on": count.counted_on.isoformat(),
        "cut_off_at": to_text(count.cut_off_at),
        "last_move": count.last_move,
        "team": joined(count.team),
        "count_status": count.status,
        "conclusion": count.conclusion,
        "begun_by": count.begun_by,
        "entered_by": count.entered_by,
        "approved_by": count.approved_by,
        "approved_on": None if count.approved_on is None else count.approved_on.isoformat(),
    }


def line_row(connection: Connection, count: CountId, line: StockCountLine) -> dict[str, Any]:
    """A line of a count as it is stored, without its id."""
    return {
        "count_id": count,
        "item_id": line.item,
        **lots.lot_row(connection, line.lot),
        "counted": line.counted,
        "recount": line.recount,
        "cause": line.cause,
        "comment": line.comment,
        "theoretical": line.theoretical,
    }


def next_number(connection: Connection, year: int) -> str:
    """`INV-2026-001`."""
    prefix = f"INV-{year}-"
    return f"{prefix}{last_number(connection, _OF.count_no, prefix) + 1:03}"


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
    codes = lots.grant_codes(connection)
    wanted = select(tables.stock_count_lines).where(_LINES.count_id.in_(bindparam("keys", expanding=True)))
    for row in connection.execute(wanted.order_by(_LINES.id), {"keys": [row.id for row in kept]}):
        lot = lots.lot_of(row, codes)
        lines[row.count_id].append(
            StockCountLine(
                row.id, ItemId(row.item_id), lot, row.counted, row.recount, row.cause, row.comment, row.theoretical
            )
        )
    return tuple(_count_of(row, tuple(lines[row.id])) for row in kept)


def _count_of(row: Any, lines: tuple[StockCountLine, ...]) -> StockCount:
    return StockCount(
        CountId(row.id),
        row.count_no,
        date.fromisoformat(row.counted_on),
        moment(row.cut_off_at),
        row.last_move,
        row.stock_category,
        parts(row.team),
        row.count_status,
        row.conclusion,
        _user(row.begun_by),
        _user(row.entered_by),
        _user(row.approved_by),
        day_or_none(row.approved_on),
        lines,
    )


def _user(key: int | None) -> UserId | None:
    return None if key is None else UserId(key)
