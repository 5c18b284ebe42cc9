"""The names of a person: under a key of their own, so that they can be erased wherever they still lie."""

import base64
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged, SealsAltered
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents import residents as stored_residents
from tests.operations.shelter import admit, small_shelter

NAMES = Names("Sacko", "Awa", "Tantie")


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def told_rows(desk: Desk) -> list[dict[str, Any]]:
    """Every row that the journal tells of persons."""
    with desk.reading() as connection:
        details = connection.execute(text("SELECT details FROM journal WHERE details <> ''")).scalars().all()
    rows = [row for told in details for row in json.loads(told).get("rows", [])]
    return [row for row in rows if row["table"] == "persons"]


def test_the_key_of_a_person_is_in_no_line_of_the_journal(desk: Desk) -> None:
    admit(desk, "1A", names=NAMES)
    told = [row.get(when, {}) for row in told_rows(desk) for when in ("before", "after")]
    assert any("last_name" in values for values in told)
    assert not any("seal" in values for values in told)


def test_a_former_name_in_the_journal_opens_with_the_key_of_the_person_and_not_without(desk: Desk) -> None:
    person = admit(desk, "1A", names=NAMES).person
    residents.correct(desk, residents.record(desk, person).person, Names("Sako", "Awa", "Tantie"))
    formers = (row.get("before", {}).get("last_name") for row in told_rows(desk))
    former = base64.b64decode(next(sealed for sealed in formers if sealed))
    assert desk.sealer is not None
    with desk.reading() as connection:
        seal = stored_residents.seal_of(connection, person)
    assert desk.sealer.of_row("persons", person, seal).unseal("persons", "last_name", person, former) == "Sacko"
    with pytest.raises(Damaged):
        desk.sealer.unseal("persons", "last_name", person, former)


def test_the_key_of_one_person_opens_no_other(desk: Desk) -> None:
    first, second = (admit(desk, code, names=NAMES).person for code in ("1A", "1B"))
    with desk.reading() as connection:
        seal = stored_residents.seal_of(connection, first)
    assert seal is not None
    assert desk.sealer is not None
    with pytest.raises(Damaged):
        desk.sealer.unwrap("persons", second, seal)


def test_a_correction_keeps_the_key_of_the_person(desk: Desk) -> None:
    person = admit(desk, "1A", names=NAMES).person
    with desk.reading() as connection:
        before = stored_residents.seal_of(connection, person)
    residents.correct(desk, residents.record(desk, person).person, Names("Sako", "Awa"))
    with desk.reading() as connection:
        assert stored_residents.seal_of(connection, person) == before


def test_changed_keys_open_the_same_names(desk: Desk) -> None:
    person = admit(desk, "1A", names=NAMES).person
    other = Sealer(bytes(range(32)))
    assert desk.sealer is not None
    with desk.writing("test", Changes()) as writing:
        stored_residents.change_seals(writing.connection, desk.sealer, other)
    with desk.reading() as connection:
        assert stored_residents.names(connection, other) == {person: NAMES}
        assert stored_residents.names(connection, desk.sealer) == {}
        with pytest.raises(SealsAltered):
            stored_residents.name(connection, desk.sealer, person)


def test_names_of_an_older_version_get_a_key_of_their_own(desk: Desk) -> None:
    person = admit(desk, "1A").person
    assert desk.sealer is not None
    old = {column: desk.sealer.seal("persons", column, person, getattr(NAMES, column)) for column in asdict(NAMES)}
    with desk.writing("test", Changes()) as writing:
        writing.trail.change("persons", person, old)
        assert stored_residents.names(writing.connection, desk.sealer) == {person: NAMES}
        stored_residents.give_seals(writing.connection, desk.sealer)
    with desk.reading() as connection:
        assert stored_residents.seal_of(connection, PersonId(person))
        assert stored_residents.names(connection, desk.sealer) == {person: NAMES}


def test_a_name_is_there_whatever_bytes_its_seal_begins_with(desk: Desk) -> None:
    """One sealed name in 256 begins with a zero byte, at which a text would end."""
    person = admit(desk, "1A", names=NAMES).person
    with desk.writing("test", Changes()) as writing:
        writing.trail.change("persons", person, {"last_name": bytes(40), "first_name": b"", "alias": b""})
        assert stored_residents.has_name(writing.connection, person)
        writing.trail.change("persons", person, {"last_name": b""})
        assert not stored_residents.has_name(writing.connection, person)
