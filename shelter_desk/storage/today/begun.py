"""What a house that begins holds already: beds, residents, movements of its store, accounts."""

from sqlalchemy import Connection, text

_HOLDS = text(
    "SELECT EXISTS (SELECT 1 FROM beds) AS beds, EXISTS (SELECT 1 FROM stays) AS stays,"
    " EXISTS (SELECT 1 FROM stock_moves) AS moves, (SELECT COUNT(*) FROM users WHERE active) AS accounts"
)


def holds(connection: Connection) -> tuple[bool, bool, bool, int]:
    """Whether there are beds, stays and movements of the store, and how many accounts may open the shelter."""
    row = connection.execute(_HOLDS).one()
    return bool(row.beds), bool(row.stays), bool(row.moves), int(row.accounts)
