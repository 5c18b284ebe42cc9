"""Items and movements of the stock as rows of the registers workbook."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from shelter_desk.domain.registers.rows import Kept, Key, Values, folded
from shelter_desk.domain.stock.items import thousandths
from shelter_desk.domain.stock.moves import REVERSAL, sign
from shelter_desk.storage.file.column_values import day_text
from shelter_desk.storage.stock import lots

ITEMS, MOVES = "articles", "mouvements"
READ = {
    ITEMS: "SELECT id, item_code, designation, stock_category, unit, min_level / 1000.0 AS min_level, has_expiry, "
    "max_level / 1000.0 AS max_level, lead_time_days, restricted, lendable, service_type FROM stock_items",
    MOVES: "SELECT m.id, m.move_no, item_code, m.moved_on, m.move_type, abs(m.change) / 1000.0 AS quantity, "
    "m.voucher_no, m.lot_no, m.expiry_on, m.donor, m.third_party, r.move_no AS reverses_move_no, m.unit_cost_xof, "
    "m.pack, m.pack_factor / 1000.0 AS pack_factor, m.lent, l.move_no AS returns_move_no, m.service_no, "
    'g.grant_code AS "grant" '
    "FROM stock_moves m JOIN stock_items i ON i.id = m.item_id LEFT JOIN stock_moves r ON r.id = m.reverses_id "
    "LEFT JOIN stock_moves l ON l.id = m.returns_id LEFT JOIN grants g ON g.id = m.grant_id",
}
ORDER = {ITEMS: "item_code", MOVES: "m.moved_on, m.id"}


def levels(values: Values) -> dict[str, Any]:
    """The levels of an item in thousandths."""
    return {key: _amount(values.get(key)) for key in ("min_level", "max_level")}


def beyond(connection: Connection, standing: Mapping[str, Mapping[Key, Kept]], kept: Kept) -> dict[str, Any]:
    """The signed change, the content of a pack and the grant.

    A reversal goes against the movement it takes back, from the lot of it.
    """
    values = kept.values
    amount, pack_factor = _amount(values["quantity"]) or 0, _amount(values.get("pack_factor"))
    if values["move_type"] != REVERSAL:
        given = lots.grant_id(connection, values.get("grant", ""))
        return {"change": sign(values["move_type"]) * amount, "pack_factor": pack_factor, "grant_id": given}
    target = standing[MOVES][(folded(values["reverses_move_no"]),)].values
    of_lot = {key: values.get(key) or target.get(key, "") for key in ("lot_no", "donor")}
    expiry_on = day_text(values.get("expiry_on") or target.get("expiry_on"))
    given = lots.grant_id(connection, values.get("grant") or target.get("grant", ""))
    change = sign(REVERSAL, target["move_type"]) * amount
    return {"change": change, "pack_factor": pack_factor, "expiry_on": expiry_on, "grant_id": given, **of_lot}


def _amount(quantity: float | None) -> int | None:
    return None if quantity is None else thousandths(quantity)
