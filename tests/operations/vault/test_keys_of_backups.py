"""A backup is proven with its keys: what nobody's password opens is none, however sound its database."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.errors import BackupDamaged, ShelterDeskError
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import backups, key_change, restoring, unlocking
from shelter_desk.storage.file import key_file
from shelter_desk.system import folders
from tests.operations.shelter import PASSWORD, admit, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(folders, "preferences", lambda: tmp_path / "preferences.json")
    opened = open_small_shelter(tmp_path / "shelter")
    admit(opened, "1A")
    yield opened
    opened.close()


def with_keys(path: Path, keys: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts:
            archive.writestr(name, keys if name == "keys.json" else content)


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


KEYS: dict[str, Callable[[Desk, Path], bytes]] = {
    "an empty object": lambda *_: b"{}",
    "nothing": lambda *_: b"",
    "no slot": altered(lambda told: told["slots"].clear()),
    "of another shelter": altered(lambda told: told.update(shelter="ab" * 16)),
    "slots that nothing opens": altered(dead),
    "another list": altered(lambda told: told["vouched"].update(turn=77)),
    "a list of other managers": of_others,
}


@pytest.mark.parametrize("kind", KEYS)
def test_a_backup_whose_keys_open_nothing_is_not_proven(desk: Desk, tmp_path: Path, kind: str) -> None:
    made = backups.keep(desk, backups.place_of(desk)).path
    admit(desk, "1B")
    with_keys(made, KEYS[kind](desk, tmp_path))
    for proving in (restoring.try_out, restoring.go_back):
        with pytest.raises(BackupDamaged):
            proving(desk, made)
    backups.leave(desk)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again, again.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM stays").scalar() == 2


@pytest.mark.parametrize("kind", [one for one in KEYS if one != "slots that nothing opens"])
def test_such_a_backup_is_not_copied_to_the_second_place(desk: Desk, tmp_path: Path, kind: str) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backups.keep(desk, backups.place_of(desk)).path
    backups.choose_second_place(desk, stick)
    with_keys(made, KEYS[kind](desk, tmp_path))
    with pytest.raises(BackupDamaged):
        backups.copy_to_second(desk)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("kind", ["an empty object", "another list"])
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
        restoring.go_back(again, made, PASSWORD)
        backups.leave(again)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as former:
        assert restoring.try_out(former, later, PASSWORD).counts["stays"] == 1
