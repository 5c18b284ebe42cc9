"""A disk that becomes full in the middle of what is done."""

from shelter_desk.domain.changes import Changes
from shelter_desk.operations.desk import Desk

ROOM = 300  # pages there are still for everything else


def full_at(desk: Desk, happening: str) -> None:
    """From now on the file may not grow once that happens to a table: `INSERT ON not_same`."""
    with desk.database.transaction(Changes()) as connection:
        connection.exec_driver_sql("CREATE TABLE filler (told TEXT NOT NULL)")
        filling = "INSERT INTO filler (told) VALUES (hex(zeroblob(4000000)))"
        connection.exec_driver_sql(f"CREATE TRIGGER filling BEFORE {happening} BEGIN {filling}; END")
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + ROOM}")
