"""What is kept of lines of files: digests under a secret that is sealed, and sealed anew with other keys."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage.file import journal, schema, settings
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.imports import import_lines

KEY, NOW = bytes(range(32)), datetime(2026, 11, 3, 8)
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


def older(connection: Connection) -> None:
    """An older program took something in with an open salt."""
    schema.upgrade(connection)
    journal.add(connection, NOW, None, "create")
    settings.add_user(connection, UserId(1), "Agent A", Role.DIRECTOR)
    connection.execute(
        text(
            "INSERT INTO import_batches (digest, taken_at, taken_by, lists, journal_seq) VALUES ('x', :at, 1, '{}', 1)"
        ),
        {"at": NOW.isoformat()},
    )
    settings.write(connection, {"register_salt": "0f" * 16})


def test_an_open_salt_counts_until_it_was_sealed_once(connection: Connection) -> None:
    older(connection)
    assert import_lines.salt(connection, OLD) == "0f" * 16
    import_lines.keep_salt(connection, OLD, "0f" * 16)
    settings.write(connection, {"register_salt": "aa" * 16})
    assert import_lines.salt(connection, OLD) == "0f" * 16
    settings.write(connection, {"import_numbers": "zz"})
    assert import_lines.salt(connection, OLD) is None
    connection.execute(text("DELETE FROM settings WHERE key = 'import_numbers'"))
    assert import_lines.salt(connection, OLD) is None


def test_nobody_gives_a_file_that_took_nothing_in_an_open_salt(connection: Connection) -> None:
    schema.upgrade(connection)
    settings.write(connection, {"register_salt": "0f" * 16})
    assert import_lines.salt(connection, OLD) is None


@pytest.mark.parametrize("key", ["import_secret", "import_numbers"])
@pytest.mark.parametrize("value", ["zz", None, OLD.seal_bytes("settings", "import_secret", 0, bytes(32)).hex()])
def test_secrets_that_somebody_replaced_are_told_and_the_next_ones_say_so(
    connection: Connection, key: str, value: str | None
) -> None:
    schema.upgrade(connection)
    journal.add(connection, NOW, None, "create")
    import_lines.digests_to_keep(connection, OLD)
    import_lines.keep_salt(connection, OLD, "0f" * 16)
    import_lines.change_secret(connection, OLD, NEW)
    assert import_lines.altered(connection, NEW) == set()
    settings.write(connection, {key: value or ""})
    if value is None:
        connection.execute(text("DELETE FROM settings WHERE key = :key"), {"key": key})
    assert import_lines.altered(connection, NEW) == {key}
    import_lines.digests_to_keep(connection, NEW)
    if import_lines.salt(connection, NEW) is None:
        import_lines.keep_salt(connection, NEW, "0e" * 16)
    assert import_lines.altered(connection, NEW) == set()
    last = journal.last(connection)
    assert (last.action, last.known["secret"]) == ("import_secret_renewed", key)


def test_another_secret_under_the_same_key_of_names_is_told(connection: Connection) -> None:
    schema.upgrade(connection)
    journal.add(connection, NOW, None, "create")
    import_lines.digests_to_keep(connection, OLD)
    import_lines._seal(connection, OLD, "import_secret", bytes(32))
    assert import_lines.altered(connection, OLD) == {"import_secret"}


def test_a_secret_of_an_older_program_is_missed_where_digests_stand_on_it(connection: Connection) -> None:
    older(connection)
    made = import_lines.new_digests()
    assert import_lines.altered(connection, OLD) == set()
    connection.execute(text("UPDATE import_batches SET digest = :made"), {"made": made.of("file", "x")})
    assert import_lines.altered(connection, OLD) == {"import_secret"}
    import_lines._seal(connection, OLD, "import_secret", made.secret)
    assert import_lines.altered(connection, OLD) == set()


@pytest.mark.parametrize("written", ["zz", "", "0F" * 16, "00" * 15])
def test_an_open_salt_that_is_none_is_not_taken(connection: Connection, written: str) -> None:
    older(connection)
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
