"""Back to a backup: tried out without a trace, gone back to, the rescue of a damaged shelter."""

from pathlib import Path

import pytest

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.errors import (
    ApprovalNeeded,
    BackupDamaged,
    Damaged,
    DeviceSecretMissing,
    NotAllowed,
    SecondPersonNeeded,
    ShelterExists,
    SyncedFolder,
    WrongPassword,
    WrongRecoveryKey,
)
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import approvals, backups, restoring, unlocking
from shelter_desk.storage.backups import restore_resume as stored_restore_resume
from shelter_desk.storage.file import journal
from shelter_desk.system import device_secret
from tests.conftest import MemoryKeyring
from tests.operations.shelter import PASSWORD, QUICK, admit, small_shelter
from tests.operations.vault.restoring_scene import (
    ANOTHER,
    Cut,
    backup,
    cut_at,
    desk,
    files_of,
    go_back,
    here,
    own_preferences,
)

__all__ = ["backup", "desk", "own_preferences"]


# Tried out ------------------------------------------------------------------------------------------------------------


def test_a_rehearsal_counts_and_leaves_every_file_as_it_was(desk: Desk, backup: Path) -> None:
    before = files_of(desk.folder)
    assert restoring.try_out(desk, backup).counts["persons"] == 3
    assert files_of(desk.folder) == before


