"""The stock in the file: items, kits, balances and the ledger.

A lot: its number, its day, its donor, and the grant it came under, by the id of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select, text

from shelter_desk.domain.ids import ItemId, KitId, MoveId, PersonId, VoucherId
from shelter_desk.domain.stock.items import Item, Kit, KitLine, Pack
from shelter_desk.domain.stock.moves import TO_RESIDENT, Lot, Move
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import named
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.numbering import last_number

_ITEMS, _MOVES = tables.stock_items.c, tables.stock_moves.c
ITEMS = Mapper(tables.stock_items, Item, without=("packs",), code="item_code", category="stock_category")
PACKS = Mapper(tables.stock_packs, Pack)
KITS = Mapper(tables.stock_kits, Kit, without=("lines",), code="kit_code")
KIT_LINES = Mapper(tables.stock_kit_lines, KitLine)
MOVES = Mapper(tables.stock_moves, Move, without=("lot",))
# of the movements; the lines of a count name the same columns
LOTS = Mapper(tables.stock_moves, Lot, without=("grant",))
Codes = dict[int | None, str]


def grant_codes(connection: Connection) -> Codes:
    """What each grant is called; "" for none."""
    of = tables.grants.c
    return {None: "", **{row.id: row.grant_code for row in connection.execute(select(of.id, of.grant_code))}}


def grant_id(connection: Connection, code: str) -> int | None:
    """The grant that is called so, None for none."""
    if not code:
        return None
    known = {found.casefold(): key for key, found in grant_codes(connection).items()}
    return known.get(code.casefold())


def lot_of(row: Any, codes: Codes) -> Lot:
    """The lot that a row of movements or of a count names."""
    return LOTS.read(row, grant=codes.get(row.grant_id, ""))


def lot_row(connection: Connection, lot: Lot) -> dict[str, Any]:
    """A lot as it is stored."""
    return {**LOTS.write(lot), "grant_id": grant_id(connection, lot.grant)}


def move_of(row: Any, codes: Codes) -> Move:
    """The fact in a row of `stock_moves`. codes: of the grants."""
    return MOVES.read(row, lot=lot_of(row, codes))


def move_row(connection: Connection, move: Move) -> dict[str, Any]:
    """A movement as it is stored, without its id."""
    return {**MOVES.write(move), **lot_row(connection, move.lot)}


# Items and kits ------------------------------------------------------------------------------------------------------


def items(connection: Connection) -> dict[ItemId, Item]:
    """Every item, in order of its name."""
    packs = PACKS.of_each(connection, "item_id")
    rows = connection.execute(select(tables.stock_items).order_by(_ITEMS.designation, _ITEMS.item_code))
    return {ItemId(row.id): ITEMS.read(row, packs=packs.get(row.id, ())) for row in rows}


def item(connection: Connection, item_id: ItemId) -> Item:
    """One item."""
    row = connection.execute(select(tables.stock_items).where(_ITEMS.id == item_id)).one()
    return ITEMS.read(row, packs=PACKS.of_each(connection, "item_id", [item_id]).get(row.id, ()))


def pack_rows(connection: Connection, item_id: ItemId) -> dict[str, int]:
    """The ids of the packs of an item, by their unit."""
    of = tables.stock_packs.c
    return {row.unit: row.id for row in connection.execute(select(of.unit, of.id).where(of.item_id == item_id))}


def stood_for(connection: Connection) -> frozenset[str]:
    """The sub-types of service that an active item or kit stands for."""
    found: set[str] = set()
    for table in (tables.stock_items, tables.stock_kits):
        wanted = select(table.c.service_type).where(table.c.service_type != "", table.c.is_active)
        found.update(connection.execute(wanted).scalars())
    return frozenset(found)


def slip_of_service(connection: Connection, service_no: str) -> str:
    """The number of the slip that gave out what a service stands for, "" where none did or it was taken back."""
    back = tables.stock_moves.alias()
    wanted = select(_MOVES.voucher_no).where(
        _MOVES.service_no == service_no,
        _MOVES.move_type == TO_RESIDENT,
        ~select(back.c.id).where(back.c.reverses_id == _MOVES.id).exists(),
    )
    return connection.execute(wanted.limit(1)).scalar() or ""


def kits(connection: Connection) -> dict[KitId, Kit]:
    """Every kit, in order of its name."""
    lines = KIT_LINES.of_each(connection, "kit_id")
    rows = connection.execute(select(tables.stock_kits).order_by(tables.stock_kits.c.name))
    return {KitId(row.id): KITS.read(row, lines=lines.get(row.id, ())) for row in rows}


def kit_line_rows(connection: Connection, kit_id: KitId) -> list[int]:
    """The ids of the lines of a kit."""
    of = tables.stock_kit_lines.c
    return list(connection.execute(select(of.id).where(of.kit_id == kit_id)).scalars())


# The ledger ----------------------------------------------------------------------------------------------------------

_BALANCES = "SELECT item_id, sum(change) AS balance FROM stock_moves WHERE moved_on {} :day GROUP BY item_id"


def balances(connection: Connection, day: date, *, before: bool = False) -> dict[ItemId, int]:
    """What was there at the end of that day, or of the day before it; items that never moved are left out."""
    statement = text(_BALANCES.format("<" if before else "<="))
    return {ItemId(row.item_id): row.balance for row in connection.execute(statement, {"day": day.isoformat()})}


def lot_nets(
    connection: Connection, day: date, *, before: bool = False, item_id: ItemId | None = None
) -> dict[ItemId, dict[Lot, int]]:
    """What each lot got less what left it under its name, up to that day, in the order in which they came."""
    of = _MOVES
    until = of.moved_on < day.isoformat() if before else of.moved_on <= day.isoformat()
    wanted = (
        select(of.item_id, of.lot_no, of.expiry_on, of.donor, of.grant_id, func.sum(of.change).label("net"))
        .where(until if item_id is None else until & (of.item_id == item_id))
        .group_by(of.item_id, of.lot_no, of.expiry_on, of.donor, of.grant_id)
        .order_by(of.item_id, func.min(of.moved_on), func.min(of.id))
    )
    found: dict[ItemId, dict[Lot, int]] = defaultdict(dict)
    codes = grant_codes(connection)
    for row in connection.execute(wanted):
        found[ItemId(row.item_id)][lot_of(row, codes)] = row.net
    return dict(found)


_USED = text(
    "SELECT m.item_id, -sum(m.change) - sum(coalesce((SELECT sum(r.change) FROM stock_moves r "
    "WHERE r.returns_id = m.id AND NOT EXISTS (SELECT 1 FROM stock_moves c WHERE c.reverses_id = r.id)), 0)) AS used "
    "FROM stock_moves m WHERE m.moved_on BETWEEN :first AND :last "
    "AND m.move_type IN ('dist_individuelle', 'dist_collective', 'conso_interne') AND NOT m.lent "
    "AND NOT EXISTS (SELECT 1 FROM stock_moves c WHERE c.reverses_id = m.id) GROUP BY m.item_id"
)


def used_between(connection: Connection, first: date, last: date) -> dict[ItemId, int]:
    """What was used of each item on those days; items of which nothing was are left out.

    What is only lent, what was taken back as an error, and what came back of an issue were not used.
    """
    bounds = {"first": first.isoformat(), "last": last.isoformat()}
    return {ItemId(row.item_id): row.used for row in connection.execute(_USED, bounds) if row.used}


_FUEL = text(
    "SELECT coalesce(-sum(m.change), 0) FROM stock_moves m JOIN stock_items i ON i.id = m.item_id "
    "WHERE i.stock_category = 'carburant' AND i.unit = 'litre' AND m.move_type = 'conso_interne' "
    "AND m.moved_on BETWEEN :first AND :last "
    "AND NOT EXISTS (SELECT 1 FROM stock_moves c WHERE c.reverses_id = m.id)"
)


def fuel_between(connection: Connection, first: date, last: date) -> int:
    """Fuel issued to the house on those days, in thousandths of a litre; what was taken back is left out."""
    bounds = {"first": first.isoformat(), "last": last.isoformat()}
    return int(connection.execute(_FUEL, bounds).scalar_one())


_GIVEN = text(
    "SELECT coalesce(-sum(m.change), 0) FROM stock_moves m WHERE m.item_id = :item AND m.moved_on > :after "
    "AND m.moved_on <= :day AND m.move_type = 'dist_individuelle' AND NOT m.lent AND m.third_party IN :codes "
    "AND NOT EXISTS (SELECT 1 FROM stock_moves c WHERE c.reverses_id = m.id)"
).bindparams(bindparam("codes", expanding=True))


def given_to(connection: Connection, item_id: ItemId, codes: Iterable[str], after: date, day: date) -> int:
    """What was given of an item under these codes, after the first day and up to the last."""
    bounds = {"item": item_id, "codes": list(codes), "after": after.isoformat(), "day": day.isoformat()}
    return int(connection.execute(_GIVEN, bounds).scalar_one())


def _moves(connection: Connection, wanted: Select[Any], bounds: Mapping[str, Any] | None = None) -> tuple[Move, ...]:
    codes = grant_codes(connection)
    return tuple(move_of(row, codes) for row in named(connection.execute(wanted, bounds or {})))


def moves_of(connection: Connection, item_id: ItemId) -> tuple[Move, ...]:
    """The card of an item: all its movements in order of time."""
    wanted = select(tables.stock_moves).where(_MOVES.item_id == item_id).order_by(_MOVES.moved_on, _MOVES.id)
    return _moves(connection, wanted)


def moves_within(connection: Connection, first: date, last: date) -> tuple[Move, ...]:
    """The movements of those days, in order of time."""
    days = _MOVES.moved_on.between(first.isoformat(), last.isoformat())
    wanted = select(tables.stock_moves).where(days).order_by(_MOVES.moved_on, _MOVES.id)
    return _moves(connection, wanted)


def all_moves(connection: Connection) -> tuple[Move, ...]:
    """The whole ledger, in order of time."""
    return _moves(connection, select(tables.stock_moves).order_by(_MOVES.moved_on, _MOVES.id))


def moves(connection: Connection, keys: Iterable[MoveId]) -> dict[MoveId, Move]:
    """These movements."""
    wanted = select(tables.stock_moves).where(_MOVES.id.in_(bindparam("keys", expanding=True)))
    found = _moves(connection, wanted, {"keys": list(keys)})
    return {one.id: one for one in found}


def moves_of_voucher(connection: Connection, voucher: VoucherId) -> tuple[Move, ...]:
    """The movements of a voucher, as they were written."""
    wanted = select(tables.stock_moves).where(_MOVES.voucher_id == voucher).order_by(_MOVES.id)
    return _moves(connection, wanted)


def moves_named(connection: Connection, voucher_no: str) -> tuple[Move, ...]:
    """The movements that a register named by that voucher, without one of the program."""
    of_number = (_MOVES.voucher_no == voucher_no) & _MOVES.voucher_id.is_(None)
    return _moves(connection, select(tables.stock_moves).where(of_number).order_by(_MOVES.id))


def taken_back(connection: Connection, keys: Iterable[MoveId] | None = None) -> frozenset[MoveId]:
    """Those that another movement took back, of these or of all."""
    wanted = select(_MOVES.reverses_id).where(_MOVES.reverses_id.is_not(None))
    if keys is not None:
        wanted = wanted.where(_MOVES.reverses_id.in_(list(keys)))
    return frozenset(MoveId(key) for key in connection.execute(wanted).scalars())


def brought_back(connection: Connection, keys: Iterable[MoveId]) -> dict[MoveId, int]:
    """How much of each of these issues came back; what came back by mistake and was taken back is left out."""
    statement = text(
        "SELECT r.returns_id, sum(r.change) AS back FROM stock_moves r WHERE r.returns_id IN :keys "
        "AND NOT EXISTS (SELECT 1 FROM stock_moves c WHERE c.reverses_id = r.id) GROUP BY r.returns_id"
    ).bindparams(bindparam("keys", expanding=True))
    return {MoveId(row.returns_id): row.back for row in connection.execute(statement, {"keys": list(keys)})}


def last_move(connection: Connection) -> int:
    """The number of the last row written."""
    return connection.execute(select(func.max(_MOVES.id))).scalar() or 0


def next_move_no(connection: Connection, year: int) -> int:
    """The next free count behind `M-2026-`."""
    return last_number(connection, _MOVES.move_no, f"M-{year}-") + 1


def still_lent(connection: Connection, third_parties: Iterable[str] | None = None) -> tuple[Move, ...]:
    """What was lent and neither came back whole nor was taken back, to these codes or to anybody, in order of time."""
    statement = (
        "SELECT m.id FROM stock_moves m WHERE m.lent AND m.change < 0 "
        "AND NOT EXISTS (SELECT 1 FROM stock_moves c WHERE c.reverses_id = m.id) "
        "AND -m.change > coalesce((SELECT sum(r.change) FROM stock_moves r WHERE r.returns_id = m.id "
        "AND NOT EXISTS (SELECT 1 FROM stock_moves c WHERE c.reverses_id = r.id)), 0) {} ORDER BY m.moved_on, m.id"
    )
    if third_parties is None:
        found = connection.execute(text(statement.format(""))).scalars()
    else:
        wanted = text(statement.format("AND m.third_party IN :codes")).bindparams(bindparam("codes", expanding=True))
        found = connection.execute(wanted, {"codes": list(third_parties)}).scalars()
    keys = [MoveId(key) for key in found]
    known = moves(connection, keys)
    return tuple(known[key] for key in keys)


def loan_notes(connection: Connection, keys: Iterable[MoveId]) -> dict[MoveId, str]:
    """What was said last of each of these loans when its resident left without it."""
    of = tables.stock_loan_notes.c
    wanted = select(of.move_id, of.reason).where(of.move_id.in_(bindparam("keys", expanding=True))).order_by(of.id)
    return {MoveId(row.move_id): row.reason for row in connection.execute(wanted, {"keys": list(keys)})}


_EXACT = text(
    "SELECT stay_no AS code, person_id FROM stays WHERE stay_no IN :codes "
    "UNION ALL SELECT person_code, coalesce(merged_into, id) FROM persons WHERE person_code IN :codes"
).bindparams(bindparam("codes", expanding=True))
_ANY_CASE = text(
    "SELECT stay_no AS code, person_id FROM stays WHERE lower(stay_no) IN :codes "
    "UNION ALL SELECT person_code, coalesce(merged_into, id) FROM persons WHERE lower(person_code) IN :codes"
).bindparams(bindparam("codes", expanding=True))


def persons_of_codes(connection: Connection, codes: Iterable[str]) -> dict[str, PersonId]:
    """Who each code of a stay or of a person means, folded; codes of nobody are left out."""
    wanted = {code for code in codes if code}
    found = {
        row.code.casefold(): PersonId(row.person_id) for row in connection.execute(_EXACT, {"codes": list(wanted)})
    }
    # in other letters than it is stored: no index helps, and it is rare
    others = {code.casefold() for code in wanted} - found.keys()
    rows = connection.execute(_ANY_CASE, {"codes": sorted(others)}) if others else ()
    return found | {row.code.casefold(): PersonId(row.person_id) for row in rows}
