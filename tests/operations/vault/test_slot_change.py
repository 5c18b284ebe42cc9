"""A change of slots, where something fails after the database was told of it, or the disk refuses the last step."""

import errno
from pathlib import Path

import pytest

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import InUse, WrongPassword, WrongRecoveryKey
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import recovery_key, unlocking
from shelter_desk.storage.file import files
from shelter_desk.storage.keys import key_file, key_opening, keys
from tests.operations.shelter import PASSWORD, open_small_shelter

NEW, OTHER = "quatre papayes vertes", "deux citrons jaunes"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_small_shelter(tmp_path / "shelter")


def refuse(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """The disk is full for the last step of a change of slots."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    if what == "replace":
        really = Path.replace

        def replace(self: Path, target: Path) -> Path:
            if self.name == keys.NEXT:
                full()
            return really(self, target)

        monkeypatch.setattr(Path, "replace", replace)
    else:
        monkeypatch.setattr(key_file if hasattr(key_file, what) else files, what, full)


@pytest.mark.parametrize("where", ["listener", "on_commit"])
def test_what_fails_after_the_commit_locks_nobody_out(desk: Desk, where: str) -> None:
    def broken(*_: object) -> None:
        raise InUse("in use")

    if where == "listener":
        desk.database.listen(broken)
    else:
        desk.database.on_commit = lambda _connection: broken
    with pytest.raises(InUse):
        user_accounts.change_password(desk, PASSWORD, NEW)
    desk.close()
    unlocking.unlock(desk.folder, "Agent A", NEW).close()
    with pytest.raises(WrongPassword):
        unlocking.unlock(desk.folder, "Agent A", PASSWORD)


@pytest.mark.parametrize("what", ["replace", "keep_entry"])
def test_a_change_that_counts_is_not_called_refused_by_its_last_step(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    with monkeypatch.context() as full:
        refuse(full, what)
        if what == "keep_entry":  # the entry of the folder, once the new name is there; before, it is a refusal
            full.setattr(files, "keep_entry", lambda _folder: None)
        shown = recovery_key.replace(desk, PASSWORD)
    assert key_opening.open_with_recovery_key(desk.folder, shown).keys == desk.keys
    desk.close()
    unlocking.unlock(desk.folder, "Agent A", PASSWORD).close()
    assert key_opening.open_with_recovery_key(desk.folder, shown).keys == desk.keys
    assert not (desk.folder / keys.NEXT).exists()


def test_the_next_change_keeps_one_that_could_not_take_its_place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as full:
        refuse(full, "replace")
        user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    user_accounts.change_password(desk, PASSWORD, NEW)
    desk.close()
    for name, password in (("Agent A", NEW), ("Agent B", OTHER)):
        unlocking.unlock(desk.folder, name, password).close()


def test_the_former_recovery_key_is_a_wrong_one_as_soon_as_the_new_one_counts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = recovery_key.replace(desk, PASSWORD)
    with monkeypatch.context() as full:
        refuse(full, "replace")
        recovery_key.replace(desk, PASSWORD)
    desk.close()
    with pytest.raises(WrongRecoveryKey):
        unlocking.unlock_with_recovery_key(desk.folder, former, "Agent A", NEW)


def test_a_change_that_failed_before_the_commit_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (desk.folder / keys.FILE).read_bytes()

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("shelter_desk.storage.keys.slot_versions.keep", broken)
    with desk, pytest.raises(KeyboardInterrupt):
        user_accounts.change_password(desk, PASSWORD, NEW)
    monkeypatch.undo()
    assert not (desk.folder / keys.NEXT).exists()
    assert (desk.folder / keys.FILE).read_bytes() == before
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again, again.database.transaction(Changes()):
        pass
