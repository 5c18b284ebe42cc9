"""A key that somebody put into the box of names opens nothing that is written later."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import SealsAltered
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import NAMES, Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import names, residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, unlocking
from shelter_desk.storage import tables
from shelter_desk.storage.file import sealed_boxes, trail
from shelter_desk.storage.file.sealing import Box, Sealer
from shelter_desk.storage.residents import residents as stored
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.operations.test_raw_folder import raw_file

NIGHT, OWN_KEY = "Agent R", bytes(range(32))
TYPED, CORRECTED = Names("Inconnue", "X"), Names("Barry", "Hawa", mother_name="Oumou", paper_no="PASS-99812")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With somebody whose name nobody knows."""
    folder = Path(tmp_path_factory.mktemp("box")) / "shelter"
    with open_small_shelter(folder) as desk:
        user_accounts.add(desk, NIGHT, Role.RECEPTION, PASSWORD)
        admit(desk, "1A")
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "shelter"))


def enter(folder: Path, name: str = "Agent A") -> Desk:
    return unlocking.unlock(folder, name, PASSWORD)


def admitted_at_night(folder: Path, monkeypatch: pytest.MonkeyPatch) -> PersonId:
    """By a program that keeps the key."""
    with monkeypatch.context() as own, enter(folder, NIGHT) as desk:
        own.setattr(stored, "new_key", lambda: OWN_KEY)
        return admit(desk, "1B", names=TYPED).person


def planted(folder: Path) -> PersonId:
    """Beside somebody who has no name yet, past the program."""
    with enter(folder) as desk:
        seal = Box(desk.box or b"").seal_bytes("persons", "seal", 1, OWN_KEY)
        key = desk.keys.database
    with closing(raw_file(folder / "shelter.db", key)) as raw:
        raw.execute("UPDATE persons SET seal = ? WHERE id = 1", [seal])
        raw.commit()
    return PersonId(1)


def opened_with_it(folder: Path, person: PersonId) -> list[str]:
    """What of the names in the row opens with that key."""
    with enter(folder) as desk, desk.reading() as connection:
        row = connection.exec_driver_sql(f"SELECT {', '.join(NAMES)} FROM persons WHERE id = {person}").mappings().one()
    own = Sealer(OWN_KEY)
    return [name for name, sealed in row.items() if sealed and own.opens("persons", name, person, sealed)]


@pytest.mark.parametrize("is_planted", [False, True])
def test_what_is_written_of_a_person_later_does_not_open_with_a_key_from_the_box(
    folder: Path, monkeypatch: pytest.MonkeyPatch, is_planted: bool
) -> None:
    person = planted(folder) if is_planted else admitted_at_night(folder, monkeypatch)
    with enter(folder) as desk:
        residents.correct(desk, residents.record(desk, person).person, names=CORRECTED)
        assert residents.name(desk, person) == CORRECTED
        integrity_check.check(desk)
    assert opened_with_it(folder, person) == []


def test_a_name_typed_at_night_stays_and_has_another_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = admitted_at_night(folder, monkeypatch)
    with enter(folder) as desk:
        assert residents.name(desk, person) == TYPED
        integrity_check.check(desk)
    assert opened_with_it(folder, person) == []
    with enter(folder, NIGHT) as desk:
        assert names.read(desk, person) == TYPED


def test_what_was_corrected_beside_a_name_typed_at_night_loses_none(folder: Path) -> None:
    with enter(folder, NIGHT) as desk:
        made = admit(desk, "1B", names=TYPED)
        with desk.writing("correct", EVERYTHING) as writing:
            writing.trail.change("persons", made.person, {"nationality": "TG"})
    with enter(folder) as desk:
        assert residents.name(desk, made.person) == TYPED
        integrity_check.check(desk)


@pytest.mark.parametrize("is_imported", [False, True])
def test_no_name_that_no_line_told_is_taken_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_imported: bool
) -> None:
    """Whoever opens next would sign a false name of somebody whom they know by another one."""
    with open_small_shelter(tmp_path / "shelter") as desk:
        user_accounts.add(desk, NIGHT, Role.RECEPTION, PASSWORD)
        if is_imported:
            monkeypatch.setattr(trail, "MOST_TOLD", 0)
        person = admit(desk, "1A", names=CORRECTED).person
    with enter(tmp_path / "shelter", NIGHT) as desk, desk.database.transaction(EVERYTHING) as connection:
        row = stored.names_in_box(sealed_boxes.of(connection, desk.box), person, TYPED)
        connection.execute(tables.persons.update().where(tables.persons.c.id == person).values(**row))
    with enter(tmp_path / "shelter") as desk:
        with pytest.raises(SealsAltered):
            integrity_check.check(desk)
        with pytest.raises(SealsAltered):
            residents.name(desk, person)
