"""Vouchers in the file, numbered without gaps by kind and year."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, text

from shelter_desk.domain.ids import ItemId, UserId, VoucherId
from shelter_desk.domain.stock.vouchers import PREFIXES, SLIP, Voucher, VoucherKind, VoucherLine, kind_of, number
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.numbering import last_number

_OF = tables.stock_vouchers.c
VOUCHERS = Mapper(tables.stock_vouchers, Voucher, without=("lines",), kind="voucher_kind", status="voucher_status")
VOUCHER_LINES = Mapper(tables.stock_voucher_lines, VoucherLine)


def line_row(voucher: VoucherId, line: VoucherLine) -> dict[str, Any]:
    """A line as it is stored."""
    return {"voucher_id": voucher, **VOUCHER_LINES.write(line), "asked": line.asked or line.amount}


def next_number(connection: Connection, kind: VoucherKind, year: int) -> str:
    """The number after the last one of that kind and year, of registers taken in too; none is taken from the middle."""
    prefix = f"{PREFIXES[kind]}-{year}-"
    last = max(last_number(connection, column, prefix) for column in (_OF.voucher_no, tables.stock_moves.c.voucher_no))
    return number(kind, year, last + 1)


def last_approver(connection: Connection, issued_by: UserId) -> UserId | None:
    """Who approved the last slip that this person gave out, None where there is none."""
    of = (_OF.voucher_kind == SLIP) & (_OF.issued_by == issued_by) & _OF.approved_by.is_not(None)
    found = connection.execute(select(_OF.approved_by).where(of).order_by(_OF.id.desc()).limit(1)).scalar()
    return None if found is None else UserId(found)


def voucher(connection: Connection, key: VoucherId) -> Voucher:
    """One voucher with its lines."""
    return _with_lines(connection, connection.execute(select(tables.stock_vouchers).where(_OF.id == key)).all())[0]


def listed(
    connection: Connection, first: date, last: date, kinds: Iterable[VoucherKind] | None = None
) -> tuple[Voucher, ...]:
    """The vouchers of those days, the last one first."""
    wanted = select(tables.stock_vouchers).where(_OF.voucher_on.between(first.isoformat(), last.isoformat()))
    if kinds is not None:
        wanted = wanted.where(_OF.voucher_kind.in_(list(kinds)))
    return _with_lines(connection, connection.execute(wanted.order_by(_OF.voucher_on.desc(), _OF.id.desc())).all())


_OLD = text(
    "SELECT voucher_no, min(moved_on) AS day, min(move_type) AS move_type, max(third_party) AS third_party, "
    "max(reverses_id) AS reverses FROM stock_moves WHERE voucher_id IS NULL AND voucher_no <> '' "
    "AND moved_on BETWEEN :first AND :last GROUP BY voucher_no"
)
_OLD_LINES = text(
    "SELECT voucher_no, item_id, change, lent FROM stock_moves WHERE voucher_id IS NULL AND voucher_no <> '' "
    "AND moved_on BETWEEN :first AND :last ORDER BY id"
)


def of_registers(connection: Connection, first: date, last: date) -> tuple[Voucher, ...]:
    """What registers taken in name as a voucher, without an id, the last one first."""
    bounds = {"first": first.isoformat(), "last": last.isoformat()}
    lines: dict[str, list[VoucherLine]] = defaultdict(list)
    for row in connection.execute(_OLD_LINES, bounds):
        amount = abs(row.change)
        lines[row.voucher_no].append(VoucherLine(ItemId(row.item_id), amount, amount, lent=bool(row.lent)))
    found = [
        Voucher(
            VoucherId(0),
            row.voucher_no,
            kind_of(row.move_type),
            date.fromisoformat(row.day),
            third_party=row.third_party,
            lines=tuple(lines[row.voucher_no]),
        )
        for row in connection.execute(_OLD, bounds)
    ]
    return tuple(sorted(found, key=lambda one: (one.voucher_on, one.voucher_no), reverse=True))


def drafts(connection: Connection) -> tuple[Voucher, ...]:
    """What was asked for and is neither issued nor refused, the first one first."""
    wanted = select(tables.stock_vouchers).where(_OF.voucher_status == "brouillon").order_by(_OF.id)
    return _with_lines(connection, connection.execute(wanted).all())


def reversed_by(connection: Connection, key: VoucherId) -> VoucherId | None:
    """The voucher that took this one back, None where none did."""
    found = connection.execute(select(_OF.id).where(_OF.reverses_id == key)).scalar()
    return None if found is None else VoucherId(found)


def loss_of(connection: Connection, voucher_no: str) -> str:
    """The number of the minutes that write off what came back on paper under that voucher, "" where none stands."""
    of_return = (_OF.voucher_kind == "pv") & (_OF.reference == voucher_no) & (_OF.voucher_status == "valide")
    return connection.execute(select(_OF.voucher_no).where(of_return)).scalar() or ""


def _with_lines(connection: Connection, rows: Iterable[Any]) -> tuple[Voucher, ...]:
    kept = list(rows)
    lines = VOUCHER_LINES.of_each(connection, "voucher_id", [row.id for row in kept])
    return tuple(VOUCHERS.read(row, lines=lines.get(row.id, ())) for row in kept)
