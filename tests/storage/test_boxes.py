"""The box of the shelter: made once, opened with the protection key alone, kept when that key changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.casefile.incidents import BoxMissing
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import schema, sealed_boxes, settings
from shelter_desk.storage.file.database import Connection, Database
from shelter_desk.storage.file.sealing import Sealer

KEY, OTHER = Sealer(bytes(32)), Sealer(bytes(range(32)))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = Database.create(tmp_path / "shelter.db", bytes(32))
    with database.transaction(EVERYTHING) as opened:
        schema.upgrade(opened)
        yield opened
    database.close()


def test_nothing_can_be_put_into_a_box_that_is_not_made(connection: Connection) -> None:
    with pytest.raises(BoxMissing):
        sealed_boxes.of(connection)


def test_a_box_that_is_there_stays(connection: Connection) -> None:
    sealed_boxes.make(connection, KEY)
    first = sealed_boxes.of(connection).public
    sealed_boxes.make(connection, OTHER)
    assert sealed_boxes.of(connection).public == first


def test_the_box_opens_with_the_protection_key(connection: Connection) -> None:
    sealed_boxes.make(connection, KEY)
    sealed = sealed_boxes.of(connection).seal("incidents", "facts", 1, "Bruit")
    assert sealed_boxes.opened(connection, KEY).unseal("incidents", "facts", 1, sealed) == "Bruit"


def test_the_box_does_not_open_with_another_key(connection: Connection) -> None:
    sealed_boxes.make(connection, KEY)
    with pytest.raises(Damaged):
        sealed_boxes.opened(connection, OTHER)


def test_what_is_in_the_box_outlives_a_change_of_the_key(connection: Connection) -> None:
    sealed_boxes.make(connection, KEY)
    sealed = sealed_boxes.of(connection).seal("incidents", "facts", 1, "Bruit")
    sealed_boxes.change_key(connection, KEY, OTHER)
    assert sealed_boxes.opened(connection, OTHER).unseal("incidents", "facts", 1, sealed) == "Bruit"


def test_the_former_key_does_not_open_the_box_any_more(connection: Connection) -> None:
    sealed_boxes.make(connection, KEY)
    sealed_boxes.change_key(connection, KEY, OTHER)
    with pytest.raises(Damaged):
        sealed_boxes.opened(connection, KEY)


def test_a_change_of_keys_makes_no_box(connection: Connection) -> None:
    sealed_boxes.change_key(connection, KEY, OTHER)
    assert not sealed_boxes.is_made(connection)


def test_the_private_key_does_not_lie_open_in_the_settings(connection: Connection) -> None:
    sealed_boxes.make(connection, KEY)
    kept = settings.read(connection)
    private = KEY.unwrap("settings", 0, bytes.fromhex(kept[sealed_boxes.PRIVATE]))
    assert private.hex() not in "".join(kept.values())
