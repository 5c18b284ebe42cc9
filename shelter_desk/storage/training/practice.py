"""What somebody who practises did since they began, as the rows of the training shelter tell it."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from shelter_desk.domain.assistance.assistance import MEAL
from shelter_desk.domain.ids import BedId, UserId
from shelter_desk.domain.stays.stays import VOID
from shelter_desk.domain.stock.moves import ISSUES
from shelter_desk.storage.file.case.case_acts import LINES

_LAST = text(
    "SELECT (SELECT MAX(id) FROM stays) AS stays, (SELECT MAX(id) FROM services) AS services,"
    " (SELECT MAX(id) FROM activities) AS activities, (SELECT MAX(id) FROM stock_moves) AS stock_moves,"
    " (SELECT MAX(seq) FROM journal) AS journal"
)
_ADMITTED = text(
    "SELECT 1 FROM placements p JOIN stays s ON s.id = p.stay_id"
    " WHERE p.bed_id = :bed AND p.place = 'lit' AND s.id > :after AND s.uncounted <> :void"
)
_MEAL = text(
    "SELECT 1 FROM services WHERE service_type = :meal AND id > :services"
    " UNION ALL SELECT 1 FROM activities WHERE service_type = :meal AND id > :activities"
)
_EXITS = text("SELECT COUNT(*) FROM stays WHERE exited_at IS NOT NULL AND uncounted <> :void")
_OPENED = text(
    f"SELECT 1 FROM {LINES} WHERE seq > :after AND action = 'record_opened' AND subject = :code AND user_id = :user"
)
_ISSUED = text(
    f"SELECT 1 FROM stock_moves m WHERE id > :after AND move_type IN ({', '.join(repr(one) for one in ISSUES)})"
    " AND NOT EXISTS (SELECT 1 FROM stock_moves r WHERE r.reverses_id = m.id)"
)


def last_rows(connection: Connection) -> dict[str, int]:
    """The numbers of the last rows of the tables that practising writes, 0 for none; how many stays have ended."""
    found = connection.execute(_LAST).mappings().one()
    return {name: int(number or 0) for name, number in found.items()} | {"exits": exits(connection)}


def is_admitted(connection: Connection, bed: BedId, after: int) -> bool:
    """Whether a stay with a higher number has that bed, or had it."""
    return connection.execute(_ADMITTED, {"bed": bed, "after": after, "void": VOID}).first() is not None


def has_meal(connection: Connection, after: Mapping[str, int]) -> bool:
    """Whether a meal was written after these rows."""
    bounds = {"meal": MEAL, "services": after["services"], "activities": after["activities"]}
    return connection.execute(_MEAL, bounds).first() is not None


def exits(connection: Connection) -> int:
    """How many stays have ended."""
    return int(connection.execute(_EXITS, {"void": VOID}).scalar_one())


def is_opened(connection: Connection, code: str, user: UserId, after: int) -> bool:
    """Whether this person opened the record of that code after that line of the journal."""
    return connection.execute(_OPENED, {"code": code, "user": user, "after": after}).first() is not None


def is_issued(connection: Connection, after: int) -> bool:
    """Whether something was issued after that movement, and not taken back."""
    return connection.execute(_ISSUED, {"after": after}).first() is not None
