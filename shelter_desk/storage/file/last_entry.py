"""When the shelter was last written in."""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, text


def written_at(connection: Connection) -> Iterator[datetime]:
    """The moments of the journal lines, latest first."""
    found = connection.execute(text("SELECT at FROM journal ORDER BY seq DESC"))
    return (datetime.fromisoformat(row.at) for row in found)


def was_undone(connection: Connection, seq: int, subject: str) -> bool:
    """True when a later line took back the line of that number."""
    found = connection.execute(
        text("SELECT details FROM journal WHERE subject = :subject AND action = 'undo' AND seq > :seq"),
        {"subject": subject, "seq": seq},
    )
    return any(json.loads(row.details).get("of") == seq for row in found if row.details)
