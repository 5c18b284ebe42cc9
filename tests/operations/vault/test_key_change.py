"""Other keys for the whole file: everything is there, everybody comes in as before, old keys open nothing new."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged, DiskFull, SealsAltered, WrongPassword
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, key_change, unlocking
from shelter_desk.storage.file import files, journal
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.keys import keys
from shelter_desk.storage.keys.keys import Keys
from shelter_desk.storage.rekeying import key_change as stored_key_change
from shelter_desk.storage.residents import residents as stored_residents
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

OTHER = "quatre greniers ronds"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shelter"


def changed(folder: Path) -> tuple[Keys, key_change.ChangedKeys]:
    """A shelter of a manager, a case worker and a suspended storekeeper; the keys it had."""
    desk = open_small_shelter(folder)
    admit(desk, "1A", names=Names("Sacko", "Awa"))
    user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    user_accounts.suspend(desk, user_accounts.add(desk, "Agent C", Role.STOREKEEPER, OTHER))
    old = desk.keys
    return old, key_change.change_keys(desk, PASSWORD)


def test_everybody_opens_with_the_password_they_had_and_all_names_are_there(folder: Path) -> None:
    _, told = changed(folder)
    assert told == key_change.ChangedKeys(())
    for name, password in (("Agent A", PASSWORD), ("Agent B", OTHER)):
        with unlocking.unlock(folder, name, password) as desk:
            integrity_check.check(desk)
            assert len(residents.search(desk, "Sacko")) == 1


def test_the_old_keys_open_nothing(folder: Path) -> None:
    old, _ = changed(folder)
    with pytest.raises(Damaged):
        Database.open(folder / "shelter.db", old.database)


def test_the_desk_is_closed_and_the_shelter_free_for_the_next_one(folder: Path) -> None:
    changed(folder)
    unlocking.unlock(folder, "Agent A", PASSWORD).close()
    assert not stored_key_change.beside(folder / "shelter.db").exists()


def test_a_suspended_account_does_not_come_back(folder: Path) -> None:
    changed(folder)
    with pytest.raises(WrongPassword):
        unlocking.unlock(folder, "Agent C", OTHER)


def test_the_journal_goes_on_and_says_who_changed_the_keys(folder: Path) -> None:
    changed(folder)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        last = connection.execute(text("SELECT action, user_id FROM journal ORDER BY seq DESC LIMIT 1")).one()
    assert tuple(last) == ("change_keys", 1)


def test_the_head_outside_the_file_is_that_of_the_new_one(folder: Path) -> None:
    changed(folder)
    copy = (folder / "shelter.db").read_bytes()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        admit(desk, "1B")
    (folder / "shelter.db").write_bytes(copy)
    with pytest.raises(Damaged) as said:
        unlocking.unlock(folder, "Agent A", PASSWORD)
    assert said.value.part == "older"


# put_in_place: before the slots are written; _take_place: after
@pytest.mark.parametrize("cut", ["put_in_place", "_take_place"])
def test_a_change_that_is_cut_is_finished_or_swept_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    def cut_here(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(stored_key_change, cut, cut_here)
    with pytest.raises(KeyboardInterrupt):
        changed(folder)
    monkeypatch.undo()
    assert stored_key_change.beside(folder / "shelter.db").exists()
    with unlocking.unlock(folder, "Agent B", OTHER) as desk:
        assert len(residents.search(desk, "Sacko")) == 1
        assert desk.database.problems() == ()
    assert not stored_key_change.beside(folder / "shelter.db").exists()


def test_a_full_disk_leaves_the_old_keys_and_the_desk_open(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_small_shelter(folder)

    def full(*_: object) -> None:
        raise DiskFull(str(folder))

    monkeypatch.setattr(Database, "copy_under", full)
    with desk, pytest.raises(DiskFull):
        key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        assert again.keys == desk.keys


def test_a_name_corrected_before_the_change_still_opens_from_the_journal(folder: Path) -> None:
    changed(folder)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        person = residents.listed(desk, "all")[0].person
        residents.correct(desk, person, Names("Sako", "Awa"))
        assert residents.name(desk, person.id).last_name == "Sako"


def test_the_password_is_asked_again_and_a_wrong_one_changes_nothing(folder: Path) -> None:
    with open_small_shelter(folder) as desk:
        with pytest.raises(WrongPassword):
            key_change.change_keys(desk, OTHER)
        assert admit(desk, "1A").code


def test_protection_notes_open_after_a_change_of_keys(folder: Path) -> None:
    with open_small_shelter(folder) as desk:
        person = admit(desk, "1A").person
        assert desk.protection is not None
        with desk.writing("test", Changes()) as writing:
            own = stored_residents.protection_of(writing.connection, desk.protection, person)
        sealed = own.seal("services", "note", 1, "à revoir lundi")
        key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        assert desk.protection is not None
        own = stored_residents.protection_of(connection, desk.protection, person)
        assert own.unseal("services", "note", 1, sealed) == "à revoir lundi"


def refusing(name: str) -> Callable[[Path, Path], Path]:
    """What puts files in place, with no room for that one."""
    really = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name == name:
            raise OSError(errno.ENOSPC, "no room")
        return really(self, target)

    return replace


def test_slots_that_cannot_take_their_place_leave_the_old_keys_and_nothing_beside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_small_shelter(folder)
    monkeypatch.setattr(Path, "replace", refusing(keys.NEXT))
    with pytest.raises(DiskFull):
        key_change.change_keys(desk, PASSWORD)
    assert not [path.name for path in folder.iterdir() if "rekeyed" in path.name or path.name == keys.NEXT]
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        assert again.keys == desk.keys


def test_a_file_that_cannot_take_its_place_does_so_at_the_next_opening(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(Path, "replace", refusing("shelter.db.rekeyed"))
        old, told = changed(folder)
    assert told == key_change.ChangedKeys(())
    with unlocking.unlock(folder, "Agent B", OTHER) as desk:
        assert desk.keys.database != old.database
        assert desk.database.problems() == ()


def test_slots_that_could_not_take_their_place_are_not_lost_by_a_change_of_keys(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_small_shelter(folder)
    with monkeypatch.context() as full:
        full.setattr(Path, "replace", refusing(keys.NEXT))
        user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    assert key_change.change_keys(desk, PASSWORD).left_out == ()
    unlocking.unlock(folder, "Agent B", OTHER).close()


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_what_lies_beside_without_its_file_is_swept_away(folder: Path, ending: str) -> None:
    open_small_shelter(folder).close()
    left = folder / f"shelter.db.rekeyed{ending}"
    left.write_bytes(b"of a change that was cut")
    unlocking.unlock(folder, "Agent A", PASSWORD).close()
    assert not left.exists()


def test_room_is_asked_for_the_copy_and_the_log_through_which_it_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[int] = []
    monkeypatch.setattr(files, "check_room", lambda _folder, room: wanted.append(room))
    desk = open_small_shelter(folder)
    with desk.database.transaction(Changes()) as connection:
        connection.exec_driver_sql("CREATE TABLE filler (told BLOB)")
        connection.exec_driver_sql("INSERT INTO filler VALUES (randomblob(12000000))")
    key_change.change_keys(desk, PASSWORD)
    assert wanted[-1] > 2 * 12_000_000


JUNK = {
    "a seal of zeros": "UPDATE persons SET seal = zeroblob(60) WHERE id = 2",
    "a seal of words": "UPDATE persons SET seal = 'seal' WHERE id = 2",
    "a number for a seal": "UPDATE persons SET seal = 5 WHERE id = 2",
    "no seal beside a name": "UPDATE persons SET seal = NULL WHERE id = 2",
    "a seal of narratives": "UPDATE profiles SET protection_seal = x'00' WHERE id = 2",
}
OTHERS = {
    "the private half of the box": "UPDATE settings SET value = 'zz' WHERE key = 'box_private'",
    "another private half": "UPDATE settings SET value = '00' WHERE key = 'box_private'",
    "a draft": "INSERT INTO drafts (user_id, form, saved_at, body) VALUES (1, 'x', '2026-01-01T08:00', 5)",
    "a row without what it refers to": "UPDATE stays SET person_id = 900 WHERE id = 2",
}


def spoiled(folder: Path, statement: str) -> Desk:
    """A shelter of two residents, into which somebody who is removed now wrote that."""
    desk = open_small_shelter(folder)
    admit(desk, "1A", names=Names("Sacko", "Awa"))
    admit(desk, "1B", names=Names("Diarra", "Fatou"))
    user = user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    if "profiles" in statement:  # of the case file, whose key they held
        with desk.database.transaction(Changes()) as connection:
            connection.execute(text(statement))
    else:
        by_hand = sqlcipher.connect(str(folder / "shelter.db"), isolation_level=None)
        by_hand.execute(f"PRAGMA key = \"x'{desk.keys.database.hex()}'\"")
        by_hand.execute(statement)
        by_hand.close()
    user_accounts.suspend(desk, user)
    return desk


@pytest.mark.parametrize("kind", [*JUNK, *OTHERS])
def test_what_cannot_be_read_keeps_nobody_from_other_keys(folder: Path, kind: str) -> None:
    desk = spoiled(folder, {**JUNK, **OTHERS}[kind])
    old = desk.keys
    key_change.change_keys(desk, PASSWORD)
    with pytest.raises(Damaged):
        Database.open(folder / "shelter.db", old.database)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again, again.reading() as connection:
        assert stored_residents.names(connection, again.key_of_names(), [PersonId(1)])[PersonId(1)].last_name == "Sacko"


@pytest.mark.parametrize("kind", JUNK)
def test_whose_key_cannot_be_read_is_named_by_the_check_and_by_the_journal(folder: Path, kind: str) -> None:
    desk = spoiled(folder, JUNK[kind])
    with desk.reading() as connection:
        code = connection.execute(text("SELECT person_code FROM persons WHERE id = 2")).scalar_one()
    with pytest.raises(SealsAltered) as named:
        integrity_check.check(desk)
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        with again.reading() as connection:
            told = [line.subject for line in journal.lines(connection) if line.action == "seal_unreadable"]
        with pytest.raises(SealsAltered):
            integrity_check.check(again)
    assert (named.value.codes, told) == ((code,), [code])


@pytest.mark.parametrize("kind", ["the private half of the box", "another private half"])
def test_a_box_that_cannot_be_opened_is_named_by_the_check(folder: Path, kind: str) -> None:
    with spoiled(folder, OTHERS[kind]) as desk, pytest.raises(Damaged):
        integrity_check.check(desk)
