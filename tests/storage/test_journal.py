"""The chain of the journal."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import journal, schema
from shelter_desk.storage.file.database import Database

AT = datetime(2026, 11, 3, 16, 35)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = Database.create(tmp_path / "shelter.db", bytes(range(32)))
    with database.transaction(EVERYTHING) as opened:
        schema.upgrade(opened)
        for number in range(5):
            journal.add(opened, AT, None, "move", f"CODE-{number}", {"rows": [number]})
        yield opened
    database.close()


def test_a_whole_chain_is_verified_and_counted(connection: Connection) -> None:
    assert journal.verify(connection) == 5


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal SET details = '' WHERE seq = 3",
        "UPDATE journal SET action = 'leave' WHERE seq = 3",
        "UPDATE journal SET at = '2026-11-03T16:36:00' WHERE seq = 3",
        "UPDATE journal SET user_id = 2 WHERE seq = 3",
        "UPDATE journal SET subject = 'CODE-9' WHERE seq = 3",
        "UPDATE journal SET hash = x'00' WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 1",
    ],
)
def test_a_line_changed_behind_the_back_of_the_program_is_noticed(connection: Connection, change: str) -> None:
    connection.execute(text("DROP TRIGGER journal_keeps_update"))
    connection.execute(text("DROP TRIGGER journal_keeps_delete"))
    connection.execute(text(change))
    with pytest.raises(Damaged) as noticed:
        journal.verify(connection)
    assert noticed.value.part == "journal"
