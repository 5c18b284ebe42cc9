"""A lot in the file: its number, its day, its donor, and the grant it came under, by the id of it."""

from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.stock.moves import Lot
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none

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
    return Lot(row.lot_no, day_or_none(row.expiry_on), row.donor, codes.get(row.grant_id, ""))


def lot_row(connection: Connection, lot: Lot) -> dict[str, Any]:
    """A lot as it is stored."""
    return {
        "lot_no": lot.lot_no,
        "expiry_on": None if lot.expiry_on is None else lot.expiry_on.isoformat(),
        "donor": lot.donor,
        "grant_id": grant_id(connection, lot.grant),
    }
