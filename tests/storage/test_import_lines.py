"""What is kept of lines of files: digests under a secret that is sealed, and sealed anew with other keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.storage.file import schema, settings
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.imports import import_lines

KEY = bytes(range(32))
OLD, NEW = Sealer(b"a" * 32), Sealer(b"b" * 32)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = Database.create(tmp_path / "shelter.db", KEY)
    with database.transaction(EVERYTHING) as opened:
        yield opened
    database.close()


def test_a_digest_is_the_same_again_and_of_its_kind(connection: Connection) -> None:
    schema.upgrade(connection)
    made = import_lines.digests_to_keep(connection, OLD)
    again = import_lines.digests(connection, OLD)
    assert made is not None
    assert again is not None
    assert made.of("stay", "14") == again.of("stay", "14") != again.of("code", "14")


def test_who_has_not_the_key_of_names_makes_no_digest(connection: Connection) -> None:
    schema.upgrade(connection)
    import_lines.digests_to_keep(connection, OLD)
    assert (import_lines.digests(connection, None), import_lines.digests(connection, NEW)) == (None, None)


def test_the_secret_is_the_same_under_other_keys(connection: Connection) -> None:
    schema.upgrade(connection)
    made = import_lines.digests_to_keep(connection, OLD)
    import_lines.change_secret(connection, OLD, NEW)
    assert (import_lines.digests(connection, OLD), import_lines.digests(connection, NEW)) == (None, made)


def test_the_salt_of_numbers_is_read_by_who_reads_names_and_the_same_under_other_keys(connection: Connection) -> None:
    schema.upgrade(connection)
    import_lines.keep_salt(connection, OLD, "0f" * 16)
    assert (import_lines.salt(connection, None), import_lines.salt(connection, OLD)) == (None, "0f" * 16)
    import_lines.change_secret(connection, OLD, NEW)
    assert (import_lines.salt(connection, OLD), import_lines.salt(connection, NEW)) == (None, "0f" * 16)


@pytest.mark.parametrize("written", ["zz", "", "0F" * 16, "00" * 15])
def test_an_open_salt_that_is_none_is_not_taken(connection: Connection, written: str) -> None:
    schema.upgrade(connection)
    settings.write(connection, {"register_salt": written})
    assert import_lines.salt(connection, OLD) is None


def test_what_stood_in_clear_in_an_old_file_is_gone(connection: Connection) -> None:
    schema.upgrade(connection, "0011")
    add = (
        "INSERT INTO import_layouts (headings, list_key, columns, value_codes, kept_at) VALUES (:h, :l, :c, :v, '2026')"
    )
    kept = {"h": "a", "l": "", "c": "{}", "v": "{}"}
    told = {"h": "b", "l": "registre", "c": "{}", "v": '{"nationality": {"diarraawa": "ML"}}'}
    connection.execute(text(add), [kept, told])
    schema.upgrade(connection)
    assert [row.headings for row in connection.execute(text("SELECT headings FROM import_layouts"))] == ["a"]
