"""What SQLAlchemy worked out for one file serves the next, and holds nothing of the file."""

import enum
import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_bytes

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Select, String, Table, select
from sqlalchemy.engine.interfaces import CacheStats
from sqlalchemy.exc import OperationalError

from shelter_desk.domain.changes import Changes
from shelter_desk.storage.file import database_errors, statement_cache
from shelter_desk.storage.file.database import Database

NOTES = Table("notes_of_a_test", MetaData(), Column("id", Integer, primary_key=True), Column("told", String))
Made = Callable[[], Database]
PLAIN = (type(None), bool, int, enum.Enum)


@pytest.fixture(autouse=True)
def as_in_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the other tests each statement serves all files."""
    monkeypatch.setattr(statement_cache, "PLAIN", PLAIN)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """Each call makes another file with the table."""
    files: list[Database] = []

    def make() -> Database:
        files.append(Database.create(tmp_path / f"{len(files)}.db", token_bytes(32)))
        with files[-1].transaction(Changes()) as connection:
            NOTES.create(connection)
        return files[-1]

    yield make
    for one in files:
        one.close()


def is_known(connection: Connection, wanted: Select[int]) -> bool:
    return connection.execute(wanted).context.cache_hit is CacheStats.CACHE_HIT


def asked_of_both(made: Made, wanted: Select[int]) -> list[bool]:
    """Whether it was known already: to the first file, to the first again, to the second."""
    found: list[bool] = []
    first, second = made(), made()
    for file in (first, first, second):
        with file.reading() as connection:
            found.append(is_known(connection, wanted))
    return found


def test_a_statement_is_worked_out_once_for_all_files(made: Made) -> None:
    assert asked_of_both(made, select(NOTES.c.id).where(NOTES.c.id > 3)) == [False, True, True]


@pytest.mark.parametrize("value", ["Awa", "1987-03-12"])
def test_one_that_was_made_with_a_word_serves_its_file_alone(made: Made, value: str) -> None:
    assert asked_of_both(made, select(NOTES.c.id).where(NOTES.c.told == value)) == [False, True, False]


def test_one_that_was_made_with_several_numbers_serves_its_file_alone(made: Made) -> None:
    assert asked_of_both(made, select(NOTES.c.id).where(NOTES.c.id.in_([3, 4]))) == [False, True, False]


def test_no_word_is_kept_beyond_its_file(made: Made) -> None:
    with made().transaction(Changes()) as connection:
        connection.execute(NOTES.insert().values(told="Awa"))
        connection.execute(NOTES.update().where(NOTES.c.id == 1).values(told="Fanta"))
        connection.execute(NOTES.insert(), {"told": "Bintou"})
    kept = [bound.value for one in statement_cache._of_all.values() for bound in one.binds.values()]
    assert [one for one in kept if one in ("Awa", "Fanta", "Bintou")] == []


def test_nothing_that_is_kept_leads_to_a_closed_file(tmp_path: Path) -> None:
    file = Database.create(tmp_path / "gone.db", token_bytes(32))
    with file.transaction(Changes()) as connection:
        NOTES.create(connection)
        assert not is_known(connection, select(NOTES.c.id).where(NOTES.c.id < 7))  # the first to be asked this
    closed, case = weakref.ref(file), weakref.ref(file._case)
    file.close()
    del file, connection
    gc.collect()
    assert (closed(), case()) == (None, None)


def test_an_error_is_named_after_its_own_file(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[str] = []
    first, second = made(), made()
    monkeypatch.setattr(database_errors, "named", lambda path, *_, **__: named.append(path.name))
    for file in (first, second):
        with pytest.raises(OperationalError), file.reading() as connection:
            connection.exec_driver_sql("SELECT nothing")
    assert named == ["0.db", "1.db"]
