"""The encrypted file: looked at before it is opened, whole after every trouble."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged, DiskFull, InUse, ReadOnly, ShelterDeskError, ShelterExists
from shelter_desk.storage.file.database import Closed, Connection, Database
from tests.conftest import ReadOnlyFolder

KEY = bytes(range(32))
NOTHING = Changes()
NAME = "Worokiatou Nakanyba"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shelter.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    made = Database.create(path, KEY)
    with made.transaction(NOTHING) as connection:
        connection.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, told TEXT NOT NULL)"))
    yield made
    made.close()


def add(database: Database, told: str) -> None:
    with database.transaction(NOTHING) as connection:
        connection.execute(text("INSERT INTO notes (told) VALUES (:told)"), {"told": told})


def notes(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.execute(text("SELECT told FROM notes ORDER BY id")).scalars())


def test_what_was_committed_is_there_after_opening_again(database: Database, path: Path) -> None:
    add(database, NAME)
    database.close()
    again = Database.open(path, KEY)
    assert notes(again) == [NAME]
    again.close()


def test_no_value_is_in_clear_in_the_folder(database: Database, tmp_path: Path) -> None:
    add(database, NAME)
    files = [file.read_bytes() for file in tmp_path.iterdir()]
    assert len(files) >= 2
    assert not any(word.encode() in content for content in files for word in (*NAME.split(), "notes"))


def test_a_database_is_never_made_over_another_file(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(ShelterExists):
        Database.create(path, KEY)


@pytest.mark.parametrize("size", [0, 1, 4095])
def test_an_empty_or_cut_file_is_damaged_and_stays_as_it_is(path: Path, size: int) -> None:
    path.write_bytes(bytes(size))
    with pytest.raises(Damaged):
        Database.open(path, KEY)
    assert path.read_bytes() == bytes(size)


def test_a_missing_file_is_damaged_and_not_made(path: Path) -> None:
    with pytest.raises(Damaged):
        Database.open(path, KEY)
    assert not path.exists()


def plain(_content: bytes, path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE other (id)")
    raw.close()


def written(make: Callable[[bytes], bytes]) -> Callable[[bytes, Path], None]:
    def put(content: bytes, path: Path) -> None:
        path.write_bytes(make(content))

    return put


DAMAGES: dict[str, tuple[Callable[[bytes, Path], object], str]] = {
    "taken away": (lambda _content, path: path.unlink(missing_ok=True), "missing"),
    "emptied": (written(lambda _content: b""), "empty"),
    "less than a page": (written(lambda content: content[:4000]), "cut"),
    "without its last page": (written(lambda content: content[:-4096]), "cut"),
    "of SQLite without a key": (plain, "not_ours"),
    "another file": (written(lambda content: bytes(len(content))), "unreadable"),
    "altered at its beginning": (written(lambda content: content[:99] + b"?" + content[100:]), "unreadable"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_says_what_it_is(database: Database, path: Path, damage: str) -> None:
    add(database, NAME)
    database.close()
    content = path.read_bytes()
    path.unlink()
    DAMAGES[damage][0](content, path)
    with pytest.raises(Damaged) as noticed:
        Database.open(path, KEY)
    assert (noticed.value.part, noticed.value.why) == ("database", DAMAGES[damage][1])


def test_a_wrong_key_opens_nothing(database: Database, path: Path) -> None:
    database.close()
    with pytest.raises(Damaged):
        Database.open(path, bytes(32))


def test_an_altered_first_page_is_damaged(database: Database, path: Path) -> None:
    database.close()
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(Damaged):
        Database.open(path, KEY)


def test_a_file_without_its_last_page_is_damaged(database: Database, path: Path) -> None:
    database.close()
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(Damaged):
        Database.open(path, KEY)


def test_an_altered_later_page_is_damaged_when_it_is_read(database: Database, path: Path) -> None:
    add(database, NAME)
    database.close()
    content = bytearray(path.read_bytes())
    content[-50] ^= 1
    path.write_bytes(content)
    again = Database.open(path, KEY)
    with pytest.raises(Damaged) as noticed:
        notes(again)
    again.close()
    assert noticed.value.why == "altered"


def test_a_database_of_another_program_is_damaged(path: Path) -> None:
    raw = sqlcipher.connect(str(path))
    raw.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    raw.execute("CREATE TABLE other (id)")
    raw.close()
    with pytest.raises(Damaged):
        Database.open(path, KEY)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("cache_size", -65536), ("temp_store", 2)],
)
def test_every_connection_is_set_as_decided(database: Database, pragma: str, value: object) -> None:
    with database.transaction(NOTHING) as writing, database.reading() as reading:
        found = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for connection in (writing, reading)]
    assert found == [value, value]


def stop_halfway(database: Database) -> None:
    with database.transaction(NOTHING) as connection:
        connection.execute(text("INSERT INTO notes (told) VALUES ('half')"))
        connection.execute(text("CREATE TABLE half (id)"))
        raise LookupError


def test_an_error_inside_leaves_nothing_written(database: Database) -> None:
    with pytest.raises(LookupError):
        stop_halfway(database)
    with database.reading() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
    assert (notes(database), tables) == ([], ["notes"])


def test_a_transaction_inside_a_transaction_is_refused(database: Database) -> None:
    with database.transaction(NOTHING), pytest.raises(RuntimeError):
        add(database, "inside")
    add(database, "after")
    assert notes(database) == ["after"]


def test_reading_sees_one_instant(database: Database) -> None:
    with database.reading() as connection:
        before = connection.execute(text("SELECT count(*) FROM notes")).scalar()
        add(database, "meanwhile")
        assert connection.execute(text("SELECT count(*) FROM notes")).scalar() == before == 0


def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError), database.reading() as connection:
        connection.execute(text("INSERT INTO notes (told) VALUES ('x')"))


def test_listeners_are_told_after_the_commit(database: Database) -> None:
    seen: list[tuple[Changes, list[str]]] = []
    database.listen(lambda changes: seen.append((changes, notes(database))))
    with database.transaction(Changes(stays=True)) as connection:
        connection.execute(text("INSERT INTO notes (told) VALUES ('told')"))
    assert seen == [(Changes(stays=True), ["told"])]


def test_listeners_are_not_told_of_what_failed(database: Database) -> None:
    seen: list[Changes] = []
    database.listen(seen.append)
    with pytest.raises(LookupError), database.transaction(Changes(stays=True)):
        raise LookupError
    assert seen == []


def test_a_listener_that_stopped_is_not_told(database: Database) -> None:
    seen: list[Changes] = []
    stop = database.listen(seen.append)
    stop()
    add(database, "x")
    assert seen == []


def test_what_is_kept_outside_is_read_before_the_commit_and_kept_after_it(database: Database) -> None:
    seen: list[tuple[int | None, list[str]]] = []

    def read(connection: Connection) -> Callable[[], None]:
        found = connection.execute(text("SELECT count(*) FROM notes")).scalar()
        return lambda: seen.append((found, notes(database)))

    database.on_commit = read
    add(database, "x")
    assert seen == [(1, ["x"])]


def test_nothing_is_kept_outside_of_what_was_not_committed(database: Database) -> None:
    kept: list[str] = []
    database.on_commit = lambda _connection: lambda: kept.append("kept")
    with pytest.raises(LookupError), database.transaction(NOTHING):
        raise LookupError
    assert kept == []
    add(database, "x")
    assert kept == ["kept"]


def test_threads_write_one_after_the_other(database: Database) -> None:
    def work(number: int) -> None:
        for _ in range(10):
            with database.transaction(NOTHING) as connection:
                last = connection.execute(text("SELECT count(*) FROM notes")).scalar()
                connection.execute(text("INSERT INTO notes (told) VALUES (:told)"), {"told": f"{last}"})

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert notes(database) == [str(n) for n in range(40)]


def test_a_lock_of_another_program_is_said(database: Database, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shelter_desk.storage.file.connections.WAIT", 0.05)
    other = sqlcipher.connect(str(path), isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    other.execute("BEGIN IMMEDIATE")
    again = Database.open(path, KEY)
    with pytest.raises(InUse):
        add(again, "x")
    again.close()
    other.close()


def test_no_value_is_in_an_error(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught, database.transaction(NOTHING) as connection:
        connection.execute(text("INSERT INTO notes (id, told) VALUES (:told, :told)"), {"told": NAME})
    assert NAME not in str(caught.value)


def fill(database: Database) -> None:
    """More than a disk of four MiB, or a file of ten pages, can take."""
    with database.transaction(NOTHING) as connection:
        for _ in range(1600):
            connection.execute(text("INSERT INTO notes (told) VALUES (hex(zeroblob(4000)))"))


def test_a_file_that_may_not_grow_is_a_full_disk_and_nothing_is_lost(database: Database) -> None:
    with database.transaction(NOTHING) as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 10")
        connection.execute(text("INSERT INTO notes (told) VALUES ('before')"))
    with pytest.raises(DiskFull):
        fill(database)
    assert notes(database) == ["before"]


def test_a_full_disk_is_said_and_nothing_is_lost(tiny_disk: Path) -> None:
    database = Database.create(tiny_disk / "shelter.db", KEY)
    with database.transaction(NOTHING) as connection:
        connection.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, told TEXT NOT NULL)"))
    add(database, "before")
    with pytest.raises(DiskFull):
        fill(database)
    database.close()
    again = Database.open(tiny_disk / "shelter.db", KEY)
    assert (notes(again), again.problems()) == (["before"], ())
    again.close()


@pytest.mark.parametrize("room", range(0, 240, 12))
@pytest.mark.parametrize("full", ["before the copy", "before the other key"])
def test_a_copy_for_which_there_is_no_room_is_a_full_disk(
    tiny_disk: Path, monkeypatch: pytest.MonkeyPatch, full: str, room: int
) -> None:
    """room: in KiB."""
    database = Database.create(tiny_disk / "shelter.db", KEY)
    with database.transaction(NOTHING) as connection:
        connection.execute(text("CREATE TABLE notes (told BLOB NOT NULL)"))
        connection.execute(text("INSERT INTO notes VALUES (zeroblob(300000))"))
    really = database.copy_to

    def copy_to(path: Path, *told: Callable[[int, int], None] | None) -> None:
        if full == "before the other key":
            really(path)
        free = shutil.disk_usage(tiny_disk).free
        (tiny_disk / "ballast").write_bytes(bytes(free - room * 1024))
        if full == "before the copy":
            really(path, *told)

    monkeypatch.setattr(database, "copy_to", copy_to)
    with pytest.raises(DiskFull):
        database.copy_under(tiny_disk / "copy.db", KEY[::-1])
    database.close()


def test_a_read_only_folder_is_said(database: Database, path: Path, read_only: ReadOnlyFolder) -> None:
    database.close()
    with read_only(path.parent), pytest.raises(ReadOnly):
        Database.open(path, KEY)


def test_a_whole_file_has_no_problem(database: Database) -> None:
    add(database, "x")
    assert database.problems() == ()


def test_an_altered_page_is_a_problem(database: Database, path: Path) -> None:
    add(database, "x")
    database.close()
    content = bytearray(path.read_bytes())
    content[-50] ^= 1
    path.write_bytes(content)
    again = Database.open(path, KEY)
    try:
        found = again.problems()
    except ShelterDeskError:
        found = ("refused",)
    again.close()
    assert found


def test_a_closed_database_cannot_be_read(database: Database) -> None:
    database.close()
    with pytest.raises(Closed):
        notes(database)


def test_closing_leaves_one_file(database: Database, path: Path) -> None:
    add(database, "x")
    database.close()
    assert [file.name for file in path.parent.iterdir()] == ["shelter.db"]
