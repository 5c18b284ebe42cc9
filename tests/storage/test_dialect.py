"""The rows of an answer are read by the hundred, whoever goes through them one by one."""

from pathlib import Path
from secrets import token_bytes
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, select

from shelter_desk.domain.changes import Changes
from shelter_desk.storage.file import dialect
from shelter_desk.storage.file.database import Database

NUMBERS = Table("numbers_of_a_test", MetaData(), Column("id", Integer, primary_key=True))


class CountingCursor:
    """A cursor of the driver that counts how often it is asked for rows."""

    def __init__(self, cursor: Any) -> None:
        self._cursor, self.asked = cursor, 0

    def __getattr__(self, name: str) -> Any:
        self.asked += name.startswith("fetch")
        return getattr(self._cursor, name)


def test_rows_gone_through_one_by_one_are_read_by_the_hundred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Database.create(tmp_path / "shelter.db", token_bytes(32))
    with file.transaction(Changes()) as connection:
        NUMBERS.create(connection)
        connection.execute(NUMBERS.insert(), [{"id": number} for number in range(1000)])
    counted: list[CountingCursor] = []
    make = dialect.RowsByTheHundred.create_server_side_cursor

    def counting(context: dialect.RowsByTheHundred) -> CountingCursor:
        counted.append(CountingCursor(make(context)))
        return counted[-1]

    monkeypatch.setattr(dialect.RowsByTheHundred, "create_server_side_cursor", counting)
    with file.reading() as connection:
        counted.clear()
        assert [row.id for row in connection.execute(select(NUMBERS))] == list(range(1000))
        assert sum(one.asked for one in counted) < 12
        counted.clear()
        assert connection.execute(select(NUMBERS)).first() is not None
        assert [one.asked for one in counted] == [1]
    file.close()
