"""One cell of another kind than its column: told by table, row and column, wherever it broke what was asked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged, ReportsAltered, RowsAltered
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import closing
from shelter_desk.operations.residents import residents
from shelter_desk.operations.today import shifts, today
from shelter_desk.operations.vault import integrity_check
from shelter_desk.storage import tables
from shelter_desk.storage.assistance import donors
from shelter_desk.storage.file import cells, column_values, journal
from shelter_desk.words.refusals.errors import sentence
from tests.operations.shelter import admit, small_shelter
from tests.operations.vault.planted.scene import not_signed_yet


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        admit(opened, "1A", days=40)
        yield opened


def plant(desk: Desk, column: str, value: str) -> None:
    table, name = column.split(".")
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("PRAGMA ignore_check_constraints = 1"))
        last = f"(SELECT max(rowid) FROM {table})"
        assert connection.execute(text(f"UPDATE {table} SET {name} = {value} WHERE rowid = {last}")).rowcount == 1


def look_at_everything(desk: Desk) -> None:
    asked: tuple[Callable[[], object], ...] = (
        lambda: today.tonight(desk),
        lambda: today.to_do(desk),
        lambda: bed_board.board(desk, desk.today()),
        lambda: residents.listed(desk, "here"),
        lambda: shifts.shift(desk),
    )
    for one in asked:
        one()


BROKEN = (
    ("rooms.room_code", "x'ff00'"),
    ("beds.bed_code", "x'ff00'"),
    ("persons.former_births", "'x'"),
    ("stays.admitted_at", "'demain'"),
    ("stays.exited_at", "100000000000000000"),
    ("situations.migration_situation", "x'ff00'"),
    ("situations.migration_situation", "CAST(x'ff00' AS TEXT)"),
    ("situations.former_families", "'x'"),
)


@pytest.mark.parametrize(("column", "value"), BROKEN)
def test_a_cell_that_breaks_a_page_is_told_by_its_place(desk: Desk, column: str, value: str) -> None:
    look_at_everything(desk)
    plant(desk, column, value)
    with pytest.raises(Damaged) as told:
        look_at_everything(desk)
    assert (told.value.why, told.value.path.rpartition(".")[0]) == (column_values.CELL, column)
    assert sentence(told.value).startswith(f"One entry of the file is damaged ({column}, row ")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *BROKEN,
        ("persons.person_code", "x'ff00'"),
        ("placements.override_rule", "x'ff00'"),
        ("report_versions.first_day", "x'ff00'"),
        ("report_versions.sha256", "x'ff00'"),
        ("report_versions.version", "x'ff00'"),
        ("stays.is_dependant", "''"),
    ],
)
def test_a_cell_of_another_kind_never_ends_the_check_without_a_name(desk: Desk, column: str, value: str) -> None:
    closing.close(desk, Period(desk.today(), desk.today()).month_before, lambda _: "sans_objet")
    integrity_check.check(desk)
    plant(desk, column, value)
    with pytest.raises((Damaged, RowsAltered, ReportsAltered)):
        integrity_check.check(desk)
    with desk.reading() as connection:
        found = cells.strange(connection)
    assert found is not None
    assert found.path.rpartition(".")[0] == column


@pytest.mark.parametrize("value", ["[" * 100_000, "x", "{", '[["a"]]', '[["a", "b", 3]]', '{"a": 1}', "7", "null"])
def test_facts_in_one_cell_that_cannot_be_read_are_told_by_its_place(desk: Desk, value: str) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        put = text("INSERT INTO donor_workbooks (digest, cells, kept_at) VALUES ('a', :value, '2026-11-03T08:00')")
        connection.execute(put, {"value": value})
    with pytest.raises(Damaged) as told, desk.reading() as connection:
        donors.pointed(connection, "a")
    assert told.value.path == "donor_workbooks.cells.1"
    with desk.reading() as connection:
        found = cells.strange(connection)
    assert found is not None
    assert found.path == told.value.path


@needs(Permission.SEE_BEDS)
def fail(_: Desk, error: Exception) -> None:
    raise error


def test_an_error_that_no_cell_explains_stays_what_it_is(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError):
        fail(desk, ZeroDivisionError())


def test_a_strange_cell_explains_no_error_but_one_of_reading_it(desk: Desk) -> None:
    plant(desk, "rooms.room_code", "x'ff00'")
    with pytest.raises(PermissionError):
        fail(desk, PermissionError())
    with pytest.raises(MemoryError):
        fail(desk, MemoryError())
    with pytest.raises(Damaged):
        fail(desk, UnicodeDecodeError("utf-8", b"x", 0, 1, ""))


@pytest.mark.parametrize("value", ["2026-02-30", "2026-13-01", "2026-11-03T24:00", "2026-11-03T8:00", "2026-11-3", "x"])
def test_no_day_and_no_hour_passes_for_one(desk: Desk, value: str) -> None:
    plant(desk, "stays.admitted_at", f"'{value}'")
    with desk.reading() as connection:
        found = cells.strange(connection)
    assert found is not None
    assert found.path == "stays.admitted_at.1"


@pytest.mark.parametrize("value", ["2024-02-29T23:59", "2026-11-03", ""])
def test_a_day_of_the_calendar_is_one(desk: Desk, value: str) -> None:
    plant(desk, "stays.admitted_at", f"'{value}'")
    with desk.reading() as connection:
        assert cells.strange(connection) is None


def test_every_column_has_a_kind_that_is_looked_at() -> None:
    assert [
        f"{of.name}.{one.name}" for of in tables.metadata.sorted_tables for one in of.c if not cells.strange_if(one)
    ] == []


def test_a_line_of_the_journal_by_nobody_is_named(desk: Desk) -> None:
    copied = "INSERT INTO journal SELECT seq + 1, at, x'ff00', action, subject, details, hash FROM journal"
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text(f"{copied} ORDER BY seq DESC LIMIT 1"))
        last = journal.last(connection).seq
    with pytest.raises(Damaged) as told:
        integrity_check.check(desk)
    assert (told.value.part, told.value.path) == ("journal", str(last))


def forge(desk: Desk, details: object) -> None:
    """A line that follows from the one before, as whoever has the key of the file can write it."""
    with desk.database.transaction(EVERYTHING) as connection:
        journal.add(connection, desk.now(), desk.user, "take_in", "", details)  # type: ignore[arg-type]


MANY = [[1 + at * 10**6, 10**6] for at in range(3000)]


@pytest.mark.parametrize(
    "details",
    [
        {"new_rows": {"services": 1}, "new_sums": {}, "gone_ids": {"services": MANY}},
        {"gone_rows": {"services": 2}, "new_sums": {}, "gone_ids": {"services": [[7, 10**15]]}},
        {"new_rows": {"stays": 1}},  # of which nothing else is said, as by the first versions of the program
        {"new_rows": {"stays": 10**40}, "gone_rows": {"stays": True}},
        {"gone_rows": {"services": 2}, "new_sums": {}, "gone_ids": {"services": [[7, 10**40]]}},
    ],
)
def test_a_line_that_tells_more_than_there_can_be_is_named(desk: Desk, details: object) -> None:
    not_signed_yet(desk)
    forge(desk, details)
    with desk.reading() as connection:
        last = journal.last(connection).seq
    with pytest.raises(Damaged) as told:
        integrity_check.check(desk)
    assert (told.value.part, told.value.path) == ("journal", str(last))


def test_rows_that_a_line_tells_of_and_that_are_not_there_are_counted(desk: Desk) -> None:
    forge(desk, {"new_rows": {"services": 1}, "new_sums": {"services": [[1, "0" * 16 * 3000]]}})
    with pytest.raises(RowsAltered) as told:
        integrity_check.check(desk)
    assert told.value.count == 3000


@pytest.mark.parametrize(
    "details",
    [
        {"rows": [{"table": "stays", "id": 10**30, "before": {}, "after": {}}]},
        {"rows": [{"table": "stays", "id": -1, "before": None, "after": {"stay_no": [[[]]]}}]},
        {"new_sums": {"stays": [[10**30, "0" * 16]]}, "new_rows": {"stays": 1}},
        {
            "new_rows": [],
            "gone_rows": "stays",
            "new_sums": {"stays": {"stays": 1}},
            "gone_ids": {"stays": [[1], 2, []]},
        },
    ],
)
def test_a_line_of_no_form_stops_no_check_and_hides_nothing(desk: Desk, details: object) -> None:
    forge(desk, details)
    integrity_check.check(desk)
    plant(desk, "situations.migration_situation", "'en_route'")
    with pytest.raises(RowsAltered) as told:
        integrity_check.check(desk)
    assert told.value.count == 1


@pytest.mark.parametrize("known", [{"kinds": 7}, {"kinds": [{}], "codes": ["A"]}, {"codes_by_kind": {"identity": 7}}])
def test_an_erasure_of_no_form_stops_no_check(desk: Desk, known: object) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        journal.add(connection, desk.now(), desk.user, "erase", "", known)  # type: ignore[arg-type]
    integrity_check.check(desk)
    plant(desk, "situations.migration_situation", "'en_route'")
    with pytest.raises(RowsAltered) as told:
        integrity_check.check(desk)
    assert told.value.count == 1
