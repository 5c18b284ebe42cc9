"""A return that was promised: who may still keep it, and what of it was promised."""

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.errors import BackupDamaged, Damaged, WrongPassword
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, key_change, unlocking
from shelter_desk.storage.backups.restore_resume import PROMISED
from shelter_desk.storage.keys import key_file, keys
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.operations.vault.restoring_scene import go_back

OTHER, THIRD = "deux citrons jaunes", "quatre papayes vertes"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A manager, a storekeeper and a night reception; one resident."""
    opened = open_small_shelter(tmp_path / "shelter")
    user_accounts.add(opened, "Agent B", Role.STOREKEEPER, OTHER)
    user_accounts.add(opened, "Agent C", Role.RECEPTION, THIRD)
    admit(opened, "1A")
    return opened


def kept_copy(desk: Desk, tmp_path: Path) -> Path:
    """What somebody copied while a return was promised, which then was kept."""
    go_back(desk, backups.keep(desk, backups.place_of(desk)).path)
    shutil.copytree(desk.folder / PROMISED, tmp_path / "copied")
    backups.leave(desk)
    return tmp_path / "copied"


def present(folder: Path) -> int:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        return len(residents.listed(desk, "here"))


@pytest.mark.parametrize("name", ["Agent C", "Agent B"])
def test_a_promise_of_former_managers_is_not_obeyed_after_all_keys_were_changed(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    """Neither for somebody of now, nor for who was taken out and types the password of that day."""
    copied = kept_copy(desk, tmp_path)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as manager:
        gone = next(one for one in user_accounts.people(manager) if one.name == "Agent B")
        user_accounts.suspend(manager, gone.id)
        key_change.change_keys(manager, PASSWORD)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as manager:
        admit(manager, "1B")
    shutil.copytree(copied, desk.folder / PROMISED)
    before = (desk.folder / keys.FILE).read_bytes()
    if name == "Agent C":
        unlocking.unlock(desk.folder, name, THIRD).close()
        assert not (desk.folder / PROMISED).exists()
    else:
        with pytest.raises(WrongPassword):
            unlocking.unlock(desk.folder, name, OTHER)
        assert (desk.folder / keys.FILE).read_bytes() == before
    assert present(desk.folder) == 2
    with pytest.raises(WrongPassword):
        unlocking.unlock(desk.folder, "Agent B", OTHER)


def test_a_file_of_keys_exchanged_in_a_promise_is_not_put_in_place(desk: Desk) -> None:
    """An older one, which managers signed too, would bring back who was taken out."""
    former = (desk.folder / keys.FILE).read_bytes()
    gone = next(one for one in user_accounts.people(desk) if one.name == "Agent B")
    user_accounts.suspend(desk, gone.id)
    go_back(desk, backups.keep(desk, backups.place_of(desk)).path)
    desk.close()
    (desk.folder / PROMISED / keys.FILE).write_bytes(former)
    unlocking.unlock(desk.folder, "Agent A", PASSWORD).close()
    with pytest.raises(WrongPassword):
        unlocking.unlock(desk.folder, "Agent B", OTHER)
    assert sorted(path.name for path in desk.folder.glob("abandon-*")) == ["abandon-retour"]


def test_a_promise_is_not_spoilt_by_who_opens_its_keys(desk: Desk) -> None:
    """Somebody's slot is written anew when they come after a change of keys; what was promised stays as it was."""
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as manager:
        go_back(manager, backups.keep(manager, backups.place_of(manager)).path)
    (desk.folder / keys.FILE).unlink()  # the cut came between the two files
    unlocking.unlock(desk.folder, "Agent C", THIRD).close()
    assert (present(desk.folder), (desk.folder / PROMISED).exists()) == (1, False)


def exchanged(backup: Path, with_what: bytes) -> None:
    with zipfile.ZipFile(backup) as read:
        parts = [(name, read.read(name)) for name in read.namelist()]
    with zipfile.ZipFile(backup, "w") as written:
        for name, content in parts:
            written.writestr(name, with_what if name == keys.FILE else content)


@pytest.mark.parametrize("how", ["nonsense", "signed by somebody", "list taken away"])
def test_a_backup_whose_keys_are_not_of_the_managers_is_not_promised(desk: Desk, tmp_path: Path, how: str) -> None:
    backup = backups.keep(desk, backups.place_of(desk)).path
    file = key_file.read(desk.folder)
    mine = file.signed(bytes(range(32)), turn=99) if how == "signed by somebody" else replace(file, vouched=None)
    key_file.write(tmp_path, mine)
    exchanged(backup, b"{}" if how == "nonsense" else (tmp_path / keys.FILE).read_bytes())
    with pytest.raises((BackupDamaged, Damaged)):
        go_back(desk, backup)
    backups.leave(desk)
    assert present(desk.folder) == 1


def test_a_backup_of_former_managers_is_promised_by_those_of_now(desk: Desk) -> None:
    backup = backups.keep(desk, backups.place_of(desk)).path
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as manager:
        admit(manager, "1B")
        go_back(manager, backup, PASSWORD)
        backups.leave(manager)
    assert present(desk.folder) == 1
