"""The chain of the journal."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

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


def test_the_head_is_asked_of_the_file_once_a_transaction(tmp_path: Path) -> None:
    database = Database.create(tmp_path / "shelter.db", bytes(range(32)))
    with database.transaction(EVERYTHING) as connection:
        schema.upgrade(connection)
    asked = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(connection.engine, "before_cursor_execute", count)
    with database.transaction(EVERYTHING) as connection:
        before, seq, after = (
            journal.head(connection),
            journal.add(connection, AT, None, "move"),
            journal.last_at(connection),
        )
        last = journal.head(connection)
    assert (before[0], seq, after, last[0]) == (0, 1, AT, 1)
    assert len([one for one in asked if one.startswith("SELECT") and "journal" in one]) == 1
    with database.reading() as connection:
        assert journal.head(connection) == last
    database.close()


def test_a_line_that_was_not_committed_is_no_head(tmp_path: Path) -> None:
    database = Database.create(tmp_path / "shelter.db", bytes(range(32)))
    with database.transaction(EVERYTHING) as connection:
        schema.upgrade(connection)
        journal.add(connection, AT, None, "move")
    with suppress(ZeroDivisionError), database.transaction(EVERYTHING) as connection:
        assert journal.add(connection, AT, None, "move") == 2
        raise ZeroDivisionError
    with database.transaction(EVERYTHING) as connection:
        assert journal.head(connection)[0] == 1
        assert journal.add(connection, AT, None, "move") == 2
        assert journal.verify(connection) == 2
    database.close()
