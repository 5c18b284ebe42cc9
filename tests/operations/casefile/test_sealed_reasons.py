"""Why a red flag was set aside is sealed, in a new shelter and in one of version 0006 that kept it open."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import CaseFileOutdated
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import flags, incidents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.casefile import incidents as stored_incidents
from shelter_desk.storage.file import journal, schema, sealed_boxes
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.keys import key_opening, keys
from shelter_desk.storage.retention import altered_rows
from tests import OLD_FILES
from tests.operations.case_scene import stored_words
from tests.operations.casefile.test_incidents import CONTENT, fight
from tests.operations.shelter import PASSWORD, admit, small_shelter

STORY = "elle a peur du cousin de Kita"
HOUSE = Flag("R-12", "I")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The shelter of version 0006 with a flag of a stay and one of the house, both with an open reason."""
    folder = tmp_path / "old"
    shutil.copytree(OLD_FILES / "0006", folder)
    held = key_opening.open_with_password(folder, "Agent A", PASSWORD, None).keys
    database = Database.open(folder / "shelter.db", held.database)
    with database.transaction(EVERYTHING) as connection:
        assert schema.version(connection) == "0006"
        stay = connection.execute(text("SELECT min(id) FROM stays")).scalar_one()
        for subject in (f"stay/{stay}/screening", "house"):
            row = {"rule": "R-24", "subject": subject, "settled_at": "2026-11-20T10:00", "reason": STORY}
            made = text("INSERT INTO settled_flags (rule, subject, settled_at, reason) VALUES ('R-24', :s, :at, :r)")
            added = connection.execute(made, {"s": subject, "at": row["settled_at"], "r": STORY})
            told = {"rows": [{"table": "settled_flags", "id": added.lastrowid, "after": row}]}  # as it wrote it then
            last = journal.last_at(connection)
            assert last is not None
            journal.add(connection, last, None, "settle_flags", details=told)
    database.close()
    return folder


def open_reasons(desk: Desk) -> int:
    with desk.reading() as connection:
        found: int = connection.execute(text("SELECT count(*) FROM settled_flags WHERE reason <> ''")).scalar_one()
        return found


def test_a_reason_lies_open_neither_in_the_file_nor_in_the_journal(desk: Desk) -> None:
    made = admit(desk, "1A")
    told = replace(HOUSE, stay=made.stay, person=made.person, code=made.code)
    flags.settle(desk, [told, HOUSE], STORY)
    assert "cousin" not in stored_words(desk)
    assert [one.reason for one in flags.settled(desk)] == [STORY, STORY]


def test_without_the_key_of_narratives_a_reason_is_not_read(desk: Desk) -> None:
    flags.settle(desk, [HOUSE], STORY)
    desk.protection = None
    assert [one.reason for one in flags.settled(desk)] == [""]


def test_reasons_that_an_old_file_kept_open_are_sealed_at_the_next_unlock(old: Path) -> None:
    with unlocking.unlock(old, "Agent A", PASSWORD) as desk:
        with desk.reading() as connection:
            version = schema.version(connection)
        assert (version, open_reasons(desk)) == (schema.NEWEST, 0)
        assert [one.reason for one in flags.settled(desk)] == [STORY, STORY]
        with desk.reading() as connection:
            assert altered_rows.altered(connection) == ((), (), ())


def test_whoever_holds_no_key_waits_for_who_does_and_who_does_seals_the_reasons(old: Path) -> None:
    made = key_opening.open_with_password(old, "Agent A", PASSWORD, None)

    def give(role: Role) -> None:
        database = Database.open(old / "shelter.db", made.keys.database)
        with database.transaction(EVERYTHING) as connection:
            connection.execute(text("UPDATE users SET role = :role WHERE id = :id"), {"role": role, "id": made.user_id})
        database.close()
        keys.replace_slot(old, made.keys, "Agent A", PASSWORD, role, made.user_id, None)

    give(Role.STOREKEEPER)
    with pytest.raises(CaseFileOutdated):
        unlocking.unlock(old, "Agent A", PASSWORD)
    give(Role.DIRECTOR)
    with unlocking.unlock(old, "Agent A", PASSWORD) as desk:
        assert open_reasons(desk) == 0


def test_an_incident_of_before_it_had_its_own_key_is_read_and_followed(desk: Desk) -> None:
    key = incidents.report(desk, fight(), CONTENT).id
    with desk.database.transaction(EVERYTHING) as connection:
        former = stored_incidents.sealed_row(sealed_boxes.of(connection), key, CONTENT)
        columns = ", ".join(f"{one} = :{one}" for one in former)
        connection.execute(text(f"UPDATE incidents SET seal = NULL, {columns} WHERE id = :id"), {**former, "id": key})
    incidents.follow(desk, key, "Vu avec les deux")
    assert incidents.read(desk, key) == replace(CONTENT, follow_up="Vu avec les deux")
