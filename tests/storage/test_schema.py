"""The file's versions: each step proven on a file of the version before, and the same tables in the end."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged, TooNew
from shelter_desk.domain.moments import overlap
from shelter_desk.storage.file import former_rows, journal, schema
from shelter_desk.storage.file.case import case_lines, case_rows
from shelter_desk.storage.file.case.case_rows import CaseKey, Row
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.tables import case_tables, metadata
from tests.examples import examples

KEY, PROTECTION = bytes(range(32)), bytes(range(1, 33))
CASE_FILE = {one.name for one in case_tables()}
STEPS = Path(schema.__file__).parent.parent / "migrations" / "versions"
VERSIONS = sorted(path.name[1:5] for path in STEPS.glob("m*.py"))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 9)).map(
    lambda m: m.replace(minute=0, second=0, microsecond=0, hour=m.hour if m.day % 2 else 0)
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = Database.create(tmp_path / "shelter.db", KEY)
    database.hold_case_key(CaseKey(PROTECTION))
    with database.transaction(EVERYTHING) as opened:
        yield opened
    database.close()


def tokens(statement: str) -> list[str]:
    return sorted(re.findall(r"[\w']+", statement.casefold()))


def stored_schema(connection: Connection) -> dict[str, list[str]]:
    found = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL")
    )
    return {row.name: tokens(row.sql) for row in found if row.name != "alembic_version"}


def test_the_steps_make_the_tables_that_the_program_knows_but_those_of_the_case_file(connection: Connection) -> None:
    schema.upgrade(connection)
    known, every = {}, MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(every)
    for table in every.sorted_tables:
        if table.name in CASE_FILE:
            continue
        for one in list(table.foreign_key_constraints):
            if one.referred_table.name in CASE_FILE:
                table.constraints.discard(one)  # it reaches into the other file
        known[table.name] = tokens(str(CreateTable(table).compile(connection)))
        for index in table.indexes:
            known[str(index.name)] = tokens(str(CreateIndex(index).compile(connection)))
    assert stored_schema(connection) == known


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_of_each_version_keeps_its_rows_when_it_is_brought_up_to_date(
    connection: Connection, version: str
) -> None:
    schema.upgrade(connection, version)
    assert schema.version(connection) == version
    fill(connection)
    before = without_what_is_empty(rows(connection))
    schema.upgrade(connection)
    assert (schema.version(connection), without_what_is_empty(rows(connection))) == (schema.NEWEST, before)


def test_needs_of_an_older_file_count_from_the_admission_on(connection: Connection) -> None:
    schema.upgrade(connection, "0016")
    fill(connection)
    connection.execute(text("UPDATE stays SET specific_needs = 'enceinte;regime' WHERE id = 1"))
    connection.execute(text("UPDATE stays SET admitted_at = '2025-01-01T16:35' WHERE id = 1"))
    schema.upgrade(connection, "0018")
    found = connection.execute(text("SELECT stay_id, specific_need, found_on, ended_on FROM specific_needs")).all()
    assert [tuple(row) for row in found] == [
        (1, "enceinte", "2025-01-01", None),
        (1, "regime", "2025-01-01", None),
    ]


def test_the_newest_version_is_the_last_step(connection: Connection) -> None:
    schema.upgrade(connection)
    assert (schema.version(connection), VERSIONS[-1]) == (schema.NEWEST, schema.NEWEST)


def test_what_the_newest_file_holds_is_known_without_making_one(connection: Connection) -> None:
    schema.upgrade(connection)
    assert (schema.digest(connection), schema.foreign(connection)) == (schema.SOUND, ())


def test_a_file_of_a_newer_program_is_refused(connection: Connection) -> None:
    schema.upgrade(connection)
    connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(TooNew):
        schema.needs_upgrade(connection)


def test_an_empty_file_is_never_taken_for_a_shelter(connection: Connection) -> None:
    with pytest.raises(Damaged):
        schema.needs_upgrade(connection)


def fill(connection: Connection) -> None:
    """A room, a bed, a person, a stay, a placement and a journal line."""
    is_one_row = schema.version(connection) < case_lines.SINCE  # with its situation
    column, said = (", migration_situation", ", 'transit'") if is_one_row else ("", "")
    for statement in (
        "INSERT INTO rooms (room_code, name, room_type, sex_rule, age_rule) VALUES ('1', 'R', 'transit', 'f', 'tous')",
        "INSERT INTO beds (bed_code, room_id, bed_type, in_service_from) VALUES ('1A', 1, 'simple', '2025-01-01')",
        "INSERT INTO persons (person_code, sex, nationality) VALUES ('7K3-QMX-E', 'f', 'ML')",
        "INSERT INTO persons (person_code, sex, nationality) VALUES ('B4T-9WZ-U', 'f', 'ML')",
        f"INSERT INTO stays (stay_no, person_id, admitted_at, entry_kind{column}) "
        f"VALUES ('2025-0001', 1, '2025-01-01', 'premiere'{said})",
        f"INSERT INTO stays (stay_no, person_id, admitted_at, entry_kind{column}) "
        f"VALUES ('2025-0002', 2, '2025-01-01', 'premiere'{said})",
        "INSERT INTO placements (stay_id, place, bed_id, started_at, ended_at) "
        "VALUES (1, 'lit', 1, '2025-01-01', '2025-02-01')",
    ):
        connection.execute(text(statement))
    journal.add(connection, datetime(2026, 1, 1), None, "create")


Rows = dict[str, list[dict[str, object]]]


def rows(connection: Connection) -> Rows:
    named = ("rooms", "beds", "persons", "stays", "placements", "journal")
    found = {
        name: [dict(row) for row in connection.execute(text(f"SELECT * FROM {name}")).mappings()] for name in named
    }
    if schema.version(connection) >= case_lines.SINCE:
        rows = [one for one in case_rows.every(connection, CaseKey(PROTECTION)) if isinstance(one, Row)]
        moved = {(one.table, one.id): one.values for one in rows}
        for pair in former_rows.PAIRS:
            own, beside = pair.names
            found[own] = [former_rows.joined(pair, row, moved.get((beside, row["id"]), {})) for row in found[own]]
    return found


def without_what_is_empty(kept: Rows) -> Rows:
    """A later version may add columns, and they hold nothing."""
    return {
        name: [{k: v for k, v in row.items() if v not in (None, "")} for row in found] for name, found in kept.items()
    }


def placed(connection: Connection, stay: int, start: datetime, end: datetime | None) -> None:
    connection.execute(
        text("INSERT INTO placements (stay_id, place, bed_id, started_at, ended_at) VALUES (:s, 'lit', 1, :a, :b)"),
        {"s": stay, "a": to_text(start), "b": to_text(end)},
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(150), deadline=None)
@given(MOMENTS, st.none() | MOMENTS, MOMENTS, st.none() | MOMENTS)
def test_the_database_refuses_an_overlap_exactly_where_the_rule_does(
    connection: Connection, a: datetime, b: datetime | None, c: datetime, d: datetime | None
) -> None:
    if not connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'stays'")).first():
        schema.upgrade(connection)
        fill(connection)
    connection.execute(text("DELETE FROM placements"))
    placed(connection, 1, a, b)
    refused = False
    try:
        placed(connection, 2, c, d)
    except IntegrityError as error:
        refused = "bed_taken" in str(error)
    assert refused == overlap(a, b, c, d)


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        (
            "INSERT INTO stays (stay_no, person_id, admitted_at, entry_kind) "
            "VALUES ('2026-0001', 1, '2026-01-01', 'premiere')",
            "stay_overlaps",
        ),
        (
            "INSERT INTO placements (stay_id, place, started_at) VALUES (1, 'appoint', '2025-01-31')",
            "placed_twice",
        ),
        ("INSERT INTO placements (stay_id, place, bed_id, started_at) VALUES (2, 'lit', 1, '2025-01-05')", "bed_taken"),
        ("UPDATE placements SET bed_id = 1, started_at = '2024-12-01' WHERE id = 1", "bed_out_of_service"),
        (
            "INSERT INTO bed_states (bed_id, bed_state, started_at) VALUES (1, 'maintenance', '2025-01-10')",
            "bed_occupied",
        ),
        ("UPDATE beds SET in_service_to = '2025-01-10'", "bed_occupied_later"),
        ("UPDATE journal SET action = 'nothing'", "journal_keeps"),
        ("DELETE FROM journal", "journal_keeps"),
        ("UPDATE stays SET exited_at = '2024-12-31' WHERE id = 1", "in_order"),
    ],
)
def test_the_database_itself_refuses(connection: Connection, statement: str, refusal: str) -> None:
    schema.upgrade(connection)
    fill(connection)
    with pytest.raises(IntegrityError, match=refusal):
        connection.execute(text(statement))


def test_a_void_stay_cannot_come_back_to_a_bed_that_is_taken_since(connection: Connection) -> None:
    schema.upgrade(connection)
    fill(connection)
    connection.execute(text("UPDATE stays SET uncounted = 'erreur_saisie', exited_at = '2025-01-01' WHERE id = 1"))
    placed(connection, 2, datetime(2025, 1, 5), None)
    with pytest.raises(IntegrityError, match="bed_taken_since"):
        connection.execute(text("UPDATE stays SET uncounted = '', exited_at = NULL WHERE id = 1"))