def test_a_rehearsal_writes_nothing_that_can_be_read(desk: Desk, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []
    prove = restoring._prove

    def looking(*given: object) -> None:
        seen.extend(files_of(desk.folder).values())
        prove(*given)  # type: ignore[arg-type]
        seen.extend(files_of(desk.folder).values())

    monkeypatch.setattr(restoring, "_prove", looking)
    restoring.try_out(desk, backup)
    clear = (b"Coulibaly", b"Tenin", b"Maison", b"SQLite format")
    assert seen
    assert [word for word in clear if any(word in content for content in seen)] == []


def test_a_rehearsal_of_an_altered_backup_says_so(desk: Desk, backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    with pytest.raises(BackupDamaged):
        restoring.try_out(desk, backup)


def test_a_backup_of_another_shelter_is_neither_tried_nor_brought_back(desk: Desk, tmp_path: Path) -> None:
    with small_shelter(tmp_path / "other") as other:
        theirs = backups.back_up(other, tmp_path / "theirs.sauvegarde").path
    with pytest.raises(ShelterExists):
        restoring.try_out(desk, theirs)
    with pytest.raises(ShelterExists):
        go_back(desk, theirs)


def test_no_backup_is_brought_where_a_service_copies_it(desk: Desk, backup: Path, tmp_path: Path) -> None:
    desk.close()
    there = tmp_path / "Nextcloud" / "centre"
    with pytest.raises(SyncedFolder):
        backups.restore(backup, there)
    with pytest.raises(SyncedFolder):
        restoring.bring_back(backup, there, "Agent A", PASSWORD)
    assert not there.parent.exists()


def test_files_that_lie_there_already_are_tried_out_and_brought_back(
    desk: Desk, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(desk.folder.parent))
    assert restoring.try_out(desk, backup).counts["persons"] == 3
    desk.close()
    with restoring.bring_back(backup, desk.folder, "Agent A", PASSWORD) as back:
        assert back.user_name == "Agent A"


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_only_a_manager_tries_and_goes_back(desk: Desk, backup: Path, role: Role) -> None:
    desk.role = role
    for act in (restoring.try_out, go_back):
        with pytest.raises(NotAllowed):
            act(desk, backup)


# Gone back ------------------------------------------------------------------------------------------------------------


def test_what_would_be_lost_is_counted(desk: Desk, backup: Path) -> None:
    assert backups.since(desk, backups.look(backup)) == {"admit": 1}


def test_going_back_brings_the_day_of_the_backup_and_says_so_in_its_journal(desk: Desk, backup: Path) -> None:
    go_back(desk, backup)
    backups.leave(desk)
    assert here(desk.folder) == (3, ["restored"])


def test_the_present_shelter_is_kept_as_a_backup(desk: Desk, backup: Path, tmp_path: Path) -> None:
    gone = go_back(desk, backup)
    backups.leave(desk)
    with restoring.bring_back(gone.kept.path, tmp_path / "again", "Agent A", PASSWORD) as again:
        assert len(residents.listed(again, "here")) == 4


def test_the_backup_gone_back_to_is_kept_too(desk: Desk) -> None:
    chosen = backups.keep(desk, backups.place_of(desk)).path
    before = chosen.read_bytes()
    admit(desk, "1D")
    go_back(desk, chosen)  # in the minute in which it was made
    assert chosen.read_bytes() == before


def test_after_going_back_the_next_leaving_makes_a_backup(desk: Desk, backup: Path) -> None:
    go_back(desk, backup)
    backups.leave(desk)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as back:
        backups.automatic(back)
        newest = next(iter(backups.held(back)))
    assert newest.manifest.counts["stays"] == 3


def test_going_back_that_cannot_be_promised_changes_nothing(
    desk: Desk, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Damaged("database", "")

    monkeypatch.setattr(stored_restore_resume, "promise", refuse)
    with pytest.raises(Damaged):
        go_back(desk, backup)
    backups.leave(desk)
    assert not (desk.folder / stored_restore_resume.READYING).exists()
    assert here(desk.folder)[0] == 4


def test_going_back_is_decided_by_two_or_with_ones_own_password_and_the_journal_says_so(
    desk: Desk, backup: Path
) -> None:
    with pytest.raises(ApprovalNeeded):
        restoring.go_back(desk, backup, None)
    with pytest.raises(WrongPassword):
        go_back(desk, backup, own=ANOTHER)
    other = approvals.alone(desk, GraveAct.ERASURE, PASSWORD)
    with pytest.raises(ApprovalNeeded):
        restoring.go_back(desk, backup, other)
    assert not (desk.folder / "retour").exists()
    go_back(desk, backup)
    backups.leave(desk)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as back, back.reading() as connection:
        line = journal.last_of(connection, ["restored"])
    assert line is not None
    assert line.known["alone"] is True


def test_where_two_manage_the_house_one_alone_does_not_go_back(desk: Desk, backup: Path) -> None:
    user_accounts.add(desk, "Agent B", Role.DIRECTOR, ANOTHER)
    with pytest.raises(SecondPersonNeeded):
        go_back(desk, backup)
    restoring.go_back(desk, backup, approvals.by_two(desk, GraveAct.RETURN, "Agent B", ANOTHER))
    assert (desk.folder / "retour").exists()


def test_after_a_password_was_changed_the_one_of_that_day_opens(desk: Desk, backup: Path) -> None:
    user_accounts.change_password(desk, PASSWORD, ANOTHER)
    go_back(desk, backup, own=ANOTHER)
    backups.leave(desk)
    with pytest.raises(WrongPassword):
        unlocking.unlock(desk.folder, "Agent A", ANOTHER)
    assert here(desk.folder, PASSWORD)[0] == 3


# Rescued --------------------------------------------------------------------------------------------------------------


def broken(folder: Path, how: str) -> None:
    if how == "keys gone":
        (folder / "keys.json").unlink()
    elif how == "keys cut":
        (folder / "keys.json").write_bytes(b"{")
    elif how == "database gone":
        (folder / "shelter.db").unlink()
    elif how == "database empty":
        (folder / "shelter.db").write_bytes(b"")
    elif how == "database altered":
        content = bytearray((folder / "shelter.db").read_bytes())
        content[: len(content) // 2] = bytes(len(content) // 2)
        (folder / "shelter.db").write_bytes(content)
    else:
        for name in ("keys.json", "shelter.db", "shelter.head"):
            (folder / name).unlink()


BROKEN = ("keys gone", "keys cut", "database gone", "database empty", "database altered", "all gone")


@pytest.mark.parametrize("how", BROKEN)
def test_a_damaged_shelter_is_brought_back_and_its_files_are_set_aside(desk: Desk, backup: Path, how: str) -> None:
    desk.close()
    broken(desk.folder, how)
    left = {
        name: (desk.folder / name).read_bytes() for name in ("keys.json", "shelter.db") if (desk.folder / name).exists()
    }
    with restoring.bring_back(backup, desk.folder, "Agent A", PASSWORD) as back:
        assert len(residents.listed(back, "here")) == 3
    aside = [path for path in desk.folder.iterdir() if path.name.startswith("abandon-")]
    kept = {path.name: path.read_bytes() for folder in aside for path in folder.iterdir()}
    assert {name: kept.get(name) for name in left} == left


@pytest.mark.parametrize("how", BROKEN)
def test_a_wrong_password_leaves_a_damaged_shelter_as_it_is(desk: Desk, backup: Path, how: str) -> None:
    desk.close()
    broken(desk.folder, how)
    before = files_of(desk.folder)
    with pytest.raises(WrongPassword):
        restoring.bring_back(backup, desk.folder, "Agent A", "faux mot de passe")
    assert files_of(desk.folder) == before


@pytest.mark.parametrize("number", range(1, 14))
def test_a_cut_during_a_rescue_leaves_one_that_can_be_done_again(
    desk: Desk, backup: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close()
    broken(desk.folder, "database altered")
    with monkeypatch.context() as patch:
        cut_at(patch, number)
        try:
            restoring.bring_back(backup, desk.folder, "Agent A", PASSWORD).close()
        except Cut:
            assert number
    with restoring.bring_back(backup, desk.folder, "Agent A", PASSWORD) as back:
        assert len(residents.listed(back, "here")) == 3


def test_a_backup_of_another_computer_opens_with_the_recovery_key(
    tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    made = unlocking.create(tmp_path / "old", "Maison", "Gao", "Agent A", PASSWORD, cost=QUICK)
    backup = backups.back_up(made.desk, tmp_path / "one.sauvegarde").path
    made.desk.close()
    memory_keyring.kept.clear()
    with pytest.raises(DeviceSecretMissing):
        restoring.bring_back(backup, tmp_path / "new", "Agent A", PASSWORD)
    desk = restoring.bring_back_with_key(backup, tmp_path / "new", made.recovery_key, "Agent A", ANOTHER)
    bound = desk.device_bound
    desk.close()
    assert (bound, device_secret.get(backups.look(backup).shelter) is not None) == (True, True)
    assert here(tmp_path / "new", ANOTHER)[1] == ["restored"]


def test_a_wrong_recovery_key_brings_nothing_back(tmp_path: Path) -> None:
    made = unlocking.create(tmp_path / "old", "Maison", "Gao", "Agent A", PASSWORD, cost=QUICK)
    backup = backups.back_up(made.desk, tmp_path / "one.sauvegarde").path
    made.desk.close()
    other = unlocking.create(tmp_path / "other", "Maison", "Gao", "Agent A", PASSWORD, cost=QUICK)
    other.desk.close()
    with pytest.raises(WrongRecoveryKey):
        restoring.bring_back_with_key(backup, tmp_path / "new", other.recovery_key, "Agent A", ANOTHER)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["shelter.lock"]


def test_only_a_manager_brings_a_shelter_back(desk: Desk, tmp_path: Path) -> None:
    user_accounts.add(desk, "Agent B", Role.CASE_WORKER, ANOTHER)
    backup = backups.back_up(desk, tmp_path / "one.sauvegarde").path
    with pytest.raises(NotAllowed):
        restoring.bring_back(backup, tmp_path / "new", "Agent B", ANOTHER)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["shelter.lock"]


def test_another_shelter_is_never_put_in_place_of_a_damaged_one(desk: Desk, backup: Path, tmp_path: Path) -> None:
    with small_shelter(tmp_path / "other"):
        pass
    broken(tmp_path / "other", "database altered")
    with pytest.raises(ShelterExists):
        restoring.bring_back(backup, tmp_path / "other", "Agent A", PASSWORD)


def test_the_backups_beside_a_lost_file_are_found(desk: Desk) -> None:
    backups.keep(desk, backups.place_of(desk))
    desk.close()
    broken(desk.folder, "all gone")
    assert [one.manifest.counts["stays"] for one in backups.found(desk.folder)] == [3]
