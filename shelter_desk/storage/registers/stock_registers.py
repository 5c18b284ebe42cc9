"""Items and movements of the stock as rows of the registers workbook."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from shelter_desk.domain.registers.rows import Kept, Key, Values, folded
from shelter_desk.domain.stock.items import thousandths
from shelter_desk.domain.stock.moves import REVERSAL, sign
from shelter_desk.storage.stock import lots

MOVES = "mouvements"
TABLES = {"articles": "stock_items", MOVES: "stock_moves"}
READ = {
    "articles": "SELECT id, item_code, designation, stock_category, unit, min_level / 1000.0 AS min_level, has_expiry, "
    "max_level / 1000.0 AS max_level, lead_time_days, restricted, lendable, service_type FROM stock_items",
    MOVES: "SELECT m.id, m.move_no, item_code, m.moved_on, m.move_type, abs(m.change) / 1000.0 AS quantity, "
    "m.voucher_no, m.lot_no, m.expiry_on, m.donor, m.third_party, r.move_no AS reverses_move_no, m.unit_cost_xof, "
    "m.pack, m.pack_factor / 1000.0 AS pack_factor, m.lent, l.move_no AS returns_move_no, m.service_no, "
    'g.grant_code AS "grant" '
    "FROM stock_moves m JOIN stock_items i ON i.id = m.item_id LEFT JOIN stock_moves r ON r.id = m.reverses_id "
    "LEFT JOIN stock_moves l ON l.id = m.returns_id LEFT JOIN grants g ON g.id = m.grant_id",
}
ORDER = {"articles": "item_code", MOVES: "m.moved_on, m.id"}
DAYS = frozenset({"moved_on", "expiry_on"})
YES_NO = ("has_expiry", "restricted", "lendable", "lent")
Lookup = Callable[[str, str | None], int | None]


def _item(v: Values, _: Lookup) -> dict[str, Any]:
    return {
        "item_code": v["item_code"],
        "designation": v["designation"],
        "stock_category": v["stock_category"],
        "unit": v["unit"],
        "min_level": _amount(v.get("min_level")),
        "max_level": _amount(v.get("max_level")),
        "lead_time_days": v.get("lead_time_days"),
        "has_expiry": bool(v["has_expiry"]),
        "restricted": bool(v.get("restricted")),
        "lendable": bool(v.get("lendable")),
        "service_type": v.get("service_type", ""),
    }


def _move(v: Values, find: Lookup) -> dict[str, Any]:
    return {
        "move_no": v["move_no"],
        "item_id": find("articles", v["item_code"]),
        "moved_on": v["moved_on"].isoformat(),
        "move_type": v["move_type"],
        "lot_no": v.get("lot_no", ""),
        "expiry_on": _day(v.get("expiry_on")),
        "donor": v.get("donor", ""),
        "voucher_no": v.get("voucher_no", ""),
        "third_party": v.get("third_party", ""),
        "unit_cost_xof": v.get("unit_cost_xof"),
        "pack": v.get("pack", ""),
        "pack_factor": _amount(v.get("pack_factor")),
        "reverses_id": find(MOVES, v.get("reverses_move_no")),
        "lent": bool(v.get("lent")),
        "returns_id": find(MOVES, v.get("returns_move_no")),
        "service_no": v.get("service_no", ""),
    }


def beyond(connection: Connection, standing: Mapping[str, Mapping[Key, Kept]], kept: Kept) -> dict[str, Any]:
    """The signed change and the grant; a reversal goes against the movement it takes back, from the lot of it."""
    values = kept.values
    amount = _amount(values["quantity"]) or 0
    if values["move_type"] != REVERSAL:
        given = lots.grant_id(connection, values.get("grant", ""))
        return {"change": sign(values["move_type"]) * amount, "grant_id": given}
    target = standing[MOVES][(folded(values["reverses_move_no"]),)].values
    of_lot = {key: values.get(key) or target.get(key, "") for key in ("lot_no", "donor")}
    expiry_on = _day(values.get("expiry_on") or target.get("expiry_on"))
    given = lots.grant_id(connection, values.get("grant") or target.get("grant", ""))
    change = sign(REVERSAL, target["move_type"]) * amount
    return {"change": change, "expiry_on": expiry_on, "grant_id": given, **of_lot}


def _amount(quantity: float | None) -> int | None:
    return None if quantity is None else thousandths(quantity)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


COLUMNS: Mapping[str, Callable[[Values, Lookup], dict[str, Any]]] = {"articles": _item, MOVES: _move}
