"""The rows of the case file: sealed in the file of the shelter, as SQL finds them in a file beside it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import IntegrityError, OperationalError

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import schema
from shelter_desk.storage.file.case import case_file, case_rows, case_statements
from shelter_desk.storage.file.case.case_rows import NONCE, STEP, CaseKey, Row
from shelter_desk.storage.file.database import PAGE, Database
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.tables import case_tables, metadata

KEY, PROTECTION = bytes(range(32)), bytes(range(1, 33))
SHELTER, BESIDE = "shelter.db", "shelter.case"
TAG = 16
STATUS = {"stay_id": 1, "victim_status": "presumee", "decided_on": "2026-03-09"}


def made(folder: Path) -> Database:
    """A shelter with a stay, its case file open."""
    database = Database.create(folder / SHELTER, KEY)
    with database.transaction(EVERYTHING) as connection:
        schema.upgrade(connection)
        connection.execute(text("INSERT INTO persons (person_code, sex, nationality) VALUES ('7K3-QMX-E', 'f', 'ML')"))
        connection.execute(
            text(
                "INSERT INTO stays (stay_no, person_id, admitted_at, entry_kind) "
                "VALUES ('2026-0001', 1, '2026-03-02', 'premiere')"
            )
        )
    database.open_case_file(CaseKey(PROTECTION))
    return database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = made(tmp_path)
    yield opened
    opened.close()


def again(folder: Path, protection: bytes | None = PROTECTION) -> Database:
    opened = Database.open(folder / SHELTER, KEY)
    opened.open_case_file(None if protection is None else CaseKey(protection))
    return opened


def decide(database: Database, **other: Any) -> int:
    with database.transaction(EVERYTHING) as connection:
        return Trail(connection).add("victim_statuses", {**STATUS, **other})


def statuses(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.execute(text("SELECT victim_status FROM victim_statuses ORDER BY id")).scalars())


def sealed(connection: Connection) -> list[Row | bytes]:
    return list(case_rows.every(connection, CaseKey(PROTECTION)))


def test_a_row_that_is_written_lies_sealed_in_the_file_of_the_shelter(database: Database) -> None:
    key = decide(database, victim_status="identifiee")
    with database.reading() as connection:
        (found,) = sealed(connection)
        lying = connection.execute(text("SELECT * FROM case_rows")).one()
    assert isinstance(found, Row)
    assert (found.table, found.id, found.values["victim_status"]) == ("victim_statuses", key, "identifiee")
    assert b"identifiee" not in lying.sealed


def test_the_connection_that_read_before_finds_it_and_reads_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = made(tmp_path)
    decide(closed, victim_status="identifiee")
    closed.close()
    connected, connect = [], sqlcipher.connect

    def counted(*args: Any, **how: Any) -> Any:
        connected.append(args)
        return connect(*args, **how)

    monkeypatch.setattr(sqlcipher, "connect", counted)
    opened = again(tmp_path)
    assert statuses(opened) == ["identifiee"]
    assert len(connected) == 1
    with opened.reading() as connection, pytest.raises(OperationalError):
        connection.execute(text("UPDATE victim_statuses SET victim_status = ''"))
    opened.close()


def test_of_two_connections_that_read_before_both_find_it(tmp_path: Path) -> None:
    closed = made(tmp_path)
    decide(closed, victim_status="identifiee")
    closed.close()
    opened = Database.open(tmp_path / SHELTER, KEY)
    with opened.reading(), opened.reading():
        pass
    opened.open_case_file(CaseKey(PROTECTION))
    found = text("SELECT victim_status FROM victim_statuses")
    with opened.reading() as one, opened.reading() as other:
        assert [read.execute(found).scalar() for read in (one, other)] == ["identifiee", "identifiee"]
    opened.close()


def test_a_row_that_changes_or_goes_changes_and_goes_there(database: Database) -> None:
    first, second = decide(database), decide(database)
    with database.transaction(EVERYTHING) as connection:
        Trail(connection).change("victim_statuses", first, {"victim_status": "ecartee"})
        Trail(connection).remove("victim_statuses", second)
        assert [one.values["victim_status"] for one in sealed(connection) if isinstance(one, Row)] == ["ecartee"]
        assert case_file.altered(connection, CaseKey(PROTECTION)) == (set(), 0)


def test_every_column_comes_back_as_it_was_given(database: Database) -> None:
    words = {"status_decider": "Juge de Gao « é »", "reason": b"\0\xff", "review_on": None}
    key = decide(database, **words)
    with database.reading() as connection:
        row = connection.execute(text("SELECT * FROM victim_statuses")).mappings().one()
        (found,) = sealed(connection)
    assert isinstance(found, Row)
    assert (dict(found.values), row["id"]) == (dict(row), key)


def test_a_sealed_row_says_neither_how_long_it_is_nor_of_which_large_table(database: Database) -> None:
    decide(database, victim_status="a")
    decide(database, victim_status="presumee", status_decider="le juge")
    with database.reading() as connection:
        lengths = set(connection.execute(text("SELECT length(sealed) FROM case_rows")).scalars())
    large = {len(name) for name in map(_sealed_blank, case_tables()) if len(name) > NONCE + STEP + TAG}
    assert lengths == large
    assert len(large) == 1


def _sealed_blank(table: Table) -> bytes:
    return CaseKey(bytes(32)).sealed_row(table.name, {"id": 1})


def test_the_same_row_lies_elsewhere_in_another_shelter() -> None:
    assert CaseKey(PROTECTION).place("plans", 1) != CaseKey(KEY).place("plans", 1)
    assert CaseKey(PROTECTION).place("plans", 1) == CaseKey(PROTECTION).place("plans", 1)


def test_what_was_rolled_back_is_in_neither_file(database: Database, tmp_path: Path) -> None:
    decide(database)
    with database.transaction(EVERYTHING) as connection, connection.begin_nested() as nested:
        Trail(connection).add("victim_statuses", STATUS)
        nested.rollback()
    with pytest.raises(IntegrityError), database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE victim_statuses SET victim_status = 'ecartee', decided_on = NULL"))
    with database.reading() as connection:
        assert (len(sealed(connection)), statuses(database)) == (1, ["presumee"])


def test_without_the_key_its_tables_are_empty_and_refuse(database: Database, tmp_path: Path) -> None:
    decide(database)
    database.close()
    closed = again(tmp_path, None)
    assert statuses(closed) == []
    with pytest.raises(IntegrityError, match=case_statements.REFUSED):
        decide(closed)
    closed.close()
    opened = again(tmp_path)
    assert statuses(opened) == ["presumee"]
    opened.close()


def test_the_file_beside_does_not_open_with_the_key_of_the_shelter(database: Database, tmp_path: Path) -> None:
    decide(database)
    database.close()
    with pytest.raises(Exception, match="unreadable"):
        Database(tmp_path / BESIDE, KEY).problems()


def _missing(beside: Path, former: bytes) -> None:
    beside.unlink()


def _older(beside: Path, former: bytes) -> None:
    beside.write_bytes(former)


def _cut(beside: Path, former: bytes) -> None:
    beside.write_bytes(former[: len(former) // 2])


def _foreign(beside: Path, former: bytes) -> None:
    beside.write_bytes(b"x" * len(former))


@pytest.mark.parametrize("spoil", [_missing, _older, _cut, _foreign])
def test_a_file_that_is_not_the_last_one_is_made_anew(database: Database, tmp_path: Path, spoil: Any) -> None:
    decide(database)
    database.close()
    former = (tmp_path / BESIDE).read_bytes()
    opened = again(tmp_path)
    decide(opened, victim_status="identifiee")
    opened.close()
    spoil(tmp_path / BESIDE, former)
    opened = again(tmp_path)
    assert statuses(opened) == ["presumee", "identifiee"]
    with opened.reading() as connection:
        assert case_file.altered(connection, CaseKey(PROTECTION)) == (set(), 0)
    opened.close()


def test_a_file_that_is_the_last_one_stays(database: Database, tmp_path: Path) -> None:
    decide(database)
    database.close()
    before = (tmp_path / BESIDE).stat().st_ino
    again(tmp_path).close()
    assert (tmp_path / BESIDE).stat().st_ino == before


def test_two_copies_of_it_do_not_tell_in_which_table_something_was_written(database: Database, tmp_path: Path) -> None:
    database.close()
    before = pages(tmp_path)
    with_one_more = again(tmp_path)
    key = decide(with_one_more)
    with_one_more.close()
    after = pages(tmp_path)
    assert len(after) >= len(before) > len(case_tables())
    assert [at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one == other] == []
    opened = again(tmp_path)
    with opened.reading() as connection:
        assert connection.execute(text("SELECT id FROM victim_statuses")).scalars().all() == [key]
    opened.close()


def pages(folder: Path) -> list[bytes]:
    content = (folder / BESIDE).read_bytes()
    return [content[at : at + PAGE] for at in range(0, len(content), PAGE)]


@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_stays_for_the_next_process_too(database: Database, tmp_path: Path, seed: str) -> None:
    """What it is made of is written down in the same order whatever order sets have."""
    asked = "from shelter_desk.storage.file.case import case_statements; print(case_statements.form())"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert told.stdout.strip() == case_statements.form()


def test_a_file_with_a_page_that_cannot_be_read_is_made_anew_next_time(database: Database, tmp_path: Path) -> None:
    for _ in range(200):
        decide(database, status_decider="le juge de Gao" * 9)
    database.close()
    beside = tmp_path / BESIDE
    content = bytearray(beside.read_bytes())
    for at in range(len(content) - 2 * 4096, len(content), 4096):
        content[at + 100] ^= 1
    beside.write_bytes(content)
    opened = again(tmp_path)
    with pytest.raises(Damaged):
        statuses(opened)
    opened.close()
    opened = again(tmp_path)
    assert len(statuses(opened)) == 200
    opened.close()


def test_a_row_that_somebody_altered_keeps_nobody_from_the_others_and_is_found(
    database: Database, tmp_path: Path
) -> None:
    decide(database)
    decide(database, victim_status="identifiee")
    place = CaseKey(PROTECTION).place("victim_statuses", 1)
    database.close()
    by_hand = Database.open(tmp_path / SHELTER, KEY)
    with by_hand.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE case_rows SET sealed = zeroblob(300) WHERE place = :place"), {"place": place})
    by_hand.close()
    opened = again(tmp_path)
    with opened.reading() as connection:
        assert case_file.altered(connection, CaseKey(PROTECTION)) == ({("victim_statuses", 1)}, 1)
    opened.close()
    (tmp_path / BESIDE).unlink()
    opened = again(tmp_path)
    assert statuses(opened) == ["identifiee"]
    with opened.reading() as connection:
        assert case_file.altered(connection, CaseKey(PROTECTION)) == (set(), 1)
    opened.close()


def test_the_last_row_that_opens_no_more_keeps_nobody_from_the_next(database: Database, tmp_path: Path) -> None:
    decide(database)
    last = decide(database, victim_status="identifiee")
    with database.transaction(EVERYTHING) as connection:
        place = {"place": CaseKey(PROTECTION).place("victim_statuses", last)}
        connection.execute(text("UPDATE case_rows SET sealed = zeroblob(300) WHERE place = :place"), place)
    database.close()
    (tmp_path / BESIDE).unlink()
    opened = again(tmp_path)
    assert decide(opened, victim_status="ecartee") == last + 1
    assert statuses(opened) == ["presumee", "ecartee"]
    with opened.reading() as connection:
        assert case_file.altered(connection, CaseKey(PROTECTION)) == (set(), 1)
    opened.close()


def test_a_row_put_back_as_it_was_before_is_found(database: Database, tmp_path: Path) -> None:
    key = decide(database)
    with database.reading() as connection:
        former = connection.execute(text("SELECT place, sealed FROM case_rows")).one()
    with database.transaction(EVERYTHING) as connection:
        Trail(connection).change("victim_statuses", key, {"victim_status": "identifiee"})
    with database.transaction(EVERYTHING) as connection:
        put = text("UPDATE case_rows SET sealed = :sealed WHERE place = :place")
        connection.execute(put, {"place": former.place, "sealed": former.sealed})
    with database.reading() as connection:
        assert case_file.altered(connection, CaseKey(PROTECTION)) == ({("victim_statuses", key)}, 0)


def test_what_a_row_names_is_there_and_stays_while_it_is_named(database: Database) -> None:
    decide(database)
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        decide(database, stay_id=99)
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), database.transaction(EVERYTHING) as connection:
        connection.execute(text("DELETE FROM stays"))
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE victim_statuses SET stay_id = 99"))


def test_a_row_that_names_what_somebody_took_out_can_still_be_changed(database: Database, tmp_path: Path) -> None:
    key = decide(database)
    database.close()
    by_hand = Database.open(tmp_path / SHELTER, KEY)  # no trigger of the case file there
    with by_hand.transaction(EVERYTHING) as connection:
        connection.execute(text("DELETE FROM stays"))
    by_hand.close()
    opened = again(tmp_path)
    with opened.transaction(EVERYTHING) as connection:
        Trail(connection).change("victim_statuses", key, {"victim_status": "identifiee"})
    assert statuses(opened) == ["identifiee"]
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), opened.transaction(EVERYTHING) as connection:
        Trail(connection).change("victim_statuses", key, {"stay_id": 98})
    opened.close()


def test_an_opening_makes_one_trigger_for_each_thing_that_can_happen_to_a_table() -> None:
    made = re.findall(r"CREATE TEMP TRIGGER \w+ (\w+ \w+) ON (\S+)", case_statements.following())
    assert len(made) == len(set(made)) > 3 * len(case_tables())


def take_stays_out(database: Database) -> None:
    with database.transaction(EVERYTHING) as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text("DELETE FROM stays"))


def test_what_is_put_off_to_the_end_is_looked_at_there(database: Database) -> None:
    """As where a list takes stays out and writes them anew."""
    decide(database)
    with database.transaction(EVERYTHING) as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        row = dict(connection.execute(text("SELECT * FROM stays")).mappings().one())
        connection.execute(text("DELETE FROM stays"))
        connection.execute(metadata.tables["stays"].insert().values(**row))
    with pytest.raises(sqlcipher.IntegrityError, match="FOREIGN KEY"):
        take_stays_out(database)
    assert statuses(database) == ["presumee"]


def test_every_reference_of_a_table_is_kept_by_the_file_or_by_triggers() -> None:
    said = " ".join((*case_statements.tables(), case_statements.following()))
    where = {table: "casefile" if table in case_tables() else "main" for table in metadata.sorted_tables}
    for table in metadata.sorted_tables:
        for one in table.foreign_keys:
            above, column = one.column.table, one.parent.name
            if where[above] != where[table]:
                assert f"SELECT 1 FROM {where[above]}.{above.name} WHERE id = NEW.{column}" in said
                assert f"SELECT 1 FROM {where[table]}.{table.name} WHERE {column} = OLD.id" in said
            elif table in case_tables():
                assert f"FOREIGN KEY({column}) REFERENCES {above.name} (id)" in said


def test_who_reads_sees_both_files_of_the_same_instant(database: Database) -> None:
    with database.reading() as connection:
        decide(database)
        assert connection.execute(text("SELECT count(*) FROM victim_statuses")).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM case_rows")).scalar() == 0
    assert statuses(database) == ["presumee"]


def test_other_keys_open_what_the_former_ones_sealed_and_those_open_nothing(database: Database) -> None:
    decide(database)
    old, new = CaseKey(PROTECTION), CaseKey(KEY)
    told = old.sealed_text(["a line"], "journal", 7)
    with database.transaction(EVERYTHING) as connection:
        case_rows.change_key(connection, old, new, anew=lambda row: row)
        assert [one.values["victim_status"] for one in case_rows.every(connection, new) if isinstance(one, Row)] == [
            "presumee"
        ]
        assert all(isinstance(one, bytes) for one in case_rows.every(connection, old))
    with database._outside_transactions() as raw:
        new.learn(raw)
    assert new.unsealed_text(told, "journal", 7) == ["a line"]


def test_lines_of_before_several_changes_of_keys_open(database: Database) -> None:
    told, keys = (
        CaseKey(PROTECTION).sealed_text(["a line"], "journal", 7),
        (PROTECTION, KEY, bytes(32), bytes(range(2, 34))),
    )
    for old, new in pairwise(keys):
        with database.transaction(EVERYTHING) as connection:
            case_rows.change_key(connection, CaseKey(old), CaseKey(new), anew=lambda row: row)
    last = CaseKey(keys[-1])
    with database._outside_transactions() as raw:
        last.learn(raw)
    assert last.unsealed_text(told, "journal", 7) == ["a line"]
