"""A lot in the file: its number, its day, its donor, and the grant it came under, by the id of it."""

from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.stock.moves import Lot
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper

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
