"""A backup is proven with its keys: what nobody's password opens is none, however sound its database."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from shelter_desk.domain.errors import BackupDamaged, ShelterDeskError, WrongPassword
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import backups, key_change, restoring, unlocking
from shelter_desk.storage.keys import key_file, slots
from shelter_desk.system import folders
from tests import OLD_FILES
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.operations.vault.restoring_scene import go_back

SEALED = 48  # bytes of what a password opened before there were lists


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(folders, "remembered", lambda name: tmp_path / name)
    opened = open_small_shelter(tmp_path / "shelter")
    admit(opened, "1A")
    yield opened
    opened.close()


def with_keys(path: Path, keys: bytes) -> None:
    """Put them into the backup, with a manifest that says so: it is no secret how."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts:
            told = json.loads(content) | {"keys": hashlib.sha256(keys).hexdigest()} if name == "manifest.json" else {}
            archive.writestr(name, keys if name == "keys.json" else json.dumps(told) if told else content)


def altered(how: Callable[[Any], object]) -> Callable[[Desk, Path], bytes]:
    def made(desk: Desk, _tmp: Path) -> bytes:
        told = json.loads((desk.folder / "keys.json").read_bytes())
        how(told)
        return json.dumps(told).encode()

    return made


def of_others(desk: Desk, tmp_path: Path) -> bytes:
    """A list that somebody signed with a key of their own."""
    file = key_file.read(desk.folder)
    key_file.write(tmp_path, file.signed(bytes(range(5, 37)), turn=9))
    return (tmp_path / "keys.json").read_bytes()


def dead(told: Any) -> None:
    for slot in told["slots"]:
        slot["sealed"] = "00" * 112


def stripped(told: Any) -> None:
    """As a program without lists wrote it."""
    told.update(format=2)
    told.pop("vouched")


def of_before(desk: Desk, tmp_path: Path) -> bytes:
    """Slots that somebody made as a program without lists would, with macs under the key that everybody holds."""
    file, pair = key_file.read(desk.folder), X25519PrivateKey.generate()
    slot = replace(slots.new_slot("user", 1, Role.DIRECTOR, None, 1), nonce=bytes(12), sealed=bytes(SEALED))
    slot = file.filled(replace(slot, public=pair.public_key().public_bytes_raw()), {"database": "00" * 32})
    slot = file.marked(slot, desk.keys.database)
    key_file.write(tmp_path, replace(file, slots=(slot,), vouched=None))
    return (tmp_path / "keys.json").read_bytes()


KEYS: dict[str, Callable[[Desk, Path], bytes]] = {
    "an empty object": lambda *_: b"{}",
    "nothing": lambda *_: b"",
    "no slot": altered(lambda told: told["slots"].clear()),
    "of another shelter": altered(lambda told: told.update(shelter="ab" * 16)),
    "slots that nothing opens": altered(dead),
    "another list": altered(lambda told: told["vouched"].update(turn=77)),
    "a list of other managers": of_others,
    "no list": altered(stripped),
}


@pytest.mark.parametrize("kind", KEYS)
def test_a_backup_whose_keys_open_nothing_is_not_proven(desk: Desk, tmp_path: Path, kind: str) -> None:
    made = backups.keep(desk, backups.place_of(desk)).path
    admit(desk, "1B")
    with_keys(made, KEYS[kind](desk, tmp_path))
    for proving in (restoring.try_out, go_back):
        with pytest.raises(BackupDamaged):
            proving(desk, made)
    backups.leave(desk)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again, again.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM stays").scalar() == 2


@pytest.mark.parametrize("kind", [one for one in KEYS if one != "slots that nothing opens"])
def test_such_a_backup_is_not_copied_to_the_second_place(desk: Desk, tmp_path: Path, kind: str) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backups.kept_in(desk, backups.place_of(desk)).path  # no line of the journal keeps its fingerprint
    backups.choose_second_place(desk, stick)
    with_keys(made, KEYS[kind](desk, tmp_path))
    with pytest.raises(BackupDamaged):
        backups.copy_to_second(desk)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("kind", ["an empty object", "another list", "no list"])
def test_such_a_backup_is_not_brought_into_an_empty_folder(desk: Desk, tmp_path: Path, kind: str) -> None:
    made = backups.keep(desk, backups.place_of(desk)).path
    with_keys(made, KEYS[kind](desk, tmp_path))
    with pytest.raises(ShelterDeskError) as refused:
        backups.restore(made, tmp_path / "back")
    assert (type(refused.value), (tmp_path / "back" / "keys.json").exists()) == (BackupDamaged, False)


def test_a_backup_of_before_a_change_of_keys_is_proven_by_who_handed_over(desk: Desk, tmp_path: Path) -> None:
    made = backups.back_up(desk, tmp_path / "one.sauvegarde").path
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        later = backups.back_up(again, tmp_path / "two.sauvegarde").path
        go_back(again, made, PASSWORD)
        backups.leave(again)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as former:
        assert restoring.try_out(former, later, PASSWORD).counts["stays"] == 1


def test_slots_of_before_the_list_are_no_proof_without_a_password_that_opens_them(desk: Desk, tmp_path: Path) -> None:
    made = backups.keep(desk, backups.place_of(desk)).path
    with_keys(made, of_before(desk, tmp_path))
    for password in ("", PASSWORD):
        for proving in (restoring.try_out, go_back):
            with pytest.raises(WrongPassword):
                proving(desk, made, password)


def test_no_backup_is_made_of_keys_that_were_stripped_while_the_desk_is_open(desk: Desk) -> None:
    path = desk.folder / "keys.json"
    sound = path.read_bytes()
    path.write_bytes(altered(stripped)(desk, desk.folder))
    with pytest.raises(BackupDamaged):
        backups.keep(desk, backups.place_of(desk))
    path.write_bytes(sound)


def test_a_backup_of_before_the_list_is_gone_back_to_with_a_password_of_its_day(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    shutil.copytree(OLD_FILES / "0004", folder)
    backups.leave(unlocking.unlock(folder, "Agent B", PASSWORD))  # no manager came since
    (made,) = backups.found(folder)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        desk.clock_accepted = True  # nobody wrote into it for long
        with pytest.raises(WrongPassword):
            restoring.try_out(desk, made.path)
        assert restoring.try_out(desk, made.path, PASSWORD) == made.manifest
        go_back(desk, made.path, PASSWORD)
        backups.leave(desk)
    listed = key_file.read(folder)
    assert listed.vouched is not None  # at once: nobody is let in meanwhile who was planted there
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        assert (again.managers, again.role) == (listed.vouched.managers, Role.DIRECTOR)
