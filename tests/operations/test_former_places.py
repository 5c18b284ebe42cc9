"""Places of files before version 0039, in whose rows it stood why a rule of the room was set aside."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import RowsAltered
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.retention.retention import RetentionKind
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import unlocking
from shelter_desk.operations.vault.opening import HowToOpen
from shelter_desk.storage.file import former_rows, journal
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.keys import key_opening
from shelter_desk.storage.retention import erasing
from shelter_desk.storage.stays import stays as stored_stays
from shelter_desk.storage.tables import placement_reasons
from shelter_desk.system import clock
from tests import OLD_FILES
from tests.operations.shelter import PASSWORD
from tests.operations.test_former_rows import rows_altered, summed


@pytest.fixture
def with_places(tmp_path: Path) -> Iterator[Desk]:
    """An old file with places 9 and 10, which a very large import brought: of the first it is said why."""
    folder = tmp_path / "old"
    shutil.copytree(OLD_FILES / "0038", folder)
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    database = Database.open(folder / "shelter.db", opened.keys.database)
    why = {"override_reason": "Une nuit", "override_rule": "R-04"}
    sums = ""
    with database.transaction(EVERYTHING) as connection:
        for key, said in ((9, why), (10, {})):
            row: dict[str, Any] = {
                "ended_at": f"2020-01-{key + 1}",
                **said,
                "place": "appoint",
                "started_at": f"2020-01-{key:02}",
            }
            row |= {"stay_id": 1}
            names, marks = ", ".join(row), ", ".join(f":{one}" for one in row)
            connection.execute(text(f"INSERT INTO placements (id, {names}) VALUES ({key}, {marks})"), row)
            sums += summed("placements", row, key)
        details = {"new_rows": {"placements": 2}, "new_sums": {"placements": [[9, sums]]}}
        journal.add(connection, clock.now(), None, "take_in", "", details)
    database.close()
    (folder / "shelter.head").unlink()
    with unlocking.unlock(folder, "Agent A", PASSWORD, HowToOpen(accept_older=True)) as desk:
        assert rows_altered(desk) is None
        yield desk


def test_why_a_rule_was_set_aside_lies_behind_the_wall_and_of_other_places_there_is_no_row(with_places: Desk) -> None:
    with with_places.reading() as connection:
        (one,) = connection.execute(placement_reasons.select()).all()
        assert not [row for row in connection.execute(text("PRAGMA table_info(placements)")) if "reason" in row.name]
    assert (one.id, one.placement_id, one.override_reason) == (9, 9, "Une nuit")


@pytest.mark.parametrize(
    "altered",
    [
        "UPDATE placement_reasons SET override_reason = 'Autre'",
        "DELETE FROM placement_reasons",
        "INSERT INTO placement_reasons VALUES (10, 10, 'Autre')",
        "UPDATE placements SET override_rule = 'R-06' WHERE id = 10",
    ],
)
def test_sums_of_before_prove_a_place_with_why_a_rule_was_set_aside(with_places: Desk, altered: str) -> None:
    with with_places.database.transaction(EVERYTHING) as connection:
        connection.execute(text(altered))
    assert isinstance(rows_altered(with_places), RowsAltered)


def test_acts_on_such_places_are_no_alterations(with_places: Desk) -> None:
    with with_places.reading() as connection:
        first, other = (stored_stays.PLACEMENTS.one(connection, key) for key in (9, 10))
    for one in (replace(first, override_reason="Autre"), replace(other, override_reason="Une nuit")):
        with with_places.because_late("erreur"), with_places.writing("correct", EVERYTHING) as writing:
            stored_stays.change_placement(writing.trail, one)
        assert rows_altered(with_places) is None
    for one in (first, other):
        with with_places.because_late("erreur"), with_places.writing("correct", EVERYTHING) as writing:
            stored_stays.remove_placement(writing.trail, one.id)
        assert rows_altered(with_places) is None


def test_such_words_that_are_erased_are_no_alteration(with_places: Desk) -> None:
    with with_places.database.transaction(EVERYTHING) as connection:
        whose = stored_stays.stay(connection, StayId(1)).person
        code = connection.execute(text("SELECT person_code FROM persons WHERE id = :id"), {"id": whose}).scalar_one()
        erasing.narratives(connection, [whose])
        told = {"codes_by_kind": {RetentionKind.NARRATIVES: [code]}}
        journal.add(connection, clock.now(), with_places.user, "erase", details=told)
    with with_places.reading() as connection:
        assert stored_stays.PLACEMENTS.one(connection, 9).override_reason == ""
    assert rows_altered(with_places) is None


def test_lines_of_before_tell_why_a_rule_was_set_aside_where_one_was() -> None:
    sides = {"place": "appoint", "override_reason": ""}, {"override_reason": "Une nuit"}, {"override_reason": "Autre"}
    none, first, other = sides

    def parts(**told: Any) -> list[Any]:
        rows: list[Any] = former_rows.parted_line({"rows": [{"table": "placements", "id": 9, **told}]})["rows"]
        return rows[-1:]

    beside = {"table": "placement_reasons", "id": 9}
    assert parts(after=none) == [{"table": "placements", "id": 9, "after": {"place": "appoint"}}]
    assert parts(after={"place": "appoint", **first}) == [{**beside, "after": {"placement_id": 9, **first}}]
    assert parts(before=first, after=other) == [{**beside, "before": first, "after": other}]
    assert parts(before=first, after={}) == [{**beside, "before": {"placement_id": 9, **first}}]
    assert parts(before={"place": "lit", **first}) == [{**beside, "before": {"placement_id": 9, **first}}]
