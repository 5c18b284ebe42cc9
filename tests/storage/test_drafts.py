"""Drafts in the file: one row per person and form, sealed where the person holds the key."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage.file import drafts, schema, settings
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.sealing import Sealer

AT = datetime(2026, 11, 25, 14, 10)
SEALER = Sealer(bytes(range(32)))
ANNA, BAKARY = UserId(1), UserId(2)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = Database.create(tmp_path / "shelter.db", bytes(range(32)))
    with database.transaction(EVERYTHING) as opened:
        schema.upgrade(opened)
        settings.add_user(opened, ANNA, "Agent A", Role.DIRECTOR)
        settings.add_user(opened, BAKARY, "Agent B", Role.STOREKEEPER)
        yield opened
    database.close()


def test_a_draft_comes_back_as_it_was_kept(connection: Connection) -> None:
    drafts.keep(connection, ANNA, "residents/admission", AT, "Awa", SEALER)
    found = drafts.find(connection, ANNA, "residents/admission")
    assert found is not None
    assert (found.at, found.text(SEALER)) == (AT, "Awa")


def test_a_later_draft_takes_the_place_of_the_one_before(connection: Connection) -> None:
    for typed in ("A", "Aw", "Awa"):
        drafts.keep(connection, ANNA, "residents/admission", AT, typed, SEALER)
    assert [one.text(SEALER) for one in drafts.of_user(connection, ANNA)] == ["Awa"]


def test_a_sealed_draft_cannot_be_read_without_the_key_of_names(connection: Connection) -> None:
    drafts.keep(connection, ANNA, "residents/admission", AT, "Awa Sacko", SEALER)
    body = connection.execute(text("SELECT body FROM drafts")).scalar_one()
    found = drafts.find(connection, ANNA, "residents/admission")
    assert found is not None
    assert (b"Awa" in body, found.text(None)) == (False, None)
    with pytest.raises(Damaged):
        found.text(Sealer(bytes(32)))


def test_a_draft_put_into_another_row_does_not_open(connection: Connection) -> None:
    drafts.keep(connection, ANNA, "residents/admission", AT, "Awa", SEALER)
    drafts.keep(connection, ANNA, "residents/exit/X", AT, "Sita", SEALER)
    connection.execute(text("UPDATE drafts SET body = (SELECT body FROM drafts WHERE id = 1) WHERE id = 2"))
    found = drafts.find(connection, ANNA, "residents/exit/X")
    assert found is not None
    with pytest.raises(Damaged):
        found.text(SEALER)


def test_somebody_without_the_key_keeps_a_text_and_finds_it(connection: Connection) -> None:
    drafts.keep(connection, BAKARY, "stock/count", AT, "12 couvertures", None)
    found = drafts.find(connection, BAKARY, "stock/count")
    assert found is not None
    assert found.text(None) == "12 couvertures"


def test_each_person_finds_only_their_own(connection: Connection) -> None:
    drafts.keep(connection, ANNA, "residents/admission", AT, "Awa", SEALER)
    assert (drafts.find(connection, BAKARY, "residents/admission"), drafts.of_user(connection, BAKARY)) == (None, [])


def test_forgetting_leaves_what_others_typed(connection: Connection) -> None:
    for user in (ANNA, BAKARY):
        drafts.keep(connection, user, "residents/admission", AT, "Awa", SEALER)
    drafts.forget(connection, ANNA, "residents/admission")
    assert [len(drafts.of_user(connection, user)) for user in (ANNA, BAKARY)] == [0, 1]


def test_the_newest_comes_first(connection: Connection) -> None:
    drafts.keep(connection, ANNA, "residents/exit/X", AT.replace(hour=16), "b", SEALER)
    drafts.keep(connection, ANNA, "residents/admission", AT, "a", SEALER)
    assert [one.form for one in drafts.of_user(connection, ANNA)] == ["residents/exit/X", "residents/admission"]
