"""A return that was promised: who may still keep it, and what of it was promised."""

import shutil
from pathlib import Path

import pytest

from shelter_desk.domain.errors import WrongPassword
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, key_change, restoring, unlocking
from shelter_desk.storage.file import keys
from shelter_desk.storage.file.restore_resume import PROMISED
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

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
    restoring.go_back(desk, backups.keep(desk, backups.place_of(desk)).path)
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
