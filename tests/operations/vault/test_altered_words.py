"""Narratives that somebody altered in the file: lists go on without them, and the check says whose they are."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged, SealsAltered
from shelter_desk.domain.ids import PersonId
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today import import_gaps
from shelter_desk.operations.vault import integrity_check
from shelter_desk.storage.casefile import plans as stored_plans
from shelter_desk.storage.retention.erasing import IDENTITY, NARRATIVES
from shelter_desk.storage.tables import metadata
from tests.operations.shelter import open_small_shelter
from tests.operations.test_raw_folder import plant

SEALED = [
    (table, column)
    for table, columns in (IDENTITY | NARRATIVES).items()
    for column in columns
    if isinstance(metadata.tables[table].c[column].type, LargeBinary)
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A shelter with a word in most columns that are sealed."""
    with open_small_shelter(tmp_path / "shelter") as opened:
        plant(opened, tmp_path)
        yield opened


def altered(desk: Desk, table: str, column: str, content: bytes) -> bytes | None:
    """Put that into the first row that has something sealed there, and return what it was."""
    with desk.database.transaction(EVERYTHING) as connection:
        wanted = f"SELECT id, {column} FROM {table} WHERE length({column}) > 0 ORDER BY id LIMIT 1"
        row = connection.execute(text(wanted)).first()
        if row is not None:
            changed = text(f"UPDATE {table} SET {column} = :content WHERE id = :id")
            connection.execute(changed, {"content": content, "id": row[0]})
        return None if row is None else bytes(row[1])


def test_the_check_names_whose_narrative_or_name_was_altered(desk: Desk) -> None:
    integrity_check.check(desk)
    tried = 0
    for table, column in SEALED:
        former = altered(desk, table, column, b"\0" * 60)
        if former is None:
            continue
        tried += 1
        with pytest.raises(SealsAltered) as caught:
            integrity_check.check(desk)
        assert len(caught.value.codes) == 1, (table, column)
        assert altered(desk, table, column, former) == b"\0" * 60
    assert tried >= 10
    integrity_check.check(desk)


def test_the_list_of_what_an_import_left_open_goes_on(desk: Desk) -> None:
    whole = import_gaps.completing(desk)
    former = altered(desk, "import_gaps", "sealed_told", b"\0" * 60)
    assert former is not None
    assert len(import_gaps.completing(desk)) == len(whole) > 0


def test_an_action_whose_words_were_altered_is_shown_and_not_written_anew(desk: Desk) -> None:
    former = altered(desk, "plan_actions", "objective", b"\0" * 60)
    assert former is not None
    with desk.reading() as connection:
        found = next(one for one in stored_plans.of_person(connection, desk.protection, PersonId(1)) if one.actions)
    action = found.actions[0]
    assert action.objective == ""
    with pytest.raises(Damaged):
        plans.change_action(desk, replace(action, objective="Autre"))
    with pytest.raises(SealsAltered):
        integrity_check.check(desk)
