"""A disk that is full at any moment of what is done with the file: each trouble has its name, and the file stays."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import DiskFull
from shelter_desk.storage.file.database import Database
from tests.conftest import fill

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
ROWS = 100  # about 400 KiB with the index
ROOMS = [*range(0, 65536, 8192), *range(65536, 3 * 1024 * 1024, 128 * 1024)]  # bytes left
Act = Callable[[Database, Path], object]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("full") / "source.db"
    database = Database.create(path, KEY)
    with database.transaction(Changes()) as connection:
        connection.exec_driver_sql("CREATE TABLE told (id INTEGER PRIMARY KEY, said TEXT NOT NULL)")
        connection.exec_driver_sql("CREATE INDEX by_said ON told (said)")
        for _ in range(ROWS):
            connection.exec_driver_sql("INSERT INTO told (said) VALUES (hex(randomblob(900)))")
    database.close()
    return path


def write(database: Database, _copy: Path) -> None:
    with database.transaction(Changes()) as connection:
        connection.exec_driver_sql("UPDATE told SET said = hex(randomblob(900))")
        connection.exec_driver_sql("CREATE TABLE again AS SELECT * FROM told")


def read(database: Database, _copy: Path) -> None:
    assert database.problems() == ()
    with database.reading() as connection:
        assert len(connection.exec_driver_sql("SELECT said FROM told ORDER BY said DESC").all()) == ROWS


def copy_and_open(database: Database, copy: Path) -> None:
    database.copy_to(copy)
    database.opened_copy(copy).close()


ACTS: dict[str, Act] = {
    "read": read,
    "write": write,
    "copy": lambda database, copy: database.copy_to(copy),
    "copy_under": lambda database, copy: database.copy_under(copy, OTHER),
    "copy_and_open": copy_and_open,
    "create": lambda _database, copy: Database.create(copy, KEY).close(),
}


@pytest.mark.parametrize("is_beside", [True, False], ids=["beside", "elsewhere"])
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_full_disk_is_named_whatever_is_done(source: Path, tiny_disk: Path, act: Act, is_beside: bool) -> None:
    """elsewhere: the file lies on another disk, which has room, and what is made of it on the one that is full."""
    done, refused = 0, 0
    for room in ROOMS:
        for left in tiny_disk.iterdir():
            left.unlink()
        path = source.parent / "other.db" if not is_beside else tiny_disk / "shelter.db"
        shutil.copy(source, path)
        database = Database.open(path, KEY)
        fill(tiny_disk, room)
        try:
            act(database, tiny_disk / "copy.db")
            done += 1
        except DiskFull:
            refused += 1
        finally:
            database.close()
        (tiny_disk / "filling").unlink()
        again = Database.open(path, KEY)
        assert again.problems() == ()
        again.close()
    reads_only = act is read or (act is write and not is_beside)
    assert done > 0
    assert (refused > 0) is not reads_only


def test_a_full_disk_at_the_opening_is_named(source: Path, tiny_disk: Path) -> None:
    refused = 0
    for room in ROOMS[:20]:
        for left in tiny_disk.iterdir():
            left.unlink()
        shutil.copy(source, tiny_disk / "shelter.db")
        fill(tiny_disk, room)
        try:
            Database.open(tiny_disk / "shelter.db", KEY).close()
        except DiskFull:
            refused += 1
    assert 0 < refused < 20
