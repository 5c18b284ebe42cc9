"""What somebody with the key of the database put beside the tables of the program never runs in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import backups, integrity_check, key_change, restoring, unlocking
from shelter_desk.storage.file import journal, schema, sealed_boxes, settings
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.keys import key_opening, slot_list
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.operations.vault.restoring_scene import go_back

DRAFT = (
    "CREATE TRIGGER stays_no_overlap_9 AFTER INSERT ON drafts BEGIN "
    "INSERT INTO settings VALUES ('box_public', 'zz') ON CONFLICT (key) DO UPDATE SET value = 'zz'; END"
)
LINES = "CREATE TRIGGER journal_keeps_2 BEFORE INSERT ON journal BEGIN SELECT RAISE(IGNORE); END"
KEPT = "CREATE TABLE stay_marks (a, b)"
KEEPS = (
    "CREATE TRIGGER stays_no_overlap_7 BEFORE UPDATE OF seal ON persons BEGIN "
    "INSERT INTO stay_marks VALUES (old.id, old.seal); END"
)
VIEW = "CREATE VIEW seen AS SELECT * FROM persons"
INDEX = "CREATE INDEX ix_stays_2 ON stays (abs(admitted_at))"
CHILD = "CREATE TABLE stay_marks_2 (a PRIMARY KEY, b REFERENCES stay_marks (a) ON DELETE CASCADE)"
EVERY = (DRAFT, LINES, KEPT, KEEPS, VIEW, INDEX, CHILD)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = open_small_shelter(tmp_path / "shelter")
    admit(desk, "1A")
    desk.close()
    return desk.folder


def write(folder: Path, *statements: str) -> None:
    """By hand, with the key that every slot holds."""
    held = key_opening.open_with_password(folder, "Agent A", PASSWORD, None).keys
    database = Database.open(folder / "shelter.db", held.database)
    with database.transaction(EVERYTHING) as connection:
        for one in statements:
            connection.exec_driver_sql(one)
    database.close()


def unlock(folder: Path) -> Desk:
    return unlocking.unlock(folder, "Agent A", PASSWORD)


def stored(desk: Desk) -> set[str]:
    with desk.reading() as connection:
        return {row.sql for row in connection.exec_driver_sql("SELECT sql FROM sqlite_master")}


def actions(desk: Desk) -> list[str]:
    with desk.reading() as connection:
        return [line.action for line in journal.lines(connection)]


@pytest.fixture
def meanwhile(folder: Path) -> Iterator[Desk]:
    """A desk that is open while somebody writes into its file."""
    with unlock(folder) as desk:
        write(folder, *EVERY)
        yield desk


def test_what_the_program_did_not_write_is_taken_away_at_the_opening_and_the_journal_says_so(folder: Path) -> None:
    with unlock(folder) as desk:
        sound = stored(desk)
    write(folder, *EVERY)
    with unlock(folder) as desk:
        found = stored(desk) - sound
        drafts.keep(desk, "incident", {"facts": "they came"})
        with desk.reading() as connection:
            box = settings.read(connection).get("box_public")
        said = actions(desk)[-1]
    assert (found, box == "zz", said) == (set(), False, "foreign_removed")


def test_a_trigger_of_the_program_that_was_dropped_or_changed_is_there_again(folder: Path) -> None:
    with unlock(folder) as desk:
        sound = stored(desk)
    changed = "CREATE TRIGGER journal_keeps_delete BEFORE DELETE ON journal BEGIN SELECT 1; END"
    write(folder, "DROP TRIGGER journal_keeps_update", "DROP TRIGGER journal_keeps_delete", changed)
    write(folder, "DROP INDEX ix_stays_person_id")
    with unlock(folder) as desk:
        assert (stored(desk) == sound, actions(desk)[-1]) == (True, "foreign_removed")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE persons ADD COLUMN b DEFAULT (1)",
        "DROP TABLE partners",
        "UPDATE alembic_version SET version_num = '0001'",
        "UPDATE alembic_version SET version_num = '0001x'",
    ],
)
def test_tables_that_are_not_those_of_the_version_are_refused_and_nothing_is_written(
    folder: Path, statement: str
) -> None:
    write(folder, statement, DRAFT)
    before = (folder / "shelter.db").read_bytes()
    with pytest.raises(Damaged) as refused:
        unlock(folder)
    assert (refused.value.why, (folder / "shelter.db").read_bytes() == before) == ("tables", True)


def test_a_view_in_place_of_the_version_is_never_read(folder: Path) -> None:
    write(folder, "DROP TABLE alembic_version", f"CREATE VIEW alembic_version AS SELECT '{schema.NEWEST}' version_num")
    with pytest.raises(Damaged) as refused:
        unlock(folder)
    assert refused.value.why == "tables"


def test_the_check_names_what_was_put_in_while_the_desk_was_open(meanwhile: Desk) -> None:
    with pytest.raises(Damaged) as refused:
        integrity_check.check(meanwhile)
    assert refused.value.why == "foreign"


def test_a_change_of_keys_takes_nothing_over_that_the_program_did_not_write(meanwhile: Desk) -> None:
    key_change.change_keys(meanwhile, PASSWORD)
    held = key_opening.open_with_password(meanwhile.folder, "Agent A", PASSWORD, None).keys
    database = Database.open(meanwhile.folder / "shelter.db", held.database)
    with database.reading() as connection:
        found = schema.foreign(connection)
        said = [line.action for line in journal.lines(connection)][-2:]
    database.close()
    assert (found, said) == ((), ["foreign_removed", "change_keys"])


def test_a_backup_with_a_trigger_is_brought_back_without_it(meanwhile: Desk) -> None:
    made = backups.keep(meanwhile, backups.place_of(meanwhile)).path
    assert restoring.try_out(meanwhile, made).counts["persons"] == 1
    go_back(meanwhile, made)
    backups.leave(meanwhile)
    with unlock(meanwhile.folder) as desk, desk.reading() as connection:
        assert (schema.foreign(connection), actions(desk)[-1]) == ((), "restored")


def test_no_backup_is_made_of_tables_that_are_not_those_of_the_program(folder: Path) -> None:
    with unlock(folder) as desk:
        write(folder, "ALTER TABLE persons ADD COLUMN b DEFAULT (1)")
        with pytest.raises(Damaged) as refused:
            backups.keep(desk, backups.place_of(desk))
        assert (refused.value.why, backups.held(desk)) == ("tables", [])


@pytest.mark.parametrize("value", ["'nonsense'", "'[['", "'-1'", "5", "x'00'", "CAST(x'ff' AS TEXT)"])
@pytest.mark.parametrize("key", ["box_public", "box_private", "shelter_name", "recovery_proven", "'||x'ff'||'"])
def test_nonsense_in_the_settings_keeps_nobody_out(folder: Path, key: str, value: str) -> None:
    write(folder, f"INSERT INTO settings VALUES ('{key}', {value}) ON CONFLICT (key) DO UPDATE SET value = {value}")
    with unlock(folder) as desk:
        admit(desk, "1B")
        with desk.reading() as connection:
            assert sealed_boxes.public(connection) == slot_list.box(folder)


def test_what_is_put_in_while_the_desk_is_open_runs_in_no_act(meanwhile: Desk) -> None:
    drafts.keep(meanwhile, "incident", {"facts": "they came"})
    meanwhile.note("name_read", "P-0001")
    with meanwhile.reading() as connection:
        box, found = settings.read(connection).get("box_public"), schema.foreign(connection)
    assert (box == "zz", found, actions(meanwhile)[-2:]) == (False, (), ["foreign_removed", "name_read"])


def test_a_trigger_is_found_at_the_backup_where_the_count_of_changes_was_put_back(folder: Path) -> None:
    with unlock(folder) as desk:
        desk.note("name_read", "P-0001")
        with desk.reading() as connection:
            cookie = connection.exec_driver_sql("PRAGMA schema_version").scalar()
        write(folder, DRAFT, f"PRAGMA schema_version = {cookie}")
        backups.keep(desk, backups.place_of(desk))
        with desk.reading() as connection:
            assert (schema.foreign(connection), actions(desk)[-2:]) == ((), ["foreign_removed", "backed_up"])


def test_tables_that_become_others_while_the_desk_is_open_are_not_written_to(folder: Path) -> None:
    with unlock(folder) as desk:
        write(folder, "ALTER TABLE persons ADD COLUMN b DEFAULT (1)")
        with pytest.raises(Damaged) as refused:
            admit(desk, "1B")
        assert refused.value.why == "tables"
